/**
 * Shares an amount by weights to the last minor unit: each share is what its weight asks for, rounded down, and what is
 * left goes to the largest remainders, earlier ones first (Hamilton's method). Without any weight, all count the same.
 * @param total minor units, 0 or more
 * @param weights 0 or more each
 */
export const shared = (total: number, weights: readonly number[]): number[] => {
  const sum = weights.reduce((all, one) => all + one, 0)
  const even = sum === 0
  const whole = BigInt(even ? weights.length : sum)
  // Whole numbers all the way: amounts times amounts leave what a double can hold exactly.
  const asked = weights.map(one => BigInt(total) * BigInt(even ? 1 : one))
  const shares = asked.map(one => Number(one / whole))
  let left = total - shares.reduce((all, one) => all + one, 0)
  const byRemainder = asked
    .map((one, index) => ({ index, rest: one % whole }))
    .toSorted((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1))
  for (const { index } of byRemainder) {
    if (left === 0) break
    shares[index] = (shares[index] as number) + 1
    left -= 1
  }
  return shares
}

/**
 * What units `from` up to `from + count` of a line are worth: the units are paid alike, rounded down, and the last one
 * takes the remainder, so that all of them together are what was paid.
 */
export const worthOfUnits = (paid: number, quantity: number, from: number, count: number): number => {
  const each = Math.floor(paid / quantity)
  const last = from + count === quantity ? paid - each * quantity : 0
  return each * count + last
}
