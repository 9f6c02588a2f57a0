import { dayNumber, lastDay, sayDay, sayTerm, type WorkingDays } from '../../../platform/calendar/index.ts'
import { anchorDay, anchorWords, type Facts, latest } from './facts.ts'
import type { Limit, When } from './shape.ts'

const among = <T>(one: T, some: readonly T[] | undefined) => some === undefined || some.includes(one)

/** Whether a sale is one of those a rule speaks of. */
export const holds = (when: When | undefined, facts: Facts): boolean =>
  when === undefined ||
  (among(facts.jurisdiction, when.jurisdictions) &&
    among(facts.channel, when.channels) &&
    among(facts.kind, when.kinds) &&
    among(facts.reason, when.reasons) &&
    (when.traits === undefined || when.traits.some(trait => facts.traits.includes(trait))) &&
    (when.delivered === undefined || when.delivered === (facts.deliveredOn !== null)))

/** Until when, and how that came about. Null where the day is not known yet, or there is none. */
export type Until = { lastDay: string | null; why: string[] }
type Step = (last: string, limit: Limit, facts: Facts, days: WorkingDays) => Until

const unchanged = (last: string): Until => ({ lastDay: last, why: [] })

const perishing: Step = (last, { perishable }, { traits, perishesOn }) => {
  if (perishable === undefined || !traits.includes(perishable.trait)) return unchanged(last)
  if (perishesOn == null)
    return {
      lastDay: null,
      why: [
        `Goods that perish sooner can be rejected only as long as they last, which is not known here (${perishable.citation}).`,
      ],
    }
  if (perishesOn >= last) return unchanged(last)
  return {
    lastDay: perishesOn,
    why: [`Goods of this kind last no longer than ${sayDay(perishesOn)} (${perishable.citation}).`],
  }
}

/** The time from asking to getting back, both days included, for every wait that began while there was still time. */
const pausing: Step = (last, { pause }, { earlier }, days) => {
  if (pause === undefined) return unchanged(last)
  const found: Until & { lastDay: string } = { lastDay: last, why: [] }
  for (const { askedOn, backOn, failed } of earlier.toSorted((a, b) => (a.askedOn < b.askedOn ? -1 : 1))) {
    if (askedOn > found.lastDay) continue
    if (backOn === null)
      return {
        lastDay: null,
        why: [
          ...found.why,
          `The clock stands still from ${sayDay(askedOn)} until the goods are back (${pause.citation}).`,
        ],
      }
    const waited = Math.max(1, dayNumber(backOn) - dayNumber(askedOn) + 1)
    const moved = lastDay({ n: waited, unit: 'day', begins: 'next_day' }, found.lastDay, days)
    const least = failed ? lastDay(pause.atLeast, backOn, days) : moved
    found.why.push(
      `The clock stood still for ${waited} days, from ${sayDay(askedOn)} to ${sayDay(backOn)} (${pause.citation}).`,
    )
    if (least > moved) found.why.push(`At least ${sayTerm(pause.atLeast)} are left after that (${pause.citation}).`)
    found.lastDay = latest([moved, least]) ?? moved
  }
  return found
}

const informing: Step = (last, { information }, facts, days) => {
  const given = facts.informationGivenOn
  if (information === undefined || given === undefined) return unchanged(last)
  const start = anchorDay(information.within.from, facts)
  if (given !== null && start !== null && given <= lastDay(information.within.term, start, days)) {
    const then = lastDay(information.toldLate, given, days)
    if (then <= last) return unchanged(last)
    return {
      lastDay: then,
      why: [
        `The customer was told of the right on ${sayDay(given)} and has ${sayTerm(information.toldLate)} from then (${information.citation}).`,
      ],
    }
  }
  return {
    lastDay: lastDay(information.notTold, last, days),
    why: [
      `The customer was not told of the right, so that it lasts ${sayTerm(information.notTold)} longer (${information.citation}).`,
    ],
  }
}

const lengthening: Step = (last, { afterRepair }, { earlier }, days) => {
  const repaired = earlier.some(one => one.kind === 'repair' && one.backOn !== null && one.askedOn <= last)
  if (afterRepair === undefined || !repaired) return unchanged(last)
  return {
    lastDay: lastDay(afterRepair.term, last, days),
    why: [`After a repair it lasts ${sayTerm(afterRepair.term)} longer (${afterRepair.citation}).`],
  }
}

/**
 * Until when a right lasts, by the first limit that fits the sale.
 * @param days working days, for law that moves an end to the next of them
 */
export function untilWhen(limits: readonly Limit[], facts: Facts, days: WorkingDays): Until {
  const limit = limits.find(one => holds(one.when, facts))
  if (limit === undefined) return { lastDay: null, why: ['No last day is set.'] }
  const start = anchorDay(limit.from, facts)
  const counted = `counted from ${anchorWords(limit.from)} (${limit.citation})`
  if (start === null)
    return { lastDay: null, why: [`${sayTerm(limit.term)}, ${counted}, which has not come or is not known.`] }
  const why = [`${sayTerm(limit.term, start)}, ${counted}.`]
  let last = lastDay(limit.term, start, days)
  for (const step of [perishing, pausing, informing, lengthening]) {
    const next = step(last, limit, facts, days)
    why.push(...next.why)
    if (next.lastDay === null) return { lastDay: null, why }
    last = next.lastDay
  }
  return { lastDay: last, why }
}
