import { sql } from 'kysely'
import { staffIdOf } from '../../platform/permissions/actor.ts'
import { notFound, Refusal, refuseField } from '../../platform/refusal.ts'
import { moveDocuments } from '../../platform/search/changing.ts'
import type { Work } from '../../platform/work.ts'
import { personById } from '../people/index.ts'
import { type Kase, lockCase } from './loading.ts'
import { mergeCases } from './merging.ts'
import { recount } from './rehoming.ts'

type Chosen = { id: number; conversationId: number; direction: string; personId: number | null; address: string | null }
type Split = { id: number; messageIds: number[]; subject: string; requesterId?: number | undefined }

const chosenOf = async (work: Work, kase: Kase, messageIds: readonly number[]): Promise<Chosen[]> => {
  const ids = [...new Set(messageIds)]
  const { rows } = await sql<Chosen & { rest: number }>`
    select id, conversation_id as "conversationId", direction, person_id as "personId", address,
      (select count(*)::int from messages o where o.case_id = ${kase.id} and o.id <> all(${ids}::bigint[])) as rest
    from messages where case_id = ${kase.id} and id = any(${ids}::bigint[]) order by id`.execute(work.tx)
  if (rows.length !== ids.length) refuseField('messageIds', 'One of these messages is not in this case')
  if (rows[0]?.rest === 0) refuseField('messageIds', 'At least one message must stay where it is')
  return rows
}

/** The new case is like the old one, with a conversation of its own. */
const openBeside = async (work: Work, kase: Kase, subject: string, requesterId: number, first: Chosen) => {
  const { rows } = await sql<{ id: number; conversationId: number }>`
    with kase as (insert into cases (kind, status, subject, channel, stage, topic_id, product_id, severity, internal, requester_id, assignee_id, team_id,
        confidential, shared_with, hidden_from, tags, custom, language, urgent_from, opened_at, last_at)
      select c.kind, 'open', ${subject}, c.channel, c.stage, c.topic_id, c.product_id, c.severity, p.staff_id is not null or coalesce(y.internal, false), p.id,
        c.assignee_id, c.team_id, c.confidential, c.shared_with, c.hidden_from, c.tags, c.custom, c.language, ${work.now}::timestamptz, ${work.now}::timestamptz, ${work.now}::timestamptz
      from cases c, people p left join customer_types y on y.id = p.type_id where c.id = ${kase.id} and p.id = ${requesterId} returning id),
    conversation as (insert into conversations (case_id, kind, channel, mailbox_id, subject, created_at)
      select kase.id, 'customer', v.channel, v.mailbox_id, ${subject}, ${work.now}::timestamptz from kase, conversations v where v.id = ${first.conversationId} returning id, case_id),
    participant as (insert into participants (conversation_id, person_id, part, address)
      select id, ${requesterId}::bigint, 'requester', ${first.personId === requesterId ? first.address : null} from conversation)
    select case_id as id, id as "conversationId" from conversation`.execute(work.tx)
  return rows[0] as { id: number; conversationId: number }
}

/** Puts messages, with their files and search words, into a conversation of a case. */
const moveMessages = async (work: Work, caseId: number, moves: readonly { id: number; conversationId: number }[]) => {
  const ids = moves.map(move => move.id)
  await sql`update messages m set case_id = ${caseId}, conversation_id = o.conversation
    from unnest(${ids}::bigint[], ${moves.map(move => move.conversationId)}::bigint[]) o (id, conversation) where m.id = o.id`.execute(
    work.tx,
  )
  const files = await work.tx
    .updateTable('attachments')
    .set({ case_id: caseId })
    .where('message_id', 'in', ids)
    .returning('id')
    .execute()
  const documents = ids.map(id => ({ id, scopeId: caseId }))
  const names = files.map(({ id }) => ({ id, scopeId: caseId }))
  await moveDocuments(work, 'message', documents)
  await moveDocuments(work, 'file', names)
}

/**
 * Takes messages out of a case into a new one of whoever wrote them.
 * @throws Refusal naming `messageIds` or `requesterId`
 */
export const splitCase = async (work: Work, input: Split): Promise<{ id: number; number: number; splitId: number }> => {
  const kase = await lockCase(work, input.id)
  const chosen = await chosenOf(work, kase, input.messageIds)
  const first = chosen.find(message => message.direction === 'in') ?? chosen[0]!
  const requesterId = input.requesterId
    ? (await personById({ db: work.tx }, input.requesterId)).id
    : (first.personId ?? kase.requester_id)
  const made = await openBeside(work, kase, input.subject, requesterId, first)
  await moveMessages(
    work,
    made.id,
    chosen.map(message => ({ id: message.id, conversationId: made.conversationId })),
  )
  await recount(work, made.id, { otherwise: null })
  await recount(work, kase.id, { otherwise: kase.waiting_since })
  const { id: splitId } = await work.tx
    .insertInto('case_splits')
    .values({
      case_id: kase.id,
      new_case_id: made.id,
      at: work.now,
      staff_id: staffIdOf(work.actor),
      moved: JSON.stringify(chosen.map(({ id, conversationId }) => ({ id, conversationId }))),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const data = { splitId, fromId: kase.id, newId: made.id, messages: chosen.length }
  work.record({ type: 'case.split', subject: { kind: 'case', id: kase.id }, data })
  work.record({ type: 'case.split_off', subject: { kind: 'case', id: made.id }, data })
  return { id: made.id, number: made.id, splitId }
}

type Standing = {
  case_id: number
  new_case_id: number
  moved: { id: number; conversationId: number }[]
  undone_at: Date | null
}

/**
 * Takes a split back: the messages return to the conversations they came from, and the case that was made for them is
 * merged back with what was said in it since.
 * @returns the case that holds it all again
 */
export const undoSplit = async (work: Work, splitId: number): Promise<{ id: number }> => {
  const { rows } =
    await sql<Standing>`select case_id, new_case_id, moved, undone_at from case_splits where id = ${splitId} for update`.execute(
      work.tx,
    )
  const split = rows[0] ?? notFound('split')
  const home = await lockCase(work, split.case_id)
  const made = await lockCase(work, split.new_case_id)
  if (split.undone_at)
    throw new Refusal('conflict', 'This split was taken back already.', [
      { field: 'id', message: 'taken back already' },
    ])
  await work.tx
    .updateTable('case_splits')
    .set({ undone_at: work.now, undone_by: staffIdOf(work.actor) })
    .where('id', '=', splitId)
    .execute()
  // Messages go back only from where the split put them: another split may have taken some further.
  const there = await work.tx
    .selectFrom('messages')
    .select('id')
    .where('case_id', '=', made.id)
    .where(
      'id',
      'in',
      split.moved.map(one => one.id),
    )
    .execute()
  const back = split.moved.filter(one => there.some(message => message.id === one.id))
  if (back.length > 0 && made.id !== home.id) await moveMessages(work, home.id, back)
  if (made.id === home.id) return { id: home.id }
  const share = home.requester_id === made.requester_id ? undefined : 'separate'
  await mergeCases(work, { id: home.id, sourceId: made.id, ...(share ? { share } : {}) })
  return { id: home.id }
}
