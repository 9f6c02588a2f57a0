import { afterWorkingTime, CalendarError, openSpans, subtractWorkingTime } from '../../platform/calendar/index.ts'
import type { Reading } from '../../platform/work.ts'
import type { WorkingCalendar } from '../../shared/calendar.ts'
import { hoursInForce } from '../promises/index.ts'

/** How far from a moment: so many minutes of the clock or of working time after it, before it where negative. */
export type Distance = { minutes: number; working: boolean }

const minuteMs = 60_000

const hours = async (reading: Pick<Reading, 'db'>): Promise<WorkingCalendar> =>
  (await hoursInForce(reading, [null])).get(null)?.calendar as WorkingCalendar

/** @throws CalendarError where the hours are too few for so much working time within ten years */
const workedBy = (calendar: WorkingCalendar, minutes: number, at: Date): Date =>
  minutes < 0
    ? afterWorkingTime(calendar, at, -minutes * minuteMs)
    : subtractWorkingTime(calendar, at, minutes * minuteMs)

/** Whether so much working time passes within ten years. */
export const isWithinHours = async (reading: Pick<Reading, 'db'>, minutes: number, at: Date): Promise<boolean> => {
  const calendar = await hours(reading)
  try {
    return workedBy(calendar, Math.abs(minutes), at) < at && workedBy(calendar, -Math.abs(minutes), at) > at
  } catch (error) {
    if (error instanceof CalendarError) return false
    throw error
  }
}

/** Before every case: nothing has been reached. */
const never = new Date(0)

/** The latest moment from which a distance has been reached by `at`; before every case where the hours became too few for it. */
export const reachedBy = async (
  reading: Pick<Reading, 'db'>,
  { minutes, working }: Distance,
  at: Date,
): Promise<Date> => {
  if (!working) return new Date(at.getTime() - minutes * minuteMs)
  try {
    return workedBy(await hours(reading), minutes, at)
  } catch (error) {
    if (error instanceof CalendarError) return never
    throw error
  }
}

/** Working hours as a table counts with them: each span with the seconds that were worked before it. */
export type Worked = { from: Date; to: Date; before: number }[]

/** The spans that are open around some moments, a week to either side. */
export const workedAround = async (reading: Pick<Reading, 'db'>, moments: readonly Date[]): Promise<Worked> => {
  const week = 7 * 24 * 60 * minuteMs
  const times = moments.map(moment => moment.getTime())
  const [from, to] = [new Date(Math.min(...times) - week), new Date(Math.max(...times) + week)]
  let before = 0
  return openSpans(await hours(reading), from, to).map(span => {
    const row = { ...span, before }
    before += (span.to.getTime() - span.from.getTime()) / 1000
    return row
  })
}
