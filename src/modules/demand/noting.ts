import { sql } from 'kysely'
import { staffIdOf } from '../../platform/permissions/actor.ts'
import { assertFresh, notFound, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { changeCase } from '../cases/index.ts'
import { linesOf, type ProductLine, placesOf } from '../catalogue/index.ts'
import { personById } from '../people/index.ts'
import { aboutCase } from './about.ts'
import { demandById } from './queries.ts'

const productOf = async (work: Work, id: number, field: string): Promise<ProductLine> =>
  (await linesOf({ db: work.tx }, [id])).get(id) ?? refuseField(field, 'There is no such product')

const assertPlace = async (work: Work, placeId: number | null): Promise<void> => {
  if (!placeId) return
  const place = await work.tx
    .selectFrom('places')
    .select('id')
    .where('id', '=', placeId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (!place) refuseField('placeId', 'There is no such place')
}

/** Why it could not be had, as far as the catalogue knows. */
const reasonOf = (product: ProductLine, placeId: number | null): string => {
  if (product.discontinuedAt) return 'discontinued'
  const here = product.availability.find(one => one.placeId === placeId)
  if (here?.state === 'discontinued') return 'discontinued'
  return placeId && placesOf(product, placeId).length > 0 ? 'not_here' : 'out'
}

/** A case that is about nothing yet is about this. */
const tieCase = async (
  work: Work,
  kase: { id: number; productId: number | null },
  productId: number,
): Promise<void> => {
  if (kase.productId === null) await changeCase(work, { id: kase.id, productId })
}

const subjectOf = (id: number, caseId: number | null) =>
  caseId ? { kind: 'case', id: caseId } : { kind: 'demand', id }

export type NewDemand = {
  productId: number
  placeId: number | null
  caseId: number | null
  personId: number | null
  quantity: number
  reason?: string | undefined
  words: string
  outcome: string
}

/**
 * Notes that somebody asked for what could not be had: who, where, what it was worth.
 * @throws Refusal naming the field that is wrong
 */
export const noteDemand = async (work: Work, input: NewDemand) => {
  const product = await productOf(work, input.productId, 'productId')
  await assertPlace(work, input.placeId)
  const kase = input.caseId ? await aboutCase(work, input.caseId) : null
  const personId = kase?.personId ?? (input.personId ? (await personById({ db: work.tx }, input.personId)).id : null)
  const { id } = await work.tx
    .insertInto('demands')
    .values({
      product_id: product.id,
      place_id: input.placeId,
      case_id: kase?.id ?? null,
      person_id: personId,
      staff_id: staffIdOf(work.actor),
      asked_at: work.now,
      quantity: input.quantity,
      reason: input.reason ?? reasonOf(product, input.placeId),
      words: input.words,
      worth_minor: product.priceMinor === null ? null : product.priceMinor * input.quantity,
      currency: product.currency,
      outcome: input.outcome,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  if (kase) await tieCase(work, kase, product.id)
  work.record({
    type: 'demand.noted',
    subject: subjectOf(id, kase?.id ?? null),
    data: { demandId: id, name: product.name },
  })
  return demandById({ db: work.tx, actor: work.actor }, id)
}

type Offer = { productId: number; answer: string }
export type Change = {
  id: number
  caseId?: number | undefined
  outcome?: string | undefined
  acceptedId?: number | null | undefined
  offers?: Offer[] | undefined
  reason?: string | undefined
  words?: string | undefined
  answer?: string | undefined
  version?: number | undefined
}

/** One's own to change: without a case, or in one that may be seen. */
export const lockDemand = async (work: Work, id: number) => {
  const row = await work.tx.selectFrom('demands').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) return notFound('demand')
  const kase = row.case_id ? await aboutCase(work, row.case_id) : null
  return { ...row, case_id: kase?.id ?? null }
}

const setOffers = async (work: Work, demandId: number, productId: number, offers: readonly Offer[]): Promise<void> => {
  const ids = offers.map(one => one.productId)
  const { rows } = await sql<{ id: number }>`select id from products where id = any(${ids}::bigint[])`.execute(work.tx)
  const known = new Set(rows.map(row => row.id))
  const wrong = offers.findIndex(one => !known.has(one.productId) || one.productId === productId)
  if (wrong >= 0) refuseField(`offers[${wrong}].productId`, 'This cannot be offered instead')
  for (const { productId: offered, answer } of offers)
    await sql`insert into demand_offers (demand_id, product_id, answer, at) values (${demandId}, ${offered}, ${answer}, ${work.now})
      on conflict (demand_id, product_id) do update set answer = excluded.answer, at = excluded.at`.execute(work.tx)
}

const outcomeOf = (before: { outcome: string; accepted_id: number | null }, input: Change) => {
  const outcome = input.outcome ?? (input.acceptedId ? 'accepted' : before.outcome)
  const acceptedId = outcome === 'accepted' ? (input.acceptedId ?? before.accepted_id) : null
  if (outcome === 'accepted' && !acceptedId) refuseField('acceptedId', 'Say what they took instead')
  if (outcome !== 'accepted' && input.acceptedId) refuseField('acceptedId', 'Only with the outcome “accepted”')
  return { outcome, acceptedId }
}

/**
 * Says what was offered, what came of it, and why.
 * @throws Refusal `stale` with an old version, `invalid` naming the field
 */
export const changeDemand = async (work: Work, input: Change) => {
  const before = await lockDemand(work, input.id)
  assertFresh(before.version, input.version, 'record')
  const { outcome, acceptedId } = outcomeOf(before, input)
  const kase = input.caseId ? await aboutCase(work, input.caseId) : null
  if (acceptedId && acceptedId !== before.accepted_id) await productOf(work, acceptedId, 'acceptedId')
  const offers: Offer[] = [
    ...(input.offers ?? []).filter(one => one.productId !== acceptedId),
    ...(acceptedId ? [{ productId: acceptedId, answer: 'accepted' }] : []),
  ]
  if (offers.length > 0) await setOffers(work, input.id, before.product_id, offers)
  await work.tx
    .updateTable('demands')
    .set({
      outcome,
      accepted_id: acceptedId,
      reason: input.reason ?? before.reason,
      words: input.words ?? before.words,
      answer: input.answer ?? before.answer,
      ...(kase ? { case_id: kase.id, person_id: kase.personId } : {}),
      version: before.version + 1,
    })
    .where('id', '=', input.id)
    .execute()
  if (kase) await tieCase(work, kase, before.product_id)
  const changed = await demandById({ db: work.tx, actor: work.actor }, input.id)
  const data = { demandId: input.id, name: changed.product.name, outcome, instead: changed.accepted?.name ?? null }
  const subject = subjectOf(input.id, kase?.id ?? before.case_id)
  if (outcome !== before.outcome) work.record({ type: 'demand.settled', subject, data })
  else work.record({ type: 'demand.changed', subject, data })
  return changed
}
