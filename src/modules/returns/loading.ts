import { sql } from 'kysely'
import { columns, type Row } from '../../platform/conditions/index.ts'
import { refuseField } from '../../platform/refusal.ts'
import type { Reading } from '../../platform/work.ts'
import { worthOfUnits } from '../purchases/index.ts'
import type { Coming } from './contract.ts'
import { houseFields, houseFrom } from './house-facts.ts'

/** A line of a purchase with all that law and house ask of it. */
export type Sold = {
  lineId: number
  purchaseId: number
  number: string
  personId: number | null
  name: string
  kind: 'goods' | 'service' | 'digital'
  traits: string[]
  channel: 'in_store' | 'distance' | 'off_premises'
  country: string | null
  currency: string
  quantity: number
  paidMinor: number
  delivered: number
  returned: number
  refundedMinor: number
  boughtAt: Date
  dispatchedAt: Date | null
  deliveredAt: Date | null
  lastDeliveredAt: Date | null
  carriageMinor: number
  carriageExtraMinor: number
  carriageRefundedMinor: number
  /** For the conditions of the house's rules. */
  asked: Row
}

/** @throws Refusal naming the line that does not exist, or of which not so many can come back */
export const soldLines = async ({ db }: Pick<Reading, 'db'>, coming: readonly Coming[]): Promise<Map<number, Sold>> => {
  const ids = coming.flatMap(one => one.lineId ?? [])
  const fields = sql.join(columns(houseFields))
  const { rows } = await sql<
    Omit<Sold, 'asked'> & Row
  >`select l.id as "lineId", p.id as "purchaseId", p.number, w.id as "personId",
      l.name as "lineName", l.kind as "lineKind", l.traits as "lineTraits", p.channel as "soldBy", p.country as "soldTo", p.currency, l.quantity,
      l.paid_minor as "paidMinor", l.delivered, l.returned, l.refunded_minor as "refundedMinor", p.bought_at as "soldAt",
      l.dispatched_at as "dispatchedAt", l.delivered_at as "deliveredAt",
      (select max(x.delivered_at) from purchase_lines x where x.purchase_id = p.id) as "lastDeliveredAt",
      p.carriage_minor as "carriageMinor", p.carriage_extra_minor as "carriageExtraMinor", p.carriage_refunded_minor as "carriageRefundedMinor",
      ${fields} from ${houseFrom} where l.id = any(${ids}::bigint[])`.execute(db)
  const found = rows.map(row => ({
    ...row,
    name: row.lineName as string,
    kind: row.lineKind as Sold['kind'],
    traits: row.lineTraits as string[],
    channel: row.soldBy as Sold['channel'],
    country: row.soldTo as string | null,
    boughtAt: row.soldAt as Date,
    asked: row as Row,
  }))
  return new Map(found.map(row => [row.lineId, row]))
}

/** Of what never came, or came too late, nothing need have been delivered. */
const mostOf = (line: Sold, { reason }: Coming): number =>
  (reason === 'missing' || reason === 'late' ? line.quantity : line.delivered) - line.returned

const assertUnits = (line: Sold, coming: Coming, total: number, field: string): void => {
  const most = mostOf(line, coming)
  const why = most > 0 ? `Only ${most} of these can come back` : 'All of these came back, or none was delivered yet'
  if (total > most) refuseField(`${field}.quantity`, why)
}

/** @throws Refusal naming what cannot come back */
export const assertComing = (coming: readonly Coming[], sold: ReadonlyMap<number, Sold>): void => {
  const asked = new Map<number, number>()
  for (const [index, one] of coming.entries()) {
    const field = `lines[${index}]`
    if (one.lineId === null && one.name.trim() === '') refuseField(`${field}.name`, 'Say what it is')
    if (one.lineId === null) continue
    const line = sold.get(one.lineId) ?? refuseField(`${field}.lineId`, 'No purchase has such a line')
    const total = (asked.get(one.lineId) ?? 0) + one.quantity
    asked.set(one.lineId, total)
    assertUnits(line, one, total, field)
  }
  const currencies = new Set([...sold.values()].map(line => line.currency))
  if (currencies.size > 1) refuseField('lines', 'These were paid in different currencies: make a return of each')
}

/** What was paid for so many of a line that are not back yet. */
export const paidFor = (line: Sold, quantity: number): number =>
  Math.min(worthOfUnits(line.paidMinor, line.quantity, line.returned, quantity), line.paidMinor - line.refundedMinor)
