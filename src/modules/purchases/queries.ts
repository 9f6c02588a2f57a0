import { sql } from 'kysely'
import { pageOf, readCursor, writeCursor } from '../../platform/http/cursor.ts'
import { notFound } from '../../platform/refusal.ts'
import type { Reading } from '../../platform/work.ts'
import { sameAs } from '../people/index.ts'
import type { Purchase, PurchaseRow } from './contract-shapes.ts'

type Row = Omit<PurchaseRow, 'boughtAt'> & { boughtAt: Date }

const stateOf = sql`case when l.came = 0 then case when l.there < l.bought then 'on_its_way' else 'delivered' end
  when l.came < l.bought then 'partly_returned' else 'returned' end`

const columns = sql`p.id, p.number, p.channel, p.currency, p.bought_at as "boughtAt", l.count as lines, l.first,
  case when w.id is null then null else jsonb_build_object('id', w.id, 'name', w.name) end as person,
  l.paid + p.carriage_minor + p.carriage_extra_minor as "totalMinor", l.refunded + p.carriage_refunded_minor as "refundedMinor",
  ${stateOf} as state`

const from = sql`purchases p left join people o on o.id = p.person_id left join people w on w.id = coalesce(o.merged_into, o.id)
  cross join lateral (select count(*)::int as count, coalesce(sum(x.paid_minor), 0)::bigint as paid, coalesce(sum(x.refunded_minor), 0)::bigint as refunded,
    coalesce(sum(x.quantity), 0) as bought, coalesce(sum(x.delivered), 0) as there, coalesce(sum(x.returned), 0) as came,
    coalesce((array_agg(x.name order by x.position))[1], '') as first from purchase_lines x where x.purchase_id = p.id) l`

/** The numbers of purchases that something typed or scanned may stand for. */
const foundBy = (typed: string) => {
  const code = typed.trim().toUpperCase()
  const prefix = `${code.replace(/[\\%_]/g, '\\$&')}%`
  return sql`p.id in (select id from purchases where upper(number) like ${prefix}
    union all select id from purchases where upper(gift_number) = ${code}
    union all select purchase_id from purchase_lines where serial <> '' and upper(serial) = ${code}
    union all select purchase_id from purchase_lines where sku <> '' and upper(sku) = ${code})`
}

type Asked = {
  limit: number
  cursor?: string | undefined
  q?: string | undefined
  people?: readonly number[]
  channel?: string | undefined
  importId?: number | undefined
}

const listOf = async (reading: Reading, { limit, cursor, q, people, channel, importId }: Asked) => {
  const after = readCursor('purchases', cursor, 2)
  const { rows } = await sql<Row>`select ${columns} from ${from} where true
    ${q?.trim() ? sql`and ${foundBy(q)}` : sql``} ${people ? sql`and p.person_id = any(${[...people]}::bigint[])` : sql``}
    ${channel ? sql`and p.channel = ${channel}` : sql``} ${importId ? sql`and p.import_id = ${importId}` : sql``}
    ${after ? sql`and (p.bought_at, p.id) < (${after[0]}::timestamptz, ${after[1]}::bigint)` : sql``}
    order by p.bought_at desc, p.id desc limit ${limit + 1}`.execute(reading.db)
  return pageOf(rows, limit, row => writeCursor('purchases', [row.boughtAt.toISOString(), row.id]))
}

type Filters = Omit<Asked, 'people'> & { personId?: number | undefined }

/** Purchases, latest first. */
export const allPurchases = async (reading: Reading, { personId, ...asked }: Filters) =>
  listOf(reading, personId ? { ...asked, people: await sameAs(reading, personId) } : asked)

/** What a customer bought, whichever of their records it is noted with. */
export const purchasesOf = async (reading: Reading, { id, ...asked }: Asked & { id: number }) => {
  const people = await sameAs(reading, id)
  const { rows: totals } = await sql<{ currency: string; count: number; totalMinor: number }>`
    select p.currency, count(*)::int as count, sum(p.carriage_minor + p.carriage_extra_minor
      + (select coalesce(sum(l.paid_minor), 0) from purchase_lines l where l.purchase_id = p.id))::bigint as "totalMinor"
    from purchases p where p.person_id = any(${people}::bigint[]) group by p.currency order by 2 desc`.execute(
    reading.db,
  )
  return { ...(await listOf(reading, { ...asked, people })), totals }
}

type Whole = Omit<Purchase, 'boughtAt'> & { boughtAt: Date }

const lines = sql`(select jsonb_agg(jsonb_build_object('id', l.id, 'position', l.position, 'sku', l.sku, 'name', l.name, 'kind', l.kind,
    'product', case when d.id is null then null else jsonb_build_object('id', d.id, 'name', d.name, 'number', d.number) end,
    'traits', l.traits, 'serial', l.serial, 'quantity', l.quantity, 'paidMinor', l.paid_minor, 'taxMinor', l.tax_minor,
    'discountMinor', l.discount_minor, 'dispatchedAt', l.dispatched_at, 'delivered', l.delivered, 'deliveredAt', l.delivered_at,
    'returned', l.returned, 'refundedMinor', l.refunded_minor, 'replacesId', l.replaces_id) order by l.position)
  from purchase_lines l left join products d on d.id = l.product_id where l.purchase_id = p.id)`

const payments = sql`coalesce((select jsonb_agg(jsonb_build_object('id', y.id, 'tender', y.tender, 'amountMinor', y.amount_minor,
    'refundedMinor', y.refunded_minor, 'reference', y.reference) order by y.id) from purchase_payments y where y.purchase_id = p.id), '[]')`

const wholes = async ({ db }: Pick<Reading, 'db'>, ids: readonly number[]): Promise<Whole[]> => {
  const { rows } =
    await sql<Whole>`select p.id, p.number, p.gift_number as "giftNumber", p.source, p.external_id as "externalId",
      p.channel, case when e.id is null then null else jsonb_build_object('id', e.id, 'name', e.name) end as place,
      case when w.id is null then null else jsonb_build_object('id', w.id, 'name', w.name) end as person, p.country, p.currency,
      p.bought_at as "boughtAt", p.carriage_minor as "carriageMinor", p.carriage_extra_minor as "carriageExtraMinor",
      p.carriage_refunded_minor as "carriageRefundedMinor", l.paid + p.carriage_minor + p.carriage_extra_minor as "totalMinor",
      l.refunded + p.carriage_refunded_minor as "refundedMinor", coalesce(${lines}, '[]') as lines, ${payments} as payments,
      p.import_id as "importId", p.version
    from ${from} left join places e on e.id = p.place_id where p.id = any(${[...ids]}::bigint[])
    order by p.bought_at desc, p.id desc`.execute(db)
  return rows
}

/** @throws Refusal `not_found` */
export const purchaseById = async (reading: Pick<Reading, 'db'>, id: number): Promise<Whole> =>
  (await wholes(reading, [id]))[0] ?? notFound('purchase')

const most = 20

type Found = { by: 'receipt' | 'gift_receipt' | 'serial' | 'card'; ids: number[] }

/** What a scanned code stands for, the first that it can be: receipts have the say before cards. */
export const purchasesByCode = async (reading: Reading, { code }: { code: string }) => {
  const upper = code.toUpperCase()
  const { rows } = await sql<Found>`select x.by, array_agg(x.id) as ids from (
      select 1 as rank, 'receipt' as by, id from purchases where upper(number) = ${upper}
      union all select 2, 'gift_receipt', id from purchases where upper(gift_number) = ${upper}
      union all select 3, 'serial', purchase_id from purchase_lines where serial <> '' and upper(serial) = ${upper}
      union all select 4, 'card', p.id from identities i join people o on o.id = i.person_id
        join people s on coalesce(s.merged_into, s.id) = coalesce(o.merged_into, o.id)
        join lateral (select id from purchases where person_id = s.id order by bought_at desc, id desc limit ${most}) p on true
        where i.kind in ('card', 'account_number') and i.normal = ${upper.replace(/[\s-]/g, '')}) x
    group by x.rank, x.by order by x.rank limit 1`.execute(reading.db)
  const [found] = rows
  return { by: found?.by ?? null, items: found ? (await wholes(reading, found.ids)).slice(0, most) : [] }
}
