import { refuseField } from '../../platform/refusal.ts'
import { money } from '../../shared/money.ts'
import type { Assessment, Option, Settled } from './contract.ts'

/** What was decided for one line, and by what. */
export type Chosen = {
  option: Option
  basis: 'law' | 'house' | 'exception'
  clause: string
  amountMinor: number
  feeMinor: number
  carriageMinor: number
}

const isMoney = (outcome: Settled['outcome']): boolean =>
  outcome === 'refund' || outcome === 'partial' || outcome === 'store_credit'

/** An exception to every rule: at most what was paid, and nothing is owed for it. */
const exceptional = (line: Settled, { paidMinor }: Assessment): Option => ({
  outcome: line.outcome,
  basis: 'house',
  rule: '',
  clause: 'Exception',
  amountMinor: isMoney(line.outcome) ? (paidMinor ?? line.amountMinor ?? 0) : 0,
  feeMinor: 0,
  deduction: 'agreed',
  carriageMinor: 0,
  lastDay: null,
  payBy: null,
  carriageBack: 'customer',
  goodsBack: line.outcome !== 'keep_item' && line.outcome !== 'partial',
  inspect: false,
})

/** Nobody is given less than the law gives where they ask for their money: what is owed in full is paid in full. */
const assertNotLess = (line: Settled, amount: number, options: readonly Option[], field: string): void => {
  if (line.outcome !== 'refund') return
  const due = options.find(one => one.basis === 'law' && one.outcome === 'refund' && one.deduction === 'none')
  if (due && amount < due.amountMinor)
    refuseField(`${field}.amountMinor`, `The law gives all of it here: ${due.clause}`)
}

/** @throws Refusal naming the outcome that is not open, the amount that is too much, or less than the law gives */
export const choose = (line: Settled, assessment: Assessment, field: string): Chosen => {
  const option =
    line.basis === 'exception'
      ? exceptional(line, assessment)
      : (assessment.options.find(
          one => one.basis === line.basis && one.outcome === line.outcome && (!line.rule || one.rule === line.rule),
        ) ?? refuseField(`${field}.outcome`, 'Neither the law nor the house gives this here'))
  const amount = line.amountMinor ?? option.amountMinor
  // Of what nobody knows what it cost, the desk says what it is worth: whoever decides answers for that.
  const isKnown = assessment.paidMinor !== null
  if (isKnown && isMoney(line.outcome) && amount > option.amountMinor)
    refuseField(`${field}.amountMinor`, `At most ${money(option.amountMinor, assessment.currency)}`)
  if (!isMoney(line.outcome) && amount > 0) refuseField(`${field}.amountMinor`, 'No money is given for this')
  if (isMoney(line.outcome) && amount === 0 && (option.amountMinor > 0 || !isKnown))
    refuseField(`${field}.amountMinor`, 'Say how much')
  assertNotLess(line, amount, assessment.options, field)
  return {
    option,
    basis: line.basis,
    clause: option.clause,
    amountMinor: amount,
    feeMinor: option.feeMinor,
    carriageMinor: line.outcome === 'refund' ? option.carriageMinor : 0,
  }
}
