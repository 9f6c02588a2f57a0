import { acts, type RoleLimit } from '../contract.ts'

export type Extent = 'nothing' | 'upTo' | 'everything'

/** One act as the form shows it: the amount in the currency's usual unit, empty while somebody types. */
export type Row = { act: RoleLimit['act']; extent: Extent; amount: number | ''; referTo: number | null }

/** How many digits a currency has after the point: two for pounds, none for yen. */
export const digitsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2

/** The limits of a role in a currency, one row for each act. */
export const rowsOf = (limits: readonly RoleLimit[], currency: string): Row[] =>
  acts.map(act => {
    const limit = limits.find(one => one.act === act && one.currency === currency)
    if (!limit) return { act, extent: 'nothing', amount: '', referTo: null }
    const extent = limit.most === null ? 'everything' : limit.most === 0 ? 'nothing' : 'upTo'
    const amount = limit.most ? limit.most / 10 ** digitsOf(currency) : ''
    return { act, extent, amount, referTo: limit.referTo }
  })

/** What the rows say, beside what the role has in other currencies. */
export const limitsFrom = (rows: readonly Row[], known: readonly RoleLimit[], currency: string): RoleLimit[] => [
  ...known.filter(limit => limit.currency !== currency),
  ...rows.flatMap(({ act, extent, amount, referTo }): RoleLimit[] => {
    if (extent === 'everything') return [{ act, currency, most: null, referTo: null }]
    const most = extent === 'upTo' ? Math.round(Number(amount) * 10 ** digitsOf(currency)) : 0
    return most === 0 && referTo === null ? [] : [{ act, currency, most, referTo }]
  }),
]
