import {
  addWorkingTime,
  afterWorkingTime,
  type Explanation,
  type Pause,
  subtractWorkingTime,
} from '../../platform/calendar/index.ts'
import type { WorkingCalendar } from '../../shared/calendar.ts'
import type { Alert } from './contract.ts'

/** How a promise is timed: an amount of working or elapsed time since a moment, or a moment that was named. */
export type Timing =
  | { clock: 'working' | 'elapsed'; startedAt: Date; targetMs: number }
  | { clock: 'fixed'; startedAt: Date; dueAt: Date }

/** Hours of every day: what elapsed time counts in, so that one engine explains both. */
const allHours = (zone: string): WorkingCalendar => {
  const day = [{ from: '00:00', to: '24:00' }]
  const week = { monday: day, tuesday: day, wednesday: day, thursday: day, friday: day, saturday: day, sunday: day }
  return { zone, week, holidays: [] }
}
// The engine works a calendar's days out once for each object, so there is one for each zone.
const elapsed = new Map<string, WorkingCalendar>()
const elapsedIn = (zone: string): WorkingCalendar => {
  const known = elapsed.get(zone) ?? allHours(zone)
  elapsed.set(zone, known)
  return known
}

const hoursOf = (timing: Timing, calendar: WorkingCalendar) =>
  timing.clock === 'elapsed' ? elapsedIn(calendar.zone) : calendar

/**
 * When a promise is due.
 * @throws CalendarError `no working hours` or `too far`
 */
export const dueOf = (timing: Timing, calendar: WorkingCalendar, pauses: readonly Pause[] = []): Date =>
  timing.clock === 'fixed'
    ? timing.dueAt
    : afterWorkingTime(hoursOf(timing, calendar), timing.startedAt, timing.targetMs, { pauses })

/** Why then, for those that count time. */
export const whyDue = (timing: Timing, calendar: WorkingCalendar, pauses: readonly Pause[]): Explanation | null =>
  timing.clock === 'fixed'
    ? null
    : addWorkingTime(hoursOf(timing, calendar), timing.startedAt, timing.targetMs, { pauses }).why

/** When an alert goes out. Counted in the hours the promise is; a named moment is counted by the clock on the wall. */
export const alertAt = (alert: Alert, due: Date, timing: Timing, calendar: WorkingCalendar): Date => {
  const ms = Math.abs(alert.minutes) * 60_000
  if (timing.clock === 'fixed') return new Date(due.getTime() + alert.minutes * 60_000)
  const hours = hoursOf(timing, calendar)
  return alert.minutes < 0 ? subtractWorkingTime(hours, due, ms) : afterWorkingTime(hours, due, ms)
}

/**
 * The one moment a promise next needs somebody: its next alert or its due time, whichever is earlier; null once it was
 * missed and everybody was told.
 */
export const nextLook = (
  alerts: readonly Alert[],
  done: number,
  missed: boolean,
  due: Date,
  timing: Timing,
  calendar: WorkingCalendar,
): Date | null => {
  const alert = alerts[done]
  const at = alert ? alertAt(alert, due, timing, calendar) : null
  if (missed) return at
  return at && at < due ? at : due
}

/** Alerts earliest first; those of one moment become one. */
export const inOrder = (alerts: readonly Alert[]): Alert[] =>
  [...Map.groupBy(alerts, alert => alert.minutes)]
    .toSorted(([a], [b]) => a - b)
    .map(([minutes, same]) => ({ minutes, whom: [...new Set(same.flatMap(({ whom }) => whom))] }))

/** How many alerts lie behind `now`: a promise that is planned late warns of what is still to come only. */
export const alertsPassed = (
  alerts: readonly Alert[],
  due: Date,
  now: Date,
  timing: Timing,
  calendar: WorkingCalendar,
): number => alerts.findLastIndex(alert => alert.minutes < 0 && alertAt(alert, due, timing, calendar) < now) + 1
