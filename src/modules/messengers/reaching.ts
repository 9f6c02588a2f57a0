import { sql } from 'kysely'
import { Refusal, refuseField } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import { assertVisible, type Way } from '../cases/index.ts'
import { zoneOf } from '../identity/index.ts'
import { adapters } from './adapters/index.ts'
import type { MessengerKind, Reachable } from './contract.ts'

/** What says whether somebody may be written to. */
type Contacted = { kind: MessengerKind; lastInAt: Date | null; stoppedAt: Date | null }

type Talk = Contacted & { conversationId: number; account: string; address: string }

/** The conversation of a case that came by a messenger whose account still stands: the one last heard from. */
const talkOf = async ({ db }: Pick<Reading, 'db'>, caseId: number): Promise<Talk | null> => {
  const { rows } =
    await sql<Talk>`select v.id as "conversationId", a.kind, a.name as account, t.address, t.last_in_at as "lastInAt", t.stopped_at as "stoppedAt"
    from conversations v join messenger_talks k on k.conversation_id = v.id join messenger_contacts t on t.id = k.contact_id
    join messenger_accounts a on a.id = t.account_id and a.ended_at is null
    where v.case_id = ${caseId} and v.kind = 'customer' order by t.last_in_at desc nulls last, v.id desc limit 1`.execute(
      db,
    )
  return rows[0] ?? null
}

const hourMs = 3_600_000

/** Until when one may write freely. @returns null where there is no end to it */
const openUntil = ({ kind, lastInAt }: Contacted): Date | null => {
  const { windowHours } = adapters[kind]
  return windowHours === null ? null : new Date((lastInAt?.getTime() ?? 0) + windowHours * hourMs)
}

export const stateOf = (talk: Contacted, now: Date): 'open' | 'closed' | 'stopped' => {
  if (talk.stoppedAt) return 'stopped'
  const until = openUntil(talk)
  return until && until <= now ? 'closed' : 'open'
}

const nowhere = {
  state: 'none',
  kind: null,
  channel: null,
  account: null,
  address: null,
  until: null,
  longest: null,
  files: false,
} as const

type Told = Omit<Reachable, 'until'> & { until: Date | null }

/** Whether, and until when, one may answer a case by the messenger it came by. */
export const reachableOf = async (reading: Reading, asked: number): Promise<Told> => {
  const { id } = await assertVisible(reading, asked)
  const talk = await talkOf(reading, id)
  if (!talk) return nowhere
  const { kind, account, address } = talk
  const { channel, longest, carriesFiles } = adapters[kind]
  const state = stateOf(talk, reading.now)
  return { state, kind, channel, account, address, until: openUntil(talk), longest, files: carriesFiles }
}

/** Shown to a person, in the clock of the organisation. */
const clock = async (work: Work, at: Date): Promise<string> => {
  const timeZone = await zoneOf({ db: work.tx })
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(at)
}

/** @param leavesAt when the answer goes out, which may be later than it is written */
const assertOpen = async (work: Work, talk: Talk, leavesAt: Date): Promise<void> => {
  const state = stateOf(talk, work.now)
  if (state === 'stopped')
    throw new Refusal(
      'conflict',
      `${talk.address} asked for no more messages, so nothing is sent there. Answer another way.`,
      [{ field: 'channel', message: 'asked for no more messages' }],
    )
  if (state === 'closed') {
    const until = await clock(work, openUntil(talk) as Date)
    throw new Refusal(
      'conflict',
      `WhatsApp lets us write for 24 hours after the customer’s last message; that ended on ${until}. Answer another way, or wait until they write.`,
      [{ field: 'channel', message: 'the 24 hours of WhatsApp are over' }],
    )
  }
  const until = openUntil(talk)
  if (until && until <= leavesAt)
    refuseField(
      'sendAt',
      `WhatsApp lets us write for 24 hours after the customer’s last message: until ${await clock(work, until)}. Send it before then, or answer another way.`,
    )
}

/** Sends replies of cases that came by a messenger the same way. */
export const byMessenger =
  (channel: 'text_message' | 'social'): Way =>
  async (work, { caseId, text, attachmentIds, leavesAt }) => {
    const talk = await talkOf({ db: work.tx }, caseId)
    if (!talk || adapters[talk.kind].channel !== channel) return null
    await assertOpen(work, talk, leavesAt)
    const { longest, carriesFiles } = adapters[talk.kind]
    if (text.length > longest)
      refuseField('text', `This way carries ${longest} characters at most; this is ${text.length}. Shorten it.`)
    if (attachmentIds.length > 0 && !carriesFiles)
      refuseField('attachmentIds', 'Files cannot go this way. Take them off, or answer by e-mail.')
    return { conversationId: talk.conversationId }
  }
