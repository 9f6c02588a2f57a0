import { sql } from 'kysely'
import { pageOf, readCursor, writeCursor } from '../../platform/http/cursor.ts'
import { notFound } from '../../platform/refusal.ts'
import type { Reading } from '../../platform/work.ts'
import { visibleSql } from '../cases/index.ts'
import type { Return } from './contract.ts'

type Row = Omit<Return, 'madeAt'> & { madeAt: Date }

const lines = sql`(select jsonb_agg(jsonb_build_object('id', x.id, 'position', x.position, 'lineId', x.line_id,
    'purchase', case when p.id is null then null else jsonb_build_object('id', p.id, 'number', p.number) end, 'name', x.name,
    'quantity', x.quantity, 'reason', x.reason, 'proof', x.proof, 'note', x.note, 'outcome', x.outcome, 'basis', x.basis, 'clause', x.clause,
    'amountMinor', x.amount_minor, 'feeMinor', x.fee_minor, 'goods', x.goods, 'goodsNote', x.goods_note) order by x.position)
  from return_lines x left join purchase_lines l on l.id = x.line_id left join purchases p on p.id = l.purchase_id where x.return_id = r.id)`

const refunds = sql`coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'tender', f.tender, 'amountMinor', f.amount_minor,
    'state', f.state, 'payBy', f.pay_by, 'reference', f.reference, 'doneAt', f.done_at) order by f.id) from refunds f where f.return_id = r.id), '[]')`

const unsettledGoods = sql`exists (select 1 from return_lines x where x.return_id = r.id and x.goods in ('expected', 'in_transit', 'received', 'inspecting'))`
const awaiting = sql`exists (select 1 from refunds f where f.return_id = r.id and f.state = 'awaiting_approval')`

const state = sql`case when ${awaiting} then 'awaiting_approval'
  when exists (select 1 from refunds f where f.return_id = r.id) and not exists (select 1 from refunds f where f.return_id = r.id and f.state <> 'declined') then 'declined'
  when ${unsettledGoods} or exists (select 1 from refunds f where f.return_id = r.id and f.state in ('to_pay', 'failed')) then 'in_progress'
  else 'resolved' end`

const columns = sql`r.id, r.case_id as "caseId", case when w.id is null then null else jsonb_build_object('id', w.id, 'name', w.name) end as person,
  r.channel, r.currency, r.policy_version as "policyVersion", r.law_pack as law, r.made_at as "madeAt",
  jsonb_build_object('id', s.id, 'name', s.name) as by, ${state} as state,
  (select coalesce(sum(f.amount_minor), 0)::bigint from refunds f where f.return_id = r.id and f.state <> 'declined') as "totalMinor",
  ${lines} as lines, ${refunds} as refunds, r.version`

/** What belongs to a case that one may not see is not shown. */
const from = (
  reading: Pick<Reading, 'actor'>,
) => sql`returns r join staff s on s.id = r.made_by join cases c on c.id = r.case_id
  left join people o on o.id = r.person_id left join people w on w.id = coalesce(o.merged_into, o.id) where ${visibleSql(reading.actor)}`

/** @throws Refusal `not_found` */
export const returnById = async (reading: Pick<Reading, 'db' | 'actor'>, id: number): Promise<Row> => {
  const { rows } = await sql<Row>`select ${columns} from ${from(reading)} and r.id = ${id}`.execute(reading.db)
  return rows[0] ?? notFound('return')
}

type Asked = {
  limit: number
  cursor?: string | undefined
  show: 'all' | 'goods' | 'approval'
  purchaseId?: number | undefined
  caseId?: number | undefined
}

/** Returns, latest first. */
export const allReturns = async (reading: Reading, { limit, cursor, show, purchaseId, caseId }: Asked) => {
  const after = readCursor('returns', cursor, 2)
  const { rows } = await sql<Row>`select ${columns} from ${from(reading)}
    ${show === 'goods' ? sql`and ${unsettledGoods}` : show === 'approval' ? sql`and ${awaiting}` : sql``}
    ${caseId ? sql`and r.case_id = ${caseId}` : sql``}
    ${purchaseId ? sql`and r.id in (select x.return_id from return_lines x join purchase_lines l on l.id = x.line_id where l.purchase_id = ${purchaseId})` : sql``}
    ${after ? sql`and (r.made_at, r.id) < (${after[0]}::timestamptz, ${after[1]}::bigint)` : sql``}
    order by r.made_at desc, r.id desc limit ${limit + 1}`.execute(reading.db)
  return pageOf(rows, limit, row => writeCursor('returns', [row.madeAt.toISOString(), row.id]))
}

type Owed = {
  id: number
  returnId: number
  caseId: number
  currency: string
  tender: Return['refunds'][number]['tender']
  amountMinor: number
  state: Return['refunds'][number]['state']
  payBy: Date | null
  reference: string
  doneAt: Date | null
  person: { id: number; name: string } | null
  late: boolean
}

const owed = (
  reading: Pick<Reading, 'actor' | 'now'>,
) => sql`select f.id, f.return_id as "returnId", r.case_id as "caseId", r.currency, f.tender,
    f.amount_minor as "amountMinor", f.state, f.pay_by as "payBy", f.reference, f.done_at as "doneAt",
    case when w.id is null then null else jsonb_build_object('id', w.id, 'name', w.name) end as person,
    f.state = 'to_pay' and coalesce(f.pay_by < ${reading.now}, false) as late
  from refunds f join returns r on r.id = f.return_id join cases c on c.id = r.case_id
  left join people o on o.id = r.person_id left join people w on w.id = coalesce(o.merged_into, o.id) where ${visibleSql(reading.actor)}`

/** Refunds of a state, those due first. */
export const allRefunds = async (
  reading: Reading,
  { limit, cursor, state: wanted }: { limit: number; cursor?: string | undefined; state: Owed['state'] },
) => {
  const list = `refunds ${wanted}`
  const after = readCursor(list, cursor, 2)
  const { rows } = await sql<Owed>`${owed(reading)} and f.state = ${wanted}
    ${after ? sql`and (coalesce(f.pay_by, 'infinity'), f.id) > (${after[0]}::timestamptz, ${after[1]}::bigint)` : sql``}
    order by coalesce(f.pay_by, 'infinity'), f.id limit ${limit + 1}`.execute(reading.db)
  return pageOf(rows, limit, row => writeCursor(list, [row.payBy?.toISOString() ?? 'infinity', row.id]))
}

/** Everything that is to be paid, for the bank. */
export const refundsToPay = async (reading: Reading): Promise<Owed[]> =>
  (
    await sql<Owed>`${owed(reading)} and f.state = 'to_pay' order by coalesce(f.pay_by, 'infinity'), f.id limit 50000`.execute(
      reading.db,
    )
  ).rows
