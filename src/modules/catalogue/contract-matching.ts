import * as z from 'zod'
import { Currency, Id, line, operation, pageSize } from '../../shared/contract.ts'
import { Attribute, AttributeValue, ProductKind, ProductLine } from './contract-shapes.ts'

export const wantOps = ['is', 'at_least', 'at_most', 'contains'] as const

/** One thing the customer needs of a product. */
export const Want = z.strictObject({
  key: z.string().max(40),
  op: z.enum(wantOps).default('is'),
  value: AttributeValue,
  /** Without it the product will not do; otherwise it would be nice to have. */
  must: z.boolean().default(false),
})
export type Want = z.infer<typeof Want>

/** Why a product fits, or in what it does not: said by screens in their own language. */
const Reason = z.object({
  kind: z.enum(['attribute', 'words', 'price', 'place']),
  fits: z.boolean(),
  must: z.boolean(),
  /** Of an attribute: what was wanted, and what the product has; null where nothing is said of it. */
  attribute: Attribute.nullable(),
  want: Want.nullable(),
  has: AttributeValue.nullable(),
  /** Of words: those that were found, or those that were not. Of a place: where else it is. */
  words: z.array(z.string()),
})
export type Reason = z.infer<typeof Reason>

export const Found = z.object({
  product: ProductLine,
  /** Every must is met. */
  fits: z.boolean(),
  /** Of all that was asked, musts counting three times, what share is met: 0 to 1. */
  score: z.number(),
  reasons: z.array(Reason),
})
export type Found = z.infer<typeof Found>

/** Where an alternative comes from, in the order in which they are offered. */
export const alternativeRanks = ['set', 'family', 'alike'] as const

export const Alternative = z.object({
  product: ProductLine,
  rank: z.enum(alternativeRanks),
  /** What a colleague said about offering it. */
  note: z.string(),
  /** 0.4 words + 0.4 trigrams + 0.2 nearness of the price. */
  score: z.number(),
  parts: z.object({ words: z.number(), trigrams: z.number(), price: z.number() }),
  /** It is at the place that was asked for; otherwise it can be brought from where it is. */
  here: z.boolean(),
  elsewhere: z.array(z.object({ placeId: Id, place: z.string() })),
})
export type Alternative = z.infer<typeof Alternative>

export const matching = {
  match: operation({
    method: 'POST',
    path: '/api/products/match',
    permission: 'catalogue.read',
    summary: 'What fits a need: each product with why it fits and what does not, the best first',
    input: z.object({
      familyId: Id.optional(),
      kind: ProductKind.optional(),
      wants: z.array(Want).max(30).default([]),
      words: z.string().trim().max(200).default(''),
      priceMaxMinor: z.number().int().min(0).optional(),
      /** What the price is in; the organisation's own currency where nothing is said. */
      currency: Currency.optional(),
      placeId: Id.optional(),
      limit: pageSize(20, 50),
    }),
    output: z.object({ items: z.array(Found), considered: z.number() }),
  }),
  alternatives: operation({
    method: 'GET',
    path: '/api/products/:id/alternatives',
    permission: 'catalogue.read',
    summary:
      'What to offer instead: set by staff first, then of the same family, then what is most alike; only what is there',
    input: z.object({ id: Id, placeId: Id.optional(), limit: pageSize(8, 20) }),
    output: z.object({
      /** Whether the product itself is at another place, from where it can be brought. */
      transfer: z.array(z.object({ placeId: Id, place: z.string() })),
      items: z.array(Alternative),
    }),
  }),
  byNumber: operation({
    method: 'GET',
    path: '/api/products/by-code/:code',
    permission: 'catalogue.read',
    summary: 'The product that a number or barcode stands for',
    input: z.object({ code: line(60) }),
    output: ProductLine,
  }),
}
