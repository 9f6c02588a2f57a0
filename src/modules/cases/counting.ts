import { type RawBuilder, sql } from 'kysely'
import type { Reading } from '../../platform/work.ts'
import type { Condition } from '../../shared/condition.ts'
import { countedFilters } from './contract.ts'
import type { Sort } from './contract-shapes.ts'
import { ofOpenCases, withinOrder } from './ordering.ts'
import { visibleSql } from './policy.ts'
import { conditionSql, conditionsSql, filterOf } from './queries.ts'
import { assertCountable } from './viewing.ts'

/** The built-in filters of open cases; those of the list with the same names. */
const builtIn: Record<(typeof countedFilters)[number], Condition> = {
  waiting: filterOf({ waiting: 'true' }),
  mine: filterOf({ assignee: 'me' }),
  unassigned: filterOf({ assignee: 'none' }),
  open: filterOf({}),
  snoozed: filterOf({}),
}

type Counted = { viewId: number | null; key: (typeof countedFilters)[number] | null; count: number }

const most = 100
const capped = (count: number) => ({ count: Math.min(count, most), capped: count > most })

/** Counts up to the 101st. Without an order PostgreSQL may choose to read the whole table, where closed cases count too. */
const countOf = (reading: Reading, condition: RawBuilder<boolean>, sort: Sort, snoozed = false) =>
  sql`(select count(*) from (select 1 from cases c where ${visibleSql(reading.actor)} and ${condition}
    ${ofOpenCases.has(sort) ? withinOrder(sort, snoozed ? 'true' : undefined) : sql`order by c.last_at desc, c.id desc`} limit ${most + 1}) n)::int`

/** How many cases a condition would hold as a view. */
export const previewCount = async (reading: Reading, input: { condition: Condition; sort: Sort }) => {
  await assertCountable(reading, input.condition)
  const condition = await conditionSql(reading, input.condition)
  const { rows } = await sql<{ count: number }>`select ${countOf(reading, condition, input.sort)} as count`.execute(
    reading.db,
  )
  return capped(rows[0]?.count ?? 0)
}

/**
 * How many cases each view and each built-in filter holds, counted up to a hundred: beyond that nobody needs the exact
 * figure. Each count stops at its 101st row. Where closed cases count too, the newest are counted first, as they are
 * listed: without an order PostgreSQL may choose to read the whole table. They are counted on a connection of their own
 * meanwhile: at 1,000,000 cases the two take 12 and 14 ms for a role that sees one team.
 */
export const viewCounts = async (reading: Reading, views: { id: number; condition: Condition; sort: Sort }[]) => {
  const asSql = await conditionsSql(reading)
  const part = (view: number | null, key: string | null, condition: Condition, sort: Sort) =>
    sql`select ${view}::bigint as "viewId", ${key}::text as key, ${countOf(reading, asSql(condition), sort, key === 'snoozed')} as count`
  const counted = async (parts: RawBuilder<unknown>[]): Promise<Counted[]> =>
    parts.length > 0 ? (await sql<Counted>`${sql.join(parts, sql` union all `)}`.execute(reading.db)).rows : []
  const [active, others] = [true, false].map(open => views.filter(view => ofOpenCases.has(view.sort) === open))
  const ofView = (view: (typeof views)[number]) => part(view.id, null, view.condition, view.sort)
  const counts = await Promise.all([
    counted([...countedFilters.map(key => part(null, key, builtIn[key], 'urgency')), ...(active ?? []).map(ofView)]),
    counted((others ?? []).map(ofView)),
  ])
  const rows = counts.flat()
  return {
    items: rows.flatMap(row => (row.viewId === null ? [] : [{ viewId: row.viewId, ...capped(row.count) }])),
    builtIn: rows.flatMap(row => (row.key === null ? [] : [{ key: row.key, ...capped(row.count) }])),
  }
}
