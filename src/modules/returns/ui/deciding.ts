import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData } from '@tanstack/react-query'
import { minorOf } from '../../../shared/money.ts'
import { useCall } from '../../../ui/call.ts'
import { type Assessment, type Coming, type Option, type Outcome, returns, type Settled } from '../contract.ts'

const quietMs = 160

/** What can be done with what is brought, asked anew a moment after each change. `current` once the answer is about all of it. */
export const useAssessment = (lines: Coming[]) => {
  const wanted = JSON.stringify(lines)
  const [asked] = useDebouncedValue(wanted, quietMs, { leading: true })
  const answer = useCall(
    returns.assess,
    { channel: 'desk', lines: JSON.parse(asked) as Coming[] },
    // What is in force, and what came back already, may be another a minute later.
    { enabled: asked !== '[]', placeholderData: keepPreviousData, staleTime: 0, gcTime: 0 },
  )
  const current = answer.isSuccess && !answer.isPlaceholderData && !answer.isFetching && wanted === asked
  const items = wanted === '[]' || (answer.error && !answer.isPlaceholderData) ? [] : (answer.data?.items ?? [])
  return { items, current, busy: wanted !== '[]' && !current && !answer.error, problem: answer.error }
}

export const exceptionKey = 'exception'
export const keyOfOption = ({ basis, rule, outcome }: Pick<Option, 'basis' | 'rule' | 'outcome'>): string =>
  `${basis} ${rule} ${outcome}`

export const isMoney = (outcome: Outcome): boolean =>
  outcome === 'refund' || outcome === 'partial' || outcome === 'store_credit'

/** What was chosen for one thing; nothing chosen yet, it is the first way to have the money back. */
export type Choice = { key: string; outcome: Outcome; amount: number | '' }

export const usual = ({ options }: Assessment): Choice | null => {
  const option = options.find(one => one.outcome === 'refund') ?? options[0]
  return option ? { key: keyOfOption(option), outcome: option.outcome, amount: '' } : null
}

/** A choice stands only as long as it is still offered. */
export const standing = (assessment: Assessment, choice: Choice | undefined): Choice | null => {
  const isOffered = choice && assessment.options.some(one => keyOfOption(one) === choice.key)
  return choice && (choice.key === exceptionKey || isOffered) ? choice : usual(assessment)
}

export const optionOf = ({ options }: Assessment, choice: Choice): Option | null =>
  options.find(one => keyOfOption(one) === choice.key) ?? null

/** Whether somebody has to say, or may say, how much it is. */
export const amountFor = (assessment: Assessment, choice: Choice): 'must' | 'may' | 'fixed' => {
  if (!isMoney(choice.outcome)) return 'fixed'
  const option = optionOf(assessment, choice)
  if (!option || assessment.paidMinor === null || option.deduction === 'agreed') return 'must'
  return option.deduction === 'none' ? 'fixed' : 'may'
}

/** What is paid for it in minor units, without carriage; null while nobody said how much. */
export const amountOf = (assessment: Assessment, choice: Choice): number | null => {
  if (!isMoney(choice.outcome)) return 0
  const kind = amountFor(assessment, choice)
  if (kind !== 'fixed' && choice.amount !== '') return minorOf(choice.amount, assessment.currency)
  return kind === 'must' ? null : (optionOf(assessment, choice)?.amountMinor ?? null)
}

export const carriageOf = (assessment: Assessment, choice: Choice): number =>
  choice.outcome === 'refund' ? (optionOf(assessment, choice)?.carriageMinor ?? 0) : 0

/** A line as it is settled. */
export const settledOf = (coming: Coming, assessment: Assessment, choice: Choice, here: boolean): Settled => {
  const option = optionOf(assessment, choice)
  const amount = amountOf(assessment, choice)
  const isSaid = amountFor(assessment, choice) !== 'fixed' && amount !== null
  return {
    ...coming,
    outcome: choice.outcome,
    basis: option?.basis ?? 'exception',
    rule: option?.rule ?? '',
    ...(isSaid ? { amountMinor: amount } : {}),
    note: '',
    here,
  }
}
