import fc from 'fast-check'
import { expect, test } from 'vitest'
import { covers, type Limit, leftOf, rolesAbove } from './limits.ts'

const limit = (most: number | null, perCustomer: number | null = null, perShift: number | null = null): Limit => ({
  most,
  perCustomer,
  perShift,
})
const unused = { ofCustomer: 0, ofShift: 0 }

test('within the limit the answer is yes, to the penny', () => {
  expect(covers(limit(5000), unused, 5000)).toBe(true)
  expect(covers(limit(5000), unused, 5001)).toBe(false)
  expect(covers(limit(null), unused, 5_000_000)).toBe(true)
  expect(covers(limit(0), unused, 0)).toBe(true)
  expect(covers(null, unused, 0)).toBe(false)
})

test('what a customer had and what the shift brought count too, and what stops one first is named', () => {
  expect(leftOf(limit(5000, 8000), { ofCustomer: 6000, ofShift: 0 })).toEqual({ upTo: 2000, by: 'customer' })
  expect(leftOf(limit(5000, 8000, 10_000), { ofCustomer: 0, ofShift: 9900 })).toEqual({ upTo: 100, by: 'shift' })
  expect(leftOf(limit(5000, 8000, 10_000), unused)).toEqual({ upTo: 5000, by: 'act' })
  expect(leftOf(limit(null, 100), { ofCustomer: 150, ofShift: 0 })).toEqual({ upTo: 0, by: 'customer' })
  expect(leftOf(limit(null), { ofCustomer: 150, ofShift: 9 })).toEqual({ upTo: null, by: 'act' })
})

test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])('%s is no amount', amount => {
  expect(() => covers(limit(5000), unused, amount)).toThrow(RangeError)
})

test('what is covered is exactly what is left, and a higher limit never forbids what a lower one allows', () => {
  const most = fc.option(fc.nat(10_000), { nil: null })
  const used = fc.record({ ofCustomer: fc.nat(10_000), ofShift: fc.nat(10_000) })
  const wider = (a: number | null, b: number | null) => (a === null || b === null ? null : Math.max(a, b))
  fc.assert(
    fc.property(most, most, most, most, most, most, used, fc.nat(20_000), (a, b, c, d, e, f, spent, amount) => {
      const low = limit(a, b, c)
      const left = leftOf(low, spent).upTo
      expect(covers(low, spent, amount)).toBe(left === null || amount <= left)
      const high = limit(wider(a, d), wider(b, e), wider(c, f))
      if (covers(low, spent, amount)) expect(covers(high, spent, amount)).toBe(true)
    }),
  )
})

const rung = (id: number, referTo: number | null) => ({ id, limits: [{ act: 'refund', currency: 'GBP', referTo }] })

test('the roles above are named in the order in which they are asked', () => {
  const roles = [rung(1, 2), rung(2, 3), rung(3, null), rung(4, 2)]
  expect(rolesAbove(roles, 1, 'refund', 'GBP')).toEqual([2, 3])
  expect(rolesAbove(roles, 3, 'refund', 'GBP')).toEqual([])
  expect(rolesAbove(roles, 1, 'discount', 'GBP')).toEqual([])
  expect(rolesAbove([rung(1, 9)], 1, 'refund', 'GBP')).toEqual([9])
})

test('the way up ends or is refused, however roles refer to each other', () => {
  const ids = fc.integer({ min: 1, max: 6 })
  fc.assert(
    fc.property(fc.array(fc.option(ids, { nil: null }), { minLength: 6, maxLength: 6 }), ids, (refers, from) => {
      const roles = refers.map((to, index) => rung(index + 1, to))
      const walked = new Set([from])
      let at = refers[from - 1] ?? null
      for (; at !== null && !walked.has(at); at = refers[at - 1] ?? null) walked.add(at)
      if (at !== null) expect(() => rolesAbove(roles, from, 'refund', 'GBP')).toThrow(RangeError)
      else expect(rolesAbove(roles, from, 'refund', 'GBP')).toEqual([...walked].slice(1))
    }),
  )
})
