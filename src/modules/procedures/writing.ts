import { sql } from 'kysely'
import { staffIdOf } from '../../platform/permissions/actor.ts'
import { assertFresh, Refusal, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { assertContent } from './checking.ts'
import type { Content } from './contract-shapes.ts'
import { type Locked, lockProcedure } from './loading.ts'

const writerOf = (work: Work): number => {
  const id = staffIdOf(work.actor)
  if (id === null) throw new Refusal('forbidden', 'Procedures are written by members of staff.')
  return id
}

const subject = (id: number) => ({ kind: 'procedure', id })

/** Begins a procedure as a draft, last in the order. @throws Refusal naming the part that makes no sense */
export const addProcedure = async (work: Work, content: Content): Promise<number> => {
  const writer = writerOf(work)
  await assertContent(work, content)
  const { rows } = await sql<{ id: number }>`insert into procedures (position, draft, draft_by, draft_at, owner_id)
    select coalesce(max(position), 0) + 10, ${JSON.stringify(content)}::jsonb, ${writer}::bigint, ${work.now}::timestamptz, ${writer}::bigint
    from procedures returning id`.execute(work.tx)
  const id = rows[0]?.id ?? 0
  work.record({ type: 'procedure.drafted', subject: subject(id), data: { name: content.name } })
  return id
}

type Change = {
  id: number
  version?: number | undefined
  ownerId?: number | undefined
  position?: number | undefined
  ended?: boolean | undefined
} & { [K in keyof Content]?: Content[K] | undefined }

const assertOwner = async (work: Work, ownerId: number): Promise<void> => {
  const found = await work.tx
    .selectFrom('staff')
    .select('id')
    .where('id', '=', ownerId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (!found) refuseField('ownerId', 'There is no such member of staff, or they have left')
}

const contentAfter = ({ draft }: Locked, { name, condition, steps, phrases }: Change): Content => ({
  name: name ?? draft.name,
  condition: condition ?? draft.condition,
  steps: steps ?? draft.steps,
  phrases: phrases ?? draft.phrases,
})

/** Changes the draft; what is in force stays. @throws Refusal `stale`, or naming the part that makes no sense */
export const changeProcedure = async (work: Work, input: Change): Promise<number> => {
  const before = await lockProcedure(work, input.id)
  assertFresh(before.version, input.version, 'procedure')
  const content = contentAfter(before, input)
  await assertContent(work, content)
  if (input.ownerId !== undefined) await assertOwner(work, input.ownerId)
  const ended = input.ended ?? before.ended_at !== null
  await sql`update procedures set draft = ${JSON.stringify(content)}::jsonb, draft_by = ${staffIdOf(work.actor)}, draft_at = ${work.now},
    owner_id = ${input.ownerId ?? before.owner_id}, position = ${input.position ?? before.position},
    ended_at = ${ended ? (before.ended_at ?? work.now) : null}, version = version + 1 where id = ${before.id}`.execute(
    work.tx,
  )
  const type =
    ended === (before.ended_at !== null) ? 'procedure.changed' : ended ? 'procedure.ended' : 'procedure.restored'
  work.record({ type, subject: subject(before.id), data: { name: content.name } })
  return before.id
}

/** Puts the draft in force as the next version. @throws Refusal `conflict` where nothing is new, or naming `steps` */
export const publishProcedure = async (
  work: Work,
  { id, version, note }: { id: number; version?: number | undefined; note: string },
): Promise<number> => {
  const before = await lockProcedure(work, id)
  assertFresh(before.version, version, 'procedure')
  const { draft, published_version: last } = before
  if (before.ended_at) throw new Refusal('conflict', 'This procedure is out of use. Bring it back first.')
  if (draft.steps.length === 0) refuseField('steps', 'A procedure needs at least one step')
  await assertContent(work, draft)
  const number = (last ?? 0) + 1
  const { numAffectedRows } =
    await sql`insert into procedure_versions (procedure_id, number, content, note, published_at, published_by)
    select ${id}, ${number}::int, p.draft, ${note}, ${work.now}::timestamptz, ${writerOf(work)}::bigint from procedures p
    where p.id = ${id} and not exists (select 1 from procedure_versions v where v.procedure_id = p.id and v.number = p.published_version
      and v.content = p.draft)`.execute(work.tx)
  if (!numAffectedRows) throw new Refusal('conflict', 'Nothing has changed since it was published.')
  await sql`update procedures set published_version = ${number}, version = version + 1 where id = ${id}`.execute(
    work.tx,
  )
  work.record({ type: 'procedure.published', subject: subject(id), data: { name: draft.name, number, note } })
  return id
}
