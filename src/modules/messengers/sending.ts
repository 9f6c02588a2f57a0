import { buffer } from 'node:stream/consumers'
import { sql } from 'kysely'
import { system } from '../../platform/permissions/actor.ts'
import type { Work } from '../../platform/work.ts'
import { advanceDelivery, holdDelivery } from '../cases/index.ts'
import { noteTrouble, type Opened, openAccount } from './accounts.ts'
import { adapters, type Part, Unsent } from './adapters/index.ts'
import { noteStop } from './contacting.ts'
import type { MessengerKind } from './contract.ts'
import { settleMessage } from './delivering.ts'
import type { Intake } from './intake.ts'
import { stateOf } from './reaching.ts'
import { takeIn } from './storing.ts'

const mostTries = 12

type Claimed = {
  text: string
  contactId: number
  accountId: number
  to: string
  kind: MessengerKind
  lastInAt: Date | null
  stoppedAt: Date | null
}
type Outgoing = {
  id: number
  part: number
  attempts: number
  file: { name: string; type: string; sha256: string } | null
}

/** Where a message goes, while it still waits to go: it may have been taken back, or sent by another process. */
const lockWaiting = async (work: Work, messageId: number): Promise<Claimed | null> => {
  const { rows } =
    await sql<Claimed>`select m.text, t.id as "contactId", t.account_id as "accountId", t.address as "to",
      a.kind, t.last_in_at as "lastInAt", t.stopped_at as "stoppedAt"
    from messages m join messenger_talks k on k.conversation_id = m.conversation_id join messenger_contacts t on t.id = k.contact_id
    join messenger_accounts a on a.id = t.account_id
    where m.id = ${messageId} and m.delivery in ('waiting', 'sending') for update of m`.execute(work.tx)
  return rows[0] ?? null
}

/** What came between the writing and the sending: they asked for silence, or their 24 hours ended. */
const tooLate = { stopped: 'they asked for no more messages', closed: 'the 24 hours of WhatsApp are over', open: null }

/** Claims a message for the provider: from here on it can no longer be taken back. Its parts are noted once. */
const claim = async (work: Work, messageId: number): Promise<Claimed | null> => {
  const claimed = await lockWaiting(work, messageId)
  if (!claimed) return null
  const reason = tooLate[stateOf(claimed, work.now)]
  if (reason) {
    await advanceDelivery(work, messageId, 'failed', { reason })
    return null
  }
  await advanceDelivery(work, messageId, 'sending')
  await sql`insert into messenger_outbox (message_id, part, contact_id, attachment_id, created_at)
    select ${messageId}::bigint, 0, ${claimed.contactId}::bigint, null::bigint, ${work.now}::timestamptz
    union all select ${messageId}, row_number() over (order by a.id), ${claimed.contactId}, a.id, ${work.now} from attachments a where a.message_id = ${messageId}
    on conflict (message_id, part) do nothing`.execute(work.tx)
  return claimed
}

const unsentParts = async ({ kernel }: Intake, messageId: number): Promise<Outgoing[]> =>
  kernel.read(system, async ({ db }) => {
    const { rows } = await sql<Outgoing>`select o.id, o.part, o.attempts, case when a.id is null then null else
        json_build_object('name', a.name, 'type', a.type, 'sha256', a.sha256) end as file
      from messenger_outbox o left join attachments a on a.id = o.attachment_id
      where o.message_id = ${messageId} and o.state = 'waiting' order by o.part`.execute(db)
    return rows
  })

const partOf = async (intake: Intake, text: string, { file }: Outgoing): Promise<Part> =>
  file
    ? { file: { name: file.name, type: file.type, content: await buffer(intake.files.open(file.sha256)) } }
    : { text }

type Result = { providerId: string } | { failed: Unsent }

const settlePart = ({ kernel }: Intake, part: Outgoing, account: Opened, messageId: number, result: Result) =>
  kernel.work(system, async work => {
    await work.tx
      .updateTable('messenger_outbox')
      .set({
        attempts: part.attempts + 1,
        ...('providerId' in result
          ? { state: 'sent', provider_id: result.providerId, sent_at: work.now, last_error: null }
          : { state: 'failed', last_error: result.failed.message.slice(0, 500) }),
      })
      .where('id', '=', part.id)
      .execute()
    // News of it that was quicker than this note is waiting for it.
    if ('providerId' in result) takeIn(work, account.id, 0)
    else await settleMessage(work, messageId)
  })

const putOff = ({ kernel }: Intake, part: Outgoing, messageId: number, accountId: number, error: Error) =>
  kernel.work(system, async work => {
    await work.tx
      .updateTable('messenger_outbox')
      .set({ attempts: part.attempts + 1, last_error: error.message.slice(0, 500) })
      .where('id', '=', part.id)
      .execute()
    await holdDelivery(work, messageId)
    await noteTrouble(work, accountId, error.message)
  })

/** Sends one part. @throws Error where it is to be tried again */
const sendPart = async (intake: Intake, account: Opened, claimed: Claimed, part: Outgoing, messageId: number) => {
  try {
    const content = await partOf(intake, claimed.text, part)
    const providerId = await adapters[account.kind].send(account, claimed.to, content, intake.outgoing)
    await settlePart(intake, part, account, messageId, { providerId })
    return true
  } catch (error) {
    const last = part.attempts + 1 >= mostTries
    if (!(error instanceof Unsent) || (!error.forGood && !last)) {
      await putOff(intake, part, messageId, account.id, error as Error)
      throw error
    }
    if (error.stopped) await intake.kernel.work(system, work => noteStop(work, claimed.contactId, true))
    await settlePart(intake, part, account, messageId, { failed: error })
    return false
  }
}

/**
 * Hands a reply that waits to the provider, part by part; what went out is not sent again when the rest is tried again.
 * A refusal for good is noted on the case; a passing trouble is tried again, ever more slowly.
 */
export const sendReply = async (intake: Intake, messageId: number): Promise<void> => {
  const claimed = await intake.kernel.work(system, work => claim(work, messageId))
  if (!claimed) return
  const account = await intake.kernel.read(system, reading =>
    openAccount(reading, intake.keys, { id: claimed.accountId }),
  )
  if (!account) {
    const reason = 'the account was ended'
    await intake.kernel.work(system, work => advanceDelivery(work, messageId, 'failed', { reason }))
    return
  }
  for (const part of await unsentParts(intake, messageId))
    if (!(await sendPart(intake, account, claimed, part, messageId))) return
  await intake.kernel.work(system, async work => {
    await settleMessage(work, messageId)
    await noteTrouble(work, account.id, null)
  })
}
