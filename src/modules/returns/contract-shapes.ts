import * as z from 'zod'
import { Condition } from '../../shared/condition.ts'
import { Id, line, Moment, personal, text } from '../../shared/contract.ts'
import { Minor, Quantity, Tender } from '../purchases/contract.ts'

/** Why something comes back: the classes that law and house go by. */
export const reasonClasses = [
  'faulty',
  'not_as_described',
  'wrong_item',
  'missing',
  'damaged_in_transit',
  'recall',
  'own_requirement',
  'installation',
  'late',
  'change_of_mind',
  'gift',
] as const
export const Reason = z.enum(reasonClasses)
export type Reason = z.infer<typeof Reason>

/** Any of them shows that it was bought here; a receipt is one of many. */
export const proofs = ['receipt', 'order', 'card', 'serial', 'loyalty', 'none'] as const
export const Proof = z.enum(proofs)
export type Proof = z.infer<typeof Proof>

export const outcomes = ['refund', 'exchange', 'repair', 'store_credit', 'partial', 'keep_item'] as const
export const Outcome = z.enum(outcomes)
export type Outcome = z.infer<typeof Outcome>

export const windowStarts = ['order', 'dispatch', 'item_delivery', 'last_delivery'] as const

/** How what is brought looks. */
export const conditions = ['unopened', 'unused', 'used', 'damaged'] as const
export const ItemCondition = z.enum(conditions)
export type ItemCondition = z.infer<typeof ItemCondition>

const Over = z.union([z.enum(['always', 'never']), z.strictObject({ overMinor: Minor })])

/** One rule of the house, asked in order: the first that fits is what is offered beyond the law. */
export const HouseRule = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]{0,59}$/, 'Small letters, digits and underscores'),
  name: line(120),
  /** As it is told to customers. */
  clause: line(1000),
  reasons: z.array(Reason).min(1),
  /** Of the sale and what was bought; all where nothing is said. */
  condition: Condition.default({ all: [] }),
  /** No window where it may come back for ever. */
  window: z.strictObject({ days: z.number().int().min(0).max(36_500), from: z.enum(windowStarts) }).nullable(),
  toWorkingDay: z.boolean().default(false),
  proofs: z.array(Proof).min(1),
  accepted: z.array(ItemCondition).min(1),
  outcomes: z.array(Outcome).min(1),
  fee: z
    .strictObject({
      fixedMinor: Minor.default(0),
      percent: z.number().min(0).max(100).default(0),
      waivedFor: z.array(Outcome).default([]),
    })
    .nullable()
    .default(null),
  goodsBack: Over.default('always'),
  inspect: Over.default('never'),
})
export type HouseRule = z.infer<typeof HouseRule>

export const Policy = z.object({
  version: z.number().int(),
  rules: z.array(HouseRule),
  note: z.string(),
  publishedAt: Moment.nullable(),
  by: z.object({ id: Id, name: personal(z.string()) }).nullable(),
})
export type Policy = z.infer<typeof Policy>

/** What comes to the desk: a line of a purchase, or a thing of which nothing shows when it was bought. */
export const Coming = z.strictObject({
  lineId: Id.nullable().default(null),
  name: text(300).default(''),
  quantity: Quantity.default(1),
  reason: Reason,
  condition: ItemCondition.default('used'),
  proof: Proof.default('receipt'),
  /** What else is true, in the words of the law's questions. */
  traits: z.array(z.string().max(60)).max(20).default([]),
  /** What was tried before. */
  earlier: z
    .array(
      z.strictObject({
        kind: z.enum(['repair', 'replacement']),
        askedOn: z.iso.date(),
        backOn: z.iso.date().nullable().default(null),
        failed: z.boolean().default(false),
      }),
    )
    .max(10)
    .default([]),
})
export type Coming = z.infer<typeof Coming>

/** Something that can be done, by which right, for how much at most. */
export const Option = z.object({
  outcome: Outcome,
  basis: z.enum(['law', 'house']),
  rule: z.string(),
  clause: z.string(),
  amountMinor: z.number().int(),
  feeMinor: z.number().int(),
  /** Less may be given for use or handling; how much is looked at when it is there. */
  deduction: z.enum(['none', 'use', 'handling', 'agreed']),
  carriageMinor: z.number().int(),
  lastDay: z.string().nullable(),
  payBy: z.string().nullable(),
  carriageBack: z.enum(['trader', 'customer']),
  goodsBack: z.boolean(),
  inspect: z.boolean(),
})
export type Option = z.infer<typeof Option>

const Right = z.object({
  rule: z.string(),
  title: z.string(),
  citation: z.string(),
  tier: z.number(),
  remedies: z.array(z.string()),
  lastDay: z.string().nullable(),
  ended: z.boolean(),
  proves: z.enum(['customer', 'trader', 'nobody']),
  presumedThrough: z.string().nullable(),
  needsProof: z.boolean(),
  carriage: z.enum(['trader', 'customer']),
  why: z.array(z.string()),
})

export const Assessment = z.object({
  lineId: Id.nullable(),
  name: z.string(),
  quantity: z.number().int(),
  paidMinor: z.number().int().nullable(),
  currency: z.string(),
  /** What the customer is entitled to, whatever the house says. */
  rights: z.array(Right),
  refused: z.array(z.object({ title: z.string(), citation: z.string(), why: z.string() })),
  house: z
    .object({ rule: z.string(), name: z.string(), clause: z.string(), lastDay: z.string().nullable() })
    .nullable(),
  /** Rules of the house that would be meant for it, each with why it gives nothing. */
  houseRefused: z.array(z.object({ rule: z.string(), name: z.string(), why: z.string() })),
  options: z.array(Option),
  law: z.object({ pack: z.string(), version: z.number().int(), name: z.string() }).nullable(),
  policyVersion: z.number().int().nullable(),
  /** What the law would have to know: its questions, by their words in `traits`. */
  questions: z.record(z.string(), z.string()),
})
export type Assessment = z.infer<typeof Assessment>

export const goodsStates = [
  'none_needed',
  'expected',
  'in_transit',
  'received',
  'inspecting',
  'accepted',
  'accepted_damaged',
  'rejected',
  'restocked',
  'repaired',
  'supplier_claim',
  'written_off',
  'sent_back',
] as const
export const Goods = z.enum(goodsStates)
export type Goods = z.infer<typeof Goods>

export const refundStates = ['awaiting_approval', 'to_pay', 'done', 'declined', 'failed'] as const

export const Refund = z.object({
  id: Id,
  tender: Tender,
  amountMinor: z.number().int(),
  state: z.enum(refundStates),
  payBy: Moment.nullable(),
  reference: z.string(),
  doneAt: Moment.nullable(),
})

export const ReturnLine = z.object({
  id: Id,
  position: z.number().int(),
  lineId: Id.nullable(),
  purchase: z.object({ id: Id, number: z.string() }).nullable(),
  name: z.string(),
  quantity: z.number().int(),
  reason: Reason,
  proof: Proof,
  note: personal(z.string()),
  outcome: Outcome,
  basis: z.enum(['law', 'house', 'exception']),
  clause: z.string(),
  amountMinor: z.number().int(),
  feeMinor: z.number().int(),
  goods: Goods,
  goodsNote: personal(z.string()),
})

export const Return = z.object({
  id: Id,
  caseId: Id,
  person: z.object({ id: Id, name: personal(z.string()) }).nullable(),
  channel: z.enum(['desk', 'post', 'portal', 'phone', 'on_site']),
  currency: z.string(),
  policyVersion: z.number().int().nullable(),
  law: z.string(),
  madeAt: Moment,
  by: z.object({ id: Id, name: personal(z.string()) }),
  /** Computed from its lines and refunds. */
  state: z.enum(['awaiting_approval', 'in_progress', 'resolved', 'declined']),
  totalMinor: z.number().int(),
  lines: z.array(ReturnLine),
  refunds: z.array(Refund),
  version: z.number().int(),
})
export type Return = z.infer<typeof Return>
