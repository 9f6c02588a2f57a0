import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decide, type Holder, rolesAbove } from './limits.ts'

const holder = (id: number, most: number | null, currency: string | null = 'GBP'): Holder => ({
  id,
  name: `Person ${id}`,
  limits: [{ act: 'refund', currency, most }],
})

test('within the limit the answer is yes, to the penny', () => {
  expect(decide(holder(1, 5000), 'refund', 'GBP', 5000, [])).toEqual({ allowed: true })
  expect(decide(holder(1, 5000), 'refund', 'GBP', 5001, [])).toEqual({ allowed: false, upTo: 5000, referTo: null })
})

test('beyond it the nearest who may is named, and never oneself', () => {
  const above = [holder(1, null), holder(2, 4000), holder(3, 20_000), holder(4, null)]
  expect(decide(holder(1, 5000), 'refund', 'GBP', 6000, above)).toEqual({
    allowed: false,
    upTo: 5000,
    referTo: { id: 3, name: 'Person 3' },
  })
  expect(decide(holder(1, 5000), 'refund', 'GBP', 50_000, above)).toMatchObject({ referTo: { id: 4 } })
})

test('another act or currency has another limit', () => {
  expect(decide(holder(1, 5000), 'discount', 'GBP', 1, [])).toMatchObject({ allowed: false, upTo: 0 })
  expect(decide(holder(1, 5000), 'refund', 'EUR', 1, [])).toMatchObject({ allowed: false, upTo: 0 })
})

test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])('%s is no amount', amount => {
  expect(() => decide(holder(1, 5000), 'refund', 'GBP', amount, [])).toThrow(RangeError)
})

test('a higher limit never forbids what a lower one allows, and whoever is named may do it', () => {
  const limit = fc.option(fc.nat(10_000), { nil: null })
  fc.assert(
    fc.property(limit, limit, fc.nat(20_000), fc.array(limit, { maxLength: 5 }), (a, b, amount, others) => {
      const above = others.map((most, index) => holder(index + 10, most))
      const lower = a === null ? b : b === null ? a : Math.min(a, b)
      const higher = a === null || b === null ? null : Math.max(a, b)
      if (decide(holder(1, lower), 'refund', 'GBP', amount, above).allowed)
        expect(decide(holder(1, higher), 'refund', 'GBP', amount, above).allowed).toBe(true)
      const answer = decide(holder(1, lower), 'refund', 'GBP', amount, above)
      if (answer.allowed || !answer.referTo) return
      const named = above.find(one => one.id === answer.referTo?.id) as Holder
      expect(decide(named, 'refund', 'GBP', amount, []).allowed).toBe(true)
    }),
  )
})

const rung = (id: number, referTo: number | null) => ({
  id,
  limits: [{ act: 'refund', currency: 'GBP', most: 0, referTo }],
})

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
