import { expect, test } from 'vitest'
import { findingsIn, type Law, type Standing } from './checking.ts'
import type { Clause, Content } from './contract-shapes.ts'
import { starters } from './starters.ts'

const law = (key: string, citedAs: string, jurisdictions = ['uk'], repealedOn = '2010-10-01'): Law => ({
  key,
  name: key,
  citedAs,
  jurisdictions,
  repealedOn,
  successor: `after ${key}`,
  source: '',
  note: '',
})
const laws = [law('dda', '\\bdda\\b|disability discrimination act'), law('later', 'soon gone', ['uk'], '2027-01-01')]
const standing: Standing = { today: '2026-11-22', reviewOn: '2027-01-01', ownerLeft: false, owner: 'Ann' }
const content = (clauses: Partial<Clause>[], more: Partial<Content> = {}): Content => ({
  name: 'Telephone',
  level: 'organisation',
  scope: '',
  limits: '',
  definitions: '',
  contact: '',
  jurisdiction: 'uk',
  clauses: clauses.map((one, i) => ({ key: `c${i}`, part: 'customers', text: 'We call you.', promise: null, ...one })),
  ...more,
})
const indicator = {
  kind: 'call_back' as const,
  condition: { all: [] },
  target: { unit: 'as_promised' as const },
  percent: 95,
  days: 90 as const,
}
const found = (one: Content, more: Partial<Standing> = {}) =>
  findingsIn(one, laws, { ...standing, ...more }).map(({ check }) => check)

test.each([
  ['a promise with all it needs', [{ promise: { indicator, remedy: 'We say so.', remedyMinutes: null } }], []],
  ['a promise nobody measures', [{ promise: { indicator: null, remedy: 'x', remedyMinutes: null } }], ['no_indicator']],
  ['a promise without a remedy', [{ promise: { indicator, remedy: '', remedyMinutes: null } }], ['no_remedy']],
  ['“always”', [{ text: 'We always answer.' }], ['misleading']],
  ['“as soon as possible”', [{ text: 'We answer as soon as possible.' }], ['unmeasurable']],
  ['“always” in small and at the end', [{ text: 'That is so ALWAYS' }], ['misleading']],
  ['a word that only holds one', [{ text: 'The hallways are lit.' }], []],
  ['strong words to staff, who are not promised anything', [{ part: 'staff', text: 'Always lock the door.' }], []],
  ['a dead law', [{ text: 'As the DDA says.' }], ['repealed']],
  ['a dead law in the remedy', [{ promise: { indicator, remedy: 'See the DDA.', remedyMinutes: null } }], ['repealed']],
  ['a law that goes later', [{ text: 'That is soon gone.' }], []],
  ['letters of a law within a word', [{ text: 'Call Eddaline.' }], []],
] as [string, Partial<Clause>[], string[]][])('%s', (_what, clauses, expected) => {
  expect(found(content(clauses))).toEqual(expected)
})

test('a law that is dead elsewhere still holds where the code holds', () => {
  const clauses = [{ text: 'As the DDA says.' }]
  expect(found(content(clauses, { jurisdiction: 'northern_ireland' }))).toEqual([])
  expect(findingsIn(content(clauses), laws, standing)[0]).toMatchObject({ words: 'dda', instead: 'after dda' })
})

test('a review that is overdue or missing, and an owner who left', () => {
  expect(found(content([]), { reviewOn: '2026-11-21' })).toEqual(['review_overdue'])
  expect(found(content([]), { reviewOn: '2026-11-22' })).toEqual([])
  expect(found(content([]), { reviewOn: null })).toEqual(['no_review'])
  expect(found(content([]), { ownerLeft: true })).toEqual(['owner_left'])
})

test('the ready-made codes hold what they preach: their promises name a remedy and no clause is misleading', () => {
  const checks = starters.flatMap(({ content: one }) => findingsIn(one, laws, standing))
  expect(checks.filter(({ check }) => check !== 'no_indicator')).toEqual([])
  expect(starters.map(({ key }) => key)).toEqual([
    'telephone',
    'appearance',
    'records',
    'refunds',
    'complaints',
    'confidentiality',
    'equality',
    'safety',
  ])
})
