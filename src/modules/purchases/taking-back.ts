import { sql } from 'kysely'
import { notFound, Refusal, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { worthOfUnits } from './allocating.ts'
import type { Tender } from './contract-shapes.ts'

export type LineNow = {
  id: number
  purchaseId: number
  currency: string
  quantity: number
  paidMinor: number
  delivered: number
  returned: number
  refundedMinor: number
}

/** A line as it is now, locked: whoever takes something of it back at another counter waits. @throws Refusal `not_found` */
export const lockLine = async (work: Work, id: number): Promise<LineNow> => {
  const { rows } =
    await sql<LineNow>`select l.id, l.purchase_id as "purchaseId", p.currency, l.quantity, l.paid_minor as "paidMinor",
      l.delivered, l.returned, l.refunded_minor as "refundedMinor"
    from purchase_lines l join purchases p on p.id = l.purchase_id where l.id = ${id} for update of l`.execute(work.tx)
  return rows[0] ?? notFound('line of a purchase')
}

/** What so many more units of a line are worth: their share of what was paid, at most what was not paid back yet. */
export const worthOf = (line: LineNow, quantity: number): number =>
  Math.min(
    worthOfUnits(line.paidMinor, line.quantity, line.returned, Math.min(quantity, line.quantity - line.returned)),
    line.paidMinor - line.refundedMinor,
  )

type Back = {
  lineId: number
  /** What makes it one act, however often it is asked for. */
  key: string
  quantity: number
  amountMinor: number
  number?: string
}

const sameAct = async (work: Work, { key, lineId, quantity, amountMinor }: Back): Promise<boolean> => {
  const before = await work.tx.selectFrom('purchase_returns').selectAll().where('key', '=', key).executeTakeFirst()
  if (!before) return false
  if (before.line_id !== lineId || before.quantity !== quantity || before.amount_minor !== amountMinor)
    throw new Refusal('conflict', 'The same key was used for something else.', [
      { field: 'key', message: 'was used for something else' },
    ])
  return true
}

/**
 * Notes what came back of a line, and what is paid back for it: goods and money may go apart. Asked for again by the
 * same key, nothing more happens.
 * @throws Refusal naming `quantity` beyond what was delivered and is not back yet, `amountMinor` beyond what was paid
 */
export const takeBack = async (work: Work, back: Back): Promise<{ repeated: boolean }> => {
  const line = await lockLine(work, back.lineId)
  if (await sameAct(work, back)) return { repeated: true }
  const [units, minor] = [line.delivered - line.returned, line.paidMinor - line.refundedMinor]
  if (back.quantity > units)
    refuseField('quantity', units > 0 ? `Only ${units} can still come back` : 'All of it came back already')
  if (back.amountMinor > minor)
    refuseField('amountMinor', minor > 0 ? `Only ${minor} can still be paid back` : 'All of it was paid back already')
  await work.tx
    .insertInto('purchase_returns')
    .values({
      line_id: back.lineId,
      key: back.key,
      quantity: back.quantity,
      amount_minor: back.amountMinor,
      at: work.now,
      number: back.number ?? '',
      created_by: work.actor.id,
    })
    .execute()
  return { repeated: false }
}

export type Payback = { paymentId: number | null; tender: Tender; amountMinor: number }

type Taken = { id: number; tender: Tender; left: number }

/** In which order: what costs the customer no time first goes last, so that nobody is given cash for a card. */
const lastFirst: readonly Tender[] = ['voucher', 'store_credit']

/**
 * Shares an amount that is paid back among the ways it was paid, each up to what was taken that way. What was paid by
 * voucher goes back last: money comes first.
 * @param otherwise how to pay what no known payment covers; without it that is refused
 * @throws Refusal naming `tender` where it is not known how it was paid, or more is paid back than was taken
 */
export const payBack = async (
  work: Work,
  purchaseId: number,
  amountMinor: number,
  otherwise: Tender | null,
): Promise<Payback[]> => {
  const { rows } = await sql<Taken>`select id, tender, amount_minor - refunded_minor as left from purchase_payments
    where purchase_id = ${purchaseId} order by id for update`.execute(work.tx)
  const isLast = (one: Taken) => lastFirst.includes(one.tender)
  let left = amountMinor
  const parts: Payback[] = []
  for (const one of [...rows.filter(row => !isLast(row)), ...rows.filter(isLast)]) {
    const part = Math.min(left, one.left)
    if (part === 0) continue
    parts.push({ paymentId: one.id, tender: one.tender, amountMinor: part })
    left -= part
  }
  if (left > 0 && !otherwise) refuseField('tender', 'It is not known how this was paid. Say how to pay it back')
  if (left > 0 && otherwise) parts.push({ paymentId: null, tender: otherwise, amountMinor: left })
  for (const part of parts)
    if (part.paymentId !== null)
      await sql`update purchase_payments set refunded_minor = refunded_minor + ${part.amountMinor} where id = ${part.paymentId}`.execute(
        work.tx,
      )
  return parts
}

/** Pays back what was paid for carriage. @throws Refusal naming `carriageMinor` beyond what is left of it */
export const payBackCarriage = async (work: Work, purchaseId: number, minor: number): Promise<void> => {
  const { numUpdatedRows } = await sql`update purchases set carriage_refunded_minor = carriage_refunded_minor + ${minor}
    where id = ${purchaseId} and carriage_refunded_minor + ${minor} between 0 and carriage_minor + carriage_extra_minor`
    .execute(work.tx)
    .then(({ numAffectedRows }) => ({ numUpdatedRows: numAffectedRows ?? 0n }))
  if (numUpdatedRows === 0n) refuseField('carriageMinor', 'Its carriage was paid back already')
}

type Undone = { keys: readonly string[]; payments: readonly { paymentId: number | null; amountMinor: number }[] }

/** Takes back what was only planned and is not to be: what these acts noted of goods and money, and by which ways it would have gone. */
export const release = async (work: Work, { keys, payments }: Undone): Promise<void> => {
  await work.tx
    .deleteFrom('purchase_returns')
    .where('key', 'in', [...keys, ''])
    .execute()
  for (const { paymentId, amountMinor } of payments)
    if (paymentId !== null)
      await sql`update purchase_payments set refunded_minor = refunded_minor - ${amountMinor} where id = ${paymentId}`.execute(
        work.tx,
      )
}
