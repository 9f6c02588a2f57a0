import { lastDay, sayDay, type WorkingDays } from '../../../platform/calendar/index.ts'
import { anchorDay, type Facts, latest } from './facts.ts'
import { holds } from './limits.ts'
import type { Refunds, Right } from './rights.ts'
import type { Rule } from './shape.ts'

type Counted = Pick<NonNullable<Right['payWithin']>, 'term' | 'from'>

function endOf({ term, from }: Counted, facts: Facts, days: WorkingDays): string | null {
  const start = anchorDay(from, facts)
  return start === null ? null : lastDay(term, start, days)
}

type Proven = { by: Right['proves']; through: string | null; why: string[] }

/** Who has to prove: the other side as long as the law presumes, going by the day the fault showed itself. */
export function provenBy({ proof }: Rule, facts: Facts, today: string, days: WorkingDays): Proven {
  const { by, presumption } = proof
  if (presumption === null) return { by, through: null, why: [] }
  const through = endOf(presumption, facts, days)
  if (through === null) return { by, through, why: [] }
  if ((facts.faultOn ?? today) > through)
    return {
      by,
      through,
      why: [`Until ${sayDay(through)} the seller would have had to prove (${presumption.citation}).`],
    }
  return {
    by: presumption.by,
    through,
    why: [
      `What shows itself by ${sayDay(through)} is taken to have been there from the beginning (${presumption.citation}).`,
    ],
  }
}

/** By when money is to be with the customer, once it is due. */
export function payWithin({ pays }: Rule, facts: Facts, days: WorkingDays): Right['payWithin'] {
  const pay = pays.find(one => holds(one.when, facts))
  if (pay === undefined) return null
  const { term, from, citation, notBefore } = pay
  const last = endOf(pay, facts, days)
  if (last === null || notBefore === undefined) return { term, from, lastDay: last, citation }
  const held = anchorDay(notBefore, facts)
  return { term, from, lastDay: held && latest([held, last]), citation }
}

/** Told too late is not told: the law asks for it before the contract. */
const informed = ({ informationGivenOn: given, contractOn }: Facts) =>
  given === undefined || (given !== null && (contractOn === null || given <= contractOn))

type Deduction = NonNullable<NonNullable<Rule['refunds']>['deduction']>

function mayDeduct(deduction: Deduction, facts: Facts, today: string, days: WorkingDays): boolean {
  if (!holds(deduction.onlyIf, facts) || (deduction.onlyIfInformed && !informed(facts))) return false
  if (deduction.notWithin === undefined || deduction.evenFor.some(trait => facts.traits.includes(trait))) return true
  const until = endOf(deduction.notWithin, facts, days)
  return until !== null && today > until
}

/** What comes back, and what may be kept of it. */
export function refundsOf({ refunds }: Rule, facts: Facts, today: string, days: WorkingDays) {
  if (refunds === null) return { refunds, why: [] }
  const { goods, delivery, deduction } = refunds
  if (deduction === null) return { refunds: { goods, delivery } satisfies Refunds, why: [] }
  const may = mayDeduct(deduction, facts, today, days)
  const reduced: Refunds = { goods: may ? `reduced_for_${deduction.for}` : goods, delivery }
  const says = may ? 'Something may be kept' : 'Nothing may be kept'
  const what = deduction.for === 'use' ? 'for the use made of it' : 'for handling beyond trying it out'
  return { refunds: reduced, why: [`${says} ${what} (${deduction.citation}).`] }
}
