import { type RawBuilder, sql } from 'kysely'
import { pageOf, readCursor, writeCursor } from '../../platform/http/cursor.ts'
import { mayDo } from '../../platform/permissions/actor.ts'
import { notFound } from '../../platform/refusal.ts'
import type { Reading } from '../../platform/work.ts'
import { escapeLike } from '../people/index.ts'
import { declaredOnly } from './attributes.ts'
import type { Attribute, AttributeValue, Product, ProductLine } from './contract-shapes.ts'

type Db = Pick<Reading, 'db'>

/** What is said of where it is: places that have ended say nothing. */
const availability = sql`coalesce((select json_agg(json_build_object('placeId', l.id, 'place', l.name, 'state', a.state,
    'expectedOn', a.expected_on::text, 'source', a.source, 'updatedAt', a.updated_at, 'updatedBy', a.updated_by) order by folded(l.name))
  from product_availability a join places l on l.id = a.place_id and l.ended_at is null where a.product_id = p.id), '[]')`

/** A product in a list; every SQL reads `products` as `p`. */
export const lineColumns = sql`p.id, p.kind, p.name, p.number, p.barcode, p.family_id as "familyId",
  (select f.name from product_families f where f.id = p.family_id) as "familyName", p.quality,
  p.price_minor as "priceMinor", p.currency, p.discontinued_at as "discontinuedAt",
  (select min(i.id) from product_pictures i where i.product_id = p.id) as "pictureId", p.warnings <> '' as "hasWarnings",
  (select count(*)::int from product_faults u where u.product_id = p.id and u.fixed_on is null) as "openFaults",
  ${availability} as availability`

/** Somewhere it can be had now: at one place, or at any. A service nobody said anything of can be had. */
export const availableSql = (
  placeId?: number | null,
): RawBuilder<boolean> => sql<boolean>`(p.discontinued_at is null and (
  exists (select 1 from product_availability a join places l on l.id = a.place_id and l.ended_at is null
    where a.product_id = p.id and a.state in ('in_stock', 'low') ${placeId ? sql`and a.place_id = ${placeId}` : sql``})
  or (p.kind = 'service' and not exists (select 1 from product_availability a where a.product_id = p.id
    ${placeId ? sql`and a.place_id = ${placeId}` : sql``}))))`

export type ListInput = {
  limit: number
  cursor?: string | undefined
  q?: string | undefined
  familyId?: number | undefined
  kind?: string | undefined
  placeId?: number | undefined
  availability?: string | undefined
  discontinued?: 'yes' | 'no' | undefined
}

const stateSql = (state: string, placeId: number | undefined): RawBuilder<boolean> => {
  const at = placeId ? sql`and a.place_id = ${placeId}` : sql``
  if (state === 'available') return availableSql(placeId)
  if (state === 'unknown')
    return sql<boolean>`not exists (select 1 from product_availability a where a.product_id = p.id ${at})`
  return sql<boolean>`exists (select 1 from product_availability a where a.product_id = p.id and a.state = ${state} ${at})`
}

/** Words as somebody types them: each the beginning of one that the product has. */
export const prefixQuery = (q: string): string =>
  q
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .slice(0, 12)
    .map(word => `${word}:*`)
    .join(' & ')

/** By number or barcode exactly, by the words it has, or by a part of its name. */
const foundBy = (q: string): RawBuilder<boolean> => {
  const words = prefixQuery(q)
  const digits = q.replace(/\D/g, '').replace(/^0+/, '')
  return sql<boolean>`p.id in (
    select id from products where upper(number) = upper(${q})
    union all select id from products where barcode is not null and ltrim(barcode, '0') = ${digits || q}
    ${words ? sql`union all select id from products where words @@ to_tsquery('simple', folded(${words}))` : sql``}
    ${q.length > 2 ? sql`union all select id from products where folded(name) like folded(${`%${escapeLike(q)}%`})` : sql``})`
}

const filtersOf = (input: ListInput): RawBuilder<boolean>[] => [
  ...(input.q?.trim() ? [foundBy(input.q.trim())] : []),
  ...(input.familyId ? [sql<boolean>`p.family_id = ${input.familyId}`] : []),
  ...(input.kind ? [sql<boolean>`p.kind = ${input.kind}`] : []),
  ...(input.availability ? [stateSql(input.availability, input.placeId)] : []),
  ...(input.discontinued ? [sql<boolean>`(p.discontinued_at is not null) = ${input.discontinued === 'yes'}`] : []),
]

/** A page of the catalogue, by name. */
export const listProducts = async ({ db }: Db, input: ListInput) => {
  const after = readCursor('products', input.cursor, 2)
  const parts = [
    sql<boolean>`true`,
    ...filtersOf(input),
    ...(after ? [sql<boolean>`(folded(p.name), p.id) > (${after[0]}, ${after[1]}::bigint)`] : []),
  ]
  const { rows } = await sql<ProductLine & { key: string }>`select ${lineColumns}, folded(p.name) as key from (
      select * from products p where ${sql.join(parts, sql` and `)} order by folded(p.name), p.id limit ${input.limit + 1}
    ) p order by folded(p.name), p.id`.execute(db)
  const page = pageOf(rows, input.limit, last => writeCursor('products', [last.key, last.id]))
  return { ...page, items: page.items.map(({ key: _key, ...line }) => line) }
}

/** Products by their ids, as lines. */
export const linesOf = async ({ db }: Db, ids: readonly number[]): Promise<Map<number, ProductLine>> => {
  if (ids.length === 0) return new Map()
  const { rows } =
    await sql<ProductLine>`select ${lineColumns} from products p where p.id = any(${[...ids]}::bigint[])`.execute(db)
  return new Map(rows.map(row => [row.id, row]))
}

/** The product that a number or barcode stands for. @throws Refusal `not_found` */
export const productByCode = async ({ db }: Db, code: string): Promise<ProductLine> => {
  const { rows } = await sql<ProductLine>`select ${lineColumns} from products p where upper(p.number) = upper(${code})
    or (p.barcode is not null and ltrim(p.barcode, '0') = ltrim(${code}, '0')) order by upper(p.number) = upper(${code}) desc limit 1`.execute(
    db,
  )
  return rows[0] ?? notFound('product')
}

type Whole = Omit<Product, 'can' | 'attributes' | 'declared'> & {
  attributes: Record<string, AttributeValue>
  declared: Attribute[] | null
}

/** Everything that is known of a product. */
export const productById = async ({ db, actor }: Pick<Reading, 'db' | 'actor'>, id: number): Promise<Product> => {
  const { rows } =
    await sql<Whole>`select ${lineColumns}, p.description, p.attributes, p.packaging, p.guarantee, p.warnings,
      p.safety, p.url, p.created_at as "createdAt", p.version,
      (select f.attributes from product_families f where f.id = p.family_id) as declared,
      coalesce((select json_agg(json_build_object('text', u.text, 'since', u.since::text, 'workaround', u.workaround, 'fixedOn', u.fixed_on::text)
        order by u.fixed_on is not null, u.id) from product_faults u where u.product_id = p.id), '[]') as faults,
      coalesce((select json_agg(json_build_object('source', r.source, 'publishedOn', r.published_on::text, 'quote', r.quote, 'url', r.url)
        order by r.published_on desc nulls last, r.id) from product_press r where r.product_id = p.id), '[]') as press,
      coalesce((select json_agg(json_build_object('id', i.id, 'name', i.name, 'alt', i.alt, 'url', '/api/product-pictures/' || i.id) order by i.id)
        from product_pictures i where i.product_id = p.id), '[]') as pictures,
      coalesce((select json_agg(json_build_object('productId', o.id, 'name', o.name, 'number', o.number, 'bothWays', x.both_ways, 'note', x.note)
        order by x.position) from product_alternatives x join products o on o.id = x.other_id where x.product_id = p.id), '[]') as alternatives
    from products p where p.id = ${id}`.execute(db)
  const row = rows[0] ?? notFound('product')
  const declared = row.declared ?? []
  const can = [
    ...(mayDo(actor, 'catalogue.edit') ? (['edit'] as const) : []),
    ...(mayDo(actor, 'catalogue.stock') ? (['stock'] as const) : []),
  ]
  return { ...row, declared, attributes: declaredOnly(declared, row.attributes), can }
}
