import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { personal } from '../../shared/contract.ts'
import { fieldsOf, hidden, hidePersonal, isPersonal, personalTexts, withoutPersonal } from './personal.ts'

const Tree: z.ZodType = z.lazy(() => z.object({ label: personal(z.string()), below: z.array(Tree) }))

const Shape = z.object({
  id: z.number(),
  name: personal(z.string().trim().max(20)).optional(),
  nick: personal(z.string()).nullable().default(null),
  to: z.array(personal(z.string())),
  who: z.union([z.object({ personId: z.number() }), z.object({ email: personal(z.string()) })]),
  extra: personal(z.record(z.string(), z.unknown())),
  found: z.preprocess(value => value, z.object({ phone: personal(z.string()) })).optional(),
  open: z.string(),
  tree: Tree.optional(),
})

const value = {
  id: 7,
  name: 'Ann Miller',
  nick: null,
  to: ['a@example.org', 'b@example.org'],
  who: { email: 'c@example.org' },
  extra: { card: 'LC 4711', visits: 3 },
  found: { phone: '020 7946 0123' },
  open: 'Kettle',
  tree: { label: 'root', below: [{ label: 'leaf', below: [] }] },
}

test('a mark is found below whatever wraps it, before and after', () => {
  const marked = personal(z.string())
  const wrapped = [
    marked.optional(),
    marked.nullable(),
    marked.default('x'),
    marked.max(3),
    marked.optional().nullable(),
  ]
  for (const shape of [marked, ...wrapped]) expect(isPersonal(shape)).toBe(true)
  for (const shape of [z.string(), z.array(marked), z.object({ marked })]) expect(isPersonal(shape)).toBe(false)
})

test('every field is named by where it stands, in unions, lists and shapes that hold themselves', () => {
  const marked = fieldsOf(Shape).filter(field => field.personal)
  expect(marked.map(field => field.path)).toEqual([
    'name',
    'nick',
    'to[]',
    'who.email',
    'extra',
    'found.phone',
    'tree.label',
  ])
  expect(fieldsOf(Shape).some(field => field.path === 'open' && !field.personal)).toBe(true)
})

test('the texts of marked fields are found in a value, also in one that fits only half', () => {
  expect(personalTexts(Shape, value)).toEqual([
    'Ann Miller',
    'a@example.org',
    'b@example.org',
    'c@example.org',
    'LC 4711',
    '3',
    '020 7946 0123',
    'root',
    'leaf',
  ])
  expect(personalTexts(Shape, { name: 'Only', to: 'no list', who: null })).toEqual(['Only'])
  expect(personalTexts(Shape, 'nothing like it')).toEqual([])
})

test('a value without its marked fields, and without what nobody named', () => {
  expect(withoutPersonal(Shape, { ...value, unknown: 'x' })).toEqual({
    id: 7,
    to: [],
    who: {},
    found: {},
    open: 'Kettle',
    tree: { below: [{ below: [] }] },
  })
})

test('whatever stands in marked fields, none of it is left over', () => {
  const secret = fc.string({ minLength: 8 }).map(text => `§${text}§`)
  fc.assert(
    fc.property(secret, secret, secret, (name, email, more) => {
      const left = withoutPersonal(Shape, { ...value, name, who: { email }, to: [more], extra: { more }, open: 'o' })
      for (const text of [name, email, more])
        expect(JSON.stringify(left)).not.toContain(JSON.stringify(text).slice(1, -1))
    }),
  )
})

test('an event keeps its keys, but not what they say of a person', () => {
  const event = {
    type: 'x.changed',
    data: { name: 'Ann', count: 2 },
    before: null,
    after: { name: 'Anna', status: 'open' },
  }
  expect(hidePersonal(event, { 'x.changed': ['name'] })).toEqual({
    type: 'x.changed',
    data: { name: hidden, count: 2 },
    before: null,
    after: { name: hidden, status: 'open' },
  })
  expect(hidePersonal(event, { 'y.changed': ['name'] })).toEqual(event)
})
