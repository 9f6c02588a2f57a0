import { sql } from 'kysely'
import { staffIdOf } from '../../platform/permissions/actor.ts'
import { notFound, Refusal, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { done } from '../../shared/contract.ts'
import { personById } from './queries.ts'

/** The record and all that were merged into it, by the merges that stand. */
const tree = async (work: Work, id: number): Promise<number[]> => {
  const { rows } = await sql<{ id: number }>`
    with recursive part (id) as (select ${id}::bigint union select g.source_id from person_merges g join part on g.target_id = part.id where g.undone_at is null)
    select id from part`.execute(work.tx)
  return rows.map(row => row.id)
}

/**
 * Two records are one person from now on. Nothing moves: addresses, groups and cases stay where they are and are read
 * together, so that it can be taken back at any time.
 * @throws Refusal `invalid` naming `sourceId`, `conflict` when they are one already
 */
export const mergePeople = async (work: Work, input: { id: number; sourceId: number }) => {
  await sql`select id from people where id in (${input.id}, ${input.sourceId}) order by id for update`.execute(work.tx)
  const target = await personById({ db: work.tx }, input.id)
  if (input.id === input.sourceId) refuseField('sourceId', 'A record cannot be merged with itself')
  const source = await personById({ db: work.tx }, input.sourceId)
  if (source.id === target.id)
    throw new Refusal('conflict', `These two are one person already: ${target.name}.`, [
      { field: 'sourceId', message: 'is the same person already' },
    ])
  // A member of staff signs in as themselves: their record stays the one that holds.
  if (source.staffId !== null)
    refuseField('sourceId', `${source.name} works here. Merge the other record into this one instead.`)
  const { id: mergeId } = await work.tx
    .insertInto('person_merges')
    .values({ source_id: source.id, target_id: target.id, at: work.now, staff_id: staffIdOf(work.actor) })
    .returning('id')
    .executeTakeFirstOrThrow()
  await sql`update people set merged_into = ${target.id} where id = any(${await tree(work, source.id)}::bigint[])`.execute(
    work.tx,
  )
  const data = { mergeId, sourceId: source.id, name: source.name }
  work.record({ type: 'person.merged', subject: { kind: 'person', id: target.id }, data })
  return { id: target.id, mergeId }
}

type Merge = { id: number; source_id: number; target_id: number; undone_at: Date | null }

/** @throws Refusal `conflict` when it was taken back already */
export const undoMergePeople = async (work: Work, mergeId: number) => {
  const { rows } =
    await sql<Merge>`select id, source_id, target_id, undone_at from person_merges where id = ${mergeId} for update`.execute(
      work.tx,
    )
  const merge = rows[0] ?? notFound('merge')
  if (merge.undone_at)
    throw new Refusal('conflict', 'This was taken back already.', [{ field: 'id', message: 'taken back already' }])
  const root = await personById({ db: work.tx }, merge.source_id)
  await work.tx
    .updateTable('person_merges')
    .set({ undone_at: work.now, undone_by: staffIdOf(work.actor) })
    .where('id', '=', mergeId)
    .execute()
  const ids = await tree(work, merge.source_id)
  await sql`update people set merged_into = nullif(${merge.source_id}::bigint, id) where id = any(${ids}::bigint[])`.execute(
    work.tx,
  )
  const { name } = await personById({ db: work.tx }, merge.source_id)
  for (const id of [merge.source_id, root.id])
    work.record({ type: 'person.unmerged', subject: { kind: 'person', id }, data: { mergeId, name } })
  return { id: merge.source_id, targetId: root.id }
}

/** Two records that look alike are two people; nobody is asked again. */
export const keepApart = async (work: Work, input: { id: number; otherId: number }) => {
  if (input.id === input.otherId) refuseField('otherId', 'This is the same record')
  const [one, other] = [await personById({ db: work.tx }, input.id), await personById({ db: work.tx }, input.otherId)]
  const [first, second] = one.id < other.id ? [one.id, other.id] : [other.id, one.id]
  await work.tx
    .insertInto('people_apart')
    .values({ one_id: first, other_id: second, at: work.now, staff_id: staffIdOf(work.actor) })
    .onConflict(conflict => conflict.doNothing())
    .execute()
  work.record({ type: 'person.kept_apart', subject: { kind: 'person', id: one.id }, data: { name: other.name } })
  return done
}
