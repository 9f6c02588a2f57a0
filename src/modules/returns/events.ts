import { asText, type Sentences } from '../../platform/events/telling.ts'
import { money } from '../../shared/money.ts'

const amountOf = (data: Record<string, unknown>) => money(Number(data.amount), asText(data.currency) || null)
const amount: Sentences[string] = ({ data }) => ({ amount: amountOf(data) })

export const sentences: Sentences = {
  'case.return_settled': amount,
  'case.return_goods': ({ data }) => ({ thing: asText(data.thing), goods: asText(data.goods).replaceAll('_', ' ') }),
  'case.refund_paid': amount,
  'case.refund_failed': amount,
  'refunds.exported': () => ({}),
  'return_policy.published': ({ data }) => ({ version: asText(data.version) }),
}
