import * as z from 'zod'
import { Condition } from '../../shared/condition.ts'
import { Id, line, Moment, personal, text } from '../../shared/contract.ts'
import { PromiseKind } from '../promises/contract.ts'

/** The parts of handling a case, in the order they come. */
export const stepParts = ['listen', 'facts', 'concern', 'options', 'act', 'check'] as const
export const StepPart = z.enum(stepParts)

export const answerTypes = ['none', 'text', 'date', 'number', 'yes_no', 'choice'] as const
const Answer = z
  .strictObject({
    type: z.enum(answerTypes),
    /** What can be chosen, for type `choice`. */
    choices: z.array(line(80)).max(12).default([]),
  })
  .refine(answer => answer.type !== 'choice' || new Set(answer.choices).size >= 2, {
    error: 'Name at least two different choices',
    path: ['choices'],
  })
export type Answer = z.output<typeof Answer>

const actWith = <T extends z.ZodType>(asked: T) =>
  z.discriminatedUnion('does', [
    z.strictObject({
      does: z.literal('promise'),
      kind: PromiseKind,
      title: text(200).default(''),
      withinMinutes: z.number().int().min(1).max(100_000),
    }),
    /** Asks the customer: the text goes out as a reply, or into what is being written. */
    z.strictObject({ does: z.literal('ask'), text: asked }),
    z.strictObject({ does: z.literal('refer') }),
    z.strictObject({ does: z.literal('offer') }),
  ])

/** What a step does beside being noted: it cannot be ticked without. */
export const StepAct = actWith(line(2000))
export type StepAct = z.output<typeof StepAct>

export const StepKey = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'Small letters, digits and underscores, at most 40')

export const Step = z.strictObject({
  key: StepKey,
  part: StepPart,
  title: line(150),
  help: text(500).trim().default(''),
  required: z.boolean().default(true),
  answer: Answer.default({ type: 'none', choices: [] }),
  act: StepAct.nullable().default(null),
  /** Only where this holds; may ask what earlier steps found out as `answer.<key>`. */
  when: Condition.nullable().default(null),
})
export type Step = z.output<typeof Step>

export const tones = ['listening', 'concern', 'apology', 'calm'] as const
export const Tone = z.enum(tones)
export const Phrasing = z.strictObject({ tone: Tone, text: line(500) })
export type Phrasing = z.output<typeof Phrasing>

export const Content = z.strictObject({
  name: line(100),
  /** For which cases; an empty `all` is every case. */
  condition: Condition,
  steps: z.array(Step).max(40),
  phrases: z.array(Phrasing).max(40).default([]),
})
export type Content = z.output<typeof Content>

const Named = z.object({ id: Id, name: z.string() })

export const ProcedureLine = z.object({
  id: Id,
  name: z.string(),
  position: z.number().int(),
  steps: z.number().int(),
  owner: Named.extend({ left: z.boolean() }),
  publishedNumber: z.number().int().nullable(),
  publishedAt: Moment.nullable(),
  /** What is being written differs from what is published. */
  changed: z.boolean(),
  ended: z.boolean(),
  /** In how many cases of the last 90 days it was used, and how often nothing required was left out. */
  used: z.number().int(),
  whole: z.number().int(),
  version: z.number().int(),
})
export type ProcedureLine = z.infer<typeof ProcedureLine>

export const Procedure = ProcedureLine.extend({ draft: Content, published: Content.nullable() })
export type Procedure = z.infer<typeof Procedure>

export const Value = personal(z.union([text(2000), z.number(), z.boolean()]))
export type Value = z.infer<typeof Value>

/** A step in a case: what it asks, and what became of it. */
export const CaseStep = Step.omit({ when: true, act: true }).extend({
  act: actWith(personal(z.string())).nullable(),
  state: z.enum(['open', 'done', 'skipped']),
  value: Value.nullable(),
  note: personal(z.string()),
  by: z.string().nullable(),
  at: Moment.nullable(),
  promiseId: Id.nullable(),
  /** For steps that refer or offer: that has happened in this case. */
  happened: z.boolean(),
})
export type CaseStep = z.infer<typeof CaseStep>

export const CaseProcedure = z.object({
  id: Id,
  name: z.string(),
  number: z.number().int(),
  /** A newer version is in force; this case stays with the one it began with. */
  newer: z.boolean(),
  started: z.boolean(),
  steps: z.array(CaseStep),
  phrases: z.array(z.object({ tone: Tone, text: personal(z.string()) })),
  /** Keys of required steps that nobody has done or left out with a reason. */
  missing: z.array(z.string()),
})
export type CaseProcedure = z.infer<typeof CaseProcedure>
