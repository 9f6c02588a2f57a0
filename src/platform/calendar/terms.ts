import * as z from 'zod'
import { CalendarError, dateOf, dayNumber } from './days.ts'
import { addWorkingDays, isWorkingDay, type WorkingDays } from './working-days.ts'

const units = ['day', 'week', 'month', 'year', 'working_day'] as const

/**
 * How long a rule gives. `next_day`: the day itself does not count ("30 days after delivery"); `that_day`: it is the
 * first that counts ("14 days beginning with the day of agreement"). `toWorkingDay`: a last day that is no working day
 * becomes the next one that is.
 */
export const Term = z.strictObject({
  n: z.number().int('A whole number').min(1, 'At least 1').max(36_525, 'At most a hundred years'),
  unit: z.enum(units),
  begins: z.enum(['that_day', 'next_day']),
  toWorkingDay: z.boolean().exactOptional(),
})
export type Term = z.output<typeof Term>

/** The days a rule is law, both included; without an end as long as nobody repeals it. */
export type Dated = { from: string; until: string | null }
export const inForce = ({ from, until }: Dated, on: string): boolean => from <= on && (until === null || on <= until)

/** A hundred years, as the longest of each unit. */
const longest: Record<Term['unit'], number> = { day: 36_525, week: 5_217, month: 1_200, year: 100, working_day: 2_500 }
const lastOfAll = dayNumber('9999-12-31')

/**
 * The last day on which something is still in time.
 * Source: a period of months after a day ends on the corresponding date (Dodds v Walker [1981] 1 WLR 1027), or with the
 * month where it has no such date; one that begins with the day ends a day earlier, unless the month cut it short.
 * @param start the day it is counted from (`2026-03-01`)
 * @param days what is a working day; only asked where the term speaks of them
 * Throws CalendarError 'bad date', 'bad amount' unless n is a whole number from 1, 'too far' beyond a hundred years or
 * 2,500 working days, 'no working hours' as `addWorkingDays`.
 */
export function lastDay(term: Term, start: string, days: WorkingDays): string {
  if (!Number.isSafeInteger(term.n) || term.n < 1) throw new CalendarError('bad amount', `${term.n} ${term.unit}`)
  if (term.n > longest[term.unit]) throw new CalendarError('too far')
  const last = counted(term, start, days)
  return term.toWorkingDay ? addWorkingDays(days, last, 0) : last
}

function counted({ n, unit, begins }: Term, start: string, days: WorkingDays): string {
  const first = begins === 'that_day' ? 1 : 0
  if (unit === 'working_day') return addWorkingDays(days, start, isWorkingDay(days, start) ? n - first : n)
  if (unit === 'day' || unit === 'week') return written(dayNumber(start) + (unit === 'week' ? 7 * n : n) - first)
  const { day, cut } = monthsAfter(start, unit === 'year' ? 12 * n : n)
  return written(cut ? day : day - first)
}

/** The corresponding date some months on; `cut` where that month has no such date and its last day stands for it. */
function monthsAfter(start: string, n: number): { day: number; cut: boolean } {
  const from = new Date(dayNumber(start) * 86_400_000)
  const [year, month, date] = [from.getUTCFullYear(), from.getUTCMonth() + n, from.getUTCDate()]
  const end = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return { day: Date.UTC(year, month, Math.min(date, end)) / 86_400_000, cut: date > end }
}

function written(day: number): string {
  if (day > lastOfAll) throw new CalendarError('too far')
  return dateOf(day)
}

const words = { day: 'day', week: 'week', month: 'month', year: 'year', working_day: 'working day' } as const
const dayFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' })

/** 2026-03-01 -> "Sunday 1 March 2026". */
export const sayDay = (date: string): string => dayFormat.format(Date.parse(date)).replace(',', '')

/** "30 days after Sunday 1 March 2026"; without a start "30 days". */
export function sayTerm({ n, unit, begins, toWorkingDay }: Term, start?: string): string {
  const amount = `${n} ${words[unit]}${n === 1 ? '' : 's'}`
  if (start === undefined) return amount
  const counts = `${amount} ${begins === 'that_day' ? 'beginning with' : 'after'} ${sayDay(start)}`
  return toWorkingDay ? `${counts}, or the next working day` : counts
}
