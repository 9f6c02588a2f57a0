/** The quantile of the normal distribution that leaves 2.5 % on either side. */
const z95 = 1.959963984540054

/**
 * The interval within which a share lies, by Wilson's score (JASA 22, 1927): it stays between 0 and 1 and says something
 * for 0 of n too, where the usual ± says nothing.
 * @param hits how many of `n`, 0 to n
 * @returns low and high end at 95 %, from 0 to 1; null where nothing was counted
 */
export const wilson = (hits: number, n: number): { low: number; high: number } | null => {
  if (!Number.isInteger(hits) || !Number.isInteger(n) || hits < 0 || n < 0 || hits > n)
    throw new RangeError(`${hits} of ${n} is no share`)
  if (n === 0) return null
  const p = hits / n
  const z2 = z95 * z95
  const centre = (p + z2 / (2 * n)) / (1 + z2 / n)
  const half = (z95 * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n))) / (1 + z2 / n)
  // Rounding would leave 1e-17 beyond the ends that are exact.
  return { low: hits === 0 ? 0 : Math.max(0, centre - half), high: hits === n ? 1 : Math.min(1, centre + half) }
}
