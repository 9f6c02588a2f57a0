import { sql } from 'kysely'
import { staffIdOf } from '../../platform/permissions/actor.ts'
import { Refusal, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { appendMessage, type Effect, type NewLine } from './appending.ts'
import { claimAttachments } from './attaching.ts'
import { askIfMet } from './closing.ts'
import { authoriseClosing } from './complaint-closing.ts'
import { formatted } from './formatting.ts'
import { isOpen, type Kase, lockCase } from './loading.ts'
import { mention } from './mentioning.ts'
import { goesByMail, wayOut } from './reaching.ts'
import { type MessageRow, messageById, messagesAfter } from './reading.ts'
import { placeOf } from './recipients.ts'
import { defaultUndoSeconds, leavesAt, noteLaterFirst } from './scheduling.ts'
import type { Before } from './undoing.ts'

export type Write = {
  id: number
  kind: 'reply' | 'note'
  text?: string | undefined
  html?: string | null | undefined
  conversationId?: number | undefined
  copiedIds?: number[] | undefined
  copyTo?: { name?: string | undefined; address: string }[] | undefined
  sendAt?: string | undefined
  seenMessageId?: number | null | undefined
  status?: string | undefined
  attachmentIds: number[]
  channel?: string | undefined
  mentionIds: number[]
  askIfMet?: boolean | undefined
  needMet?: string | undefined
  /** Told to the customer beside what they wait for: it answers nothing, and the case stays as it is. */
  aside?: boolean
}

/** A reply written without having read what arrived meanwhile is stopped, with what arrived. */
const assertNothingNew = async (work: Work, kase: Kase, input: Write): Promise<void> => {
  if (input.kind !== 'reply' || input.seenMessageId === undefined || input.seenMessageId === null) return
  if ((kase.last_message_id ?? 0) <= input.seenMessageId) return
  const arrived = (await messagesAfter(work, kase.id, input.seenMessageId)).filter(
    message => message.direction !== 'note' && message.delivery !== 'cancelled',
  )
  if (arrived.length > 0)
    throw new Refusal(
      'conflict',
      'Somebody wrote in this case since you opened it. Read it before you send.',
      [{ field: 'seenMessageId', message: 'newer messages exist' }],
      { messages: arrived },
    )
}

const assertSolves = (input: Write): void => {
  const field = input.askIfMet ? 'askIfMet' : input.needMet ? 'needMet' : null
  if (field && (input.kind !== 'reply' || input.status !== 'solved'))
    refuseField(field, 'Whether the need was met is noted with a reply that solves the case')
}

/** Was the need met? What the customer said is noted at once; a question goes out after the reply. */
const settle = async (work: Work, kase: Kase, input: Written, sendAt: Date | null): Promise<Before> => {
  if (input.needMet) {
    await work.tx.updateTable('cases').set({ need_met: input.needMet }).where('id', '=', kase.id).execute()
    return { needMetBefore: kase.need_met }
  }
  return input.askIfMet ? { checkId: await askIfMet(work, kase, sendAt) } : {}
}

type Deliver = { channel: string; delivery: 'waiting' | null; sendAt: Date | null; conversationId?: number }

type Reach = { reachable: boolean; undo: number | null }

/** Whether an answer can reach the customer, and how long its writer may take it back: asked with the case itself. */
const reachOf = ({
  actor,
}: Work) => sql`, exists (select 1 from conversations v join participants a on a.conversation_id = v.id
    left join identities i on i.person_id = a.person_id and i.kind = 'email'
    where v.case_id = c.id and v.kind = 'customer' and coalesce(a.address, i.value) is not null) as reachable,
  (select (preferences ->> 'undoSeconds')::int from staff where id = ${actor.id}) as undo`

const howToDeliver = async (work: Work, kase: Kase & Reach, input: Written): Promise<Deliver> => {
  if (input.kind === 'note') return { channel: kase.channel, delivery: null, sendAt: null }
  const channel = input.channel ?? kase.channel
  const sendAt = leavesAt(work, input.sendAt, work.actor.tokenId ? 0 : (kase.undo ?? defaultUndoSeconds))
  const leaving = {
    caseId: kase.id,
    text: input.text,
    attachmentIds: input.attachmentIds,
    leavesAt: sendAt ?? work.now,
  }
  const place = await wayOut(work, channel, leaving)
  if (place) return { channel, delivery: 'waiting', sendAt, ...place }
  if (!goesByMail(channel)) return { channel, delivery: null, sendAt: null }
  if (!kase.reachable)
    refuseField(
      'channel',
      `No e-mail address is known for ${kase.requester}. Add one, or say how you told them: by phone, face to face or by letter.`,
    )
  return { channel: 'email', delivery: 'waiting', sendAt }
}

const effectOf = ({ actor }: Work, kase: Kase, input: Write, toCustomer: boolean): Effect => {
  const staffId = staffIdOf(actor)
  const draft = { staffId, kind: input.kind }
  if (input.kind === 'note' || !toCustomer) {
    const status = input.status ?? kase.status
    return { status, waitingSince: isOpen(status) ? kase.waiting_since : null, draft }
  }
  return {
    status: input.status ?? 'waiting_customer',
    waitingSince: null,
    firstReply: true,
    reopened: !isOpen(kase.status) && isOpen(input.status ?? 'waiting_customer'),
    // Whoever answers first handles the case.
    takenBy: staffId,
    draft,
  }
}

/** What was written with formatting is cleaned, and its text made from it. */
const withForm = (input: Write) => {
  const form = input.html ? formatted(input.html, input.attachmentIds) : null
  const text = form ? form.text : (input.text ?? '')
  if (text === '') refuseField('text', 'Write something first')
  return { ...input, text, html: form?.html ?? null, inlineIds: form?.inlineIds ?? [] }
}

type Written = ReturnType<typeof withForm>

/**
 * Answers the customer or notes something for colleagues.
 * @throws Refusal `conflict` with the messages that arrived since `seenMessageId`
 */
export const write = async (work: Work, written: Write) => {
  const input = withForm(written)
  assertSolves(input)
  const kase = await lockCase<Reach>(work, input.id, reachOf(work))
  await assertNothingNew(work, kase, input)
  const { toCustomer: addressed, ...place } = await placeOf(work, kase, input)
  const toCustomer = addressed && !input.aside
  const deliver = await howToDeliver(work, kase, input)
  const effect = effectOf(work, kase, input, toCustomer)
  await authoriseClosing(work, kase, effect.status)
  const { text, html } = input
  const direction = input.kind === 'note' ? 'note' : 'out'
  const line: NewLine = { direction, author: work.actor.name, text, html, ...place, ...deliver }
  const message = await appendMessage(work, kase, line, effect)
  if (input.attachmentIds.length > 0)
    await claimAttachments(work, input.attachmentIds, kase.id, message.id, input.inlineIds)
  if (input.kind === 'note') await recordNote(work, kase, input, message.id)
  else await recordReply(work, kase, input, message.id, deliver, toCustomer)
  const met = input.needMet ?? kase.need_met
  const before = differing({ status: kase.status, needMet: kase.need_met }, { status: effect.status, needMet: met })
  const after = differing({ status: effect.status, needMet: met }, { status: kase.status, needMet: kase.need_met })
  if (Object.keys(after).length > 0)
    work.record({ type: 'case.changed', subject: { kind: 'case', id: kase.id }, before, after })
  return withFiles(work, message, input.attachmentIds)
}

/** The message as it was written; it is read again only where files were added to it since. */
const withFiles = (work: Work, message: MessageRow, attachmentIds: readonly number[] | undefined) =>
  attachmentIds?.length ? messageById({ db: work.tx, actor: work.actor, now: work.now }, message.id) : message

const differing = (from: Record<string, unknown>, to: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(from).filter(([field, value]) => value !== to[field]))

const recordNote = async (work: Work, kase: Kase, input: Written, messageId: number): Promise<void> => {
  await mention(work, kase, input.mentionIds)
  const mentioned = input.mentionIds.length > 0 ? { mentionIds: input.mentionIds, by: work.actor.name } : {}
  work.record({ type: 'case.noted', subject: { kind: 'case', id: kase.id }, data: { messageId, ...mentioned } })
}

/** An answer to the customer, or a word with somebody else the case needs: that changes nothing for who waits. */
const recordReply = async (
  work: Work,
  kase: Kase,
  input: Written,
  messageId: number,
  deliver: Deliver,
  toCustomer: boolean,
) => {
  const settled = await settle(work, kase, input, deliver.sendAt)
  const at = deliver.sendAt ? { sendAt: deliver.sendAt.toISOString() } : {}
  const data = { messageId, channel: deliver.channel, ...at, ...beforeReply(kase), ...settled }
  work.record({ type: toCustomer ? 'case.replied' : 'case.wrote_aside', subject: { kind: 'case', id: kase.id }, data })
  if (input.sendAt && deliver.sendAt && toCustomer) await noteLaterFirst(work, kase.id, deliver.sendAt)
}

const beforeReply = (kase: Kase): Before => ({
  statusBefore: kase.status,
  waitingBefore: kase.waiting_since?.toISOString() ?? null,
  first: kase.first_reply_at === null,
})

export type Received = {
  channel: string
  text: string
  quoted?: string
  html?: string | null
  author?: string
  address?: string | null
  personId?: number
  mailId?: number
  warnings?: string[]
  automatic?: boolean
  conversationId?: number
  /** It is no customer who said it: a colleague or somebody outside, in a conversation of theirs. */
  aside?: boolean
  attachmentIds?: number[]
}

/** Adds what a customer said next. A solved case opens again; one nobody waited in waits since now. */
export const receive = async (work: Work, caseId: number, received: Received) =>
  receiveInto(work, await lockCase(work, caseId), received)

/** The same for a case that was locked already, by somebody who takes part in it. */
export const receiveInto = async (work: Work, kase: Kase, received: Received) => {
  const robot = received.automatic ?? false
  const reopened = !robot && !isOpen(kase.status)
  const status = robot ? kase.status : kase.status === 'new' ? 'new' : 'open'
  const waitingSince = robot ? kase.waiting_since : (kase.waiting_since ?? work.now)
  const message = await appendMessage(
    work,
    kase,
    {
      direction: 'in',
      personId: received.personId ?? kase.requester_id,
      author: received.author ?? kase.requester,
      ...received,
    },
    { status, waitingSince, reopened },
  )
  if (received.attachmentIds?.length) await claimAttachments(work, received.attachmentIds, kase.id, message.id)
  const subject = { kind: 'case', id: kase.id }
  const { conversationId, aside } = received
  const where = aside ? { aside, conversationId } : {}
  const data = { messageId: message.id, channel: received.channel, ...where }
  work.record({ type: 'case.received', subject, data })
  if (reopened) work.record({ type: 'case.reopened', subject, before: { status: kase.status }, after: { status } })
  return withFiles(work, message, received.attachmentIds)
}
