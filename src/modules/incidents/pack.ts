import * as z from 'zod'
import { Term } from '../../platform/calendar/index.ts'
import gb from './clocks/gb.json' with { type: 'json' }

const Id = z.string().regex(/^[a-z][a-z0-9_.]{0,59}$/, 'Small letters, digits, dots and underscores, at most 60')
const sentence = z.string().trim().min(1, 'Must say something').max(500)
const Citation = z.string().trim().min(1, 'Must name the provision').max(120)
const some = <T extends z.ZodType>(of: T) => z.array(of).min(1, 'Leave it out rather than empty').exactOptional()

export const kinds = ['accident', 'dangerous_occurrence', 'disease', 'data_breach'] as const
export const harms = ['none', 'injury', 'specified_injury', 'death'] as const
export const people = ['worker', 'non_worker'] as const
export const risks = ['unlikely', 'risk', 'high_risk'] as const
export const jurisdictions = ['GB-EAW', 'GB-SCT', 'GB-NIR'] as const

/** What has to be true; what is left out does not matter. Of a list, one is enough; of `without`, none may be. */
const Applies = z.strictObject({
  kinds: z.array(z.enum(kinds)).min(1),
  workRelated: z.literal(true).exactOptional(),
  harm: some(z.enum(harms)),
  people: some(z.enum(people)),
  /** Consecutive days away from usual work, the day of the accident not among them. */
  daysOff: z.strictObject({ over: z.number().int().min(0), upTo: z.number().int().min(1).nullable() }).exactOptional(),
  takenToHospital: z.boolean().exactOptional(),
  diagnosed: z.literal(true).exactOptional(),
  risk: some(z.enum(risks)),
  traits: some(Id),
  without: some(Id),
})
export type Applies = z.output<typeof Applies>

const Rule = z.strictObject({
  id: Id,
  title: sentence,
  citation: Citation,
  source: Id,
  from: z.iso.date(),
  until: z.iso.date().nullable(),
  jurisdictions: z.array(z.enum(jurisdictions)).min(1),
  applies: Applies,
  do: z.enum(['report', 'record']),
  /** To whom it is reported; null for a record. */
  to: sentence.nullable(),
  /** Days end with the day, hours to the minute. Null is without delay. */
  within: z
    .union([
      z.strictObject({ term: Term, from: z.literal('happened') }),
      z.strictObject({ hours: z.number().int().min(1), from: z.literal('aware') }),
    ])
    .nullable(),
  keep: z.strictObject({ term: Term, from: z.literal('recorded'), citation: Citation }).nullable(),
  says: sentence,
})
export type Rule = z.output<typeof Rule>

const Pack = z
  .strictObject({
    code: Id,
    name: sentence,
    version: z.number().int().min(1),
    /** By when somebody is to look whether it is still the law. */
    reviewBy: z.iso.date(),
    sources: z.array(z.strictObject({ id: Id, title: sentence, url: z.url() })).min(1),
    /** What may be true beside the rest, and how to ask. */
    traits: z.record(Id, sentence),
    rules: z.array(Rule).min(1),
  })
  .superRefine(({ rules, sources, traits }, context) => {
    const wrong = (i: number, message: string) => context.addIssue({ code: 'custom', path: ['rules', i], message })
    for (const [i, rule] of rules.entries()) {
      if (!sources.some(({ id }) => id === rule.source)) wrong(i, `There is no source "${rule.source}"`)
      if (rule.do === 'report' && rule.to === null) wrong(i, 'A report goes to somebody')
      for (const name of [...(rule.applies.traits ?? []), ...(rule.applies.without ?? [])])
        if (!(name in traits)) wrong(i, `The trait "${name}" is not among the pack’s traits`)
    }
  })
export type Pack = z.output<typeof Pack>

/** A pack as JSON gives it. Throws an Error that says each thing that is wrong, and where. */
export function readClocks(json: unknown): Pack {
  const read = Pack.safeParse(json)
  if (!read.success) throw new Error(`These are no reporting rules:\n${z.prettifyError(read.error)}`)
  return read.data
}

/** The rules that come with the program. */
export const reportingRules: Pack = readClocks(gb)
