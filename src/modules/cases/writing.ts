import { sql } from 'kysely'
import { notFound, Refusal, refuseField } from '../../platform/refusal.ts'
import { rememberLanguage, wordsOf } from '../../platform/search/documents.ts'
import { detectLanguage, searchConfig } from '../../platform/text/language.ts'
import type { Work } from '../../platform/work.ts'
import { claimAttachments } from './attaching.ts'
import { isOpen, type Kase, lockCase } from './loading.ts'
import { previewOf } from './opening.ts'
import { messageById, messagesAfter } from './reading.ts'
import { never, urgentFrom } from './urgency.ts'

/** Channels whose answers go out by mail. The others are answered by somebody speaking or writing a letter. */
const byMail = new Set(['email', 'web_form', 'portal', 'chat', 'api'])
const defaultUndoSeconds = 10

type Insert = {
  direction: 'in' | 'out' | 'note'
  channel: string
  author: string
  address?: string | null
  personId?: number | null
  text: string
  quoted?: string
  html?: string | null
  delivery?: 'waiting' | null
  sendAt?: Date | null
  automatic?: boolean
  warnings?: string[]
  mailId?: number | null
  conversationId?: number
}

/** What a message changes in its case. */
type Effect = { status: string; waitingSince: Date | null; firstReply?: boolean; reopened?: boolean }

/** Message, search words and the case's new state in one statement. */
const insertMessage = async (work: Work, kase: Kase, message: Insert, effect: Effect): Promise<number> => {
  const language = message.direction === 'note' ? null : await detectLanguage(message.text)
  const config = searchConfig(language)
  await rememberLanguage(work, config)
  const urgent = effect.waitingSince ? urgentFrom({ ...kase, waitingSince: effect.waitingSince }) : never
  const solved = effect.status === 'solved' ? (kase.solved_at ?? work.now) : null
  const visiblePreview = message.direction === 'note' ? sql`preview` : sql`${previewOf(message.text)}`
  const { rows } = await sql<{ id: number }>`
    with ids as (select nextval('messages_id_seq') as message, coalesce(${message.conversationId ?? null}::bigint,
        (select id from conversations where case_id = ${kase.id} and kind = 'customer' order by id limit 1)) as conversation),
    message as (insert into messages (id, case_id, conversation_id, direction, channel, person_id, staff_id, author, address, text, quoted, html,
        language, at, delivery, send_at, automatic, warnings, mail_id)
      overriding system value select message, ${kase.id}::bigint, conversation, ${message.direction}, ${message.channel}, ${message.personId ?? null}::bigint,
        ${work.actor.kind === 'staff' && !message.personId ? work.actor.id : null}::bigint, ${message.author}, ${message.address ?? null}, ${message.text},
        ${message.quoted ?? ''}, ${message.html ?? null}, ${language}, ${work.now}::timestamptz, ${message.delivery ?? null}, ${message.sendAt ?? null}::timestamptz,
        ${message.automatic ?? false}::boolean, ${message.warnings ?? []}::text[], ${message.mailId ?? null}::bigint from ids),
    words as (insert into search_documents (kind, record_id, scope_id, at, words)
      select 'message', message, ${kase.id}::bigint, ${work.now}::timestamptz, ${wordsOf(config, kase.subject, message.text)} from ids),
    kase as (update cases set status = ${effect.status}, waiting_since = ${effect.waitingSince}::timestamptz, urgent_from = ${urgent}::timestamptz,
        last_at = ${work.now}::timestamptz, preview = ${visiblePreview}, message_count = message_count + 1, last_message_id = ids.message,
        first_reply_at = case when ${effect.firstReply ?? false}::boolean then coalesce(first_reply_at, ${work.now}::timestamptz) else first_reply_at end,
        solved_at = ${solved}::timestamptz, closed_at = case when ${isOpen(effect.status)}::boolean then null else closed_at end,
        reopened = reopened + ${effect.reopened ? 1 : 0}::int, version = version + 1 from ids where id = ${kase.id})
    select message as id from ids`.execute(work.tx)
  return (rows[0] as { id: number }).id
}

export type Write = {
  id: number
  kind: 'reply' | 'note'
  text: string
  seenMessageId?: number | null | undefined
  status?: string | undefined
  attachmentIds: number[]
  channel?: string | undefined
  mentionIds: number[]
}

/** A reply written without having read what arrived meanwhile is stopped, with what arrived. */
const assertNothingNew = async (work: Work, kase: Kase, input: Write): Promise<void> => {
  if (input.kind !== 'reply' || input.seenMessageId === undefined || input.seenMessageId === null) return
  if ((kase.last_message_id ?? 0) <= input.seenMessageId) return
  const arrived = (await messagesAfter(work, kase.id, input.seenMessageId)).filter(message => message.direction !== 'note' && message.delivery !== 'cancelled')
  if (arrived.length > 0)
    throw new Refusal('conflict', 'Somebody wrote in this case since you opened it. Read it before you send.', [{ field: 'seenMessageId', message: 'newer messages exist' }], { messages: arrived })
}

type Deliver = { channel: string; delivery: 'waiting' | null; sendAt: Date | null }

const howToDeliver = async (work: Work, kase: Kase, input: Write): Promise<Deliver> => {
  if (input.kind === 'note') return { channel: kase.channel, delivery: null, sendAt: null }
  const channel = input.channel ?? kase.channel
  if (!byMail.has(channel)) return { channel, delivery: null, sendAt: null }
  const { rows } = await sql<{ reachable: boolean; undo: number | null }>`select
    exists (select 1 from conversations v join participants a on a.conversation_id = v.id
      left join identities i on i.person_id = a.person_id and i.kind = 'email'
      where v.case_id = ${kase.id} and v.kind = 'customer' and coalesce(a.address, i.value) is not null) as reachable,
    (select (preferences ->> 'undoSeconds')::int from staff where id = ${work.actor.id}) as undo`.execute(work.tx)
  if (!rows[0]?.reachable) refuseField('channel', `No e-mail address is known for ${kase.requester}. Add one, or say how you told them: by phone, face to face or by letter.`)
  const seconds = work.actor.tokenId ? 0 : (rows[0]?.undo ?? defaultUndoSeconds)
  return { channel: 'email', delivery: 'waiting', sendAt: new Date(work.now.getTime() + seconds * 1000) }
}

const effectOf = (kase: Kase, input: Write): Effect => {
  if (input.kind === 'note') {
    const status = input.status ?? kase.status
    return { status, waitingSince: isOpen(status) ? kase.waiting_since : null }
  }
  return { status: input.status ?? 'waiting_customer', waitingSince: null, firstReply: true, reopened: !isOpen(kase.status) && isOpen(input.status ?? 'waiting_customer') }
}

/**
 * Answers the customer or notes something for colleagues.
 * @throws Refusal `conflict` with the messages that arrived since `seenMessageId`
 */
export const write = async (work: Work, input: Write) => {
  const kase = await lockCase(work, input.id)
  await assertNothingNew(work, kase, input)
  const deliver = await howToDeliver(work, kase, input)
  const effect = effectOf(kase, input)
  const id = await insertMessage(work, kase, { direction: input.kind === 'note' ? 'note' : 'out', author: work.actor.name, text: input.text, ...deliver }, effect)
  if (input.attachmentIds.length > 0) await claimAttachments(work, input.attachmentIds, kase.id, id)
  if (work.actor.kind === 'staff') {
    await work.tx.deleteFrom('drafts').where('case_id', '=', kase.id).where('staff_id', '=', work.actor.id).where('kind', '=', input.kind).execute()
    if (input.kind === 'reply' && !kase.assignee_id) await takeUnassigned(work, kase.id)
  }
  const subject = { kind: 'case', id: kase.id }
  if (input.kind === 'note') {
    await mention(work, kase, input.mentionIds)
    work.record({ type: 'case.noted', subject, data: { messageId: id, ...(input.mentionIds.length > 0 ? { mentionIds: input.mentionIds } : {}) } })
  } else work.record({ type: 'case.replied', subject, data: { messageId: id, channel: deliver.channel, ...(deliver.sendAt ? { sendAt: deliver.sendAt.toISOString() } : {}), ...beforeReply(kase) } })
  if (effect.status !== kase.status) work.record({ type: 'case.changed', subject, before: { status: kase.status }, after: { status: effect.status } })
  return messageById({ db: work.tx, actor: work.actor, now: work.now }, id)
}

const beforeReply = (kase: Kase): Before => ({ statusBefore: kase.status, waitingBefore: kase.waiting_since?.toISOString() ?? null, first: kase.first_reply_at === null })

/** Whoever answers first handles the case, unless somebody does already. */
const takeUnassigned = (work: Work, caseId: number) =>
  work.tx.updateTable('cases').set({ assignee_id: work.actor.id }).where('id', '=', caseId).where('assignee_id', 'is', null).execute()

/** Somebody who is mentioned follows the case and may see it. */
const mention = async (work: Work, kase: Kase, ids: number[]): Promise<void> => {
  if (ids.length === 0) return
  const known = await work.tx.selectFrom('staff').select('id').where('id', 'in', ids).where('ended_at', 'is', null).execute()
  if (known.length !== new Set(ids).size) refuseField('mentionIds', 'One of these is not a member of staff')
  await work.tx.insertInto('followers').values(known.map(staff => ({ case_id: kase.id, staff_id: staff.id }))).onConflict(c => c.doNothing()).execute()
  const shared = [...new Set([...kase.shared_with, ...ids.map(String)])]
  await work.tx.updateTable('cases').set({ shared_with: shared }).where('id', '=', kase.id).execute()
}

export type Received = { channel: string; text: string; quoted?: string; html?: string | null; author?: string; address?: string | null; personId?: number; mailId?: number; warnings?: string[]; automatic?: boolean; conversationId?: number; attachmentIds?: number[] }

/** Adds what a customer said next. A solved case opens again; one nobody waited in waits since now. */
export const receive = async (work: Work, caseId: number, received: Received) => {
  const kase = await lockCase(work, caseId)
  const robot = received.automatic ?? false
  const reopened = !robot && !isOpen(kase.status)
  const status = robot ? kase.status : kase.status === 'new' ? 'new' : 'open'
  const waitingSince = robot ? kase.waiting_since : (kase.waiting_since ?? work.now)
  const id = await insertMessage(work, kase, { direction: 'in', personId: received.personId ?? kase.requester_id, author: received.author ?? kase.requester, ...received }, { status, waitingSince, reopened })
  if (received.attachmentIds?.length) await claimAttachments(work, received.attachmentIds, kase.id, id)
  const subject = { kind: 'case', id: kase.id }
  work.record({ type: 'case.received', subject, data: { messageId: id, channel: received.channel } })
  if (reopened) work.record({ type: 'case.reopened', subject, before: { status: kase.status }, after: { status } })
  return messageById({ db: work.tx, actor: work.actor, now: work.now }, id)
}

type Before = { statusBefore?: string; waitingBefore?: string | null; first?: boolean }

/** Puts the case back to where it was before a reply: the event of the reply says where that was. */
const restore = async (work: Work, kase: Kase, messageId: number): Promise<void> => {
  const { rows } = await sql<{ data: Before }>`select data from events where subject_kind = 'case' and subject_id = ${kase.id}
    and type = 'case.replied' and (data ->> 'messageId')::bigint = ${messageId}`.execute(work.tx)
  const { statusBefore = 'open', waitingBefore = null, first = false } = rows[0]?.data ?? {}
  const waitingSince = waitingBefore ? new Date(waitingBefore) : null
  const urgent_from = waitingSince ? urgentFrom({ ...kase, waitingSince }) : never
  await work.tx
    .updateTable('cases')
    .set({ status: statusBefore, waiting_since: waitingSince, urgent_from, version: kase.version + 1, ...(first ? { first_reply_at: null } : {}), ...(isOpen(statusBefore) ? { solved_at: null } : {}) })
    .where('id', '=', kase.id)
    .execute()
}

/** Takes back a reply that has not gone out: it is marked, never removed, and its text becomes the draft again. */
export const undoMessage = async (work: Work, messageId: number) => {
  const found = await work.tx.selectFrom('messages').select(['case_id']).where('id', '=', messageId).executeTakeFirst()
  const kase = await lockCase(work, found?.case_id ?? notFound('message'))
  const message = await work.tx
    .updateTable('messages')
    .set({ delivery: 'cancelled' })
    .where('id', '=', messageId)
    .where('delivery', '=', 'waiting')
    .where('staff_id', '=', work.actor.id)
    .returning(['text'])
    .executeTakeFirst()
  if (!message) throw new Refusal('conflict', 'This has gone out already, or is not yours to take back.')
  await restore(work, kase, messageId)
  work.record({ type: 'case.reply_undone', subject: { kind: 'case', id: kase.id }, data: { messageId } })
  const draft = { case_id: kase.id, staff_id: work.actor.id as number, kind: 'reply', text: message.text, seen_message_id: kase.last_message_id, updated_at: work.now }
  const kept = await work.tx
    .insertInto('drafts')
    .values(draft)
    .onConflict(conflict => conflict.columns(['case_id', 'staff_id', 'kind']).doUpdateSet(({ ref }) => ({ text: sql<string>`${message.text} || case when drafts.text = '' then '' else E'\n\n' || drafts.text end`, version: sql<number>`${ref('drafts.version')} + 1`, updated_at: work.now })))
    .returning(['kind', 'text', 'seen_message_id as seenMessageId', 'version', 'updated_at as updatedAt'])
    .executeTakeFirstOrThrow()
  return { ...kept, kind: 'reply' as const }
}

/** What became of an outgoing message. Failures are told on the timeline; success shows on the message itself. */
export const noteDelivery = async (work: Work, messageId: number, delivery: 'sent' | 'kept' | 'failed' | 'bounced', about: { address?: string; reason?: string } = {}): Promise<void> => {
  const row = await work.tx.updateTable('messages').set({ delivery }).where('id', '=', messageId).where('delivery', 'is distinct from', 'cancelled').returning('case_id').executeTakeFirst()
  if (!row) return
  const type = delivery === 'failed' ? 'case.delivery_failed' : delivery === 'bounced' ? 'case.bounced' : 'case.delivered'
  work.record({ type, subject: { kind: 'case', id: row.case_id }, data: { messageId, ...about } })
}
