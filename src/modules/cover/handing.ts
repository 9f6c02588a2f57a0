import { sql } from 'kysely'
import { notFound, Refusal, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { giveCase } from '../cases/index.ts'
import { handBooking } from '../diary/index.ts'
import { handPromises } from '../promises/index.ts'
import { lockAbsence } from './absences.ts'
import type { ItemKind } from './contract.ts'
import { colleaguesOf, holdingsOf } from './holding.ts'

type Item = { kind: ItemKind; id: number; toStaffId: number }
type Outcome = Item & { state: 'given' | 'refused'; reason: string }

export type Way = { from: number; to: number; name: string }

export const givePromise = async (work: Work, id: number, way: Way): Promise<void> => {
  if ((await handPromises(work, [id], way)).length === 0)
    throw new Refusal('conflict', 'It is kept by now, or somebody else has it.')
}

const carry: Record<ItemKind, (work: Work, id: number, way: Way) => Promise<void>> = {
  case: (work, id, { from, to }) => giveCase(work, { id, from, to }),
  booking: handBooking,
  promise: givePromise,
}

/** One that cannot be given leaves the others alone, and says why. */
const giveOne = async (work: Work, item: Item, way: Way, held: ReadonlySet<string>): Promise<Outcome> => {
  try {
    if (!held.has(`${item.kind} ${item.id}`)) throw new Refusal('conflict', 'They do not hold this any more.')
    await carry[item.kind](work, item.id, way)
    return { ...item, state: 'given', reason: '' }
  } catch (error) {
    if (error instanceof Refusal) return { ...item, state: 'refused', reason: error.message }
    throw error
  }
}

const keep = async (work: Work, absenceId: number, outcomes: readonly Outcome[]): Promise<number> => {
  const { id } = await work.tx
    .insertInto('handovers')
    .values({ absence_id: absenceId, made_by: work.actor.id as number, made_at: work.now })
    .returning('id')
    .executeTakeFirstOrThrow()
  await sql`insert into handover_items (handover_id, kind, subject_id, to_staff_id, state, reason)
    select ${id}, o.kind, o.id, o."toStaffId", o.state, o.reason
    from jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb) as o(kind text, id bigint, "toStaffId" bigint, state text, reason text)`.execute(
    work.tx,
  )
  return id
}

/** Cases before appointments before promises: the same order for everybody, so that nobody waits for each other in a ring. */
const inOrder = (a: Item, b: Item) => a.kind.localeCompare(b.kind) || a.id - b.id

/**
 * Gives what somebody who is away holds to colleagues, in one transaction. No customer is told: for them nothing changes.
 * @returns what was given, and what could not be and why
 * @throws Refusal naming the item where whoever is to take it is not here; `conflict` when nothing is left to give
 */
export const handOverAll = async (work: Work, input: { id: number; items: Item[] }) => {
  const absence = await lockAbsence(work, input.id)
  const reading = { db: work.tx, actor: work.actor, now: work.now }
  const whose = { staffId: absence.staff_id, from: absence.from_at, until: absence.until_at }
  const here = new Map((await colleaguesOf(reading, whose)).map(one => [one.id, one.name]))
  const unfit = input.items.findIndex(item => !here.has(item.toStaffId))
  if (unfit >= 0) refuseField(`items[${unfit}].toStaffId`, 'They are away themselves, or do not handle cases')
  const twice = input.items.findIndex((item, i) => input.items.findIndex(one => key(one) === key(item)) !== i)
  if (twice >= 0) refuseField(`items[${twice}].id`, 'This stands here twice')
  const held = new Set((await holdingsOf(reading, whose)).map(key))
  const outcomes: Outcome[] = []
  for (const item of input.items.toSorted(inOrder)) {
    const way = { from: absence.staff_id, to: item.toStaffId, name: here.get(item.toStaffId) as string }
    outcomes.push(await giveOne(work, item, way, held))
  }
  const given = outcomes.filter(one => one.state === 'given').length
  if (given === 0) throw new Refusal('conflict', `Nothing could be handed over. ${outcomes[0]?.reason ?? ''}`)
  const id = await keep(work, absence.id, outcomes)
  const { name } = await staffOf(work, absence.staff_id)
  work.record({
    type: 'staff.handed_over',
    subject: { kind: 'staff', id: absence.staff_id },
    data: { handoverId: id, name, given },
  })
  const refused = outcomes.filter(one => one.state === 'refused')
  return { id, given, refused: refused.map(one => ({ kind: one.kind, id: one.id, reason: one.reason })) }
}

const key = (item: { kind: ItemKind; id: number }) => `${item.kind} ${item.id}`

export const staffOf = async (work: Work, id: number) =>
  (await work.tx.selectFrom('staff').select(['id', 'name']).where('id', '=', id).executeTakeFirst()) ??
  notFound('member of staff')
