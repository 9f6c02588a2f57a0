import { sql } from 'kysely'
import { assertFresh, notFound, Refusal } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { assertVisible, refreshDue } from '../cases/index.ts'
import type { PromiseReason } from '../promises/contract.ts'
import { movePromises, withdrawPromise } from '../promises/index.ts'
import { minuteMs, spanOf, take, tellAndRemind } from './booking.ts'
import { assertWorks, bookables } from './free.ts'
import { bookingById } from './queries.ts'

type Row = {
  id: number
  case_id: number
  promise_id: number
  title: string
  starts_at: Date
  ends_at: Date
  arrived_at: Date | null
  state: string
  version: number
}

/** The booking, locked; its case must be visible, unless its customer holds the signed link. */
export const lock = async (work: Work, id: number, version: number | undefined): Promise<Row> => {
  const { rows } =
    await sql<Row>`select id, case_id, promise_id, title, starts_at, ends_at, arrived_at, state, version from bookings where id = ${id} for update`.execute(
      work.tx,
    )
  const row = rows[0] ?? notFound('appointment')
  if (work.actor.kind === 'staff')
    await assertVisible({ db: work.tx, actor: work.actor }, row.case_id).catch(() => notFound('appointment'))
  assertFresh(row.version, version, 'appointment')
  if (row.state !== 'booked') throw new Refusal('conflict', 'This appointment is over or was cancelled.')
  return row
}

export type MoveBooking = {
  id: number
  startsAt: string
  minutes?: number | undefined
  resourceIds?: number[] | undefined
  outsideHours: boolean
  version?: number | undefined
}

/** Gives an appointment another time, or other resources. The invitation goes out anew, with the next number. */
export const moveBooking = async (work: Work, input: MoveBooking) => {
  const before = await lock(work, input.id, input.version)
  const minutes = input.minutes ?? (before.ends_at.getTime() - before.starts_at.getTime()) / minuteMs
  const span = spanOf(work, input.startsAt, minutes)
  const held = await work.tx
    .selectFrom('booking_resources')
    .select('resource_id as id')
    .where('booking_id', '=', before.id)
    .where('active', '=', true)
    .execute()
  const all = await bookables({ db: work.tx }, input.resourceIds ?? held.map(({ id }) => id))
  if (!input.outsideHours) assertWorks(all, span)
  await work.tx.deleteFrom('booking_resources').where('booking_id', '=', before.id).execute()
  await take(work, before.id, all, span)
  await sql`update bookings set starts_at = ${span.from}, ends_at = ${span.to}, sequence = sequence + 1, reply = null, version = version + 1 where id = ${before.id}`.execute(
    work.tx,
  )
  await movePromises(work, new Map([[before.promise_id, { dueAt: span.from, why: 'Appointment moved' }]]))
  await refreshDue(work, [before.case_id])
  work.record({
    type: 'booking.moved',
    subject: { kind: 'case', id: before.case_id },
    data: { bookingId: before.id, title: before.title },
    before: { startsAt: before.starts_at.toISOString() },
    after: { startsAt: span.from.toISOString() },
  })
  tellAndRemind(work, before.id, span.from, 'REQUEST')
  return bookingById(work, before.id)
}

/** Cancels an appointment: the time is free again, the promise is taken back, and the customer is told. */
export const cancelBooking = async (work: Work, input: { id: number; why: string; version?: number | undefined }) => {
  const before = await lock(work, input.id, input.version)
  const by = work.actor.kind === 'customer' ? 'customer' : 'staff'
  await sql`update bookings set state = 'cancelled', cancelled_by = ${by}, sequence = sequence + 1, version = version + 1 where id = ${before.id}`.execute(
    work.tx,
  )
  await work.tx.updateTable('booking_resources').set({ active: false }).where('booking_id', '=', before.id).execute()
  const reason: PromiseReason = by === 'customer' ? 'customer_asked' : 'no_longer_needed'
  await withdrawPromise(work, before.promise_id, { reason, ...(input.why ? { note: input.why } : {}) })
  await refreshDue(work, [before.case_id])
  work.record({
    type: 'booking.cancelled',
    subject: { kind: 'case', id: before.case_id },
    data: { bookingId: before.id, title: before.title, why: input.why, startsAt: before.starts_at.toISOString() },
  })
  tellAndRemind(work, before.id, before.starts_at, 'CANCEL')
  return bookingById(work, before.id)
}
