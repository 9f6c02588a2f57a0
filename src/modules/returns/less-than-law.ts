import type { HouseRule, Reason } from './contract.ts'
import { packs } from './law/packs.ts'
import type { Pack } from './law/shape.ts'

export type Less = { field: string; why: string }

type LawRule = Pack['rules'][number]

/** The rights to money back that the law gives for a reason, in any of the packs. */
const moneyBack = (reason: Reason): { pack: Pack; rule: LawRule }[] =>
  packs.flatMap(pack =>
    pack.rules
      .filter(rule => rule.tier === 1 && rule.applies.reasons?.includes(reason) && rule.remedies.includes('reject'))
      .map(rule => ({ pack, rule })),
  )

const daysOf = ({ limits }: LawRule): number | null => {
  const term = limits[0]?.term
  return term?.unit === 'day' ? term.n : null
}

const clause = ({ pack, rule }: { pack: Pack; rule: LawRule }) => `${rule.citation} (${pack.name})`

/**
 * Where a rule of the house promises less for something that is wrong with the goods than the law gives anyway: it
 * would mislead customers, whatever is decided at the desk.
 * @returns the field that does, with the clause; null where nothing does
 */
export const lessThanLaw = (rule: HouseRule): Less | null => {
  for (const reason of rule.reasons)
    for (const law of moneyBack(reason)) {
      const days = daysOf(law.rule)
      const what = `For “${reason.replaceAll('_', ' ')}” the law gives`
      if (rule.window && days !== null && rule.window.days < days)
        return { field: 'window', why: `${what} ${days} days, by ${clause(law)}. Do not promise fewer.` }
      if (rule.window && rule.window.from === 'order')
        return {
          field: 'window',
          why: `${what} its days from delivery, by ${clause(law)}. Do not count from the order.`,
        }
      if (!rule.outcomes.includes('refund'))
        return { field: 'outcomes', why: `${what} the money back, by ${clause(law)}. Offer it too.` }
      if (rule.fee && (rule.fee.fixedMinor > 0 || rule.fee.percent > 0) && !rule.fee.waivedFor.includes('refund'))
        return { field: 'fee', why: `${what} all of the money back, by ${clause(law)}. No fee may be taken.` }
      if (rule.proofs.length === 1 && rule.proofs[0] === 'receipt')
        return { field: 'proofs', why: `Any proof of purchase will do: no receipt is needed, by ${clause(law)}.` }
    }
  return null
}
