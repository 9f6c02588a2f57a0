import pg from 'pg'
import { type Figures, measure } from './measure.ts'
import { newText, type Scene, somebody, untilIdle } from './measures.ts'
import type { Cost } from './processes.ts'
import { mailbox } from './program.ts'
import { openSender, type Sender } from './smtp.ts'

const rawMail = (from: string): string =>
  [
    `From: Somebody <${from}>`,
    `To: ${mailbox}`,
    `Subject: ${newText().slice(0, 60)}`,
    `Message-ID: <${newText().replace(/\W+/g, '').slice(-40)}@newcomer.test>`,
    `Date: ${new Date().toUTCString()}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    newText(),
  ].join('\r\n')

type Visible = { count: number; perSecond: number; p50: number; p95: number; cpu: Cost }
export type MailFigures = { accepted: Figures; visible: Visible }

const visibleSql = `
  select count(*)::int as count, extract(epoch from max(processed_at) - min(received_at))::float8 as seconds,
    1000 * percentile_cont(0.5) within group (order by extract(epoch from processed_at - received_at))::float8 as p50,
    1000 * percentile_cont(0.95) within group (order by extract(epoch from processed_at - received_at))::float8 as p95
  from received_mail where id > $1 and state = 'done'`

/** Mail handed in over SMTP: how much is accepted in a second, and how long until it stands in a case. */
export const measureMail = async (clients: number, { program, cases, bounds }: Scene): Promise<MailFigures> => {
  const database = new pg.Client(program.databaseUrl)
  await database.connect()
  const last = await database.query<{ id: string }>('select coalesce(max(id), 0) as id from received_mail')
  const senders = await Promise.all(Array.from({ length: clients }, () => openSender(program.smtpPort)))
  try {
    const before = program.cpu()
    const accepted = await measure(clients, bounds, client => {
      const from = somebody(cases)
      return (senders[client] as Sender).send(from, mailbox, rawMail(from))
    })
    await untilIdle(program.databaseUrl)
    const after = program.cpu()
    const { rows } = await database.query<{ count: number; seconds: number; p50: number; p95: number }>(visibleSql, [
      last.rows[0]?.id,
    ])
    const { count = 0, seconds = 1, p50 = 0, p95 = 0 } = rows[0] ?? {}
    const each = (of: keyof Cost) => (after[of] - before[of]) / count
    const cpu = { program: each('program'), database: each('database') }
    return { accepted: { ...accepted, cpu }, visible: { count, perSecond: count / seconds, p50, p95, cpu } }
  } finally {
    for (const sender of senders) sender.close()
    await database.end()
  }
}
