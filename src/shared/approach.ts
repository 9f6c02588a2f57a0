import * as z from 'zod'
import { personal } from './contract.ts'

export const approachDays = ['every_day', 'weekdays', 'weekend', '1', '2', '3', '4', '5', '6', '7'] as const
export const approachKinds = ['avoid', 'prefer'] as const
const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time such as 09:30')

/** Times of the week at which somebody wants to be approached, or does not. `to` before `from` goes on past midnight. */
export const Approach = z.object({
  kind: z.enum(approachKinds),
  days: z.enum(approachDays),
  from: personal(Time),
  to: personal(Time),
})
export type Approach = z.infer<typeof Approach>

const dayMinutes = 1440
const weekMinutes = 7 * dayMinutes

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/** Days of the week, Monday is 0. */
const daysOf = (days: Approach['days']): number[] => {
  if (days === 'every_day') return [0, 1, 2, 3, 4, 5, 6]
  if (days === 'weekdays') return [0, 1, 2, 3, 4]
  return days === 'weekend' ? [5, 6] : [Number(days) - 1]
}

/** Minutes since Monday at midnight: from, and how many. */
const spansOf = ({ days, from, to }: Approach): { start: number; length: number }[] => {
  const length = (minutesOf(to) - minutesOf(from) + dayMinutes) % dayMinutes
  return daysOf(days).map(day => ({ start: day * dayMinutes + minutesOf(from), length }))
}

const covers = (span: { start: number; length: number }, minute: number): boolean =>
  (minute - span.start + weekMinutes) % weekMinutes < span.length

const overlaps = (a: Approach, b: Approach): boolean =>
  spansOf(a).some(one => spansOf(b).some(other => covers(one, other.start) || covers(other, one.start)))

const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** The minute of the week by the clock on the wall of a zone. */
const minuteOfWeek = (at: Date, zone: string): number => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
  }).formatToParts(at)
  const part = (type: string) => parts.find(one => one.type === type)?.value ?? ''
  return names.indexOf(part('weekday')) * dayMinutes + Number(part('hour')) * 60 + Number(part('minute'))
}

/** The time that holds at a moment: one to avoid counts before one that is preferred; null where nothing was said. */
export const approachAt = (approach: readonly Approach[], at: Date, zone: string): Approach | null => {
  const minute = minuteOfWeek(at, zone)
  const held = approach.filter(one => spansOf(one).some(span => covers(span, minute)))
  return held.find(one => one.kind === 'avoid') ?? held[0] ?? null
}

/** The first that makes no sense, and why; null where all do. */
export const wrongApproach = (approach: readonly Approach[]): { index: number; field: string; why: string } | null => {
  for (const [index, one] of approach.entries()) {
    if (one.from === one.to) return { index, field: 'to', why: 'This must be another time than the beginning' }
    if (approach.slice(0, index).some(other => overlaps(one, other)))
      return { index, field: 'from', why: 'This overlaps with a time above it' }
  }
  return null
}
