import { type RawBuilder, sql } from 'kysely'
import type { Sort } from './contract-shapes.ts'
import type { Line } from './queries.ts'

export const openStatuses = sql`('new', 'open', 'waiting_customer', 'waiting_other')`

type Key = (string | number)[]
type Order = { columns: RawBuilder<unknown>; after(key: Key): RawBuilder<unknown>; key(row: Line): Key }

const instant = (at: Date | null) => (at ?? new Date(0)).toISOString()

/** Each order is served by an index on its very columns, so that a page costs the same however many cases there are. */
export const orders: Record<Sort, Order> = {
  urgency: {
    columns: sql`c.urgent_from, c.id`,
    after: ([at, id]) => sql`(c.urgent_from, c.id) > (${at}::timestamptz, ${id}::bigint)`,
    key: row => [row.urgentFrom.toISOString(), row.id],
  },
  recent: {
    columns: sql`c.last_at desc, c.id desc`,
    after: ([at, id]) => sql`(c.last_at, c.id) < (${at}::timestamptz, ${id}::bigint)`,
    key: row => [row.lastAt.toISOString(), row.id],
  },
  stale: {
    columns: sql`c.last_at, c.id`,
    after: ([at, id]) => sql`(c.last_at, c.id) > (${at}::timestamptz, ${id}::bigint)`,
    key: row => [row.lastAt.toISOString(), row.id],
  },
  newest: { columns: sql`c.id desc`, after: ([id]) => sql`c.id < ${id}::bigint`, key: row => [row.id] },
  oldest: { columns: sql`c.id`, after: ([id]) => sql`c.id > ${id}::bigint`, key: row => [row.id] },
  waiting: {
    columns: sql`c.waiting_since, c.id`,
    after: ([at, id]) => sql`(c.waiting_since, c.id) > (${at}::timestamptz, ${id}::bigint)`,
    key: row => [instant(row.waitingSince), row.id],
  },
  waking: {
    columns: sql`c.snoozed_until, c.id`,
    after: ([at, id]) => sql`(c.snoozed_until, c.id) > (${at}::timestamptz, ${id}::bigint)`,
    key: row => [instant(row.snoozedUntil), row.id],
  },
}

export const keyLength = (sort: Sort): number => (sort === 'oldest' || sort === 'newest' ? 1 : 2)

/** Open cases that are not asleep, or only those that are. */
export const awake = (snoozed: 'true' | undefined): RawBuilder<unknown> =>
  sql`and c.status in ${openStatuses} and c.snoozed_until is ${snoozed ? sql`not null` : sql`null`}`

/** Orders of open cases only; said literally, so that the partial index serves them. */
export const ofOpenCases: ReadonlySet<string> = new Set<Sort>(['urgency', 'waiting', 'waking'])

/** Which cases an order is about. */
export const withinOrder = (sort: Sort, snoozed: 'true' | undefined): RawBuilder<unknown> => {
  if (sort === 'waking') return awake('true')
  if (sort === 'waiting') return sql`${awake(snoozed)} and c.waiting_since is not null`
  return sort === 'urgency' ? awake(snoozed) : sql``
}
