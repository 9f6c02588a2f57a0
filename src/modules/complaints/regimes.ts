import * as z from 'zod'
import { Term } from '../../platform/calendar/index.ts'
import dataProtection from './regimes/data_protection.json' with { type: 'json' }
import fcaDisp from './regimes/fca_disp.json' with { type: 'json' }
import fcaDispPayments from './regimes/fca_disp_payments.json' with { type: 'json' }
import higherEducation from './regimes/higher_education.json' with { type: 'json' }
import house from './regimes/house.json' with { type: 'json' }
import housing from './regimes/housing.json' with { type: 'json' }
import nhs from './regimes/nhs.json' with { type: 'json' }

const Id = z.string().regex(/^[a-z][a-z0-9_.]{0,59}$/, 'Small letters, digits, dots and underscores, at most 60')
const sentence = z.string().trim().min(1, 'Must say something').max(500)
const Citation = z.string().trim().min(1, 'Must name the provision').max(200)
const dates = { from: z.iso.date(), until: z.iso.date().nullable() }

/** Where a number comes from: the law, guidance on it, or the house itself where the law only says "promptly". */
export const Basis = z.enum(['law', 'guidance', 'house'])

/** What days are counted from. Of `acknowledged`, `stage_started` and `responded`, that of the stage it is in. */
export const From = z.enum(['event', 'received', 'acknowledged', 'stage_started', 'responded', 'letter', 'closed'])
export type From = z.output<typeof From>

/** What a communication has to say, while that is asked. */
const MustSay = z.array(z.strictObject({ text: sentence, citation: Citation, ...dates }))

const Clock = z.strictObject({
  id: Id,
  title: sentence,
  citation: Citation,
  basis: Basis,
  ...dates,
  counts: z.strictObject({ from: From, term: Term }),
  /** The later of two readings: beyond it the rule is broken on any. */
  hard: z.strictObject({ term: Term, citation: Citation }).nullable(),
  /** What fulfils it. */
  endsWith: z.enum(['acknowledged', 'updated', 'responded', 'letter_sent']),
  /** How many more of the term's units at the most; null is without a limit. */
  extension: z
    .strictObject({
      most: z.number().int().min(1).nullable(),
      needsReasons: z.boolean(),
      tellsRecourse: z.boolean(),
      citation: Citation,
    })
    .nullable(),
  mustSay: MustSay,
})

/** What is resolved this soon is spared the rest. */
const Shortcut = z.strictObject({
  id: Id,
  title: sentence,
  citation: Citation,
  ...dates,
  /** Only for what was said, not written. */
  oral: z.boolean(),
  counts: z.strictObject({ from: z.literal('received'), term: Term }),
  /** `summary`: a short letter instead of the time limits. `outside`: the regime does not apply. */
  instead: z.enum(['summary', 'outside']),
  /** What is still to be done. */
  next: sentence.nullable(),
  mustSay: MustSay,
  says: sentence,
})

const Recourse = z.strictObject({
  name: sentence,
  /** How long they have; null where there is no last day. */
  refer: z.strictObject({ term: Term, from: From, citation: Citation }).nullable(),
  address: sentence,
  says: sentence,
})

const Stage = z.strictObject({
  stage: z.number().int().min(1),
  title: sentence,
  /** Answered by somebody who did not answer the stage before. */
  anotherPerson: z.boolean(),
  clocks: z.array(Clock).min(1),
})

const Regime = z
  .strictObject({
    code: Id,
    name: sentence,
    appliesTo: sentence,
    /** Whose bank holidays count; `house` is where the house is. */
    calendar: z.enum(['house', 'GB-EAW', 'GB-SCT', 'GB-NIR']),
    version: z.number().int().min(1),
    /** By when somebody is to look whether it is still right. */
    reviewBy: z.iso.date(),
    sources: z.array(z.strictObject({ title: sentence, url: z.url() })).min(1),
    /** How long after what happened it has to be taken on. */
    timeToComplain: z
      .strictObject({ term: Term, from: z.literal('event'), citation: Citation, unless: sentence })
      .nullable(),
    shortcuts: z.array(Shortcut),
    stages: z.array(Stage).min(1),
    recourse: z.array(Recourse).min(1),
    /** How long it is kept, at the least. */
    records: z.strictObject({
      term: Term,
      from: z.enum(['received', 'closed']),
      basis: Basis,
      citation: Citation,
      says: sentence,
    }),
  })
  .superRefine(({ stages }, context) => {
    for (const [i, { stage }] of stages.entries())
      if (stage !== i + 1)
        context.addIssue({ code: 'custom', path: ['stages', i, 'stage'], message: 'Stages are 1, 2, 3 in order' })
  })
export type Regime = z.output<typeof Regime>

/** A regime as JSON gives it. Throws an Error that says each thing that is wrong, and where. */
export function readRegime(json: unknown): Regime {
  const read = Regime.safeParse(json)
  if (!read.success) throw new Error(`This is no regime:\n${z.prettifyError(read.error)}`)
  return read.data
}

/** The regimes that come with the program; the first is the house's own, for what none of the others claims. */
export const regimes: readonly Regime[] = [
  house,
  fcaDisp,
  fcaDispPayments,
  nhs,
  housing,
  higherEducation,
  dataProtection,
].map(readRegime)
