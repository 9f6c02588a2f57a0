import type { WorkingCalendar } from '../../shared/calendar.ts'
import { CalendarError, type Day, dayMs, dayOf, daysFrom, type Span } from './days.ts'
import type { Explanation } from './explain.ts'

/** A stretch during which the clock stands still. Pauses may overlap and come in any order. */
export type Pause = { from: Date; to: Date }
type Options = { pauses?: readonly Pause[] }
type Piece = Span & { paused: boolean }

function amountOf(amountMs: number): number {
  if (!Number.isSafeInteger(amountMs) || amountMs < 0) throw new CalendarError('bad amount', `${amountMs} ms`)
  return amountMs
}

const spansOf = ({ pauses = [] }: Options): Span[] =>
  pauses.map(({ from, to }) => ({ start: from.getTime(), end: to.getTime() })).sort((a, b) => a.start - b.start)

/** An open span cut where pauses begin and end, in order. */
function* cut({ start, end }: Span, pauses: readonly Span[]): Generator<Piece> {
  let at = start
  for (const pause of pauses) {
    if (pause.end <= at) continue
    if (pause.start >= end) break
    if (pause.start > at) yield { start: at, end: pause.start, paused: false }
    const until = Math.min(pause.end, end)
    yield { start: Math.max(at, pause.start), end: until, paused: true }
    at = until
  }
  if (at < end) yield { start: at, end, paused: false }
}

function* piecesOf(day: Day, from: number, pauses: readonly Span[]): Generator<Piece> {
  for (const { start, end } of day.open) {
    if (end > from) yield* cut({ start: Math.max(start, from), end }, pauses)
  }
}

const iso = (ms: number) => new Date(ms).toISOString()

/** Hears of each day without hours, and of each stretch that was walked: counted, or standing still. */
type Heard = { free(day: Day): void; walked(day: Day, from: number, to: number, paused: boolean): void }

const nobody: Heard = { free: () => {}, walked: () => {} }

function walk(calendar: WorkingCalendar, from: Date, amountMs: number, options: Options, heard: Heard): number {
  let left = amountOf(amountMs)
  if (left === 0) return from.getTime()
  const pauses = spansOf(options)
  let opened = false
  for (const day of daysFrom(calendar, from.getTime())) {
    if (day.open.length === 0) heard.free(day)
    for (const { start, end, paused } of piecesOf(day, from.getTime(), pauses)) {
      opened = true
      const to = paused ? end : Math.min(end, start + left)
      heard.walked(day, start, to, paused)
      if (!paused) left -= to - start
      if (left === 0) return to
    }
  }
  throw new CalendarError(opened ? 'too far' : 'no working hours')
}

/**
 * When `amountMs` of working time after `from` will have passed. An amount that fills a day to closing time is due at
 * closing time, not at the next opening; nothing is due at `from` itself. Throws CalendarError 'no working hours' or
 * 'too far' beyond ten years, 'bad amount' unless a whole number of milliseconds from 0.
 */
export const afterWorkingTime = (
  calendar: WorkingCalendar,
  from: Date,
  amountMs: number,
  options: Options = {},
): Date => new Date(walk(calendar, from, amountMs, options, nobody))

/** The same with how it came about, which costs three times as much. */
export function addWorkingTime(
  calendar: WorkingCalendar,
  from: Date,
  amountMs: number,
  options: Options = {},
): { due: Date; why: Explanation } {
  const why: Explanation = {
    zone: calendar.zone,
    amountMs,
    from: from.toISOString(),
    due: from.toISOString(),
    counted: [],
    skipped: [],
    paused: [],
  }
  const due = walk(calendar, from, amountMs, options, {
    free: ({ date, weekday, holiday }) => void why.skipped.push({ date, weekday, holiday }),
    walked: ({ date }, start, to, paused) =>
      void why[paused ? 'paused' : 'counted'].push({ date, from: iso(start), to: iso(to), ms: to - start }),
  })
  return { due: new Date(due), why: { ...why, due: iso(due) } }
}

/**
 * The moment from which `amountMs` of working time have passed by `to`; the latest such moment, so an amount that
 * fills a day gives its opening time. Throws as `addWorkingTime`.
 */
export function subtractWorkingTime(calendar: WorkingCalendar, to: Date, amountMs: number): Date {
  let left = amountOf(amountMs)
  if (left === 0) return new Date(to)
  let opened = false
  for (const day of daysFrom(calendar, to.getTime(), -1)) {
    for (const { start, end } of day.open.toReversed()) {
      const until = Math.min(end, to.getTime())
      if (until <= start) continue
      opened = true
      if (until - start >= left) return new Date(until - left)
      left -= until - start
    }
  }
  throw new CalendarError(opened ? 'too far' : 'no working hours')
}

const longestMs = 36_525 * dayMs

/**
 * Working milliseconds from `a` to `b` without the pauses; negative when `b` is before `a`. Throws CalendarError
 * 'too far' beyond a hundred years.
 */
export function workingTimeBetween(calendar: WorkingCalendar, a: Date, b: Date, options: Options = {}): number {
  if (b < a) return 0 - workingTimeBetween(calendar, b, a, options)
  const [from, to] = [a.getTime(), b.getTime()]
  if (!(to - from <= longestMs)) throw new CalendarError('too far')
  const pauses = spansOf(options)
  let total = 0
  // A day of the zone begins at most a day before or after the day of UTC with the same date.
  for (let day = Math.floor(from / dayMs) - 1; day <= Math.floor(to / dayMs) + 1; day++) {
    for (const { start, end, paused } of piecesOf(dayOf(calendar, day), from, pauses)) {
      if (!paused) total += Math.max(0, Math.min(end, to) - start)
    }
  }
  return total
}

/** When a calendar is open between two moments, in order, each span within them. */
export function openSpans(calendar: WorkingCalendar, from: Date, to: Date): { from: Date; to: Date }[] {
  const spans: { from: Date; to: Date }[] = []
  for (const day of daysFrom(calendar, from.getTime())) {
    if (day.start >= to.getTime()) break
    for (const { start, end } of piecesOf(day, from.getTime(), []))
      if (start < to.getTime()) spans.push({ from: new Date(start), to: new Date(Math.min(end, to.getTime())) })
  }
  return spans
}

/** `at` itself if it is open, otherwise the next opening. Throws CalendarError 'no working hours' within ten years. */
export function nextOpening(calendar: WorkingCalendar, at: Date): Date {
  for (const day of daysFrom(calendar, at.getTime())) {
    const open = day.open.find(span => span.end > at.getTime())
    if (open) return new Date(Math.max(open.start, at.getTime()))
  }
  throw new CalendarError('no working hours')
}

/** Whether `at` is working time. The opening moment is, the closing moment is not. */
export function isOpen(calendar: WorkingCalendar, at: Date): boolean {
  const [today] = daysFrom(calendar, at.getTime())
  return today!.open.some(({ start, end }) => start <= at.getTime() && at.getTime() < end)
}
