import { sql } from 'kysely'
import { staffIdOf } from '../../platform/permissions/actor.ts'
import { notFound, Refusal, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { isOpen, type Kase, lockCase } from './loading.ts'
import { giveBack, type TargetBefore, takeOver } from './merged-target.ts'
import { nudgeOthers } from './presence.ts'
import { recount, rehome } from './rehoming.ts'
import { never } from './urgency.ts'

type Before = {
  source: { status: string; waitingSince: string | null; solvedAt: string | null; closedAt: string | null }
  target: TargetBefore
  /** Who was let into whose conversation by the merge. */
  let_in: { conversationId: number; personId: number }[]
}

/** Both at once, in the order of their numbers: two who merge the same pair crosswise wait for each other, not for ever. */
const lockBoth = async (work: Work, a: number, b: number): Promise<void> => {
  await sql`select id from cases where id in (${a}, ${b}) order by id for update`.execute(work.tx)
}

/** The case and all that was merged into it, by the merges that stand. */
const tree = async (work: Work, id: number): Promise<number[]> => {
  const { rows } = await sql<{ id: number }>`
    with recursive part (id) as (select ${id}::bigint union select g.source_id from case_merges g join part on g.target_id = part.id where g.undone_at is null)
    select id from part`.execute(work.tx)
  return rows.map(row => row.id)
}

/** Lets each customer take part in the other's conversations. */
const letIn = async (work: Work, target: Kase, source: Kase): Promise<Before['let_in']> => {
  const { rows } = await sql<Before['let_in'][number]>`
    insert into participants (conversation_id, person_id, part)
    select v.id, case when v.case_id = ${target.id} then ${source.requester_id}::bigint else ${target.requester_id}::bigint end, 'copied'
    from conversations v where v.case_id in (${target.id}, ${source.id}) and v.kind = 'customer'
    on conflict do nothing returning conversation_id as "conversationId", person_id as "personId"`.execute(work.tx)
  return rows
}

const closeSource = async (work: Work, source: Kase, root: number): Promise<void> => {
  await sql`update cases set merged_into = ${root} where id = any(${await tree(work, source.id)}::bigint[])`.execute(
    work.tx,
  )
  await work.tx
    .updateTable('cases')
    .set({ status: 'closed', waiting_since: null, urgent_from: never, version: source.version + 1 })
    .where('id', '=', source.id)
    .execute()
}

const beforeOf = (source: Kase, target: TargetBefore, let_in: Before['let_in']): Before => ({
  source: {
    status: source.status,
    waitingSince: source.waiting_since?.toISOString() ?? null,
    solvedAt: source.solved_at?.toISOString() ?? null,
    closedAt: source.closed_at?.toISOString() ?? null,
  },
  target,
  let_in,
})

/**
 * Merges a case into another: its conversations move, its number leads there from now on, and nothing is rewritten, so
 * that it can be taken back at any time.
 * @throws Refusal `invalid` naming `sourceId` or `share`, `conflict` when the two are one already
 */
export const mergeCases = async (
  work: Work,
  input: { id: number; sourceId: number; share?: 'separate' | 'together' | undefined },
): Promise<{ id: number; mergeId: number }> => {
  await lockBoth(work, input.id, input.sourceId)
  const target = await lockCase(work, input.id)
  if (input.id === input.sourceId) refuseField('sourceId', 'A case cannot be merged into itself')
  const source = await lockCase(work, input.sourceId)
  if (target.id === source.id)
    throw new Refusal('conflict', `These two are one case already: #${target.id}.`, [
      { field: 'sourceId', message: `was merged into #${target.id}` },
    ])
  if (target.requester_id !== source.requester_id && !input.share)
    refuseField(
      'share',
      `${target.requester} and ${source.requester} are two customers. Say whether each may see what the other writes.`,
    )
  const together = input.share === 'together' && target.requester_id !== source.requester_id
  const let_in = together ? await letIn(work, target, source) : []
  const { waiting, before } = await takeOver(work, target, source)
  const { id: mergeId } = await work.tx
    .insertInto('case_merges')
    .values({
      source_id: source.id,
      target_id: target.id,
      at: work.now,
      staff_id: staffIdOf(work.actor),
      before: JSON.stringify(beforeOf(source, before, let_in)),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await closeSource(work, source, target.id)
  await rehome(work, await tree(work, source.id))
  await recount(work, target.id, { since: waiting })
  const data = { mergeId, sourceId: source.id, targetId: target.id, subject: source.subject }
  work.record({ type: 'case.merged', subject: { kind: 'case', id: target.id }, data })
  work.record({ type: 'case.merged_away', subject: { kind: 'case', id: source.id }, data })
  // Nobody sees a case that was merged away, so no event of it reaches those who are in it.
  await nudgeOthers(work, source.id, 'case.moved')
  return { id: target.id, mergeId }
}

type Merge = { id: number; source_id: number; target_id: number; at: Date; before: Before; undone_at: Date | null }

const lockMerge = async (work: Work, id: number): Promise<Merge> => {
  const { rows } =
    await sql<Merge>`select id, source_id, target_id, at, before, undone_at from case_merges where id = ${id} for update`.execute(
      work.tx,
    )
  return rows[0] ?? notFound('merge')
}

/** @returns since when somebody waited in it, unless they were answered meanwhile */
const restoreSource = async (work: Work, merge: Merge, ids: number[]): Promise<Date | null> => {
  await sql`update cases set merged_into = nullif(${merge.source_id}::bigint, id) where id = any(${ids}::bigint[])`.execute(
    work.tx,
  )
  const { status, waitingSince, solvedAt, closedAt } = merge.before.source
  // Whoever wrote into it meanwhile waits again, or waits for the customer who was answered.
  const { rows } = await sql<{ direction: string }>`select m.direction from messages m
    join conversations v on v.id = m.conversation_id join case_merges g on g.id = ${merge.id}
    where v.home_case_id = any(${ids}::bigint[]) and m.at > g.at and m.direction <> 'note' and not m.automatic and m.delivery is distinct from 'cancelled'
    order by m.id desc limit 1`.execute(work.tx)
  const last = rows[0]?.direction
  const now = last === 'in' ? 'open' : last === 'out' ? 'waiting_customer' : status
  const open = isOpen(now)
  await sql`update cases set status = ${now}, solved_at = ${open ? null : solvedAt}::timestamptz, closed_at = ${open ? null : closedAt}::timestamptz
    where id = ${merge.source_id}`.execute(work.tx)
  return waitingSince && last !== 'out' ? new Date(waitingSince) : null
}

const closeCircle = async (work: Work, merge: Merge, root: Kase): Promise<void> => {
  const { rows } = await sql<{
    shared_with: string[]
  }>`select shared_with from cases where id = ${merge.source_id}`.execute(work.tx)
  const cameWithIt = (rows[0]?.shared_with ?? []).filter(id => !merge.before.target.sharedWith.includes(id))
  await work.tx
    .updateTable('cases')
    .set({ shared_with: root.shared_with.filter(id => !cameWithIt.includes(id)) })
    .where('id', '=', root.id)
    .execute()
  for (const { conversationId, personId } of merge.before.let_in)
    await work.tx
      .deleteFrom('participants')
      .where('conversation_id', '=', conversationId)
      .where('person_id', '=', personId)
      .where('part', '=', 'copied')
      .execute()
}

/**
 * Takes a merge back, however long ago it was and whatever was merged since: the conversations that came with it return
 * with everything that was said in them.
 * @returns the case that is one again, and the one it left
 * @throws Refusal `conflict` when it was taken back already
 */
export const undoMerge = async (work: Work, mergeId: number): Promise<{ id: number; targetId: number }> => {
  const merge = await lockMerge(work, mergeId)
  // Whoever may not see the case that holds it today may not take anything out of it either.
  const root = await lockCase(work, merge.source_id)
  if (merge.undone_at)
    throw new Refusal('conflict', 'This merge was taken back already.', [
      { field: 'id', message: 'taken back already' },
    ])
  await work.tx
    .updateTable('case_merges')
    .set({ undone_at: work.now, undone_by: staffIdOf(work.actor) })
    .where('id', '=', mergeId)
    .execute()
  const ids = await tree(work, merge.source_id)
  const waited = await restoreSource(work, merge, ids)
  await closeCircle(work, merge, root)
  await rehome(work, ids)
  await recount(work, merge.source_id, { otherwise: waited })
  const waitedThere = await giveBack(work, merge.target_id, merge.before.target, merge.at)
  await recount(work, root.id, {
    otherwise: root.id === merge.target_id && waitedThere !== undefined ? waitedThere : root.waiting_since,
  })
  const data = { mergeId, sourceId: merge.source_id, targetId: root.id }
  work.record({ type: 'case.unmerged', subject: { kind: 'case', id: merge.source_id }, data })
  work.record({ type: 'case.unmerged', subject: { kind: 'case', id: root.id }, data })
  return { id: merge.source_id, targetId: root.id }
}
