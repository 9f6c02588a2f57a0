import * as z from 'zod'
import { Condition } from '../../shared/condition.ts'
import { Id, line, Moment, personal, text } from '../../shared/contract.ts'
import { PromiseKind } from '../promises/contract.ts'

export const levels = ['industry', 'organisation', 'profession', 'ethics'] as const
export const Level = z.enum(levels)
export const clauseParts = ['staff', 'customers', 'problems'] as const
export const ClausePart = z.enum(clauseParts)
export const jurisdictions = ['uk', 'england_wales', 'scotland', 'northern_ireland', 'other'] as const
export const Jurisdiction = z.enum(jurisdictions)

export const Target = z.discriminatedUnion('unit', [
  /** By when it was promised, each case by itself. */
  z.strictObject({ unit: z.literal('as_promised') }),
  z.strictObject({ unit: z.literal('minutes'), n: z.number().int().min(1).max(1_000_000) }),
  z.strictObject({ unit: z.literal('working_days'), n: z.number().int().min(1).max(250) }),
])
export type Target = z.output<typeof Target>

/** A promise that a clause measures and that was not kept in time. */
export const Missed = z.object({
  promiseId: Id,
  caseId: Id,
  subject: personal(z.string()),
  dueAt: Moment,
  keptAt: Moment.nullable(),
  outcome: z.enum(['late', 'broken']),
})
export type Missed = z.infer<typeof Missed>

/** What a clause promises, as it is measured. */
export const Indicator = z.strictObject({
  kind: PromiseKind,
  /** In which cases; an empty `all` is every case. */
  condition: Condition.default({ all: [] }),
  target: Target.default({ unit: 'as_promised' }),
  /** Of a hundred, how many are to be kept. */
  percent: z.number().int().min(1).max(100).default(95),
  days: z.union([z.literal(30), z.literal(90), z.literal(365)]).default(90),
})
export type Indicator = z.output<typeof Indicator>

export const Clause = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'Small letters, digits and underscores, at most 40'),
  part: ClausePart,
  text: line(2000),
  promise: z
    .strictObject({
      indicator: Indicator.nullable().default(null),
      /** What we do when we miss it. */
      remedy: text(500).trim().default(''),
      /** A missed one is followed by a promise to put it right, within so many minutes of working time. */
      remedyMinutes: z.number().int().min(1).max(100_000).nullable().default(null),
    })
    .nullable()
    .default(null),
})
export type Clause = z.output<typeof Clause>

export const Content = z.strictObject({
  name: line(150),
  level: Level,
  scope: text(1000).trim().default(''),
  /** Where it does not hold. */
  limits: text(1000).trim().default(''),
  definitions: text(2000).trim().default(''),
  /** Whom to ask about it. */
  contact: text(300).trim().default(''),
  jurisdiction: Jurisdiction.default('uk'),
  clauses: z.array(Clause).max(100).default([]),
})
export type Content = z.output<typeof Content>

const Named = z.object({ id: Id, name: z.string() })

export const checks = [
  'no_indicator',
  'no_remedy',
  'misleading',
  'unmeasurable',
  'repealed',
  'review_overdue',
  'no_review',
  'owner_left',
] as const

/** Something that makes a code weaker than it looks. */
export const Finding = z.object({
  check: z.enum(checks),
  clause: z.string().nullable(),
  /** What is said there, or the law that is cited. */
  words: z.string(),
  /** What to say or cite instead. */
  instead: z.string(),
})
export type Finding = z.infer<typeof Finding>

/** How often a promise was kept, with what can be said from so many. */
export const Measure = z.object({
  clause: z.string(),
  n: z.number().int(),
  kept: z.number().int(),
  late: z.number().int(),
  broken: z.number().int(),
  /** From 0 to 1; null below ten, where a share would say more than is known. */
  share: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  smallBase: z.boolean(),
  /** Whether the target is met beyond chance. */
  met: z.enum(['yes', 'no', 'open']),
  /** More fell due than were looked at: the latest ones count. */
  capped: z.boolean(),
  from: Moment,
})
export type Measure = z.infer<typeof Measure>

export const CodeLine = z.object({
  id: Id,
  name: z.string(),
  level: Level,
  owner: Named.extend({ left: z.boolean() }),
  reviewOn: z.iso.date().nullable(),
  publishedNumber: z.number().int().nullable(),
  publishedAt: Moment.nullable(),
  changed: z.boolean(),
  archived: z.boolean(),
  clauses: z.number().int(),
  /** What I am asked to read by when; null where I am not, or have. */
  toReadBy: z.iso.date().nullable(),
  readByMe: z.boolean(),
  asked: z.number().int(),
  read: z.number().int(),
  findings: z.number().int(),
  version: z.number().int(),
})
export type CodeLine = z.infer<typeof CodeLine>

export const Code = CodeLine.extend({
  draft: Content,
  published: Content.nullable(),
  note: z.string(),
  checks: z.array(Finding),
  publicPath: z.string().nullable(),
  campaigns: z.array(
    z.object({
      id: Id,
      number: z.number().int(),
      dueOn: z.iso.date(),
      startedAt: Moment,
      startedBy: z.string(),
      ended: z.boolean(),
      asked: z.number().int(),
      read: z.number().int(),
    }),
  ),
})
export type Code = z.infer<typeof Code>

export const Reading = z.object({
  staff: Named.extend({ left: z.boolean(), role: z.string() }),
  number: z.number().int(),
  askedAt: Moment.nullable(),
  dueOn: z.iso.date().nullable(),
  readAt: Moment.nullable(),
  late: z.boolean(),
})
export type Reading = z.infer<typeof Reading>

export const Law = z.object({
  key: z.string(),
  name: z.string(),
  jurisdictions: z.array(z.string()),
  repealedOn: z.iso.date(),
  successor: z.string(),
  source: z.string(),
  note: z.string(),
})
