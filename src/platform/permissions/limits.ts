/**
 * Authority: how far somebody may go alone. A limit answers yes, or whom to ask instead; it is a value of the domain,
 * not an error. Amounts are integers of minor units (pence), or a count where nothing is paid.
 */
export type Limit = {
  /** What may be done, such as `refund` or `discount`. */
  act: string
  /** Currency of the amount, or null for a count. */
  currency: string | null
  /** The most for one act; null means without limit. */
  most: number | null
}

/** A limit as a role states it, with the role that is asked beyond it. */
export type RoleLimit = Limit & { referTo: number | null }

type Ladder = { id: number; limits: readonly RoleLimit[] }

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

export type Holder = { id: number; name: string; limits: readonly Limit[] }

export type Decision =
  | { allowed: true }
  | { allowed: false; upTo: number; referTo: { id: number; name: string } | null }

const limitOf = (holder: Holder, act: string, currency: string | null): Limit | undefined =>
  holder.limits.find(limit => limit.act === act && limit.currency === currency)

const covers = (limit: Limit | undefined, amount: number): boolean =>
  limit !== undefined && (limit.most === null || amount <= limit.most)

/**
 * Whether somebody may do an act of an amount, and if not, who may.
 * @param amount minor units or a count; must be a whole number, not negative
 * @param above those who may be asked, nearest first; the first whose own limit covers it is named
 * @throws RangeError for an amount that is none
 */
export const decide = (
  holder: Holder,
  act: string,
  currency: string | null,
  amount: number,
  above: readonly Holder[],
): Decision => {
  if (!Number.isSafeInteger(amount) || amount < 0) throw new RangeError('An amount is a whole number of minor units.')
  const own = limitOf(holder, act, currency)
  if (covers(own, amount)) return { allowed: true }
  const next = above.find(one => one.id !== holder.id && covers(limitOf(one, act, currency), amount))
  return { allowed: false, upTo: own?.most ?? 0, referTo: next ? { id: next.id, name: next.name } : null }
}
