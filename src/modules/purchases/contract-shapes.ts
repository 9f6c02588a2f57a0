import * as z from 'zod'
import { Currency, Id, line, Moment, personal, text } from '../../shared/contract.ts'

/** How something was sold: what may be given back without a reason depends on it. */
export const channels = ['in_store', 'distance', 'off_premises'] as const
export const Channel = z.enum(channels)
export type Channel = z.infer<typeof Channel>

export const lineKinds = ['goods', 'service', 'digital'] as const
export const LineKind = z.enum(lineKinds)
export type LineKind = z.infer<typeof LineKind>

/** What the law makes exceptions of, as it is known at the sale. */
export const traits = [
  'personalised',
  'perishable',
  'sealed_hygiene',
  'sealed_media',
  'urgent_repair',
  'dated_leisure',
  'vehicle',
] as const
export const Trait = z.enum(traits)
export type Trait = z.infer<typeof Trait>

export const tenders = [
  'cash',
  'card',
  'bank_transfer',
  'online',
  'voucher',
  'store_credit',
  'account',
  'other',
] as const
export const Tender = z.enum(tenders)
export type Tender = z.infer<typeof Tender>

/** Money in minor units (pence). */
export const Minor = z.number().int().min(0).max(1_000_000_000_000)
export const Quantity = z.number().int().min(1).max(1_000_000)

const Named = z.object({ id: Id, name: personal(z.string()) })

export const PurchaseLine = z.object({
  id: Id,
  position: z.number().int(),
  product: z.object({ id: Id, name: z.string(), number: z.string() }).nullable(),
  sku: z.string(),
  name: z.string(),
  kind: LineKind,
  traits: z.array(Trait),
  serial: z.string(),
  quantity: z.number().int(),
  /** For all of them, with tax, after discounts: what can be paid back at most. */
  paidMinor: z.number().int(),
  taxMinor: z.number().int(),
  discountMinor: z.number().int(),
  dispatchedAt: Moment.nullable(),
  delivered: z.number().int(),
  deliveredAt: Moment.nullable(),
  returned: z.number().int(),
  refundedMinor: z.number().int(),
  replacesId: Id.nullable(),
})
export type PurchaseLine = z.infer<typeof PurchaseLine>

export const Payment = z.object({
  id: Id,
  tender: Tender,
  amountMinor: z.number().int(),
  refundedMinor: z.number().int(),
  reference: z.string(),
})

/** A purchase as a list shows it. */
export const PurchaseRow = z.object({
  id: Id,
  number: z.string(),
  channel: Channel,
  person: Named.nullable(),
  currency: z.string(),
  boughtAt: Moment,
  /** With carriage. */
  totalMinor: z.number().int(),
  refundedMinor: z.number().int(),
  lines: z.number().int(),
  /** The first of its lines, by name. */
  first: z.string(),
  /** Something of it is still to be delivered, or some of it came back. */
  state: z.enum(['delivered', 'on_its_way', 'partly_returned', 'returned']),
})
export type PurchaseRow = z.infer<typeof PurchaseRow>

export const Purchase = z.object({
  id: Id,
  number: z.string(),
  giftNumber: z.string().nullable(),
  source: z.string(),
  externalId: z.string().nullable(),
  channel: Channel,
  place: z.object({ id: Id, name: z.string() }).nullable(),
  person: Named.nullable(),
  country: z.string().nullable(),
  currency: z.string(),
  boughtAt: Moment,
  carriageMinor: z.number().int(),
  carriageExtraMinor: z.number().int(),
  carriageRefundedMinor: z.number().int(),
  totalMinor: z.number().int(),
  refundedMinor: z.number().int(),
  lines: z.array(PurchaseLine),
  payments: z.array(Payment),
  importId: Id.nullable(),
  version: z.number().int(),
})
export type Purchase = z.infer<typeof Purchase>

const NewLine = z.strictObject({
  productId: Id.nullable().default(null),
  sku: z.string().trim().max(100).default(''),
  /** Left out, it is the product's. */
  name: z.string().trim().max(300).default(''),
  kind: LineKind.default('goods'),
  traits: z.array(Trait).max(10).default([]),
  serial: z.string().trim().max(100).default(''),
  quantity: Quantity.default(1),
  paidMinor: Minor,
  taxMinor: Minor.default(0),
  discountMinor: Minor.default(0),
  dispatchedAt: Moment.nullable().default(null),
  /** How many were handed over or delivered; left out: all of what is bought in a shop, none of what is sent. */
  delivered: z.number().int().min(0).max(1_000_000).optional(),
  deliveredAt: Moment.nullable().default(null),
  replacesId: Id.nullable().default(null),
})
export type NewLine = z.infer<typeof NewLine>

const NewPayment = z.strictObject({
  tender: Tender,
  amountMinor: Minor.min(1),
  reference: z.string().trim().max(100).default(''),
})

const Customer = z.strictObject({
  name: personal(z.string().trim().max(200)).optional(),
  email: personal(z.string().trim().max(254)).optional(),
  phone: personal(z.string().trim().max(40)).optional(),
  card: personal(z.string().trim().max(60)).optional(),
  account: personal(z.string().trim().max(60)).optional(),
})
export type Customer = z.infer<typeof Customer>

export const newPurchase = {
  number: line(100),
  giftNumber: line(100).nullable().default(null),
  source: text(60).default(''),
  externalId: line(200).nullable().default(null),
  channel: Channel.default('in_store'),
  placeId: Id.nullable().default(null),
  personId: Id.nullable().default(null),
  /** Somebody found by what is known of them, or added; instead of `personId`. */
  customer: Customer.nullable().default(null),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'The two capital letters of a country, such as GB')
    .nullable()
    .default(null),
  currency: Currency.optional(),
  boughtAt: Moment.optional(),
  carriageMinor: Minor.default(0),
  carriageExtraMinor: Minor.default(0),
  /** Taken off the whole: shared among the lines by what each costs, so that it is known what each was paid. */
  discountMinor: Minor.default(0),
  lines: z.array(NewLine).min(1).max(500),
  payments: z.array(NewPayment).max(20).default([]),
}
