import { sql } from 'kysely'
import type * as z from 'zod'
import { pageOf, readCursor, writeCursor } from '../../platform/http/cursor.ts'
import { notFound } from '../../platform/refusal.ts'
import type { Reading } from '../../platform/work.ts'
import { visibleSql } from '../cases/index.ts'
import type { MailDay, OutgoingMail, ReceivedMail } from './contract.ts'

type Db = Pick<Reading, 'db'>
type Page = { limit: number; cursor?: string | undefined; state?: string | undefined }
type Received = Omit<z.output<typeof ReceivedMail>, 'receivedAt'> & { receivedAt: Date }
type Outgoing = Omit<z.output<typeof OutgoingMail>, 'createdAt' | 'sentAt'> & { createdAt: Date; sentAt: Date | null }

const receivedColumns = [
  'id',
  'mailbox_id as mailboxId',
  'received_at as receivedAt',
  'sender',
  'subject',
  'size',
  'state',
  'reason',
  'case_id as caseId',
  'attempts',
] as const
const outgoingColumns = [
  'id',
  'kind',
  'recipients',
  'subject',
  'state',
  'case_id as caseId',
  'attempts',
  'last_error as lastError',
  'created_at as createdAt',
  'sent_at as sentAt',
] as const

export const receivedMail = async ({ db }: Db, input: Page) => {
  const after = readCursor('received', input.cursor, 1)
  let query = db
    .selectFrom('received_mail')
    .select(receivedColumns)
    .orderBy('id', 'desc')
    .limit(input.limit + 1)
  if (input.state) query = query.where('state', '=', input.state)
  if (after) query = query.where('id', '<', Number(after[0]))
  return pageOf((await query.execute()) as Received[], input.limit, last => writeCursor('received', [last.id]))
}

export const receivedById = async ({ db }: Db, id: number): Promise<Received> =>
  ((await db.selectFrom('received_mail').select(receivedColumns).where('id', '=', id).executeTakeFirst()) as
    | Received
    | undefined) ?? notFound('mail')

export const outgoingMail = async ({ db }: Db, input: Page) => {
  const after = readCursor('outgoing', input.cursor, 1)
  let query = db
    .selectFrom('outgoing_mail')
    .select(outgoingColumns)
    .orderBy('id', 'desc')
    .limit(input.limit + 1)
  if (input.state) query = query.where('state', '=', input.state)
  if (after) query = query.where('id', '<', Number(after[0]))
  return pageOf((await query.execute()) as Outgoing[], input.limit, last => writeCursor('outgoing', [last.id]))
}

export const outgoingById = async ({ db }: Db, id: number): Promise<Outgoing> =>
  ((await db.selectFrom('outgoing_mail').select(outgoingColumns).where('id', '=', id).executeTakeFirst()) as
    | Outgoing
    | undefined) ?? notFound('mail')

/** Mail of the last 30 days by day: what came in equals what became of it, or something is wrong. */
export const mailDays = async ({ db, now }: Pick<Reading, 'db' | 'now'>) => {
  const { rows } = await sql<
    z.output<typeof MailDay>
  >`select to_char(received_at at time zone 'UTC', 'YYYY-MM-DD') as day, count(*)::int as received,
      count(*) filter (where state = 'done')::int as "becameCases", count(*) filter (where state = 'quarantined')::int as quarantined,
      count(*) filter (where state = 'discarded')::int as discarded, count(*) filter (where state = 'stored')::int as waiting
    from received_mail where received_at > ${new Date(now.getTime() - 30 * 86_400_000)} group by 1 order by 1 desc`.execute(
    db,
  )
  return rows
}

export const receivedSource = async ({ db }: Db, id: number): Promise<Buffer> =>
  (await db.selectFrom('received_mail').select('raw').where('id', '=', id).executeTakeFirst())?.raw ?? notFound('mail')

export const outgoingSource = async ({ db }: Db, id: number): Promise<Buffer> =>
  (await db.selectFrom('outgoing_mail').select('raw').where('id', '=', id).executeTakeFirst())?.raw ?? notFound('mail')

/** The original behind a message, for those who may see its case. */
export const messageSource = async (
  { db, actor }: Reading,
  messageId: number,
): Promise<{ raw: Buffer; caseId: number }> => {
  const { rows } = await sql<{
    raw: Buffer
    caseId: number
  }>`select r.raw, c.id as "caseId" from messages m join cases c on c.id = m.case_id
    join received_mail r on r.id = m.mail_id where m.id = ${messageId} and ${visibleSql(actor)}`.execute(db)
  return rows[0] ?? notFound('original')
}
