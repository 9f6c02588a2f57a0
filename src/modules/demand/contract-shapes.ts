import * as z from 'zod'
import { Id, Moment, personal } from '../../shared/contract.ts'

/** Why it could not be had. */
export const reasons = ['out', 'not_here', 'discontinued', 'not_sold', 'unsuitable', 'too_dear', 'other'] as const
/** What came of it: `open` until somebody says; only `accepted` and what was brought from elsewhere is no loss. */
export const outcomes = ['open', 'accepted', 'declined', 'waits', 'transfer', 'left'] as const
export const offerAnswers = ['offered', 'accepted', 'declined'] as const
export const transferStates = ['requested', 'sent', 'arrived', 'refused'] as const
/** What was done about a deficiency. */
export const reviewOutcomes = ['ordered', 'supplier_asked', 'replaced', 'range_changed', 'nothing'] as const

export const Reason = z.enum(reasons)
export const Outcome = z.enum(outcomes)
export type Outcome = z.infer<typeof Outcome>
export const OfferAnswer = z.enum(offerAnswers)
export const TransferState = z.enum(transferStates)
export const ReviewOutcome = z.enum(reviewOutcomes)

const Named = z.object({ id: Id, name: z.string() })

export const Transfer = z.object({
  id: Id,
  product: Named.extend({ number: z.string() }),
  from: Named,
  to: Named,
  demandId: Id.nullable(),
  caseId: Id.nullable(),
  quantity: z.number(),
  note: z.string(),
  state: TransferState,
  askedAt: Moment,
  askedBy: personal(z.string()).nullable(),
  settledAt: Moment.nullable(),
  version: z.number(),
})
export type Transfer = z.infer<typeof Transfer>

/** Something a customer asked for and could not have. */
export const Demand = z.object({
  id: Id,
  product: Named.extend({ number: z.string() }),
  place: Named.nullable(),
  /** Only where one may see the case. */
  caseId: Id.nullable(),
  person: z.object({ id: Id, name: personal(z.string()) }).nullable(),
  askedAt: Moment,
  quantity: z.number(),
  reason: Reason,
  words: personal(z.string()),
  worthMinor: z.number().nullable(),
  currency: z.string(),
  outcome: Outcome,
  accepted: Named.nullable(),
  answer: personal(z.string()),
  offers: z.array(z.object({ productId: Id, name: z.string(), answer: OfferAnswer })),
  /** By when we said we would tell them, and when we did. */
  tellBy: Moment.nullable(),
  toldAt: Moment.nullable(),
  transfers: z.array(z.object({ id: Id, from: z.string(), to: z.string(), state: TransferState })),
  version: z.number(),
})
export type Demand = z.infer<typeof Demand>

/** What could not be supplied of one product in a span of time. */
export const Deficiency = z.object({
  product: Named.extend({ number: z.string() }),
  familyName: z.string().nullable(),
  responsible: personal(z.string()).nullable(),
  asked: z.number(),
  customers: z.number(),
  /** The worth of what was neither replaced nor brought, in minor units. */
  lostMinor: z.number(),
  currency: z.string(),
  offered: z.number(),
  accepted: z.number(),
  waiting: z.number(),
  lastAskedAt: Moment,
  reasons: z.array(z.object({ reason: Reason, count: z.number() })),
  acceptedInstead: z.array(z.object({ id: Id, name: z.string(), count: z.number() })),
  /** The last time somebody looked at it, and whether it was asked for since. */
  review: z
    .object({ at: Moment, by: personal(z.string()).nullable(), outcome: ReviewOutcome, words: z.string() })
    .nullable(),
  askedSinceReview: z.boolean(),
})
export type Deficiency = z.infer<typeof Deficiency>

/** What a customer said in a case about a product. */
export const Said = z.object({
  caseId: Id,
  subject: personal(z.string()),
  kind: z.string(),
  status: z.string(),
  text: personal(z.string()),
  at: Moment,
})
export type Said = z.infer<typeof Said>
