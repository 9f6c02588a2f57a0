import { sql } from 'kysely'
import { notFound, Refusal } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { giveCase } from '../cases/index.ts'
import { handBooking } from '../diary/index.ts'
import { lockAbsence } from './absences.ts'
import type { ItemKind } from './contract.ts'
import { givePromise, staffOf, type Way } from './handing.ts'

type Given = { handoverId: number; kind: ItemKind; id: number; toStaffId: number; toName: string; decided: boolean }

/**
 * What was given and not yet settled. Somebody has decided on a case since where they gave it on, even if it came back,
 * or decided something in it that goes into the register.
 */
const givenIn = async (work: Work, handoverIds: readonly number[]): Promise<Given[]> => {
  const { rows } =
    await sql<Given>`select i.handover_id as "handoverId", i.kind, i.subject_id as id, i.to_staff_id as "toStaffId", s.name as "toName",
      i.kind = 'case' and (exists (select 1 from events e where e.subject_kind = 'case' and e.subject_id = i.subject_id
          and e.type = 'case.changed' and e.at > h.made_at and e.data ? 'assigneeId')
        or exists (select 1 from decisions d where d.subject_kind = 'case' and d.subject_id = i.subject_id and d.at > h.made_at)) as decided
    from handovers h join handover_items i on i.handover_id = h.id join staff s on s.id = i.to_staff_id
    where h.id = any(${[...handoverIds]}::bigint[]) and i.state = 'given' order by i.kind, i.subject_id, i.handover_id desc`.execute(
      work.tx,
    )
  return rows
}

/** Taking back what was one's own needs no right to assign, nor to see it meanwhile. */
const carry: Record<ItemKind, (work: Work, id: number, way: Way) => Promise<void>> = {
  case: (work, id, { from, to }) =>
    giveCase(
      { ...work, actor: { ...work.actor, permissions: new Set([...work.actor.permissions, 'case.assign']) } },
      { id, from, to },
      sql`c.id = ${id} and c.merged_into is null`,
    ),
  booking: handBooking,
  promise: givePromise,
}

const returnOne = async (
  work: Work,
  item: Given,
  way: Way,
): Promise<{ state: 'returned' | 'kept'; reason: string }> => {
  if (item.decided) return { state: 'kept', reason: 'Somebody decided on it since.' }
  try {
    await carry[item.kind](work, item.id, way)
    return { state: 'returned', reason: '' }
  } catch (error) {
    if (error instanceof Refusal) return { state: 'kept', reason: error.message }
    throw error
  }
}

/** Gives back what is still open and nobody has decided on since; the rest stays with whoever covered it. */
const giveBack = async (work: Work, staffId: number, handoverIds: readonly number[]) => {
  const counts = { returned: 0, kept: 0 }
  if (handoverIds.length === 0) return counts
  const { name } = await staffOf(work, staffId)
  for (const item of await givenIn(work, handoverIds)) {
    const { state, reason } = await returnOne(work, item, { from: item.toStaffId, to: staffId, name })
    counts[state] += 1
    await work.tx
      .updateTable('handover_items')
      .set({ state, reason })
      .where('handover_id', '=', item.handoverId)
      .where('kind', '=', item.kind)
      .where('subject_id', '=', item.id)
      .execute()
  }
  await work.tx
    .updateTable('handovers')
    .set({ returned_by: work.actor.id, returned_at: work.now })
    .where('id', 'in', [...handoverIds])
    .execute()
  const subject = { kind: 'staff', id: staffId }
  work.record({ type: 'staff.handed_back', subject, data: { name, ...counts } })
  return counts
}

const openHandovers = async (work: Work, absenceId: number): Promise<number[]> => {
  const rows = await work.tx
    .selectFrom('handovers')
    .select('id')
    .where('absence_id', '=', absenceId)
    .where('returned_at', 'is', null)
    .orderBy('id', 'desc')
    .forUpdate()
    .execute()
  return rows.map(({ id }) => id)
}

/** Takes one handover back. @throws Refusal `conflict` when it was taken back already */
export const undoHandover = async (work: Work, id: number) => {
  const row = await work.tx
    .selectFrom('handovers as h')
    .innerJoin('absences as a', 'a.id', 'h.absence_id')
    .select(['h.id', 'h.returned_at', 'a.staff_id'])
    .where('h.id', '=', id)
    .forUpdate('h')
    .executeTakeFirst()
  if (!row || (row.staff_id !== work.actor.id && !work.actor.permissions.has('cover.edit'))) return notFound('handover')
  if (row.returned_at) throw new Refusal('conflict', 'This was taken back already.')
  return giveBack(work, row.staff_id, [row.id])
}

/**
 * Somebody is back, or does not go after all: what was handed over returns to them.
 * @throws Refusal `conflict` when the absence is over
 */
export const comeBack = async (work: Work, id: number) => {
  const absence = await lockAbsence(work, id)
  const began = absence.from_at < work.now
  await work.tx
    .updateTable('absences')
    .set({ ...(began ? { until_at: work.now } : { cancelled_at: work.now }), version: absence.version + 1 })
    .where('id', '=', id)
    .execute()
  const { name } = await staffOf(work, absence.staff_id)
  const subject = { kind: 'staff', id: absence.staff_id }
  work.record({ type: began ? 'staff.back' : 'staff.away_cancelled', subject, data: { absenceId: id, name } })
  return giveBack(work, absence.staff_id, await openHandovers(work, id))
}
