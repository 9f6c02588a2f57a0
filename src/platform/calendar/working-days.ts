import { type Holiday, type WorkingCalendar, weekdays } from '../../shared/calendar.ts'
import { CalendarError, dateOf, dayNumber, weekdayOf } from './days.ts'

/** Either a calendar, whose working days have hours, or a list of holidays: then Monday to Friday without them. */
export type WorkingDays = WorkingCalendar | readonly Holiday[]

const isList = (days: WorkingDays): days is readonly Holiday[] => Array.isArray(days)

function works(days: WorkingDays, day: number): boolean {
  const date = dateOf(day)
  const holiday = (isList(days) ? days : days.holidays).find(one => one.date === date)
  if (holiday !== undefined) return (holiday.open ?? []).length > 0
  return isList(days) ? weekdayOf(day) < 5 : days.week[weekdays[weekdayOf(day)]!].length > 0
}

/** Whether a date (`2026-12-28`) is a working day. Throws CalendarError 'bad date'. */
export const isWorkingDay = (days: WorkingDays, date: string): boolean => works(days, dayNumber(date))

const horizonDays = 3653

/**
 * The n-th working day after a date, not counting the date itself; before it when n is negative. For n = 0 the date,
 * or the next working day if it is not one. This is how statutory clocks count. Throws CalendarError 'bad date', 'bad
 * amount' unless n is a whole number, 'no working hours' when no working day comes within ten years, or 'too far'
 * beyond 2,500 working days.
 */
export function addWorkingDays(days: WorkingDays, date: string, n: number): string {
  if (!Number.isSafeInteger(n)) throw new CalendarError('bad amount', `${n} working days`)
  if (Math.abs(n) > 2500) throw new CalendarError('too far')
  const step = n < 0 ? -1 : 1
  let day = dayNumber(date)
  if (n === 0) return dateOf(works(days, day) ? day : next(days, day, 1))
  for (let left = Math.abs(n); left > 0; left--) day = next(days, day, step)
  return dateOf(day)
}

function next(days: WorkingDays, after: number, step: 1 | -1): number {
  for (let i = 1; i <= horizonDays; i++) {
    if (works(days, after + i * step)) return after + i * step
  }
  throw new CalendarError('no working hours')
}
