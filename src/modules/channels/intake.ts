import { sql } from 'kysely'
import type { DNSResolver } from 'mailauth'
import { isUnreachable } from '../../platform/database/pool.ts'
import type { FileStore } from '../../platform/files/store.ts'
import type { Kernel } from '../../platform/kernel.ts'
import type { Log } from '../../platform/log.ts'
import { type MailVerdict, trustedVerdict, verdictOf } from '../../platform/mail/authentication.ts'
import { MailRefused } from '../../platform/mail/limits.ts'
import type { ParsedMail } from '../../platform/mail/parse.ts'
import { system } from '../../platform/permissions/actor.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { lanesOf } from './lanes.ts'
import { placeMail } from './placing.ts'
import { glanceAt, readMail } from './reading.ts'
import type { Keys } from './senders.ts'
import { sealMail, unsealMail } from './storing.ts'
import { surroundingsOf } from './surroundings.ts'

export type Stored = {
  id: number
  mailbox_id: number
  sha256: string
  envelope_from: string
  remote_address: string | null
  helo: string | null
  attempts: number
  raw: Buffer
  address: string
  team_id: number | null
  acknowledge: boolean
  source: string
}

export type IntakeOptions = {
  kernel: Kernel
  files: FileStore
  log: Log
  keys: Keys
  perMinute: number
  resolver: DNSResolver
  authservId: string | null
}

const mostAtOnce = 32
const mostBytesAtOnce = 8_000_000

/** The next mails that wait, at least one, and no more than fit into memory together. */
const claim = async (kernel: Kernel, mailboxId: number, after: number): Promise<Stored[]> =>
  kernel.read(system, async ({ db }) => {
    const { rows } =
      await sql<Stored>`select r.id, r.mailbox_id, r.sha256, r.envelope_from, r.remote_address, r.helo, r.attempts, r.raw, r.source,
        m.address, m.team_id, m.acknowledge
      from (select *, sum(size) over (order by id) - size as before from (select * from received_mail
        where mailbox_id = ${mailboxId} and state = 'stored' and id > ${after} order by id limit ${mostAtOnce}) waiting) r
      join mailboxes m on m.id = r.mailbox_id where r.before < ${mostBytesAtOnce} order by r.id`.execute(db)
    return rows
  })

/** Sets a mail aside with its reason. It stays stored, is shown, and can be tried again or taken by hand. */
export const quarantine = async (
  work: Work,
  mailId: number,
  reason: string,
  about: { subject?: string; sender?: string } = {},
): Promise<void> => {
  await work.tx
    .updateTable('received_mail')
    .set({ state: 'quarantined', reason, processed_at: work.now, attempts: sql`attempts + 1`, ...about })
    .where('id', '=', mailId)
    .where('state', '=', 'stored')
    .execute()
  work.record({ type: 'mail.quarantined', subject: { kind: 'mail', id: mailId }, data: { reason } })
}

const isLocal = (address: string | null): boolean =>
  !address || /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|::1$|::ffff:127\.|f[cd]|fe80:)/i.test(address)

/**
 * Asked of the DNS when we took the mail from outside ourselves. Where a mail server of our own stands before us, it
 * has done it: its word is taken, if it is named and only from it.
 */
const verdict = async (
  mail: Stored,
  raw: Buffer,
  parsed: ParsedMail,
  options: IntakeOptions,
): Promise<MailVerdict | null> => {
  if (options.authservId) return trustedVerdict(parsed, options.authservId)
  if (mail.source !== 'smtp' || isLocal(mail.remote_address)) return null
  const [ip, helo, mta] = [mail.remote_address ?? '', mail.helo ?? '', mail.address.split('@')[1] ?? 'localhost']
  return verdictOf(raw, { ip, helo, sender: mail.envelope_from, mta, resolver: options.resolver }).catch(() => null)
}

type Opened = { stored: Stored; raw: Buffer }

/** Reads one stored mail and puts it where it belongs; whatever goes wrong with it stays with it. */
const takeIn = async (options: IntakeOptions, { stored, raw }: Opened): Promise<void> => {
  const { kernel, files, keys, log } = options
  try {
    const read = await readMail(raw, files)
    const judged = await verdict(stored, raw, read.mail, options)
    await kernel.work(
      system,
      async work => {
        const sender = read.mail.from?.address ?? ''
        const around = await surroundingsOf(work, stored, sender, options.perMinute)
        if (!around) return
        if (read.redactedSource)
          await work.tx
            .updateTable('received_mail')
            .set({ raw: sealMail(keys.mail, read.redactedSource), redacted: true })
            .where('id', '=', stored.id)
            .execute()
        await placeMail(work, options, stored, read, judged, around)
      },
      `mail ${stored.id}`,
    )
  } catch (error) {
    // The disk has no room for its files just now: the mail stays stored and is read when it has.
    if (isUnreachable(error) || (error instanceof Refusal && error.code === 'unavailable')) throw error
    const reason = error instanceof MailRefused ? error.reason : 'could_not_be_processed'
    if (!(error instanceof MailRefused)) log.warn({ err: error, mail: stored.id }, 'a mail went into quarantine')
    const about = await glanceAt(raw).catch(() => ({}))
    await kernel.work(system, work => quarantine(work, stored.id, reason, about), `mail ${stored.id}`)
  }
}

const lanesAtOnce = 4

/**
 * Reads everything that waits in one mailbox. Mails that may belong together are read in the order they came; others
 * side by side, four at a time: one alone mostly waits, for 16 answers of the database and a disk (60 a second).
 */
export const drain = async (options: IntakeOptions, mailboxId: number, stopped: () => boolean): Promise<void> => {
  let after = 0
  for (;;) {
    const waiting = stopped() ? [] : await claim(options.kernel, mailboxId, after)
    const last = waiting.at(-1)
    if (!last) return
    const lanes = lanesOf(waiting.map(stored => ({ stored, raw: unsealMail(options.keys.mail, stored.raw) })))
    const follow = async (): Promise<void> => {
      for (let lane = lanes.shift(); lane && !stopped(); lane = lanes.shift())
        for (const mail of lane) await takeIn(options, mail)
    }
    await Promise.all(Array.from({ length: lanesAtOnce }, follow))
    after = last.id
  }
}

export type Intake = { nudge(mailboxId: number): void; idle(): Promise<void>; stop(): Promise<void> }

/** One worker per mailbox: a slow or poisoned one stops nobody else. */
export const startIntake = (options: IntakeOptions): Intake => {
  const running = new Map<number, Promise<void>>()
  const again = new Set<number>()
  let stopped = false
  const run = async (mailboxId: number): Promise<void> => {
    do {
      again.delete(mailboxId)
      await drain(options, mailboxId, () => stopped).catch(error =>
        options.log.warn({ err: error, mailbox: mailboxId }, 'mail intake pauses'),
      )
    } while (again.has(mailboxId) && !stopped)
    running.delete(mailboxId)
  }
  const nudge = (mailboxId: number): void => {
    if (stopped) return
    if (running.has(mailboxId)) again.add(mailboxId)
    else running.set(mailboxId, run(mailboxId))
  }
  const idle = async (): Promise<void> => {
    while (running.size > 0) await Promise.all(running.values())
  }
  return {
    nudge,
    idle,
    stop: async () => {
      stopped = true
      await idle()
    },
  }
}
