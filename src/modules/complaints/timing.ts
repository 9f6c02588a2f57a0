import { Temporal } from 'temporal-polyfill'
import type { Work } from '../../platform/work.ts'
import { refreshDue } from '../cases/index.ts'
import { zoneOf } from '../identity/index.ts'
import { keepPromise, makePromise, movePromises, withdrawPromise } from '../promises/index.ts'
import { type Clock, clocksOf } from './clocks.ts'
import { daysFor, factsOf, type Kept, regimeOf, stagesOf } from './loading.ts'

type KeptClock = {
  clock: string
  promise_id: number | null
  last_day: string
  extended_by: number
  kept_on: string | null
}

/** A day's end where we are: what is due on a day may be done all day long. */
const endOf = (date: string, zone: string): Date =>
  new Date(Temporal.PlainDate.from(date).add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds - 1)

/** The clocks of the stage a complaint is in, each with the time that was granted for it. */
export const clocksNow = async (work: Pick<Work, 'tx'>, complaint: Kept, extended: ReadonlyMap<string, number>) => {
  const regime = regimeOf(complaint.regime)
  const facts = factsOf(complaint, await stagesOf({ db: work.tx }, complaint.id))
  const days = await daysFor({ db: work.tx }, regime)
  const plain = clocksOf(regime, facts, days)
  return plain.map(clock => {
    const by = extended.get(clock.id) ?? 0
    return by === 0
      ? clock
      : (clocksOf(regime, { ...facts, extendedBy: by }, days).find(one => one.id === clock.id) ?? clock)
  })
}

const promiseFor = async (work: Work, complaint: Kept, clock: Clock, dueAt: Date, byStaffId: number | null) =>
  makePromise(work, {
    kind: 'complaint_stage',
    subject: { kind: 'case', id: complaint.case_id },
    title: clock.title,
    note: clock.counts,
    dueAt,
    ...(byStaffId ? { byStaffId } : {}),
  })

const store = (work: Work, complaint: Kept, clock: Clock, promiseId: number) =>
  work.tx
    .insertInto('complaint_clocks')
    .values({
      complaint_id: complaint.id,
      stage: complaint.stage,
      clock: clock.id,
      promise_id: promiseId,
      last_day: clock.lastDay as string,
    })
    .execute()

const move = async (work: Work, complaint: Kept, clock: Clock, kept: KeptClock, dueAt: Date): Promise<void> => {
  if (kept.promise_id) await movePromises(work, new Map([[kept.promise_id, { dueAt, why: clock.counts }]]))
  await work.tx
    .updateTable('complaint_clocks')
    .set({ last_day: clock.lastDay as string })
    .where('complaint_id', '=', complaint.id)
    .where('stage', '=', complaint.stage)
    .where('clock', '=', clock.id)
    .execute()
}

export const keptClocks = async (work: Pick<Work, 'tx'>, complaintId: number, stage: number): Promise<KeptClock[]> =>
  (await work.tx
    .selectFrom('complaint_clocks')
    .select(['clock', 'promise_id', 'last_day', 'extended_by', 'kept_on'])
    .where('complaint_id', '=', complaintId)
    .where('stage', '=', stage)
    .execute()) as unknown as KeptClock[]

/** Brings the promises of a complaint in line with the duties of its stage: new ones are made, moved ones moved. */
export const setClocks = async (work: Work, complaint: Kept, byStaffId: number | null = null): Promise<void> => {
  const kept = new Map((await keptClocks(work, complaint.id, complaint.stage)).map(one => [one.clock, one]))
  const extended = new Map([...kept].map(([id, one]) => [id, one.extended_by]))
  const zone = await zoneOf({ db: work.tx })
  for (const clock of await clocksNow(work, complaint, extended)) {
    const before = kept.get(clock.id)
    if (clock.kind !== 'duty' || clock.lastDay === null || before?.kept_on) continue
    const dueAt = endOf(clock.lastDay, zone)
    if (!before) await store(work, complaint, clock, await promiseFor(work, complaint, clock, dueAt, byStaffId))
    else if (before.last_day !== clock.lastDay) await move(work, complaint, clock, before, dueAt)
  }
  await refreshDue(work, [complaint.case_id])
}

/** What happened keeps every duty that ends with it. */
export const keepClocks = async (
  work: Work,
  complaint: Kept,
  endsWith: Clock['endsWith'],
  on: string,
): Promise<void> => {
  const kept = await keptClocks(work, complaint.id, complaint.stage)
  const ending = new Set(
    (await clocksNow(work, complaint, new Map())).filter(one => one.endsWith === endsWith).map(one => one.id),
  )
  for (const one of kept.filter(each => ending.has(each.clock) && !each.kept_on)) {
    await work.tx
      .updateTable('complaint_clocks')
      .set({ kept_on: on })
      .where('complaint_id', '=', complaint.id)
      .where('stage', '=', complaint.stage)
      .where('clock', '=', one.clock)
      .execute()
    if (one.promise_id) await keepPromise(work, one.promise_id)
  }
}

/** What was still to be done of a stage is not to be done any more. */
export const dropClocks = async (work: Work, complaint: Kept): Promise<void> => {
  for (const one of await keptClocks(work, complaint.id, complaint.stage))
    if (!one.kept_on && one.promise_id) await withdrawPromise(work, one.promise_id, { reason: 'no_longer_needed' })
  await refreshDue(work, [complaint.case_id])
}
