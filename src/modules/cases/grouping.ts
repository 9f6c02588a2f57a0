import { type RawBuilder, sql } from 'kysely'
import { refuseField } from '../../platform/refusal.ts'
import type { Reading } from '../../platform/work.ts'
import type { Condition } from '../../shared/condition.ts'
import { allFields, caseFields } from './fields.ts'
import { openStatuses } from './ordering.ts'
import { explained, heldBy, type Line, type ListInput, lineColumns, lineJoins } from './queries.ts'

const none = 'none'
const ids = new Set(['assignee', 'team'])

/** The cases of one group. */
export const groupCondition = (by: string, value: string): Condition => {
  if (value === none) return { field: by, op: 'absent' }
  return { field: by, op: 'is', value: ids.has(by) ? Number(value) : value }
}

const names: Record<string, RawBuilder<unknown>> = {
  assignee: sql`(select name from staff where id = g.value::bigint)`,
  team: sql`(select name from teams where id = g.value::bigint)`,
}

/** Beyond so many cases of a list, only the first are counted: 10,000 take 25 ms. */
const mostCounted = 10_000

type Grouping = Omit<ListInput, 'limit'> & { groupBy: string }

/** @throws Refusal naming `groupBy` where cases cannot be grouped by it */
export const groupsOf = async (reading: Reading, { groupBy: by, ...input }: Grouping) => {
  const field = (await allFields(reading))[by]
  if (!field || !(field.type === 'choice' || ids.has(by)))
    return refuseField('groupBy', 'Cases cannot be grouped by this')
  const { where, active, sort } = await heldBy(reading, input)
  const latest = sort === 'recent' ? sql`order by c.last_at desc, c.id desc` : sql``
  const { rows } = await sql<{ group: string | null; label: string | null; count: number }>`
    with g as (select value, count(*)::int as count from (
      select (${field.sql})::text as value from cases c where ${where} ${active} ${latest} limit ${mostCounted + 1}) c group by value)
    select g.value as "group", ${names[by] ?? sql`null`}::text as label, g.count from g order by g.count desc, g.value limit 200`.execute(
    reading.db,
  )
  const total = rows.reduce((sum, row) => sum + row.count, 0)
  return { items: rows, capped: total > mostCounted }
}

const mostShown = 500
const times: Record<string, RawBuilder<unknown>> = {
  snoozedUntil: caseFields.snoozedUntil.sql,
  openedAt: caseFields.openedAt.sql,
}

type Span = Omit<ListInput, 'limit'> & { groupBy: string; start: string; end: string }

/**
 * Cases by a date of theirs, the earliest first. A date field of one's own is asked of open cases, which an index tells;
 * an index on the field itself would have to be made for each.
 * @throws Refusal naming `groupBy`, `start` or `end`
 */
export const calendarOf = async (reading: Reading, { groupBy: by, start, end, ...input }: Span) => {
  const field = (await allFields(reading))[by]
  if (!field || (field.type !== 'date' && !times[by])) return refuseField('groupBy', 'A calendar cannot go by this')
  const isDate = field.type === 'date'
  const valid = isDate ? /^\d{4}-\d{2}-\d{2}$/ : /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})$/
  for (const [name, value] of Object.entries({ start, end }))
    if (!valid.test(value) || Number.isNaN(Date.parse(value)))
      return refuseField(name, isDate ? 'Must be a date' : 'Must be a moment')
  const held = await heldBy(reading, by === 'snoozedUntil' ? { ...input, sort: 'waking' } : input)
  const type = sql.raw(isDate ? 'date' : 'timestamptz')
  const { rows } = await sql<Line & { on: string }>`
    select ${lineColumns(reading.actor.id)}, c.custom, ${isDate ? sql`(c.day)::text` : sql`to_char(c.day at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`} as "on" from (
      select c.*, ${field.sql} as day from cases c where ${held.where} ${held.active} ${isDate ? sql`and c.status in ${openStatuses}` : sql``}
        and (${field.sql}) >= ${start}::${type} and (${field.sql}) <= ${end}::${type} order by ${field.sql}, c.id limit ${mostShown + 1}
    ) c ${lineJoins} order by c.day, c.id`.execute(reading.db)
  const items = rows.slice(0, mostShown).map(({ on, ...row }) => ({ on, line: explained(row as Line, reading.now) }))
  return { items, more: rows.length > mostShown }
}
