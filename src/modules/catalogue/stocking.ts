import { sql } from 'kysely'
import { notFound, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { type Availability, availableStates, type StockState } from './contract-shapes.ts'
import { linesOf } from './queries.ts'

type Said = { id: number; placeId: number; state: StockState | null; expectedOn: string | null }

const isThere = (state: string | null | undefined): boolean =>
  (availableStates as readonly (string | null | undefined)[]).includes(state)

const assertPlace = async (work: Work, placeId: number): Promise<string> => {
  const place = await work.tx
    .selectFrom('places')
    .select('name')
    .where('id', '=', placeId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return place?.name ?? refuseField('placeId', 'There is no such place')
}

/** An expected day only makes sense for what is not there, and must be one that can still come. */
const assertExpected = (work: Work, { state, expectedOn }: Said): void => {
  if (!expectedOn) return
  if (state !== 'out' && state !== 'low') refuseField('expectedOn', 'A day is expected only for what is out or low')
  const today = work.now.toISOString().slice(0, 10)
  if (expectedOn < today) refuseField('expectedOn', 'This day is over')
}

/**
 * Says whether a place has a product. When it comes back, `product.available` tells whoever waits for that.
 * @throws Refusal naming the field that is wrong
 */
export const setAvailability = async (work: Work, said: Said): Promise<{ items: Availability[] }> => {
  const { id, placeId, state } = said
  const product = await work.tx
    .selectFrom('products')
    .select('name')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!product) return notFound('product')
  const place = await assertPlace(work, placeId)
  assertExpected(work, said)
  const before = await work.tx
    .selectFrom('product_availability')
    .select('state')
    .where('product_id', '=', id)
    .where('place_id', '=', placeId)
    .executeTakeFirst()
  if (state === null)
    await work.tx
      .deleteFrom('product_availability')
      .where('product_id', '=', id)
      .where('place_id', '=', placeId)
      .execute()
  else
    await sql`insert into product_availability (product_id, place_id, state, expected_on, source, updated_at, updated_by)
      values (${id}, ${placeId}, ${state}, ${said.expectedOn}::date, ${work.actor.tokenId ? 'api' : 'hand'}, ${work.now}, ${work.actor.name})
      on conflict (product_id, place_id) do update set state = excluded.state, expected_on = excluded.expected_on,
        source = excluded.source, updated_at = excluded.updated_at, updated_by = excluded.updated_by`.execute(work.tx)
  const subject = { kind: 'product', id }
  const data = { name: product.name, placeId, place, state, expectedOn: said.expectedOn }
  work.record({ type: 'product.stock_said', subject, data, before: { state: before?.state ?? null }, after: { state } })
  if (isThere(state) && before && !isThere(before.state))
    work.record({ type: 'product.available', subject, data: { name: product.name, placeId, place } })
  return { items: (await linesOf({ db: work.tx }, [id])).get(id)?.availability ?? [] }
}
