import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Condition } from '../../shared/condition.ts'
import { rowBefore } from './before.ts'
import { circleOf, type Wired } from './circles.ts'

const wired = (id: number, condition: Condition, change: Record<string, unknown>): Wired => ({
  id,
  name: `Rule ${id}`,
  when: { event: 'case.changed' },
  condition,
  actions: [{ do: 'change', change }],
})
const to = (field: string, value: unknown): Condition => ({ field, op: 'changed_to', value })
const namesOf = (circle: readonly Wired[] | null) => circle?.map(rule => rule.id) ?? null

test('two rules that undo each other are a circle, also by way of a third', () => {
  const [there, back] = [wired(1, to('severity', 2), { severity: 3 }), wired(2, to('severity', 3), { severity: 2 })]
  expect(namesOf(circleOf(there, [back]))).toEqual([1, 2])
  const [a, b, c] = [
    wired(1, to('status', 'open'), { status: 'new', severity: 2 }),
    wired(2, to('severity', 2), { teamId: 5 }),
    wired(3, { field: 'team', op: 'changed' }, { status: 'open', severity: 1 }),
  ]
  expect(namesOf(circleOf(a, [b, c]))).toEqual([1, 2, 3])
})

test('what comes to rest, or cannot follow from each other, is no circle', () => {
  const one = wired(1, to('severity', 2), { kind: 'complaint' })
  expect(circleOf(one, [wired(2, to('kind', 'complaint'), { severity: 2 })])).toBeNull()
  const there = wired(1, to('severity', 2), { severity: 3 })
  const other: Condition = { all: [to('severity', 3), { field: 'severity', op: 'is', value: 4 }] }
  expect(circleOf(there, [wired(2, other, { severity: 2 })])).toBeNull()
  expect(
    circleOf(there, [{ ...wired(2, to('severity', 3), { severity: 2 }), when: { event: 'case.opened' } }]),
  ).toBeNull()
})

test('a change is taken back to what the ledger says was before, by numbers where it has names', () => {
  const told = {
    type: 'case.changed',
    data: { undo: { was: { teamId: 4, assigneeId: null, waitingSince: null, solvedAt: null }, is: {} } },
    before: { status: 'open', team: 'Counter', custom: { colour: 'red' } },
    after: { status: 'solved', team: 'Desk', custom: { colour: 'blue', size: 3 } },
  }
  const after = { status: 'solved', team: 7, subject: 'x', 'custom.colour': 'blue', 'custom.size': 3 }
  expect(rowBefore(after, told)).toMatchObject({
    status: 'open',
    team: 4,
    subject: 'x',
    'custom.colour': 'red',
    'custom.size': null,
  })
  expect(rowBefore(after, { ...told, type: 'case.opened' })).toBeNull()
})

test('whatever rules there are, a found circle is one: each of its rules is named once and the first begins it', () => {
  const field = fc.constantFrom('severity', 'kind', 'team')
  const value = fc.constantFrom(1, 2, 3)
  const keys: Record<string, string> = { severity: 'severity', kind: 'kind', team: 'teamId' }
  const any = fc.record({ waits: field, of: value, sets: field, to: value })
  fc.assert(
    fc.property(fc.array(any, { minLength: 1, maxLength: 7 }), all => {
      const rules = all.map((one, index) =>
        wired(index + 1, to(one.waits, one.of), { [keys[one.sets] as string]: one.to }),
      )
      const circle = circleOf(rules[0] as Wired, rules.slice(1))
      if (!circle) return
      expect(circle[0]?.id).toBe(1)
      expect(new Set(namesOf(circle)).size).toBe(circle.length)
      expect(circle.length).toBeGreaterThan(1)
    }),
  )
})
