import { inForce, sayDay, type Term, type WorkingDays } from '../../../platform/calendar/index.ts'
import type { Anchor, Facts } from './facts.ts'
import { holds, untilWhen } from './limits.ts'
import { payWithin, provenBy, refundsOf } from './money.ts'
import type { Clause, Pack, Rule } from './shape.ts'

export type Remedy = Rule['remedies'][number]

/** What the law gives a customer in one sale, and how it came about. */
export type Right = {
  rule: string
  title: string
  citation: string
  tier: number
  remedies: Remedy[]
  /** Null where it is not known yet or none is set; `why` says which. */
  lastDay: string | null
  ended: boolean
  proves: 'customer' | 'trader' | 'nobody'
  /** Through when the other side proves; null where the law presumes nothing. */
  presumedThrough: string | null
  /** True while no proof of purchase was shown. Any will do; a receipt is never needed. */
  needsProof: boolean
  payWithin: { term: Term; from: Anchor; lastDay: string | null; citation: string } | null
  carriage: 'trader' | 'customer'
  /** The most that may be kept back; null where the remedy is no money. */
  refunds: Refunds | null
  why: string[]
}
export type Refunds = {
  goods: 'full' | 'in_part' | 'reduced_for_use' | 'reduced_for_handling'
  delivery: 'all' | 'standard' | 'none'
}

/** What the law does not give, by which clause. `bars` names the rules whose right it takes away. */
export type Refused = { clause: string; title: string; citation: string; bars: string[]; why: string }

const under = (attempt: Facts['earlier'][number]) => attempt.backOn === null && !attempt.failed

/** Whether what comes first has been tried, or need not be. */
function isOpen({ opens }: Rule, { earlier, traits }: Facts): boolean {
  if (opens === null || opens.traits.some(trait => traits.includes(trait))) return true
  if (opens.afterAttempt === null) return false
  return earlier.some(one => one.failed || (opens.afterAttempt === 'any' && one.backOn !== null))
}

const closed = ({ id, title }: Rule, { citation, says }: { citation: string; says: string }): Refused => ({
  clause: id,
  title,
  citation,
  bars: [id],
  why: says,
})

/** Why a rule that speaks of this sale gives nothing now; null where it does. */
function refusal(rule: Rule, facts: Facts): Refused | null {
  if (rule.waits !== null && facts.earlier.some(under)) return closed(rule, rule.waits)
  if (rule.opens !== null && !isOpen(rule, facts)) return closed(rule, rule.opens)
  return null
}

function rightBy(rule: Rule, facts: Facts, today: string, days: WorkingDays): Right {
  const until = untilWhen(rule.limits, facts, days)
  const ended = until.lastDay !== null && today > until.lastDay
  const proof = provenBy(rule, facts, today, days)
  const money = refundsOf(rule, facts, today, days)
  const carriage = rule.carriage.find(one => holds(one.when, facts)) ?? rule.carriage.at(-1)!
  const needsProof = rule.proof.purchase && facts.proof === 'none'
  const { id, title, citation, tier, remedies, notes } = rule
  return {
    rule: id,
    title,
    citation,
    tier,
    remedies,
    lastDay: until.lastDay,
    ended,
    proves: proof.by,
    presumedThrough: proof.through,
    needsProof,
    payWithin: payWithin(rule, facts, days),
    carriage: carriage.by,
    refunds: money.refunds,
    why: [
      ...until.why,
      ...(ended ? [`It ended on ${sayDay(until.lastDay!)}.`] : []),
      ...proof.why,
      ...money.why,
      ...(needsProof ? ['That it was bought here has still to be shown; anything that shows it will do.'] : []),
      ...notes,
    ],
  }
}

/** Which law is asked: that of the day of the contract, or of the earliest day that is known. */
const lawDay = ({ contractOn, ownedOn, deliveredOn }: Facts, today: string) =>
  contractOn ?? ownedOn ?? deliveredOn ?? today

const speaking = <T extends Rule | Clause>(all: readonly T[], facts: Facts, today: string): T[] =>
  all.filter(one => inForce(one, lawDay(facts, today)) && holds(one.applies, facts))

/**
 * What the law gives in a sale, as of a day: earlier tiers first, ended rights among them, and what it refuses. The
 * same input gives the same answer.
 * @param days working days, for law that moves an end to the next of them; weekends alone where left out
 */
export function lawOf(pack: Pack, facts: Facts, today: string, days: WorkingDays = []) {
  if (!pack.jurisdictions.includes(facts.jurisdiction)) return { rights: [] as Right[], refused: [] as Refused[] }
  const clauses = speaking(pack.clauses, facts, today)
  const barred = new Set(clauses.flatMap(clause => clause.bars))
  const rules = speaking(pack.rules, facts, today).filter(rule => !barred.has(rule.id))
  const notNow = rules.map(rule => refusal(rule, facts))
  return {
    rights: rules
      .filter((_, i) => notNow[i] === null)
      .map(rule => rightBy(rule, facts, today, days))
      .sort((a, b) => a.tier - b.tier),
    refused: [
      ...clauses.map(({ id, title, citation, bars, says }) => ({ clause: id, title, citation, bars, why: says })),
      ...notNow.filter(one => one !== null),
    ],
  }
}

/** The rights alone. */
export const rightsOf = (pack: Pack, facts: Facts, today: string, days?: WorkingDays): Right[] =>
  lawOf(pack, facts, today, days).rights

/** What is refused alone. */
export const refusedOf = (pack: Pack, facts: Facts, today: string): Refused[] => lawOf(pack, facts, today).refused
