import { sql } from 'kysely'
import { notFound } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import { openCase } from '../cases/index.ts'
import { book } from './booking.ts'
import type { AppointmentType } from './contract.ts'
import { freeTimes } from './free.ts'
import { allTypes } from './types.ts'

type Held = {
  booking: { id: number; title: string; place: string; state: string; startsAt: Date; minutes: number }
  resourceIds: number[]
  customer: { personId: number; name: string }
  now: Date
}

/** An appointment for whoever holds the link to it. */
export const heldBooking = async ({ db, now }: Pick<Reading, 'db' | 'now'>, id: number): Promise<Held | null> => {
  const { rows } = await sql<
    Held['booking'] & { resourceIds: number[]; personId: number; name: string }
  >`select b.id, b.title, b.place, b.state,
      b.starts_at as "startsAt", (extract(epoch from b.ends_at - b.starts_at) / 60)::int as minutes,
      array(select k.resource_id from booking_resources k where k.booking_id = b.id order by 1) as "resourceIds", p.id as "personId", p.name
    from bookings b join people w on w.id = b.person_id join people p on p.id = coalesce(w.merged_into, w.id) where b.id = ${id}`.execute(
    db,
  )
  const row = rows[0]
  if (!row) return null
  const { resourceIds, personId, name, ...booking } = row
  return { booking, resourceIds, customer: { personId, name }, now }
}

/** What customers may book themselves. */
export const offered = async (reading: Pick<Reading, 'db'>): Promise<AppointmentType[]> =>
  (await allTypes(reading)).items.filter(type => type.public)

const minuteMs = 60_000
const dayMs = 86_400_000

type Offer = { at: Date; resourceId: number }
type Span = { from: Date; to: Date }

const timesOf = async (reading: Pick<Reading, 'db'>, type: AppointmentType, { from, to }: Span): Promise<Offer[]> => {
  const times = new Map<number, Offer>()
  for (const resourceId of type.resourceIds) {
    const free = await freeTimes(reading, { ids: [resourceId], minutes: type.minutes, from, to }).catch(() => [])
    for (const at of free) if (!times.has(at.getTime())) times.set(at.getTime(), { at, resourceId })
  }
  return [...times.values()].toSorted((a, b) => a.at.getTime() - b.at.getTime())
}

/** When a customer can have a kind of appointment: with any of those who offer it, each time once. */
export const offersOf = (reading: Pick<Reading, 'db' | 'now'>, type: AppointmentType): Promise<Offer[]> =>
  timesOf(reading, type, {
    from: new Date(reading.now.getTime() + type.noticeMinutes * minuteMs),
    to: new Date(reading.now.getTime() + type.horizonDays * dayMs),
  })

/** The same for a member of staff, who may book at shorter notice than a customer. */
export const timesForStaff = async (reading: Pick<Reading, 'db' | 'now'>, id: number, days: number) => {
  const type = (await allTypes(reading)).items.find(one => one.id === id) ?? notFound('kind of appointment')
  // What begins at this very moment is over before it is booked.
  const from = new Date(reading.now.getTime() + minuteMs)
  const to = new Date(reading.now.getTime() + days * dayMs)
  const times = await timesOf(reading, type, { from, to })
  return { items: times.map(({ at, resourceId }) => ({ startsAt: at.toISOString(), resourceId })) }
}

/** A customer books a time: a case is opened for it, so that somebody here knows what it is about. */
export const bookOneself = async (
  work: Work,
  type: AppointmentType,
  given: { personId: number; at: string; resourceId: number; text: string },
) => {
  const { id: caseId } = await openCase(work, {
    subject: type.name,
    kind: 'request',
    channel: 'portal',
    requester: { personId: given.personId },
    verified: true,
    teamId: type.teamId,
    message: { text: given.text || type.name },
  })
  return book(work, {
    caseId,
    kind: type.kind,
    title: type.name,
    place: type.place,
    note: given.text,
    startsAt: given.at,
    minutes: type.minutes,
    resourceIds: [given.resourceId],
    outsideHours: false,
    typeId: type.id,
  })
}
