import { sql } from 'kysely'
import { notFound } from '../../platform/refusal.ts'
import type { Reading } from '../../platform/work.ts'
import type { WorkingCalendar } from '../../shared/calendar.ts'
import { conditionSql, visibleSql } from '../cases/index.ts'
import type { Content, Indicator } from './contract-shapes.ts'
import { due, hoursOf, outcomeBy, since, type Timed, timedColumns } from './measuring.ts'

/** So many of the latest are looked through, and so many of them are shown. */
const [mostLooked, mostShown] = [2000, 50]

type Row = Timed & {
  calendar: string
  promiseId: number
  caseId: number
  subject: string
  dueAt: Date
  outcome: 'kept' | 'late' | 'broken' | null
}

const outcomesOf = async (reading: Reading, { target }: Indicator, rows: readonly Row[]) => {
  if (target.unit === 'as_promised') return rows.map(row => ({ ...row, outcome: row.outcome ?? ('broken' as const) }))
  const hours = await hoursOf(
    reading,
    rows.map(row => row.calendar),
  )
  return rows.map(row => ({
    ...row,
    outcome: outcomeBy(target, row, hours.get(row.calendar) as WorkingCalendar, reading.now),
  }))
}

/** The latest promises of a clause that were late or broken, in cases one may see. */
export const missedOf = async (reading: Reading, { clauses }: Pick<Content, 'clauses'>, key: string) => {
  const indicator = clauses.find(clause => clause.key === key)?.promise?.indicator ?? notFound('measured clause')
  const where = await conditionSql(reading, indicator.condition)
  const { rows } =
    await sql<Row>`select ${timedColumns}, p.id as "promiseId", c.id as "caseId", c.subject, p.due_at as "dueAt", p.outcome
    from ${due(reading, indicator, since(reading, indicator), where)} and ${visibleSql(reading.actor)}
      ${indicator.target.unit === 'as_promised' ? sql`and p.outcome is distinct from 'kept'` : sql``}
    order by p.due_at desc, p.id desc limit ${mostLooked}`.execute(reading.db)
  const missed = (await outcomesOf(reading, indicator, rows)).flatMap(({ outcome, ...row }) =>
    outcome === 'late' || outcome === 'broken' ? [{ ...row, outcome }] : [],
  )
  return {
    items: missed.slice(0, mostShown).map(({ promiseId, caseId, subject, dueAt, keptAt, outcome }) => ({
      ...{ promiseId, caseId, subject, outcome },
      dueAt: dueAt.toISOString(),
      keptAt: keptAt?.toISOString() ?? null,
    })),
  }
}
