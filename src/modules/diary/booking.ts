import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { notFound, Refusal, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { assertVisible, refreshDue } from '../cases/index.ts'
import { makePromise } from '../promises/index.ts'
import type { Booking } from './contract.ts'
import { assertWorks, type Bookable, bookables } from './free.ts'
import { bookingById } from './queries.ts'
import { allTypes } from './types.ts'

export const minuteMs = 60_000

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
  typeId?: number | undefined
}

type Span = { from: Date; to: Date }

/**
 * Takes the time of each resource. Two who book the same time at once: the database lets one of them.
 * @throws Refusal `conflict` naming who is taken
 */
export const take = async (
  work: Work,
  bookingId: number,
  all: readonly Bookable[],
  { from, to }: Span,
): Promise<void> => {
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

export const spanOf = (work: Work, startsAt: string, minutes: number): Span => {
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

export const tellAndRemind = (work: Work, id: number, startsAt: Date, method: 'REQUEST' | 'CANCEL'): void => {
  work.enqueue({ name: 'diary:invite', payload: { id, method } })
  if (method === 'REQUEST' && startsAt.getTime() - work.now.getTime() > remindMs)
    work.enqueue({
      name: 'diary:remind',
      payload: { id },
      key: `remind:${id}`,
      at: new Date(startsAt.getTime() - remindMs),
    })
}

const assertType = async (work: Work, typeId: number | undefined): Promise<void> => {
  if (typeId === undefined) return
  const known = (await allTypes({ db: work.tx })).items.some(type => type.id === typeId)
  if (!known) refuseField('typeId', 'There is no such kind of appointment')
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
  await assertType(work, input.typeId)
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
    told: true,
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
