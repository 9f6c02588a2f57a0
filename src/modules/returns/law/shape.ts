import * as z from 'zod'
import { Term } from '../../../platform/calendar/index.ts'
import { type Anchor, anchors, channels, kinds, reasons } from './facts.ts'

const Id = z.string().regex(/^[a-z][a-z0-9_.]{0,59}$/, 'Small letters, digits, dots and underscores, at most 60')
const sentence = z.string().trim().min(1, 'Must say something').max(500)
const Citation = z.string().trim().min(1, 'Must name the provision').max(120)
const From = z.enum(anchors as [Anchor, ...Anchor[]])
const Counted = z.strictObject({ term: Term, from: From })
const some = <T extends z.ZodType>(of: T) => z.array(of).min(1, 'Leave it out rather than empty').exactOptional()

/** What has to be true; what is left out does not matter. Of a list, one is enough. */
export const When = z.strictObject({
  jurisdictions: some(z.string()),
  channels: some(z.enum(channels)),
  kinds: some(z.enum(kinds)),
  reasons: some(z.enum(reasons)),
  traits: some(Id),
  delivered: z.boolean().exactOptional(),
})
export type When = z.output<typeof When>
const when = When.exactOptional()

const dates = { from: z.iso.date(), until: z.iso.date().nullable() }
const head = { id: Id, title: sentence, citation: Citation, source: Id, ...dates }

/** Until when a right can be used. What is counted moves with what happens after it began. */
export const Limit = z.strictObject({
  when,
  ...Counted.shape,
  citation: Citation,
  /** Waiting for a repair or replacement does not count, and afterwards at least so long is left. */
  pause: z.strictObject({ atLeast: Term, citation: Citation }).exactOptional(),
  /** Goods that do not last so long: then only as long as they do. */
  perishable: z.strictObject({ trait: Id, citation: Citation }).exactOptional(),
  /** The customer was not told of the right: told late but `within`, they have `toldLate`, otherwise `notTold` more. */
  information: z.strictObject({ within: Counted, toldLate: Term, notTold: Term, citation: Citation }).exactOptional(),
  /** A repair makes it longer, once. */
  afterRepair: z.strictObject({ term: Term, citation: Citation }).exactOptional(),
})
export type Limit = z.output<typeof Limit>

export const remedies = [
  'reject',
  'repair',
  'replacement',
  'repeat_performance',
  'price_reduction',
  'final_reject',
  'end_contract',
  'cancel',
] as const

const Proof = z.strictObject({
  by: z.enum(['customer', 'trader', 'nobody']),
  /** So long after delivery the other side proves. */
  presumption: z.strictObject({ ...Counted.shape, by: z.enum(['customer', 'trader']), citation: Citation }).nullable(),
  /** Whether it has to be shown that it was bought here; how is never prescribed. */
  purchase: z.boolean(),
})

const Deduction = z.strictObject({
  for: z.enum(['use', 'handling']),
  onlyIf: When.exactOptional(),
  /** None so long; `evenFor` names what that does not protect. */
  notWithin: Counted.exactOptional(),
  evenFor: z.array(Id).default([]),
  /** None where the customer was not told of the right in time. */
  onlyIfInformed: z.boolean().default(false),
  citation: Citation,
})

const Refunds = z.strictObject({
  goods: z.enum(['full', 'in_part']),
  delivery: z.enum(['all', 'standard', 'none']),
  deduction: Deduction.nullable(),
})

/** The first whose `when` holds is the one that counts; so for limits, pays and carriage. */
export const Rule = z.strictObject({
  ...head,
  /** Earlier tiers come first: what a later one gives opens when those have not helped. */
  tier: z.number().int().min(1).max(9),
  applies: When,
  remedies: z.array(z.enum(remedies)).min(1),
  limits: z.array(Limit),
  /** Opens only after an attempt to put it right, or where a trait says that none is needed. */
  opens: z
    .strictObject({
      afterAttempt: z.enum(['any', 'failed']).nullable(),
      traits: z.array(Id),
      citation: Citation,
      says: sentence,
    })
    .nullable(),
  /** Stands back while a repair or replacement is under way. */
  waits: z.strictObject({ citation: Citation, says: sentence }).nullable(),
  proof: Proof,
  pays: z.array(z.strictObject({ when, ...Counted.shape, notBefore: From.exactOptional(), citation: Citation })),
  carriage: z.array(z.strictObject({ when, by: z.enum(['trader', 'customer']), citation: Citation })).min(1),
  refunds: Refunds.nullable(),
  notes: z.array(sentence),
})
export type Rule = z.output<typeof Rule>

/** What the law does not give, and to which rules that is an exception. */
export const Clause = z.strictObject({ ...head, applies: When, bars: z.array(Id), says: sentence })
export type Clause = z.output<typeof Clause>

export const Shape = z.strictObject({
  code: Id,
  name: sentence,
  version: z.number().int().min(1),
  /** By when somebody is to look whether it is still the law. */
  reviewBy: z.iso.date(),
  jurisdictions: z.array(z.string().regex(/^[A-Z]{2}(-[A-Z]{3})?$/, 'A country or nation such as DE or GB-SCT')).min(1),
  sources: z.array(z.strictObject({ id: Id, title: sentence, url: z.url() })).min(1),
  /** What may be true of a sale beside its dates, and how to ask. */
  traits: z.record(Id, sentence),
  rules: z.array(Rule).min(1),
  clauses: z.array(Clause),
})
export type Pack = z.output<typeof Shape>
