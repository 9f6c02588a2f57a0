import { digitsOf, minorOf } from '../../../shared/money.ts'
import { acts, counted, type Limit } from '../contract.ts'

/** `inherit`: a team or a person has no limit of its own, and the next more general holds. */
export type Extent = 'inherit' | 'nothing' | 'upTo' | 'everything'

/** One act as the form shows it: amounts in the usual unit of the currency, empty while somebody types. */
export type Row = {
  act: Limit['act']
  currency: string | null
  extent: Extent
  amount: number | ''
  perCustomer: number | ''
  perShift: number | ''
  referTo: number | null
}

const usual = (minor: number | null, currency: string | null): number | '' =>
  minor === null ? '' : minor / 10 ** (currency === null ? 0 : digitsOf(currency))
const minor = (amount: number | '', currency: string | null): number | null =>
  amount === '' ? null : minorOf(amount, currency)

/** The limits in a currency, one row for each act; what is counted has the same row in all of them. */
export const rowsOf = (limits: readonly Limit[], chosen: string, none: 'inherit' | 'nothing' = 'nothing'): Row[] =>
  acts.map(act => {
    const currency = counted.includes(act) ? null : chosen
    const limit = limits.find(one => one.act === act && one.currency === currency)
    if (!limit) return { act, currency, extent: none, amount: '', perCustomer: '', perShift: '', referTo: null }
    const extent = limit.most === null ? 'everything' : limit.most === 0 ? 'nothing' : 'upTo'
    return {
      act,
      currency,
      extent,
      amount: limit.most ? usual(limit.most, currency) : '',
      perCustomer: usual(limit.perCustomer, currency),
      perShift: usual(limit.perShift, currency),
      referTo: limit.referTo,
    }
  })

const limitFrom = (row: Row, none: Extent): Limit | null => {
  const { act, currency, extent, amount, perCustomer, perShift, referTo } = row
  if (extent === 'inherit') return null
  const most = extent === 'everything' ? null : extent === 'upTo' ? (minor(amount, currency) ?? 0) : 0
  const sums =
    extent === 'nothing'
      ? { perCustomer: null, perShift: null }
      : { perCustomer: minor(perCustomer, currency), perShift: minor(perShift, currency) }
  const endless = most === null && sums.perCustomer === null && sums.perShift === null
  if (most === 0 && referTo === null && none === 'nothing') return null
  return { act, currency, most, ...sums, referTo: endless ? null : referTo }
}

/** What the rows say, beside the limits in other currencies. */
export const limitsFrom = (
  rows: readonly Row[],
  known: readonly Limit[],
  chosen: string,
  none: 'inherit' | 'nothing' = 'nothing',
): Limit[] => [
  ...known.filter(limit => limit.currency !== null && limit.currency !== chosen),
  ...rows.flatMap(row => limitFrom(row, none) ?? []),
]
