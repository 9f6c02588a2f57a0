import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wilson } from './wilson.ts'

// Newcombe, Statistics in Medicine 17:857 (1998), and the edges.
test.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
  [5, 5, 0.5655, 1],
])('%i of %i lies between %f and %f', (hits, n, low, high) => {
  const found = wilson(hits, n)
  expect(found?.low).toBeCloseTo(low, 4)
  expect(found?.high).toBeCloseTo(high, 4)
})

const share = fc.nat(10_000).chain(n => fc.tuple(fc.nat(n), fc.constant(n)))

test('the interval holds the share, stays between 0 and 1, mirrors itself and narrows with more', () => {
  fc.assert(
    fc.property(
      share.filter(([, n]) => n > 0),
      ([hits, n]) => {
        const one = wilson(hits, n) ?? { low: 2, high: -1 }
        const other = wilson(n - hits, n) ?? { low: 2, high: -1 }
        const more = wilson(hits * 4, n * 4) ?? { low: 2, high: -1 }
        return (
          one.low >= 0 &&
          one.high <= 1 &&
          one.low <= hits / n + 1e-12 &&
          one.high >= hits / n - 1e-12 &&
          Math.abs(one.low - (1 - other.high)) < 1e-12 &&
          more.high - more.low < one.high - one.low
        )
      },
    ),
  )
})

test('of nothing there is no share, and what is none is refused', () => {
  expect(wilson(0, 0)).toBeNull()
  for (const [hits, n] of [
    [2, 1],
    [-1, 3],
    [0.5, 2],
    [1, Number.NaN],
  ] as const)
    expect(() => wilson(hits, n)).toThrow(RangeError)
})
