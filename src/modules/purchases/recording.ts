import { sql } from 'kysely'
import type * as z from 'zod'
import { refuseField } from '../../platform/refusal.ts'
import { redactText } from '../../platform/text/redact.ts'
import type { Work } from '../../platform/work.ts'
import { currencyOf } from '../identity/index.ts'
import { recognise } from '../people/index.ts'
import type { newPurchase } from './contract-shapes.ts'
import { giftTaken } from './gift-taken.ts'
import { purchaseById } from './queries.ts'
import { type Ready, readyLines } from './reading-lines.ts'
import { replaceLines } from './replacing.ts'

type Input = z.output<z.ZodObject<typeof newPurchase>>

/** Clocks of tills are not all right. */
const aheadMs = 5 * 60_000

const boughtAtOf = (work: Work, given: string | undefined): Date => {
  const at = given ? new Date(given) : work.now
  if (at.getTime() > work.now.getTime() + aheadMs) refuseField('boughtAt', 'This moment is still to come')
  return at
}

/** @throws Refusal naming `personId` or the part of `customer` that makes no sense */
const buyerOf = async (work: Work, { personId, customer }: Input): Promise<number | null> => {
  if (personId !== null) {
    const known = await work.tx.selectFrom('people').select('id').where('id', '=', personId).executeTakeFirst()
    return known?.id ?? refuseField('personId', 'There is no such person')
  }
  if (!customer || Object.values(customer).every(value => !value)) return null
  return (await recognise(work, customer, 'purchase')).id
}

const assertPlace = async (work: Work, placeId: number | null): Promise<void> => {
  if (placeId === null) return
  const place = await work.tx.selectFrom('places').select('id').where('id', '=', placeId).executeTakeFirst()
  if (!place) refuseField('placeId', 'There is no such place')
}

/** What was taken is what was to be paid; how it was paid may be unknown altogether. */
const assertPaid = ({ payments, carriageMinor, carriageExtraMinor }: Input, lines: readonly Ready[]): void => {
  if (payments.length === 0) return
  const taken = payments.reduce((sum, one) => sum + one.amountMinor, 0)
  const total = lines.reduce((sum, one) => sum + one.paidMinor, carriageMinor + carriageExtraMinor)
  if (taken !== total)
    refuseField('payments', `The payments come to ${taken} and what was bought to ${total}, in minor units`)
}

const valuesOf = (input: Input, personId: number | null, boughtAt: Date) => ({
  number: input.number,
  gift_number: input.giftNumber,
  source: input.source,
  external_id: input.externalId,
  channel: input.channel,
  place_id: input.placeId,
  person_id: personId,
  country: input.country,
  bought_at: boughtAt,
  carriage_minor: input.carriageMinor,
  carriage_extra_minor: input.carriageExtraMinor,
})

/** The purchase that was told of before by the same number of the same system, locked. */
const toldBefore = async (work: Work, { source, externalId }: Input) => {
  if (externalId === null) return null
  // Two that tell of the same purchase at once: one after the other.
  await sql`select pg_advisory_xact_lock(7203191, hashtext(${`${source} ${externalId}`}))`.execute(work.tx)
  return (
    (await work.tx
      .selectFrom('purchases')
      .selectAll()
      .where('source', '=', source)
      .where('external_id', '=', externalId)
      .forUpdate()
      .executeTakeFirst()) ?? null
  )
}

const setPayments = async (work: Work, id: number, { payments }: Input): Promise<void> => {
  const back = sql<{ back: number }>`select coalesce(sum(refunded_minor), 0)::bigint as back from purchase_payments
    where purchase_id = ${id}`
  if (((await back.execute(work.tx)).rows[0]?.back ?? 0) > 0) return
  await work.tx.deleteFrom('purchase_payments').where('purchase_id', '=', id).execute()
  if (payments.length > 0)
    await work.tx
      .insertInto('purchase_payments')
      .values(
        payments.map(one => ({
          purchase_id: id,
          tender: one.tender,
          amount_minor: one.amountMinor,
          reference: redactText(one.reference).text,
        })),
      )
      .execute()
}

/** @throws Refusal naming `currency`: what was paid in one cannot become another once some of it went back */
const assertCurrency = (before: { id: number; currency: string } | null, currency: string): void => {
  if (before && before.currency !== currency)
    refuseField('currency', `This purchase was told of in ${before.currency}. An amount does not change its currency.`)
}

/**
 * Keeps a purchase. Told again by its external number it is changed, as far as nothing of it came back.
 * @throws Refusal naming the field that makes no sense
 */
export const recordPurchase = async (work: Work, input: Input) => {
  const boughtAt = boughtAtOf(work, input.boughtAt)
  const before = await toldBefore(work, input)
  const currency = input.currency ?? before?.currency ?? (await currencyOf({ db: work.tx }))
  assertCurrency(before, currency)
  await assertPlace(work, input.placeId)
  const sale = { channel: input.channel, boughtAt, now: work.now, discountMinor: input.discountMinor }
  const lines = await readyLines(work, input.lines, sale)
  assertPaid(input, lines)
  const buyer = await buyerOf(work, input)
  const values = valuesOf(input, buyer ?? before?.person_id ?? null, boughtAt)
  const { id } = before
    ? await work.tx
        .updateTable('purchases')
        .set({ ...values, version: before.version + 1 })
        .where('id', '=', before.id)
        .returning('id')
        .executeTakeFirstOrThrow()
        .catch(giftTaken)
    : await work.tx
        .insertInto('purchases')
        .values({ ...values, currency, created_at: work.now, created_by: work.actor.id })
        .returning('id')
        .executeTakeFirstOrThrow()
        .catch(giftTaken)
  await replaceLines(work, id, lines)
  await setPayments(work, id, input)
  const type = before ? 'purchase.changed' : 'purchase.recorded'
  work.record({ type, subject: { kind: 'purchase', id }, data: { number: input.number, personId: values.person_id } })
  return purchaseById({ db: work.tx }, id)
}
