import { sql } from 'kysely'
import { notFound } from '../../platform/refusal.ts'
import type { Reading } from '../../platform/work.ts'
import type { Alternative } from './contract-matching.ts'
import { availableStates, type ProductLine } from './contract-shapes.ts'
import { type Likened, likenessOf, nearPrice, wordLikeness } from './likeness.ts'
import { availableSql, linesOf } from './queries.ts'

type Db = Pick<Reading, 'db'>
type Rank = Alternative['rank']
type Candidate = Likened & { id: number; rank: Rank; note: string; position: number; trigrams: number; here: boolean }

/** So many are weighed: those set by staff, and the most alike of the family and of the whole catalogue. */
const mostWeighed = 200

/** What might be offered instead and can be had: each once, in the best rank it has. */
const candidatesOf = async ({ db }: Db, id: number, placeId: number | null): Promise<Candidate[]> => {
  const { rows } = await sql<Candidate>`
    with asked as (select * from products where id = ${id}),
    given (id, rank, note, position) as (
      select other_id, 0, note, position from product_alternatives where product_id = ${id}
      union all select product_id, 0, note, 1000 + position from product_alternatives where other_id = ${id} and both_ways
      union all (select p.id, 1, '', 0 from asked o join products p on p.family_id = o.family_id and p.id <> o.id and p.kind = o.kind
        where ${availableSql()} order by similarity(folded(o.name), folded(p.name)) desc, p.id limit ${mostWeighed})
      union all (select a.id, 2, '', 0 from products_alike(${id}, ${mostWeighed * 2}) a join products p on p.id = a.id
        where ${availableSql()} limit ${mostWeighed})),
    best as (select distinct on (id) * from given order by id, rank, position)
    select p.id, p.name, p.price_minor as "priceMinor", p.currency, b.note, b.position,
      (array['set', 'family', 'alike'])[b.rank + 1] as rank, similarity(folded(o.name), folded(p.name))::float8 as trigrams,
      ${availableSql(placeId)} as here
    from best b join products p on p.id = b.id, asked o where ${availableSql()}
    order by b.rank, b.position, p.id`.execute(db)
  return rows
}

const rankOrder: Record<Rank, number> = { set: 0, family: 1, alike: 2 }

/** Where a product can be had, other than at a place. */
export const placesOf = (line: ProductLine | undefined, otherThan: number | null) =>
  (line?.availability ?? [])
    .filter(({ state, placeId }) => availableStates.includes(state) && placeId !== otherThan)
    .map(({ placeId, place }) => ({ placeId, place }))

type Scored = Candidate & { parts: Alternative['parts']; score: number }

/** What is at the place comes before what has to be brought; colleagues' own order stands within that. */
const inOrder = (a: Scored, b: Scored): number =>
  rankOrder[a.rank] - rankOrder[b.rank] ||
  Number(b.here) - Number(a.here) ||
  (a.rank === 'set' ? a.position - b.position : 0) ||
  b.score - a.score ||
  a.id - b.id

const scored = (asked: Likened, candidates: readonly Candidate[]): Scored[] => {
  const words = wordLikeness(
    asked.name,
    candidates.map(one => one.name),
  )
  return candidates
    .map((one, index) => {
      const parts = {
        words: words[index] ?? 0,
        trigrams: Math.round(one.trigrams * 1e6) / 1e6,
        price: nearPrice(asked, one),
      }
      return { ...one, parts, score: likenessOf(parts) }
    })
    .toSorted(inOrder)
}

/**
 * What to offer instead of a product: what colleagues set first, then others of its family, then what is most alike in
 * words, letters and price. Only what can be had, at the place or at another one, which is named.
 */
export const alternativesOf = async (
  reading: Db,
  input: { id: number; placeId?: number | undefined; limit: number },
): Promise<{ transfer: { placeId: number; place: string }[]; items: Alternative[] }> => {
  const placeId = input.placeId ?? null
  const own = (await linesOf(reading, [input.id])).get(input.id) ?? notFound('product')
  const best = scored(own, await candidatesOf(reading, input.id, placeId)).slice(0, input.limit)
  const lines = await linesOf(
    reading,
    best.map(one => one.id),
  )
  return {
    transfer: own.discontinuedAt ? [] : placesOf(own, placeId),
    items: best.flatMap(({ id, rank, note, score, parts, here }) => {
      const product = lines.get(id)
      return product
        ? [{ product, rank, note, score, parts, here, elsewhere: here ? [] : placesOf(product, placeId) }]
        : []
    }),
  }
}
