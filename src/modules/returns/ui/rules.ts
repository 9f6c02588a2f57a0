import { money } from '../../../shared/money.ts'
import type { Say } from '../../../ui/language/index.ts'
import type { HouseRule } from '../contract.ts'

/** A rule being written has a key of its own, since its id may be written too. */
export type Draft = HouseRule & { key: number }

let last = 0
export const draftOf = (rule: HouseRule): Draft => ({ ...structuredClone(rule), key: ++last })
export const ruleOf = (draft: Draft): HouseRule => {
  const { key: _, ...rule } = draft
  return rule
}

/** What most houses begin with: unused, with any proof of purchase, within four weeks. */
export const freshRule = (name: string, taken: readonly string[]): Draft => {
  const n = Array.from({ length: taken.length + 1 }, (_, index) => index + 1).find(
    one => !taken.includes(`rule_${one}`),
  )
  return draftOf({
    id: `rule_${n}`,
    name,
    clause: '',
    reasons: ['change_of_mind'],
    condition: { all: [] },
    window: { days: 28, from: 'item_delivery' },
    toWorkingDay: false,
    proofs: ['receipt', 'order', 'card', 'serial', 'loyalty'],
    accepted: ['unopened', 'unused'],
    outcomes: ['refund', 'exchange', 'store_credit'],
    fee: null,
    goodsBack: 'always',
    inspect: 'never',
  })
}

export const hasCondition = ({ condition }: HouseRule): boolean => !('all' in condition) || condition.all.length > 0

const feeSaid = ({ fee }: HouseRule, currency: string, t: Say): string => {
  if (!fee || (fee.fixedMinor === 0 && fee.percent === 0)) return t('returnPolicy.fee.none')
  const parts = [
    ...(fee.fixedMinor > 0 ? [money(fee.fixedMinor, currency)] : []),
    ...(fee.percent > 0 ? [t('returnPolicy.feePart', { percent: fee.percent })] : []),
  ]
  return t('returnPolicy.fee.said', { fee: parts.join(' + ') })
}

/** Names that stand alone elsewhere, as the parts of one sentence. */
const listed = (names: readonly string[]): string =>
  names.map((name, index) => (index === 0 ? name : name.toLowerCase())).join(', ')

/** A rule in two lines: for what, until when and in what condition; then what is given for it. */
export const told = (rule: HouseRule, currency: string, t: Say): { meant: string; given: string } => {
  const { reasons, window, accepted, outcomes } = rule
  const time = window
    ? t('returnPolicy.days', { days: window.days, from: t(`returnPolicy.from.${window.from}`) })
    : t('returnPolicy.noWindow')
  return {
    meant: [
      listed(reasons.map(one => t(`returns.reason.${one}`))),
      time,
      listed(accepted.map(one => t(`returns.condition.${one}`))).toLowerCase(),
    ].join(' · '),
    given: [listed(outcomes.map(one => t(`returns.outcome.${one}`))), feeSaid(rule, currency, t)].join(' · '),
  }
}

/** What is wrong with a rule, by the names of its fields. */
export const errorsAt = (
  errors: readonly { field: string; message: string }[],
  index: number,
): Record<string, string> =>
  Object.fromEntries(
    errors.flatMap(({ field, message }) => {
      const [, at, name = ''] = /^rules\[(\d+)\]\.?(\w*)/.exec(field.replace(/\.(\d+)/, '[$1]')) ?? []
      return Number(at) === index && at !== undefined ? [[name, message]] : []
    }),
  )
