import { expect, test } from 'vitest'
import { Condition, caps } from '../../shared/condition.ts'
import { BadCondition, check, compile, compileChange, describe, fieldsOf, resolve, toSql } from './index.ts'
import type { Meaning } from './operators.ts'
import { catalogue } from './samples.ts'

const open: Condition = { field: 'status', op: 'is', value: 'open' }
const nested = (depth: number): unknown => (depth === 1 ? open : { not: nested(depth - 1) })

test('a condition is refused beyond its caps', () => {
  const many = (count: number) => ({ any: Array.from({ length: count }, () => open) })
  expect(Condition.safeParse(nested(caps.depth)).success).toBe(true)
  expect(Condition.safeParse(nested(caps.depth + 1)).error?.issues[0]?.message).toContain('8 levels')
  expect(Condition.safeParse(many(caps.leaves)).success).toBe(true)
  expect(Condition.safeParse(many(caps.leaves + 1)).error?.issues[0]?.message).toContain('200 parts')
  expect(Condition.safeParse({ any: Array.from({ length: 201 }, () => ({ all: [] })) }).success).toBe(false)
  const hostile: unknown = JSON.parse('{"not":'.repeat(50_000) + '{"all":[]}' + '}'.repeat(50_000))
  expect(Condition.safeParse(hostile).success).toBe(false)
  for (const odd of [null, 3, [], {}, { all: 1 }, { ...open, all: [] }, { field: 'Status"', op: 'is' }]) {
    expect(Condition.safeParse(odd).success).toBe(false)
  }
})

const problems: [string, Condition, string][] = [
  ['an unknown field', { field: 'colour', op: 'present' }, 'field'],
  ['a field of every object', { field: 'constructor', op: 'present' }, 'field'],
  ['an operator of another type', { any: [open, { field: 'vip', op: 'contains', value: 'x' }] }, 'any[1].op'],
  ['a method of every object', { not: { field: 'vip', op: 'toString' } }, 'not.op'],
  ['a value of the wrong type', { any: [open, { field: 'title', op: 'is', value: 3 }] }, 'any[1].value'],
  ['a value where none belongs', { all: [{ field: 'title', op: 'absent', value: 3 }] }, 'all[0].value'],
  ['a missing value', { all: [{ not: { field: 'title', op: 'is' } }] }, 'all[0].not.value'],
  ['a choice that does not exist', { field: 'status', op: 'one_of', value: ['open', 'shut'] }, 'value'],
  ['an empty choice', { field: 'status', op: 'is', value: '' }, 'value'],
  ['a text too long', { field: 'title', op: 'is', value: 'x'.repeat(501) }, 'value'],
  ['a list too long', { field: 'tags', op: 'has_any', value: Array.from({ length: 101 }, () => 'a') }, 'value'],
  ['NUL', { field: 'title', op: 'is', value: 'a\0' }, 'value'],
  ['half a surrogate pair', { field: 'title', op: 'contains', value: '\ud83d' }, 'value'],
  ['a part of a penny', { field: 'price', op: 'is', value: 1.5 }, 'value'],
  ['a day that does not exist', { field: 'day', op: 'on', value: '2026-02-29' }, 'value'],
  ['the year nought', { field: 'due', op: 'before', value: '0000-01-01T00:00:00Z' }, 'value'],
  ['hours of a date', { field: 'day', op: 'within_last', value: { n: 3, unit: 'hours' } }, 'value'],
  ['an id that is too large', { field: 'owner', op: 'is', value: '9223372036854775808' }, 'value'],
]
test.each(problems)('%s is refused and the path is named', (_, condition, path) => {
  for (const use of [check, toSql, compile, describe, compileChange]) {
    expect(() => use(catalogue, condition)).toThrow(expect.objectContaining({ name: 'BadCondition', path }))
  }
})

test('a relative date and "me" have to be resolved before they are used', () => {
  for (const leaf of [
    { field: 'due', op: 'within_last', value: { n: 1, unit: 'days' } },
    { field: 'due', op: 'on', value: '2026-03-29' },
    { field: 'owner', op: 'one_of', value: [1, 'me'] },
  ]) {
    check(catalogue, { not: leaf })
    expect(() => toSql(catalogue, { not: leaf })).toThrow('not.value: Resolve the condition first')
    expect(() => compile(catalogue, { not: leaf })).toThrow(BadCondition)
  }
})

test('relative dates follow the calendar in the zone, hours follow the clock', () => {
  // London puts its clocks forward on 29 March 2026: noon the day before is 23 hours ago.
  const context = { now: new Date('2026-03-29T11:00:00Z'), zone: 'Europe/London', me: null }
  const due = (op: string, value: unknown) => resolve(catalogue, { field: 'due', op, value }, context)
  const between = (from: string, to: string) => ({ field: 'due', op: 'between', value: { from, to } })
  expect(due('within_last', { n: 1, unit: 'days' })).toEqual(
    between('2026-03-28T12:00:00.000Z', '2026-03-29T11:00:00.000Z'),
  )
  expect(due('within_last', { n: 24, unit: 'hours' })).toEqual(
    between('2026-03-28T11:00:00.000Z', '2026-03-29T11:00:00.000Z'),
  )
  expect(due('within_next', { n: 90, unit: 'minutes' })).toEqual(
    between('2026-03-29T11:00:00.000Z', '2026-03-29T12:30:00.000Z'),
  )
  expect(due('older_than', { n: 1, unit: 'months' })).toEqual({
    field: 'due',
    op: 'before',
    value: '2026-02-28T12:00:00.000Z',
  })
  expect(due('on', '2026-03-29')).toEqual(between('2026-03-29T00:00:00.000Z', '2026-03-29T22:59:59.999Z'))
  expect(due('on', '2026-10-25')).toEqual(between('2026-10-24T23:00:00.000Z', '2026-10-25T23:59:59.999Z'))
})

test('a relative date field counts whole days of the zone', () => {
  const evening = { now: new Date('2026-03-30T23:30:00Z'), me: null }
  const last = { field: 'day', op: 'within_last', value: { n: 1, unit: 'months' } }
  const value = (zone: string) => resolve(catalogue, last, { ...evening, zone })
  expect(value('Europe/London')).toMatchObject({ op: 'between', value: { from: '2026-02-28', to: '2026-03-31' } })
  expect(value('America/New_York')).toMatchObject({ op: 'between', value: { from: '2026-02-28', to: '2026-03-30' } })
})

test('what happens now is within the last hour and within the next', () => {
  const now = new Date('2026-03-29T11:00:00.500Z')
  for (const op of ['within_last', 'within_next']) {
    const condition = resolve(
      catalogue,
      { field: 'due', op, value: { n: 1, unit: 'hours' } },
      { now, zone: 'UTC', me: null },
    )
    expect(compile(catalogue, condition)({ due: now })).toBe(true)
  }
})

test('"me" becomes whoever asks, and nobody matches nobody', () => {
  const mine: Condition = {
    any: [
      { field: 'owner', op: 'is', value: 'me' },
      { field: 'owner', op: 'one_of', value: ['me', 7] },
    ],
  }
  const as = (me: string | null) => compile(catalogue, resolve(catalogue, mine, { now: new Date(0), zone: 'UTC', me }))
  expect(as('5')({ owner: '5' })).toBe(true)
  expect(as('5')({ owner: null })).toBe(false)
  expect(as(null)({ owner: '7' })).toBe(true)
  expect(as(null)({ owner: null })).toBe(false)
})

test('a text field may hold the word "me"', () => {
  const condition: Condition = { field: 'title', op: 'is', value: 'me' }
  expect(compile(catalogue, condition)({ title: 'me' })).toBe(true)
})

const change = (op: string, field = 'status', value?: unknown) => compileChange(catalogue, { field, op, value })
test('a change is seen between before and after', () => {
  const closing = { before: { status: 'open' }, after: { status: 'done' } }
  const opening = { before: null, after: { status: 'open' } }
  expect(change('changed')(closing)).toBe(true)
  expect(change('changed')({ before: closing.after, after: closing.after })).toBe(false)
  expect(change('changed')(opening)).toBe(true)
  expect(change('changed')({ before: null, after: { status: null } })).toBe(false)
  expect(change('changed_to', 'status', 'done')(closing)).toBe(true)
  expect(change('changed_to', 'status', 'open')(opening)).toBe(true)
  expect(change('changed_from', 'status', 'open')(closing)).toBe(true)
  expect(change('changed_from', 'status', 'done')(closing)).toBe(false)
  const tags = change('changed', 'tags')
  expect(tags({ before: { tags: ['a', 'b'] }, after: { tags: ['b', 'a'] } })).toBe(false)
  expect(tags({ before: { tags: ['a', 'b'] }, after: { tags: ['a'] } })).toBe(true)
  expect(change('changed_to', 'day', '2026-03-29')({ before: null, after: { day: '2026-03-29' } })).toBe(true)
})

test('ordinary operators of a change read what is after', () => {
  const reopened: Condition = { all: [{ field: 'status', op: 'changed_from', value: 'done' }, open] }
  const holds = compileChange(catalogue, reopened)
  expect(holds({ before: { status: 'done' }, after: { status: 'open' } })).toBe(true)
  expect(holds({ before: { status: 'open' }, after: { status: 'done' } })).toBe(false)
})

test('operators of change are refused wherever there is no before and after', () => {
  const condition: Condition = { all: [{ field: 'status', op: 'changed' }] }
  check(catalogue, condition, 'change')
  for (const use of [toSql, compile, check]) expect(() => use(catalogue, condition)).toThrow('all[0].op')
})

test('a condition is described in plain English', () => {
  const condition: Condition = {
    all: [
      open,
      {
        any: [
          { field: 'title', op: 'contains', value: 'refund' },
          { field: 'tags', op: 'has_any', value: ['a', 'b'] },
        ],
      },
      { not: { field: 'vip', op: 'is', value: true } },
      { field: 'due', op: 'within_next', value: { n: 1, unit: 'hours' } },
    ],
  }
  expect(describe(catalogue, condition)).toBe(
    'Status is Open and (Title contains “refund” or Tags has any of “a” or “b”) and it is not true that VIP is yes and Due is within the next 1 hour.',
  )
  expect(describe(catalogue, { field: 'price', op: 'between', value: { from: 500, to: 1250 } })).toBe(
    'Price is between £5.00 and £12.50.',
  )
  expect(describe(catalogue, { field: 'day', op: 'after', value: '2026-03-29' })).toBe('Day is after 29 March 2026.')
  const before: Condition = { field: 'due', op: 'before', value: '2026-03-29T11:00:00Z' }
  expect(describe(catalogue, before, 'Europe/London')).toBe('Due is before 29 March 2026 at 12:00.')
  expect(describe(catalogue, { field: 'owner', op: 'is', value: 'me' })).toBe('Owner is me.')
  expect(describe(catalogue, { all: [] })).toBe('Anything.')
})

test('the fields of a condition are each named once', () => {
  expect(fieldsOf({ all: [open, { not: { any: [open, { field: 'vip', op: 'present' }] } }] })).toEqual([
    'status',
    'vip',
  ])
})

test('an operator with one meaning does not compile', () => {
  // @ts-expect-error: it has no SQL
  const half: Meaning<string, string> = { test: value => x => x === value }
  expect(half).toBeDefined()
})
