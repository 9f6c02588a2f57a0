import * as z from 'zod'
import { Done, Id, operation, page, paging, personal, text } from '../../shared/contract.ts'
import {
  Deficiency,
  Demand,
  OfferAnswer,
  Outcome,
  Reason,
  ReviewOutcome,
  Said,
  Transfer,
  TransferState,
} from './contract-shapes.ts'

export {
  type Deficiency,
  type Demand,
  reviewOutcomes,
  type Transfer,
} from './contract-shapes.ts'

const words = personal(text(2000))
const offers = z.array(z.strictObject({ productId: Id, answer: OfferAnswer.default('offered') })).max(20)
const day = z.iso.date('Must be a date such as 2026-11-30')

export const demand = {
  note: operation({
    method: 'POST',
    path: '/api/demands',
    permission: 'case.handle',
    summary: 'Note that a customer asked for something that could not be had; a case says who it was',
    input: z.object({
      productId: Id,
      placeId: Id.nullable().default(null),
      caseId: Id.nullable().default(null),
      /** Who asked, where there is no case yet. */
      personId: Id.nullable().default(null),
      quantity: z.number().int().min(1).max(10_000).default(1),
      /** Left out, it follows from what is known of its availability. */
      reason: Reason.optional(),
      words: words.default(''),
      outcome: Outcome.exclude(['waits', 'transfer', 'accepted']).default('open'),
    }),
    output: Demand,
    status: 201,
  }),
  change: operation({
    method: 'PATCH',
    path: '/api/demands/:id',
    permission: 'case.handle',
    summary: 'Say what was offered, what came of it and why; or to which case it belongs',
    input: z.object({
      id: Id,
      caseId: Id.optional(),
      outcome: Outcome.exclude(['waits', 'transfer']).optional(),
      /** With outcome accepted: what they took instead. */
      acceptedId: Id.nullable().optional(),
      offers: offers.optional(),
      reason: Reason.optional(),
      words: words.optional(),
      /** Why they took it, or did not. */
      answer: words.optional(),
      version: z.number().int().optional(),
    }),
    output: Demand,
  }),
  list: operation({
    method: 'GET',
    path: '/api/demands',
    permission: 'case.read',
    summary: 'What was asked for and could not be had, newest first; of a case, a product, or all that wait to be told',
    input: z.object({
      ...paging,
      caseId: Id.optional(),
      productId: Id.optional(),
      waiting: z.literal('true').optional(),
    }),
    output: page(Demand),
  }),
  tellWhenBack: operation({
    method: 'POST',
    path: '/api/demands/:id/tell-when-back',
    permission: 'case.handle',
    summary: 'Promise to tell the customer when it is back; kept by mail as soon as somebody says that it is',
    input: z.object({ id: Id, by: day.optional() }),
    output: Demand,
  }),
  bring: operation({
    method: 'POST',
    path: '/api/demands/:id/transfers',
    permission: 'case.handle',
    summary: 'Ask another place that has it to send it',
    input: z.object({ id: Id, fromPlaceId: Id, toPlaceId: Id, note: text(500).default('') }),
    output: Demand,
    status: 201,
  }),
  transfers: operation({
    method: 'GET',
    path: '/api/transfers',
    permission: 'catalogue.read',
    summary: 'What one place was asked to send to another and is still under way, oldest first',
    input: z.object({ ...paging, placeId: Id.optional() }),
    output: page(Transfer),
  }),
  settleTransfer: operation({
    method: 'PATCH',
    path: '/api/transfers/:id',
    permission: 'catalogue.stock',
    summary: 'Say that it was sent, arrived, or cannot be sent',
    input: z.object({ id: Id, state: TransferState.exclude(['requested']), version: z.number().int().optional() }),
    output: Transfer,
  }),
  register: operation({
    method: 'GET',
    path: '/api/demand-register',
    permission: 'demand.review',
    summary:
      'What could not be supplied, by product: how often, to how many, what it was worth, what was taken instead',
    input: z.object({
      ...paging,
      since: day.optional(),
      until: day.optional(),
      familyId: Id.optional(),
      open: z.literal('true').optional(),
    }),
    output: page(Deficiency),
  }),
  review: operation({
    method: 'POST',
    path: '/api/products/:id/demand-reviews',
    permission: 'demand.review',
    summary: 'Note what was done about a deficiency: a choice and words are both needed',
    input: z.object({ id: Id, outcome: ReviewOutcome, words: z.string().trim().min(1, 'Say what was done').max(2000) }),
    output: Done,
    status: 201,
  }),
  said: operation({
    method: 'GET',
    path: '/api/products/:id/said',
    permission: 'case.read',
    summary: 'What customers say of a product, in the cases one may see, newest first',
    input: z.object({ id: Id, ...paging }),
    output: page(Said).extend({ kinds: z.array(z.object({ kind: z.string(), count: z.number() })) }),
  }),
}
