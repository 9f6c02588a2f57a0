import { dayNumber, inForce, lastDay, sayDay, sayTerm, type Term } from '../../platform/calendar/index.ts'
import type { Applies, harms, jurisdictions, kinds, Pack, people, Rule, risks } from './pack.ts'

/** What the law asks about an incident. Days are such as `2026-03-01`. */
export type Facts = {
  jurisdiction: (typeof jurisdictions)[number]
  kind: (typeof kinds)[number]
  /** The day it happened; of a data breach, as far as it is known. */
  happenedOn: string
  /** It came from the work, the premises or the equipment. */
  workRelated: boolean
  person?: (typeof people)[number] | null
  harm?: (typeof harms)[number]
  /** The first day away from usual work; without it, the day after. */
  offFrom?: string | null
  /** The last day away that is known: while somebody is still off, today. Null where nobody is. */
  offThrough?: string | null
  /** From where it happened, for treatment. */
  takenToHospital?: boolean
  diagnosedOn?: string | null
  /** When somebody here became aware of a data breach. */
  awareAt?: Date | null
  risk?: (typeof risks)[number]
  /** What else is true, in the words of the pack's `traits`. */
  traits?: readonly string[]
}

export type Duty = {
  id: string
  title: string
  citation: string
  do: 'report' | 'record'
  to: string | null
  /** The last day; null without delay, or where it ends at a moment. */
  lastDay: string | null
  /** Where it is counted in hours. */
  moment: Date | null
  /** How long the record is kept at least, from the day it was made. */
  keep: Term | null
  why: string[]
}

const hourMs = 3_600_000

/** Consecutive days away from usual work, the day of the accident not among them. */
export function daysOff({ happenedOn, offFrom, offThrough }: Facts): number {
  if (offThrough == null) return 0
  const first = Math.max(dayNumber(happenedOn) + 1, offFrom == null ? 0 : dayNumber(offFrom))
  return Math.max(0, dayNumber(offThrough) - first + 1)
}

const among = <T>(one: T | null | undefined, some: readonly T[] | undefined) =>
  some === undefined || (one != null && some.includes(one))

function holds(applies: Applies, facts: Facts): boolean {
  const { daysOff: off, takenToHospital, traits, without } = applies
  const has = (trait: string) => facts.traits?.includes(trait) ?? false
  const away = daysOff(facts)
  return (
    applies.kinds.includes(facts.kind) &&
    (!applies.workRelated || facts.workRelated) &&
    among(facts.harm, applies.harm) &&
    among(facts.person, applies.people) &&
    among(facts.risk, applies.risk) &&
    (off === undefined || (away > off.over && (off.upTo === null || away <= off.upTo))) &&
    (takenToHospital === undefined || takenToHospital === (facts.takenToHospital ?? false)) &&
    (!applies.diagnosed || facts.diagnosedOn != null) &&
    (traits === undefined || traits.some(has)) &&
    !without?.some(has)
  )
}

type End = Pick<Duty, 'lastDay' | 'moment'> & { why: string[] }

function endOf({ within, do: what }: Rule, { happenedOn, awareAt }: Facts): End {
  if (within === null)
    return { lastDay: null, moment: null, why: what === 'report' ? ['Without delay: no number of days is set.'] : [] }
  if ('term' in within) {
    const why = [`${sayTerm(within.term, happenedOn)}, the day it happened.`]
    return { lastDay: lastDay(within.term, happenedOn, []), moment: null, why }
  }
  const why = [`${within.hours} hours after somebody here became aware of it.`]
  const moment = awareAt == null ? null : new Date(awareAt.getTime() + within.hours * hourMs)
  return { lastDay: null, moment, why }
}

function dutyBy(rule: Rule, facts: Facts): Duty {
  const { id, title, citation, to, keep, applies, says } = rule
  const end = endOf(rule, facts)
  const away = `Off their usual work for ${daysOff(facts)} consecutive days after ${sayDay(facts.happenedOn)}.`
  return {
    id,
    title,
    citation,
    do: rule.do,
    to,
    lastDay: end.lastDay,
    moment: end.moment,
    keep: keep?.term ?? null,
    why: [...(applies.daysOff === undefined ? [] : [away]), ...end.why, says],
  }
}

/**
 * What has to be reported or recorded, to whom and by when, in the pack's order; nothing where there is no duty. The
 * law is that of the day it happened.
 */
export const dutiesOf = (pack: Pack, facts: Facts): Duty[] =>
  pack.rules
    .filter(rule => rule.jurisdictions.includes(facts.jurisdiction) && inForce(rule, facts.happenedOn))
    .filter(rule => holds(rule.applies, facts))
    .map(rule => dutyBy(rule, facts))
