import { type RawBuilder, sql } from 'kysely'
import { addWorkingDays, afterWorkingTime, CalendarError } from '../../platform/calendar/index.ts'
import { wilson } from '../../platform/statistics/wilson.ts'
import type { Reading } from '../../platform/work.ts'
import type { WorkingCalendar } from '../../shared/calendar.ts'
import { conditionSql } from '../cases/index.ts'
import type { Clause, Content, Indicator, Measure, Target } from './contract-shapes.ts'

/** The latest so many are looked at one by one, where a clause sets a time of its own. */
const mostRows = 20_000
/** Below ten no share is said, below thirty it is said with a warning. */
const [fewest, enough] = [10, 30]

export type Counted = { kept: number; late: number; broken: number }

/** Whether the target is met, as far as so many can tell: beyond chance, or it stays open. */
export const judged = ({ kept, late, broken }: Counted, percent: number) => {
  const n = kept + late + broken
  const interval = wilson(kept, n)
  const target = percent / 100
  const met: Measure['met'] =
    !interval || n < fewest ? 'open' : interval.low >= target ? 'yes' : interval.high < target ? 'no' : 'open'
  const said = n >= fewest && interval
  return {
    n,
    kept,
    late,
    broken,
    share: said ? kept / n : null,
    low: said ? interval.low : null,
    high: said ? interval.high : null,
    smallBase: n < enough,
    met,
  }
}

export type Timed = { startedAt: Date; keptAt: Date | null; closed: boolean }

const dayIn = (at: Date, zone: string): string => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(at)

const isKeptBy = (target: Target, { startedAt }: Timed, at: Date, calendar: WorkingCalendar): boolean => {
  if (target.unit === 'minutes') return at <= afterWorkingTime(calendar, startedAt, target.n * 60_000)
  if (target.unit === 'working_days')
    return dayIn(at, calendar.zone) <= addWorkingDays(calendar, dayIn(startedAt, calendar.zone), target.n)
  return true
}

/**
 * What became of a promise by the time a clause sets. Null where nobody can say yet: it is open and there is time left.
 * Working days are counted from the day after, and the whole of the last one counts.
 */
export const outcomeBy = (target: Target, timed: Timed, calendar: WorkingCalendar, now: Date): keyof Counted | null => {
  try {
    if (timed.keptAt) return isKeptBy(target, timed, timed.keptAt, calendar) ? 'kept' : 'late'
    return timed.closed || !isKeptBy(target, timed, now, calendar) ? 'broken' : null
  } catch (error) {
    // Hours that never open promise nothing.
    if (error instanceof CalendarError) return null
    throw error
  }
}

/** From when on promises count. */
export const since = ({ now }: Reading, { days }: Indicator): Date => new Date(now.getTime() - days * 86_400_000)

/** Promises of a kind that fell due in the time looked at, taken back ones apart: those are in no denominator. */
export const due = (reading: Reading, indicator: Indicator, from: Date, where: RawBuilder<boolean>) =>
  sql`promises p join cases own on own.id = p.subject_id join cases c on c.id = coalesce(own.merged_into, own.id)
    where p.subject_kind = 'case' and p.kind = ${indicator.kind} and p.due_at > ${from} and p.due_at <= ${reading.now}
      and p.outcome is distinct from 'withdrawn' and ${where}`

const asPromised = async (reading: Reading, indicator: Indicator, from: Date, where: RawBuilder<boolean>) => {
  const { rows } = await sql<Counted>`select count(*) filter (where p.outcome = 'kept')::int as kept,
    count(*) filter (where p.outcome = 'late')::int as late,
    count(*) filter (where p.outcome = 'broken' or p.outcome is null)::int as broken from ${due(reading, indicator, from, where)}`.execute(
    reading.db,
  )
  return { ...(rows[0] ?? { kept: 0, late: 0, broken: 0 }), capped: false }
}

type Hours = Map<string, WorkingCalendar>

/** Working hours as they were when promises were made, by `calendar version`. */
export const hoursOf = async (reading: Reading, keys: readonly string[]): Promise<Hours> => {
  const { rows } = await sql<
    WorkingCalendar & { key: string }
  >`select calendar_id || ' ' || version as key, zone, week, holidays
    from calendar_versions where calendar_id || ' ' || version = any(${[...new Set(keys)]}::text[])`.execute(reading.db)
  return new Map(rows.map(({ key, ...calendar }) => [key, calendar]))
}

type TimedRow = Timed & { calendar: string }

export const timedColumns = sql`p.started_at as "startedAt", p.kept_at as "keptAt", p.closed_at is not null as closed,
    p.calendar_id || ' ' || p.calendar_version as calendar`

const byOwnTime = async (reading: Reading, indicator: Indicator, from: Date, where: RawBuilder<boolean>) => {
  const { rows } = await sql<TimedRow>`select ${timedColumns} from ${due(reading, indicator, from, where)}
    order by p.due_at desc limit ${mostRows + 1}`.execute(reading.db)
  const hours = await hoursOf(
    reading,
    rows.map(row => row.calendar),
  )
  const counted = { kept: 0, late: 0, broken: 0 }
  for (const row of rows.slice(0, mostRows)) {
    const outcome = outcomeBy(indicator.target, row, hours.get(row.calendar) as WorkingCalendar, reading.now)
    if (outcome) counted[outcome]++
  }
  return { ...counted, capped: rows.length > mostRows }
}

const measured = async (reading: Reading, { key }: Clause, indicator: Indicator) => {
  const from = since(reading, indicator)
  const where = await conditionSql(reading, indicator.condition)
  const count = indicator.target.unit === 'as_promised' ? asPromised : byOwnTime
  const { capped, ...counted } = await count(reading, indicator, from, where)
  return { clause: key, ...judged(counted, indicator.percent), capped, from }
}

/** How each promise of a code was kept. */
export const measuresOf = async (reading: Reading, { clauses }: Pick<Content, 'clauses'>) => {
  const items: Awaited<ReturnType<typeof measured>>[] = []
  for (const clause of clauses) {
    const indicator = clause.promise?.indicator
    if (indicator) items.push(await measured(reading, clause, indicator))
  }
  return items
}
