import { Temporal } from 'temporal-polyfill'
import { notFound, Refusal } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { zoneOf } from '../identity/index.ts'
import { keepPromise, makePromise } from '../promises/index.ts'
import { type Payback, payBack, payBackCarriage, takeBack } from '../purchases/index.ts'
import type { Return } from './contract.ts'
import { moneyKey } from './keys.ts'
import { returnById } from './queries.ts'
import type { Item } from './settling.ts'

type Tender = Return['refunds'][number]['tender']

/** As the law has it where nothing says more: fourteen days, which is what houses promise too. */
const usualDays = 14

/** The end of a day where we are: what is to be paid by it may be paid all day long. */
const endOf = (day: string, zone: string): Date =>
  new Date(Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds - 1)

const payByOf = (items: readonly Item[], zone: string, now: Date): Date => {
  const days = items.flatMap(({ chosen }) => chosen.option.payBy ?? []).toSorted()
  return days[0] ? endOf(days[0], zone) : new Date(now.getTime() + usualDays * 86_400_000)
}

type Owed = { purchaseId: number | null; amount: number; credit: boolean }

/** What is owed for each purchase, since each goes back the way it was paid; credit is a way of its own. */
const owedFor = (items: readonly Item[]): Owed[] => {
  const owed = new Map<string, Owed>()
  for (const { line, sold, chosen } of items) {
    const amount = chosen.amountMinor + chosen.carriageMinor
    if (amount === 0) continue
    const one = { purchaseId: sold?.purchaseId ?? null, amount, credit: line.outcome === 'store_credit' }
    const key = `${one.purchaseId} ${one.credit}`
    owed.set(key, { ...one, amount: (owed.get(key)?.amount ?? 0) + amount })
  }
  return [...owed.values()]
}

const waysFor = async (work: Work, { purchaseId, amount, credit }: Owed, tender: Tender | null): Promise<Payback[]> => {
  if (credit) return [{ paymentId: null, tender: 'store_credit', amountMinor: amount }]
  if (purchaseId !== null) return payBack(work, purchaseId, amount, tender)
  if (tender) return [{ paymentId: null, tender, amountMinor: amount }]
  throw new Refusal('invalid', 'Say how to pay it back: nothing shows how this was paid.', [
    { field: 'tender', message: 'say how to pay it back' },
  ])
}

/** What is paid back of a line of a purchase: the database keeps it at most what was paid for it. */
const noteMoney = async (work: Work, returnId: number, items: readonly Item[]): Promise<void> => {
  for (const [index, { line, sold, chosen }] of items.entries()) {
    if (!sold || line.lineId === null) continue
    const key = moneyKey(returnId, index + 1)
    if (chosen.amountMinor > 0)
      await takeBack(work, { lineId: line.lineId, key, quantity: 0, amountMinor: chosen.amountMinor })
    if (chosen.carriageMinor > 0) await payBackCarriage(work, sold.purchaseId, chosen.carriageMinor)
  }
}

/** Plans how the money goes back, each part the way it came, and counts it with the purchase. */
export const planRefunds = async (
  work: Work,
  returnId: number,
  items: readonly Item[],
  { tender, approved }: { tender: Tender | null; approved: boolean },
): Promise<void> => {
  await noteMoney(work, returnId, items)
  const payBy = payByOf(items, await zoneOf({ db: work.tx }), work.now)
  for (const owed of owedFor(items))
    for (const way of await waysFor(work, owed, tender))
      await work.tx
        .insertInto('refunds')
        .values({
          return_id: returnId,
          payment_id: way.paymentId,
          tender: way.tender,
          amount_minor: way.amountMinor,
          state: approved ? 'to_pay' : 'awaiting_approval',
          pay_by: payBy,
          changed_at: work.now,
        })
        .execute()
}

const done = (work: Work, id: number, reference: string) =>
  work.tx
    .updateTable('refunds')
    .set({ state: 'done', done_at: work.now, done_by: work.actor.id, changed_at: work.now, reference })
    .where('id', '=', id)
    .execute()

/**
 * Lets approved money go: cash is given over the desk at once, all else is promised by the day that law or house say,
 * until somebody notes that it was paid.
 */
export const payOut = async (work: Work, returnId: number, atDesk: boolean): Promise<void> => {
  const { case_id: caseId, person_id: personId } = await work.tx
    .selectFrom('returns')
    .select(['case_id', 'person_id'])
    .where('id', '=', returnId)
    .executeTakeFirstOrThrow()
  const refunds = await work.tx.selectFrom('refunds').selectAll().where('return_id', '=', returnId).execute()
  for (const refund of refunds.filter(one => one.state === 'to_pay')) {
    if (refund.tender === 'cash' && atDesk) {
      await done(work, refund.id, 'From the till')
      continue
    }
    const promiseId = await makePromise(work, {
      kind: 'refund_payment',
      subject: { kind: 'case', id: caseId },
      title: 'Refund',
      toPersonId: personId,
      byStaffId: work.actor.kind === 'staff' ? work.actor.id : null,
      ...(refund.pay_by ? { dueAt: refund.pay_by } : {}),
    })
    await work.tx.updateTable('refunds').set({ promise_id: promiseId }).where('id', '=', refund.id).execute()
  }
}

type Paid = { id: number; failed?: true | undefined; reference: string }

/** Notes that a refund was paid, or that it could not be. @throws Refusal `conflict` where it is not to be paid */
export const notePaid = async (work: Work, { id, failed, reference }: Paid) => {
  const reading = { db: work.tx, actor: work.actor, now: work.now }
  const refund = await work.tx.selectFrom('refunds').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!refund) return notFound('refund')
  const shown = await returnById(reading, refund.return_id)
  if (refund.state === 'done' && !failed) return shown
  if (refund.state !== 'to_pay' && refund.state !== 'failed')
    throw new Refusal('conflict', 'This refund is not to be paid now.')
  if (failed)
    await work.tx
      .updateTable('refunds')
      .set({ state: 'failed', reference, changed_at: work.now })
      .where('id', '=', id)
      .execute()
  else {
    await done(work, id, reference)
    if (refund.promise_id) await keepPromise(work, refund.promise_id)
  }
  work.record({
    type: failed ? 'case.refund_failed' : 'case.refund_paid',
    subject: { kind: 'case', id: shown.caseId },
    data: { returnId: refund.return_id, amount: refund.amount_minor, currency: shown.currency },
  })
  return returnById(reading, refund.return_id)
}
