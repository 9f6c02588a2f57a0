import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { assertFresh, notFound, Refusal, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { assertVisible, refreshDue } from '../cases/index.ts'
import type { PromiseReason } from '../promises/contract.ts'
import { keepPromise, makePromise, movePromises, withdrawPromise } from '../promises/index.ts'
import type { Booking } from './contract.ts'
import { assertWorks, type Bookable, bookables } from './free.ts'
import { bookingById } from './queries.ts'

const minuteMs = 60_000

export type NewBooking = {
  caseId: number
  kind: Booking['kind']
  title: string
  place: string
  note: string
  startsAt: string
  minutes: number
  resourceIds: number[]
  outsideHours: boolean
  typeId?: number
}

type Span = { from: Date; to: Date }

/**
 * Takes the time of each resource. Two who book the same time at once: the database lets one of them.
 * @throws Refusal `conflict` naming who is taken
 */
const take = async (work: Work, bookingId: number, all: readonly Bookable[], { from, to }: Span): Promise<void> => {
  const rows = all.map(one => ({
    id: one.id,
    from: new Date(from.getTime() - one.bufferMinutes * minuteMs),
    to: new Date(to.getTime() + one.bufferMinutes * minuteMs),
  }))
  const { rows: taken } = await sql<{ id: number }>`insert into booking_resources (booking_id, resource_id, busy)
    select ${bookingId}, r.id, tstzrange(r."from", r."to") from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id bigint, "from" timestamptz, "to" timestamptz)
    on conflict do nothing returning resource_id as id`.execute(work.tx)
  const missing = all.filter(one => !taken.some(({ id }) => id === one.id))
  if (missing.length > 0)
    throw new Refusal('conflict', `${missing.map(one => one.name).join(', ')}: booked already at that time.`, [
      { field: 'startsAt', message: 'taken' },
    ])
}

const spanOf = (work: Work, startsAt: string, minutes: number): Span => {
  const from = new Date(startsAt)
  if (from <= work.now) refuseField('startsAt', 'That moment is over. Choose one to come.')
  return { from, to: new Date(from.getTime() + minutes * minuteMs) }
}

const personOf = async (work: Work, caseId: number) => {
  const { rows } = await sql<{
    personId: number
    teamId: number | null
  }>`select coalesce(p.merged_into, p.id) as "personId", c.team_id as "teamId"
    from cases c join people p on p.id = c.requester_id where c.id = ${caseId} for update of c`.execute(work.tx)
  return rows[0] ?? notFound('case')
}

/** A day before, or at once where it is nearer than that. */
const remindMs = 24 * 60 * minuteMs

const tellAndRemind = (work: Work, id: number, startsAt: Date, method: 'REQUEST' | 'CANCEL'): void => {
  work.enqueue({ name: 'diary:invite', payload: { id, method } })
  if (method === 'REQUEST' && startsAt.getTime() - work.now.getTime() > remindMs)
    work.enqueue({
      name: 'diary:remind',
      payload: { id },
      key: `remind:${id}`,
      at: new Date(startsAt.getTime() - remindMs),
    })
}

/**
 * Books a time for the customer of a case: a promise that is kept by being there. They get an invitation by mail.
 * @throws Refusal `conflict` when somebody is taken, `invalid` naming the field
 */
export const book = async (work: Work, input: NewBooking) => {
  const { id: caseId } =
    work.actor.kind === 'staff'
      ? await assertVisible({ db: work.tx, actor: work.actor }, input.caseId)
      : { id: input.caseId }
  const all = await bookables({ db: work.tx }, input.resourceIds)
  const span = spanOf(work, input.startsAt, input.minutes)
  if (!input.outsideHours) assertWorks(all, span)
  const { personId, teamId } = await personOf(work, caseId)
  const byStaffId = all.find(one => one.staffId !== null)?.staffId ?? null
  const promiseId = await makePromise(work, {
    kind: input.kind,
    subject: { kind: 'case', id: caseId },
    title: input.title,
    toPersonId: personId,
    byStaffId,
    byTeamId: teamId,
    dueAt: span.from,
    alerts: [
      { minutes: -15, whom: ['handler'] },
      { minutes: 10, whom: ['handler', 'supervisor'] },
    ],
  })
  const { id } = await work.tx
    .insertInto('bookings')
    .values({
      kind: input.kind,
      type_id: input.typeId ?? null,
      case_id: caseId,
      person_id: personId,
      promise_id: promiseId,
      title: input.title,
      place: input.place,
      note: input.note,
      starts_at: span.from,
      ends_at: span.to,
      uid: `${randomUUID()}@rapport`,
      made_at: work.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await take(work, id, all, span)
  await refreshDue(work, [caseId])
  work.record({
    type: 'booking.made',
    subject: { kind: 'case', id: caseId },
    data: { bookingId: id, title: input.title, startsAt: span.from.toISOString() },
  })
  tellAndRemind(work, id, span.from, 'REQUEST')
  return bookingById(work, id)
}

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
const lock = async (work: Work, id: number, version: number | undefined): Promise<Row> => {
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

type Noted = { id: number; what: 'arrived' | 'began' | 'missed'; version?: number | undefined }

/**
 * Notes that the customer is there, that we began, or that nobody came. Who waits for whom is told for both sides: we
 * are late from the later of the time that was agreed and the customer's arrival on.
 */
export const noteBooking = async (work: Work, input: Noted) => {
  const before = await lock(work, input.id, input.version)
  const subject = { kind: 'case', id: before.case_id }
  const data = { bookingId: before.id, title: before.title }
  if (input.what === 'arrived') {
    await sql`update bookings set arrived_at = coalesce(arrived_at, ${work.now}), version = version + 1 where id = ${before.id}`.execute(
      work.tx,
    )
    work.record({ type: 'booking.arrived', subject, data })
  }
  if (input.what === 'began') {
    const agreed = Math.max(before.starts_at.getTime(), before.arrived_at?.getTime() ?? 0)
    const lateMs = Math.max(0, work.now.getTime() - agreed)
    await sql`update bookings set arrived_at = coalesce(arrived_at, ${work.now}), began_at = ${work.now}, state = 'done', version = version + 1 where id = ${before.id}`.execute(
      work.tx,
    )
    await keepPromise(work, before.promise_id, { at: new Date(before.starts_at.getTime() + lateMs) })
    work.record({ type: 'booking.began', subject, data })
  }
  if (input.what === 'missed') {
    await sql`update bookings set state = 'missed', version = version + 1 where id = ${before.id}`.execute(work.tx)
    await withdrawPromise(work, before.promise_id, { reason: 'customer_unreachable' })
    work.record({ type: 'booking.missed', subject, data })
  }
  await refreshDue(work, [before.case_id])
  return bookingById(work, before.id)
}
