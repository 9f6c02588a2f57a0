import * as z from 'zod'
import { Id, Moment, operation, page, paging, personal } from '../../shared/contract.ts'
import { Channel, newPurchase, Purchase, PurchaseRow } from './contract-shapes.ts'

export * from './contract-importing.ts'
export * from './contract-shapes.ts'

export const purchases = {
  list: operation({
    method: 'GET',
    path: '/api/purchases',
    permission: 'purchase.read',
    summary: 'Purchases, latest first; found by receipt or order, gift receipt, product number or serial number',
    input: z.object({
      ...paging,
      q: personal(z.string().max(100)).optional(),
      personId: Id.optional(),
      channel: Channel.optional(),
      importId: Id.optional(),
    }),
    output: page(PurchaseRow),
  }),
  byCode: operation({
    method: 'GET',
    path: '/api/purchases/by-code',
    permission: 'purchase.read',
    summary: 'What a scanned code stands for: a receipt, a gift receipt, a serial number, or the card of a customer',
    input: z.object({ code: z.string().trim().min(1).max(100) }),
    output: z.object({
      /** By what it was found; a gift receipt tells its bearer neither prices nor who paid. */
      by: z.enum(['receipt', 'gift_receipt', 'serial', 'card']).nullable(),
      items: z.array(Purchase),
    }),
  }),
  get: operation({
    method: 'GET',
    path: '/api/purchases/:id',
    permission: 'purchase.read',
    summary: 'A purchase with its lines, payments and what came back of it',
    input: z.object({ id: Id }),
    output: Purchase,
  }),
  record: operation({
    method: 'POST',
    path: '/api/purchases',
    permission: 'purchase.record',
    summary: 'Tell of a purchase; told again by its external number, it is changed as far as nothing of it came back',
    input: z.object(newPurchase),
    output: Purchase,
    status: 201,
  }),
  change: operation({
    method: 'PATCH',
    path: '/api/purchases/:id',
    permission: 'purchase.record',
    summary: 'Say whose purchase it is, or correct its number, channel or gift receipt',
    input: z.object({
      id: Id,
      number: newPurchase.number.optional(),
      giftNumber: z.string().trim().min(1).max(100).nullable().optional(),
      channel: Channel.optional(),
      personId: Id.nullable().optional(),
      version: z.number().int().optional(),
    }),
    output: Purchase,
  }),
  deliver: operation({
    method: 'POST',
    path: '/api/purchases/:id/delivered',
    permission: 'purchase.record',
    summary: 'Say what of a purchase has been delivered, and when; without lines, all of it',
    input: z.object({
      id: Id,
      at: Moment.optional(),
      lines: z
        .array(z.strictObject({ id: Id, delivered: z.number().int().min(0).max(1_000_000) }))
        .max(500)
        .optional(),
    }),
    output: Purchase,
  }),
  ofPerson: operation({
    method: 'GET',
    path: '/api/people/:id/purchases',
    permission: 'purchase.read',
    summary: 'What a customer bought, latest first, and how much in all by currency',
    input: z.object({ id: Id, ...paging }),
    output: page(PurchaseRow).extend({
      totals: z.array(z.object({ currency: personal(z.string()), count: z.number(), totalMinor: z.number() })),
    }),
  }),
}
