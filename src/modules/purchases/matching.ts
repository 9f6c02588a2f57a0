/** A line that something may have come back of. */
export type Sold = {
  lineId: number
  account: string
  sku: string
  at: number
  quantity: number
  paid: number
  /** What is left of it. */
  units: number
  minor: number
}

/** Something that came back, as a file tells it. */
export type Came = { line: number; account: string; sku: string; at: number; quantity: number; paid: number }

export type Match = { line: number; lineId: number; quantity: number; minor: number }
export type Matched = { matches: Match[]; unmatched: { line: number; why: string }[] }

const keyOf = ({ account, sku }: { account: string; sku: string }) => `${account}\n${sku.toUpperCase()}`

/** Whether each unit cost as much as what came back was credited with, to the penny that rounding takes. */
const isSamePrice = (sold: Sold, came: Came): boolean =>
  Math.abs(sold.paid * came.quantity - came.paid * sold.quantity) <= Math.max(sold.quantity, came.quantity)

const take = (sold: Sold, came: Came, units: number, left: { units: number; minor: number }): Match => {
  // The last part takes what is left of the amount, so that all parts are what was credited.
  const minor = units === left.units ? left.minor : Math.floor((came.paid * units) / came.quantity)
  sold.units -= units
  sold.minor -= minor
  left.units -= units
  left.minor -= minor
  return { line: came.line, lineId: sold.lineId, quantity: units, minor }
}

const matchOne = (came: Came, candidates: readonly Sold[]): Match[] | string => {
  const before = candidates.filter(one => one.at <= came.at)
  if (before.length === 0) return 'This customer bought none of it before'
  const order = [...before.filter(one => isSamePrice(one, came)), ...before.filter(one => !isSamePrice(one, came))]
  const left = { units: came.quantity, minor: came.paid }
  const plan: [Sold, number][] = []
  for (const one of order) {
    // More than a line was paid for is never paid back for it.
    const room = came.paid === 0 ? one.units : Math.min(one.units, Math.floor((one.minor * came.quantity) / came.paid))
    const units = Math.min(room, left.units - plan.reduce((sum, [, n]) => sum + n, 0))
    if (units > 0) plan.push([one, units])
  }
  if (plan.reduce((sum, [, n]) => sum + n, 0) < came.quantity)
    return 'More came back than this customer bought, or more was paid back than was paid'
  return plan.map(([sold, units]) => take(sold, came, units, left))
}

/**
 * Finds what each thing that came back was part of: bought by the same customer, the same product, before; at the same
 * price and latest first. In the order in which they came back, and never more of a line than was bought and paid.
 */
export const matchReturns = (sold: readonly Sold[], came: readonly Came[]): Matched => {
  const byKey = Map.groupBy(
    sold.toSorted((a, b) => b.at - a.at || b.lineId - a.lineId),
    keyOf,
  )
  const matches: Match[] = []
  const unmatched: Matched['unmatched'] = []
  for (const one of came.toSorted((a, b) => a.at - b.at || a.line - b.line)) {
    const found = matchOne(one, byKey.get(keyOf(one)) ?? [])
    if (typeof found === 'string') unmatched.push({ line: one.line, why: found })
    else matches.push(...found)
  }
  return { matches, unmatched }
}
