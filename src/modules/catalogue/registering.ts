import { type RawBuilder, sql } from 'kysely'
import { assertFresh, notFound, Refusal, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { currencyOf } from '../identity/index.ts'
import { nextAttributes } from './attributes.ts'
import { barcodeOf } from './barcode.ts'
import type { Attribute, AttributeValue, Product } from './contract-shapes.ts'
import { type Lists, setLists } from './listing.ts'
import { productById } from './queries.ts'

type About = Lists & {
  familyId?: number | null | undefined
  kind?: string | undefined
  barcode?: string | null | undefined
  description?: string | undefined
  attributes?: Record<string, AttributeValue | null> | undefined
  quality?: string | undefined
  priceMinor?: number | null | undefined
  currency?: string | undefined
  packaging?: string | undefined
  guarantee?: string | undefined
  warnings?: string | undefined
  safety?: string | undefined
  url?: string | undefined
}
export type NewProduct = About & { kind: string; name: string; number: string }

const plain = {
  kind: 'kind',
  name: 'name',
  number: 'number',
  description: 'description',
  quality: 'quality',
  priceMinor: 'price_minor',
  currency: 'currency',
  packaging: 'packaging',
  guarantee: 'guarantee',
  warnings: 'warnings',
  safety: 'safety',
  url: 'url',
} as const

const columnsOf = (input: About & { name?: string | undefined; number?: string | undefined }) => ({
  ...Object.fromEntries(
    Object.entries(plain).flatMap(([field, column]) => {
      const value = input[field as keyof typeof plain]
      return value === undefined ? [] : [[column, value]]
    }),
  ),
  ...(input.barcode === undefined ? {} : { barcode: barcodeOf(input.barcode) }),
  ...(input.familyId === undefined ? {} : { family_id: input.familyId }),
})

const declaredBy = async (work: Work, familyId: number | null | undefined): Promise<Attribute[]> => {
  if (!familyId) return []
  const family = await work.tx
    .selectFrom('product_families')
    .select('attributes')
    .where('id', '=', familyId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return (family?.attributes as unknown as Attribute[]) ?? refuseField('familyId', 'There is no such family')
}

/** @throws Refusal `conflict` naming the field whose value another product has */
const assertOwn = async (work: Work, id: number, input: { number?: string | undefined; barcode?: string | null }) => {
  const taken = async (field: string, same: RawBuilder<unknown>) => {
    const { rows } = await sql<{
      id: number
      name: string
    }>`select id, name from products where ${same} and id <> ${id}`.execute(work.tx)
    const [other] = rows
    if (!other) return
    const message = `This belongs to ${other.name} already.`
    throw new Refusal('conflict', message, [{ field, message: 'belongs to another product already' }], {
      productId: other.id,
    })
  }
  if (input.number) await taken('number', sql`upper(number) = upper(${input.number})`)
  if (input.barcode)
    await taken('barcode', sql`barcode is not null and ltrim(barcode, '0') = ltrim(${input.barcode}, '0')`)
}

/**
 * Adds a product or service.
 * @throws Refusal naming the field that is wrong, `conflict` where its number or barcode belongs to another
 */
export const addProduct = async (work: Work, input: NewProduct): Promise<Product> => {
  const attributes = nextAttributes(await declaredBy(work, input.familyId), {}, input.attributes)
  const columns = columnsOf(input)
  await assertOwn(work, 0, columns)
  const { id } = await work.tx
    .insertInto('products')
    .values({
      currency: await currencyOf({ db: work.tx }),
      ...columns,
      kind: input.kind,
      name: input.name,
      number: input.number,
      attributes: JSON.stringify(attributes),
      created_at: work.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await setLists(work, id, input)
  work.record({
    type: 'product.added',
    subject: { kind: 'product', id },
    data: { name: input.name, number: input.number },
  })
  return productById({ db: work.tx, actor: work.actor }, id)
}

type Change = About & {
  id: number
  name?: string | undefined
  number?: string | undefined
  discontinued?: boolean | undefined
  version?: number | undefined
}

const lists = ['faults', 'press', 'alternatives'] as const

/**
 * Changes a product or service. One that has been discontinued is offered no more, and can be brought back.
 * @throws Refusal `stale` with an old version, otherwise as when one is added
 */
export const changeProduct = async (work: Work, input: Change): Promise<Product> => {
  const before = await work.tx
    .selectFrom('products')
    .selectAll()
    .where('id', '=', input.id)
    .forUpdate()
    .executeTakeFirst()
  if (!before) return notFound('product')
  assertFresh(before.version, input.version, 'product')
  const familyId = input.familyId === undefined ? before.family_id : input.familyId
  const declared = familyId || input.attributes ? await declaredBy(work, familyId) : []
  const had = before.attributes as Record<string, AttributeValue>
  const columns: Record<string, unknown> & ReturnType<typeof columnsOf> = columnsOf(input)
  await assertOwn(work, input.id, columns)
  const ended =
    input.discontinued === undefined
      ? before.discontinued_at
      : input.discontinued
        ? (before.discontinued_at ?? work.now)
        : null
  const next: Record<string, unknown> = { ...columns, discontinued_at: ended }
  const changed = Object.keys(next).filter(key => next[key] !== before[key as keyof typeof before])
  const attributes = nextAttributes(declared, had, input.attributes)
  await work.tx
    .updateTable('products')
    .set({ ...next, attributes: JSON.stringify(attributes), version: before.version + 1 })
    .where('id', '=', input.id)
    .execute()
  await setLists(work, input.id, input)
  const fields = [
    ...changed,
    ...(JSON.stringify(attributes) === JSON.stringify(had) ? [] : ['attributes']),
    ...lists.filter(list => input[list] !== undefined),
  ]
  const data = { name: input.name ?? before.name, fields }
  work.record({ type: 'product.changed', subject: { kind: 'product', id: input.id }, data })
  return productById({ db: work.tx, actor: work.actor }, input.id)
}
