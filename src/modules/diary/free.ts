import { sql } from 'kysely'
import { nextOpening, workingTimeBetween } from '../../platform/calendar/index.ts'
import { refuseField } from '../../platform/refusal.ts'
import type { Reading } from '../../platform/work.ts'
import type { WorkingCalendar } from '../../shared/calendar.ts'
import { hoursInForce } from '../promises/index.ts'

type Db = Pick<Reading, 'db'>
type Span = { from: Date; to: Date }

/** A resource with its hours: its own, else those of the organisation. */
export type Bookable = {
  id: number
  name: string
  staffId: number | null
  bufferMinutes: number
  calendar: WorkingCalendar
}

/** @throws Refusal naming `field` when one of them cannot be booked */
export const bookables = async ({ db }: Db, ids: readonly number[], field = 'resourceIds'): Promise<Bookable[]> => {
  const { rows } = await sql<
    Omit<Bookable, 'calendar'> & { calendarId: number | null }
  >`select r.id, coalesce(s.name, r.name) as name, r.staff_id as "staffId",
      r.buffer_minutes as "bufferMinutes", r.calendar_id as "calendarId"
    from resources r left join staff s on s.id = r.staff_id where r.id = any(${[...ids]}::bigint[]) and r.ended_at is null and (s.id is null or s.ended_at is null)`.execute(
    db,
  )
  if (rows.length !== new Set(ids).size) refuseField(field, 'One of these cannot be booked')
  const hours = await hoursInForce({ db }, [...new Set(rows.map(row => row.calendarId))])
  return rows.map(({ calendarId, ...row }) => ({
    ...row,
    calendar: (hours.get(calendarId) ?? hours.get(null))?.calendar as WorkingCalendar,
  }))
}

/** When each of them is taken between two moments, with the time kept free around it. */
const takenOf = async ({ db }: Db, ids: readonly number[], span: Span): Promise<Span[]> => {
  const { rows } = await sql<Span>`select lower(b.busy) as "from", upper(b.busy) as "to" from booking_resources b
    where b.active and b.resource_id = any(${[...ids]}::bigint[]) and b.busy && tstzrange(${span.from}, ${span.to})`.execute(
    db,
  )
  return rows
}

const minuteMs = 60_000
const stepMinutes = 15
const mostTimes = 500

const works = (calendar: WorkingCalendar, { from, to }: Span): boolean =>
  workingTimeBetween(calendar, from, to) === to.getTime() - from.getTime()

/** The next quarter of an hour. */
const quarter = (at: Date): Date =>
  new Date(Math.ceil(at.getTime() / (stepMinutes * minuteMs)) * stepMinutes * minuteMs)

/**
 * When all of some resources are free for so many minutes within their working hours, on quarters of an hour.
 * @returns the beginnings, earliest first; at most 500
 */
export const freeTimes = async (
  reading: Db,
  wanted: { ids: readonly number[]; minutes: number; from: Date; to: Date },
): Promise<Date[]> => {
  const all = await bookables(reading, wanted.ids, 'resources')
  const buffer = Math.max(0, ...all.map(one => one.bufferMinutes)) * minuteMs
  const taken = await takenOf(reading, wanted.ids, {
    from: new Date(wanted.from.getTime() - buffer),
    to: new Date(wanted.to.getTime() + buffer),
  })
  const times: Date[] = []
  const first = all[0]
  if (!first) return times
  for (let at = quarter(wanted.from); at < wanted.to && times.length < mostTimes; ) {
    const opening = nextOpening(first.calendar, at)
    if (opening > at) {
      at = quarter(opening)
      continue
    }
    const span = { from: at, to: new Date(at.getTime() + wanted.minutes * minuteMs) }
    const around = { from: new Date(span.from.getTime() - buffer), to: new Date(span.to.getTime() + buffer) }
    const free =
      all.every(one => works(one.calendar, span)) && !taken.some(one => one.from < around.to && one.to > around.from)
    if (free) times.push(at)
    at = new Date(at.getTime() + stepMinutes * minuteMs)
  }
  return times
}

/** @throws Refusal naming `startsAt` with whom it does not suit */
export const assertWorks = (all: readonly Bookable[], span: Span): void => {
  const off = all.filter(one => !works(one.calendar, span))
  if (off.length > 0)
    refuseField(
      'startsAt',
      `${off.map(one => one.name).join(', ')}: not working then. Choose another time, or book it all the same.`,
    )
}
