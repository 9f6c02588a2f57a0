import * as z from 'zod'
import { Currency, Id, line, Moment, operation, page, paging, personal, text } from '../../shared/contract.ts'

/** What somebody decides alone only up to a limit. */
export const acts = ['refund', 'goodwill', 'discount', 'replacement', 'policy_exception', 'closing_complaint'] as const
export const Act = z.enum(acts)
export type Act = z.infer<typeof Act>

/** Acts that are given in kind are counted; all others are money. */
export const counted: readonly Act[] = ['replacement', 'closing_complaint']

/** An amount in minor units (pence), or a count. */
export const Amount = z.number().int().min(0).max(1_000_000_000_000)
const Most = Amount.nullable().default(null)

export const Limit = z.object({
  act: Act,
  /** Null for what is counted. */
  currency: Currency.nullable(),
  /** The most for one act; null is without limit. */
  most: Amount.nullable(),
  /** The most for one customer in 90 days, whoever gave it. */
  perCustomer: Most,
  /** The most in one shift: the day where the organisation is. */
  perShift: Most,
  /** The role that decides beyond it. */
  referTo: Id.nullable(),
})
export type Limit = z.infer<typeof Limit>

export const holderKinds = ['role', 'team', 'person'] as const
export const HolderKind = z.enum(holderKinds)
export type HolderKind = z.infer<typeof HolderKind>

export const Holder = z.object({
  kind: HolderKind,
  id: Id,
  name: personal(z.string()),
  /** 0 where no limits were ever set. */
  version: z.number(),
  limits: z.array(Limit),
})
export type Holder = z.infer<typeof Holder>

const Named = z.object({ id: Id, name: personal(z.string()) })

/** Why somebody was passed over on the way to whoever decides. */
export const passedOver = ['asks_themselves', 'left', 'away', 'limit'] as const

export const Step = z.object({
  id: Id,
  name: personal(z.string()),
  /** How one came to them. */
  by: z.enum(['named', 'role', 'manager', 'limit']),
  passedOver: z.enum(passedOver).nullable(),
})
export type Step = z.infer<typeof Step>

/** How far somebody may go now, and who decides beyond it. */
export const Allowance = z.object({
  act: Act,
  currency: z.string().nullable(),
  allowed: z.boolean(),
  /** The most that may be decided now; null is without limit. */
  upTo: z.number().nullable(),
  /** What stops one there. */
  by: z.enum(['act', 'customer', 'shift']),
  limit: z
    .object({
      most: z.number().nullable(),
      perCustomer: z.number().nullable(),
      perShift: z.number().nullable(),
      source: HolderKind,
      sourceName: personal(z.string()),
    })
    .nullable(),
  used: z.object({ ofCustomer: z.number(), ofShift: z.number() }),
  /** Who decides beyond it, and how they were found. Null where nobody may. */
  decider: Named.nullable(),
  trail: z.array(Step),
  /** All of it in a sentence. */
  sentence: personal(z.string()),
})
export type Allowance = z.infer<typeof Allowance>

export const outcomes = ['own', 'approved', 'approved_less', 'declined', 'taken_back'] as const

export const Decision = z.object({
  id: Id,
  act: Act,
  amount: z.number(),
  asked: z.number(),
  currency: z.string().nullable(),
  reason: personal(z.string()),
  exception: z.boolean(),
  exceptionReason: personal(z.string()).nullable(),
  policy: z.string(),
  subjectKind: z.string(),
  subjectId: Id,
  person: z.object({ id: Id, name: personal(z.string()) }),
  madeBy: Named,
  decidedBy: Named,
  verdict: personal(z.string()),
  at: Moment,
  outcome: z.enum(outcomes),
  limitName: personal(z.string()).nullable(),
  limitMost: z.number().nullable(),
  takenBack: z.boolean(),
})
export type Decision = z.infer<typeof Decision>

const filters = {
  act: Act.optional(),
  staffId: Id.optional(),
  personId: Id.optional(),
  /** Days, as 2026-11-22; the last one is included. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  exceptions: z.literal('true').optional(),
}

export const authority = {
  limits: operation({
    method: 'GET',
    path: '/api/authority/limits',
    permission: 'signed-in',
    summary: 'How far each role, team and person decides alone, and whom they ask beyond it',
    input: z.object({}),
    output: z.object({ items: z.array(Holder) }),
  }),
  setLimits: operation({
    method: 'PUT',
    path: '/api/authority/limits',
    permission: 'staff.edit',
    summary: 'Set how far a role, a team or a person decides alone. The most specific holds',
    input: z.object({
      kind: HolderKind,
      id: Id,
      limits: z.array(Limit).max(100),
      version: z.number().int().optional(),
    }),
    output: Holder,
  }),
  check: operation({
    method: 'POST',
    path: '/api/authority/check',
    permission: 'case.handle',
    summary: 'Before an act: am I allowed to, how far, what was used so far, and who decides beyond it',
    input: z.object({
      act: Act,
      currency: Currency.nullable().default(null),
      amount: Amount.default(0),
      personId: Id.optional(),
    }),
    output: Allowance,
  }),
  decisions: operation({
    method: 'GET',
    path: '/api/decisions',
    permission: 'authority.read',
    summary: 'The register: every use of authority and every exception, newest first',
    input: z.object({ ...paging, ...filters }),
    output: page(Decision),
  }),
  exportDecisions: operation({
    method: 'GET',
    path: '/api/decisions/export',
    permission: 'authority.read',
    summary: 'The register as a table (CSV)',
    input: z.object(filters),
    output: z.unknown(),
  }),
}

/** What is asked for: the form of an act. */
export const Given = z.object({
  act: Act,
  amount: Amount,
  currency: Currency.nullable().default(null),
  reason: personal(line(2000)),
  /** What departs from a policy, and why. */
  exception: z.boolean().default(false),
  exceptionReason: personal(text(2000)).default(''),
  policy: text(500).default(''),
})
export type Given = z.infer<typeof Given>
