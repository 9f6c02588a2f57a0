import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shared, worthOfUnits } from './allocating.ts'

const amount = fc.integer({ min: 0, max: 1_000_000_000_000 })

test('a discount is shared by what each line costs, to the penny', () => {
  expect(shared(1000, [1999, 501, 2500])).toEqual([400, 100, 500])
  expect(shared(100, [1, 1, 1])).toEqual([34, 33, 33])
  expect(shared(5, [0, 0])).toEqual([3, 2])
})

test('shares add up to what is shared, and none is a unit away from what its weight asks for', () => {
  fc.assert(
    fc.property(amount, fc.array(amount, { minLength: 1, maxLength: 20 }), (total, weights) => {
      const shares = shared(total, weights)
      expect(shares.reduce((all, one) => all + one, 0)).toBe(total)
      const sum = weights.reduce((all, one) => all + one, 0)
      for (const [i, share] of shares.entries()) {
        expect(share).toBeGreaterThanOrEqual(0)
        if (sum > 0) {
          const exact = Number((BigInt(total) * BigInt(weights[i] as number)) / BigInt(sum))
          expect(Math.abs(share - exact)).toBeLessThanOrEqual(1)
        }
      }
    }),
  )
})

test('units that are paid back one after the other, in any parts, are what was paid in the end', () => {
  fc.assert(
    fc.property(amount, fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 10 }), (paid, parts) => {
      const quantity = parts.reduce((all, one) => all + one, 0)
      let [from, back] = [0, 0]
      for (const count of parts) {
        const worth = worthOfUnits(paid, quantity, from, count)
        expect(worth).toBeGreaterThanOrEqual(0)
        back += worth
        from += count
      }
      expect(back).toBe(paid)
    }),
  )
  expect([0, 1, 2].map(from => worthOfUnits(1000, 3, from, 1))).toEqual([333, 333, 334])
})
