import { sql } from 'kysely'
import { pageOf, readCursor, writeCursor } from '../../platform/http/cursor.ts'
import type { Reading } from '../../platform/work.ts'
import { visibleSql } from '../cases/index.ts'
import type { Speed } from './contract.ts'

type Row = {
  id: number
  externalId: string
  reference: string
  caseId: number | null
  what: string
  orderedAt: Date
  promisedAt: Date
  deliveredAt: Date | null
  late: boolean
}

/** What belongs to a case one may not see is not shown. */
const seen = (reading: Reading) => sql`(d.case_id is null or ${visibleSql(reading.actor)})`

const from = sql`deliveries d left join cases own on own.id = d.case_id left join cases c on c.id = coalesce(own.merged_into, own.id)`

export const allDeliveries = async (
  reading: Reading,
  { limit, cursor, state }: { limit: number; cursor?: string | undefined; state: 'open' | 'delivered' },
) => {
  const list = `deliveries ${state}`
  const after = readCursor(list, cursor, 2)
  const isOpen = state === 'open'
  const { rows } =
    await sql<Row>`select d.id, d.external_id as "externalId", d.reference, c.id as "caseId", d.what, d.ordered_at as "orderedAt",
      d.promised_at as "promisedAt", d.delivered_at as "deliveredAt", coalesce(d.delivered_at, ${reading.now}::timestamptz) > d.promised_at as late
    from ${from} where ${isOpen ? sql`d.delivered_at is null and d.cancelled_at is null` : sql`d.delivered_at is not null`} and ${seen(reading)}
      ${after ? (isOpen ? sql`and (d.promised_at, d.id) > (${after[0]}::timestamptz, ${after[1]}::bigint)` : sql`and (d.delivered_at, d.id) < (${after[0]}::timestamptz, ${after[1]}::bigint)`) : sql``}
    order by ${isOpen ? sql`d.promised_at, d.id` : sql`d.delivered_at desc, d.id desc`} limit ${limit + 1}`.execute(
      reading.db,
    )
  return pageOf(rows, limit, row => writeCursor(list, [(row.deliveredAt ?? row.promisedAt).toISOString(), row.id]))
}

const minutes = 60

/**
 * How fast what came in the last days came, from order to door: median and 90th percentile (continuous, as PostgreSQL
 * defines `percentile_cont`), how many were on time, and how late the late ones were.
 */
export const speedOf = async (reading: Reading, days: number): Promise<Speed> => {
  const since = new Date(reading.now.getTime() - days * 86_400_000)
  const { rows } = await sql<
    Omit<Speed, 'days'>
  >`with came as (select extract(epoch from d.delivered_at - d.ordered_at) / ${minutes} as took,
        extract(epoch from d.delivered_at - d.promised_at) / ${minutes} as over
      from ${from} where d.delivered_at > ${since} and ${seen(reading)})
    select count(*)::int as n, round(percentile_cont(0.5) within group (order by took))::int as "medianMinutes",
      round(percentile_cont(0.9) within group (order by took))::int as "p90Minutes", (count(*) filter (where over <= 0))::int as "onTime",
      round(percentile_cont(0.5) within group (order by over) filter (where over > 0))::int as "medianLateMinutes",
      (select count(*)::int from ${from} where d.delivered_at is null and d.cancelled_at is null and d.promised_at < ${reading.now} and ${seen(reading)}) as overdue
    from came`.execute(reading.db)
  return { days, ...(rows[0] as Omit<Speed, 'days'>) }
}
