import * as z from 'zod'
import { Currency, Id, line, Moment, personal, spelled, text } from '../../shared/contract.ts'

export const attributeTypes = ['text', 'number', 'choice', 'flag'] as const
export const productKinds = ['product', 'service'] as const
export const stockStates = ['in_stock', 'low', 'out', 'discontinued'] as const
/** The states in which somebody can have it now. */
export const availableStates: readonly StockState[] = ['in_stock', 'low']

export const ProductKind = z.enum(productKinds)
export const StockState = z.enum(stockStates)
export type StockState = z.infer<typeof StockState>
/** A state as a sheet has it: `In stock`, `sold out`. */
export const GivenState = spelled(StockState, {
  available: 'in_stock',
  yes: 'in_stock',
  low_stock: 'low',
  no: 'out',
  out_of_stock: 'out',
  sold_out: 'out',
  ended: 'discontinued',
})

/** A feature that products of a family have, declared before any product says it. */
export const Attribute = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'Small letters, digits and _ only'),
  label: line(100),
  type: z.enum(attributeTypes),
  unit: z.string().trim().max(20).default(''),
  choices: z.array(line(100)).max(100).default([]),
})
export type Attribute = z.infer<typeof Attribute>

export const AttributeValue = z.union([z.string().max(500), z.number(), z.boolean()])
export type AttributeValue = z.infer<typeof AttributeValue>
export const AttributeValues = z.record(z.string().max(40), AttributeValue.nullable())

export const Family = z.object({
  id: Id,
  name: z.string(),
  attributes: z.array(Attribute),
  /** Whoever buys or plans: told each week what could not be supplied. */
  staffId: Id.nullable(),
  staffName: personal(z.string()).nullable(),
  productCount: z.number(),
  version: z.number(),
})
export type Family = z.infer<typeof Family>

export const Place = z.object({ id: Id, name: z.string(), address: z.string(), version: z.number() })
export type Place = z.infer<typeof Place>

/** A calendar day, `2026-11-30`. */
export const Day = z.iso.date('Must be a date such as 2026-11-30')

export const Availability = z.object({
  placeId: Id,
  place: z.string(),
  state: StockState,
  expectedOn: z.string().nullable(),
  source: z.enum(['hand', 'api', 'import']),
  updatedAt: Moment,
  updatedBy: personal(z.string()),
})
export type Availability = z.infer<typeof Availability>

/** A product in a list. */
export const ProductLine = z.object({
  id: Id,
  kind: ProductKind,
  name: z.string(),
  number: z.string(),
  barcode: z.string().nullable(),
  familyId: Id.nullable(),
  familyName: z.string().nullable(),
  quality: z.string(),
  /** Minor units of the currency: pence. */
  priceMinor: z.number().nullable(),
  currency: z.string(),
  discontinuedAt: Moment.nullable(),
  pictureId: Id.nullable(),
  hasWarnings: z.boolean(),
  openFaults: z.number(),
  availability: z.array(Availability),
})
export type ProductLine = z.infer<typeof ProductLine>

export const Fault = z.strictObject({
  text: line(2000),
  since: Day.nullable().default(null),
  workaround: text(2000).default(''),
  fixedOn: Day.nullable().default(null),
})
export type Fault = z.infer<typeof Fault>

const Link = z.union([
  z.literal(''),
  z.url({ protocol: /^https?$/, error: 'Must begin with http:// or https://' }).max(1000),
])

export const Press = z.strictObject({
  source: line(200),
  publishedOn: Day.nullable().default(null),
  quote: line(2000),
  url: Link.default(''),
})
export type Press = z.infer<typeof Press>

export const SetAlternative = z.strictObject({
  productId: Id,
  /** Each is offered in place of the other. */
  bothWays: z.boolean().default(false),
  note: text(500).default(''),
})
export type SetAlternative = z.infer<typeof SetAlternative>

export const Picture = z.object({ id: Id, name: z.string(), alt: z.string(), url: z.string() })
export type Picture = z.infer<typeof Picture>

export const Product = ProductLine.extend({
  description: z.string(),
  attributes: z.record(z.string(), AttributeValue),
  /** What its family declares, in the order in which it is shown. */
  declared: z.array(Attribute),
  packaging: z.string(),
  guarantee: z.string(),
  warnings: z.string(),
  safety: z.string(),
  url: z.string(),
  faults: z.array(Fault),
  press: z.array(Press),
  pictures: z.array(Picture),
  alternatives: z.array(SetAlternative.extend({ name: z.string(), number: z.string() })),
  createdAt: Moment,
  version: z.number(),
  can: z.array(z.enum(['edit', 'stock'])),
})
export type Product = z.infer<typeof Product>

export const mostMinor = 100_000_000_000

/** What can be said of a product; everything but name and number may be left out. */
export const productFields = {
  familyId: Id.nullable(),
  kind: ProductKind,
  name: line(150),
  number: line(60),
  barcode: z.string().trim().max(40).nullable(),
  description: text(20_000),
  attributes: AttributeValues,
  quality: z.string().trim().max(100),
  priceMinor: z.number().int('Whole pence').min(0, 'A price cannot be below nothing').max(mostMinor).nullable(),
  currency: Currency,
  packaging: text(2000),
  guarantee: text(4000),
  warnings: text(4000),
  safety: text(10_000),
  url: Link,
  discontinued: z.boolean(),
  faults: z.array(Fault).max(100),
  press: z.array(Press).max(100),
  alternatives: z.array(SetAlternative).max(50),
}
