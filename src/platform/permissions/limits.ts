/**
 * Authority: how far somebody may go alone. A limit answers yes, or how far; it is a value of the domain, not an error.
 * Amounts are integers of minor units (pence), or a count where nothing is paid.
 */
export type Limit = {
  /** The most for one act; null means without limit. */
  most: number | null
  /** The most for one customer in a span of time. */
  perCustomer: number | null
  /** The most in one shift. */
  perShift: number | null
}

/** What counts already against the two sums of a limit. */
export type Used = { ofCustomer: number; ofShift: number }

/** Which part of a limit stops somebody first. */
export type Binding = 'act' | 'customer' | 'shift'

/**
 * How far a limit still goes.
 * @returns the most that may be decided now, null without limit, and which part of the limit says so
 */
export const leftOf = (limit: Limit, used: Used): { upTo: number | null; by: Binding } => {
  const parts: { upTo: number; by: Binding }[] = []
  if (limit.most !== null) parts.push({ upTo: limit.most, by: 'act' })
  if (limit.perCustomer !== null) parts.push({ upTo: Math.max(0, limit.perCustomer - used.ofCustomer), by: 'customer' })
  if (limit.perShift !== null) parts.push({ upTo: Math.max(0, limit.perShift - used.ofShift), by: 'shift' })
  const least = parts.toSorted((a, b) => a.upTo - b.upTo)[0]
  return least ?? { upTo: null, by: 'act' }
}

/**
 * Whether a limit covers an amount.
 * @param amount minor units or a count
 * @throws RangeError for an amount that is none
 */
export const covers = (limit: Limit | null, used: Used, amount: number): boolean => {
  if (!Number.isSafeInteger(amount) || amount < 0) throw new RangeError('An amount is a whole number of minor units.')
  if (!limit) return false
  const { upTo } = leftOf(limit, used)
  return upTo === null || amount <= upTo
}

/** Somebody's entries, each with who is asked beyond it. */
export type Ladder = { id: number; limits: readonly { act: string; currency: string | null; referTo: number | null }[] }

/**
 * The roles that are asked beyond a limit, nearest first: each refers to the next.
 * @throws RangeError when the way leads back to where it began
 */
export const rolesAbove = (roles: readonly Ladder[], from: number, act: string, currency: string | null): number[] => {
  const way: number[] = []
  for (let at = from; ; ) {
    const next = roles.find(role => role.id === at)?.limits.find(one => one.act === act && one.currency === currency)
    if (!next || next.referTo === null) return way
    if (next.referTo === from || way.includes(next.referTo))
      throw new RangeError('Roles refer to each other in a circle.')
    way.push(next.referTo)
    at = next.referTo
  }
}
