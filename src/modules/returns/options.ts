import type { Coming, HouseRule, Option, Outcome } from './contract.ts'
import type { Remedy, Right } from './law/rights.ts'
import type { Sold } from './loading.ts'

type About = { coming: Coming; sold: Sold | null; paid: number; today: string }

/** What the desk does for each remedy of the law. */
const outcomeOf: Record<Remedy, Outcome> = {
  reject: 'refund',
  final_reject: 'refund',
  end_contract: 'refund',
  cancel: 'refund',
  repair: 'repair',
  repeat_performance: 'repair',
  replacement: 'exchange',
  price_reduction: 'partial',
}

const deductionOf = ({ refunds }: Right): Option['deduction'] => {
  if (refunds?.goods === 'reduced_for_use') return 'use'
  if (refunds?.goods === 'reduced_for_handling') return 'handling'
  return refunds?.goods === 'in_part' ? 'agreed' : 'none'
}

/** Carriage goes back where all that was sent in one order comes back: the last of it takes the rest with it. */
const carriageOf = ({ refunds }: Right, { sold, coming }: About): number => {
  if (!sold || !refunds || refunds.delivery === 'none' || coming.quantity < sold.quantity - sold.returned) return 0
  const paid = refunds.delivery === 'all' ? sold.carriageMinor + sold.carriageExtraMinor : sold.carriageMinor
  return Math.max(0, paid - sold.carriageRefundedMinor)
}

const isMoney = (outcome: Outcome): boolean => outcome === 'refund' || outcome === 'partial'

/** What the customer can ask for by law, now. What needs proof of purchase is not offered without any. */
export const lawOptions = (rights: readonly Right[], about: About): Option[] =>
  rights
    .filter(right => !right.ended && !right.needsProof)
    .flatMap(right =>
      right.remedies.map(remedy => {
        const outcome = outcomeOf[remedy]
        return {
          outcome,
          basis: 'law' as const,
          rule: right.rule,
          clause: `${right.title} (${right.citation})`,
          amountMinor: isMoney(outcome) ? about.paid : 0,
          feeMinor: 0,
          deduction: outcome === 'partial' ? ('agreed' as const) : deductionOf(right),
          carriageMinor: isMoney(outcome) ? carriageOf(right, about) : 0,
          lastDay: right.lastDay,
          payBy: right.payWithin?.lastDay ?? null,
          carriageBack: right.carriage,
          goodsBack: outcome !== 'partial' && about.coming.reason !== 'missing',
          inspect: false,
        }
      }),
    )

const isOver = (limit: HouseRule['goodsBack'], amount: number): boolean =>
  limit === 'always' || (typeof limit === 'object' && amount > limit.overMinor)

/** What the house keeps: nothing of what it waives it for, and never more than was paid. */
export const feeOf = ({ fee }: HouseRule, outcome: Outcome, paid: number): number =>
  !fee || fee.waivedFor.includes(outcome) ? 0 : Math.min(paid, fee.fixedMinor + Math.round((paid * fee.percent) / 100))

/** What the house offers beyond the law. */
export const houseOptions = (rule: HouseRule, lastDay: string | null, { coming, paid }: About): Option[] =>
  rule.outcomes.map(outcome => {
    const worth = outcome === 'refund' || outcome === 'partial' || outcome === 'store_credit' ? paid : 0
    const feeMinor = worth > 0 ? feeOf(rule, outcome, worth) : 0
    return {
      outcome,
      basis: 'house' as const,
      rule: rule.id,
      clause: rule.clause,
      amountMinor: worth - feeMinor,
      feeMinor,
      deduction: outcome === 'partial' ? ('agreed' as const) : ('none' as const),
      carriageMinor: 0,
      lastDay,
      payBy: null,
      carriageBack: 'customer' as const,
      goodsBack: outcome !== 'keep_item' && coming.reason !== 'missing' && isOver(rule.goodsBack, paid),
      inspect: isOver(rule.inspect, paid),
    }
  })
