import * as z from 'zod'
import { Id, Moment, personal } from '../../shared/contract.ts'

export const decisions = ['upheld', 'partly_upheld', 'not_upheld'] as const
export const Decision = z.enum(decisions)
export type Decision = z.infer<typeof Decision>

/** How it ended: they accepted, there is no further stage, they took it back, or it was put right at once. */
export const endings = ['accepted', 'final', 'withdrawn', 'resolved_early'] as const
export const Ending = z.enum(endings)
export type Ending = z.infer<typeof Ending>

/** Root causes: one list for complaints, findings and returns alike, so that they can be counted together. */
export const causes = [
  'information',
  'attitude',
  'knowledge',
  'delay',
  'promise_not_kept',
  'product_quality',
  'delivery',
  'price_or_billing',
  'policy',
  'procedure',
  'system',
  'accessibility',
  'confidentiality',
  'customer_expectation',
  'other',
] as const
export const Cause = z.enum(causes)

const Named = z.object({ id: Id, name: personal(z.string()) })

export const Clock = z.object({
  id: z.string(),
  title: z.string(),
  citation: z.string(),
  kind: z.enum(['duty', 'chance']),
  basis: z.enum(['law', 'guidance', 'house']),
  lastDay: z.string().nullable(),
  hardLimit: z.string().nullable(),
  keptOn: z.string().nullable(),
  late: z.boolean(),
  /** How it came about. */
  counts: z.string(),
  mustSay: z.array(z.string()),
  extension: z
    .object({
      most: z.number().nullable(),
      needsReasons: z.boolean(),
      tellsRecourse: z.boolean(),
      citation: z.string(),
    })
    .nullable(),
  extendedBy: z.number().int(),
  extensionReason: personal(z.string()),
})
export type Clock = z.infer<typeof Clock>

export const Stage = z.object({
  stage: z.number().int(),
  title: z.string(),
  /** Answered by somebody who did not answer the stage before. */
  anotherPerson: z.boolean(),
  startedOn: z.string(),
  investigator: Named.nullable(),
  acknowledgedOn: z.string().nullable(),
  updatedOn: z.string().nullable(),
  findings: personal(z.string()),
  decision: Decision.nullable(),
  reasons: personal(z.string()),
  redress: personal(z.string()),
  respondedOn: z.string().nullable(),
  respondedBy: Named.nullable(),
  letterOn: z.string().nullable(),
})
export type Stage = z.infer<typeof Stage>

export const Complaint = z.object({
  id: Id,
  caseId: Id,
  subject: personal(z.string()),
  regime: z.object({ code: z.string(), name: z.string(), stages: z.number().int() }),
  receivedOn: z.string(),
  oral: z.boolean(),
  eventOn: z.string().nullable(),
  wants: personal(z.string()),
  about: z.array(Named),
  anonymous: z.boolean(),
  onBehalf: personal(z.string()),
  severity: z.number().int(),
  safety: z.boolean(),
  immediateAction: personal(z.string()),
  stage: z.number().int(),
  stages: z.array(Stage),
  clocks: z.array(Clock),
  recourse: z.array(
    z.object({ name: z.string(), address: z.string(), says: z.string(), lastDay: z.string().nullable() }),
  ),
  cause: Cause.nullable(),
  closedAs: Ending.nullable(),
  closedAt: Moment.nullable(),
  version: z.number().int(),
})
export type Complaint = z.infer<typeof Complaint>

export const Row = z.object({
  id: Id,
  caseId: Id,
  subject: personal(z.string()),
  person: Named,
  regime: z.string(),
  stage: z.number().int(),
  receivedOn: z.string(),
  severity: z.number().int(),
  safety: z.boolean(),
  /** The next duty, and by when. */
  next: z.object({ clock: z.string(), lastDay: z.string() }).nullable(),
  late: z.boolean(),
  decision: Decision.nullable(),
  closedAs: Ending.nullable(),
})
export type Row = z.infer<typeof Row>

export const RegimeShown = z.object({
  code: z.string(),
  name: z.string(),
  appliesTo: z.string(),
  version: z.number().int(),
  reviewBy: z.string(),
  sources: z.array(z.object({ title: z.string(), url: z.string() })),
  stages: z.array(
    z.object({
      stage: z.number().int(),
      title: z.string(),
      anotherPerson: z.boolean(),
      clocks: z.array(z.object({ title: z.string(), citation: z.string(), basis: z.string() })),
    }),
  ),
  recourse: z.array(z.object({ name: z.string(), address: z.string(), says: z.string() })),
})
