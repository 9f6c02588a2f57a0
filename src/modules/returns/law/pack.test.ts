import { expect, test } from 'vitest'
import { readPack } from './pack.ts'
import { packs } from './packs.ts'

const gb = structuredClone(packs[0]!)
const [rule] = gb.rules

test('the packs that come with the program say for each rule what it is, where it stands and since when', () => {
  expect(packs.map(pack => pack.code)).toEqual(['gb', 'eu'])
  for (const pack of packs)
    for (const one of [...pack.rules, ...pack.clauses]) {
      expect(one.title).not.toBe('')
      expect(one.citation).not.toBe('')
      expect(one.from <= pack.reviewBy).toBe(true)
    }
})

test('a pack goes through JSON and back', () => {
  for (const pack of packs) expect(readPack(JSON.parse(JSON.stringify(pack)))).toEqual(pack)
})

test.each([
  ['no pack at all', { name: 'x' }, 'This is no pack of law'],
  ['a key nobody knows', { ...gb, colour: 'red' }, /colour|no such field/],
  ['a rule without a citation', { ...gb, rules: [{ ...rule, citation: ' ' }] }, 'Must name the provision'],
  [
    'a term of no days',
    { ...gb, rules: [{ ...rule, pays: [{ ...rule!.pays[0], term: { n: 0, unit: 'day', begins: 'that_day' } }] }] },
    'At least 1',
  ],
  ['a source that is not there', { ...gb, rules: [{ ...rule, source: 'hearsay' }] }, 'There is no source "hearsay"'],
  [
    'a clause that bars nothing',
    { ...gb, clauses: [{ ...gb.clauses[0], bars: ['cra.nothing'] }] },
    'There is no rule "cra.nothing" to bar',
  ],
  [
    'a trait nobody asks for',
    { ...gb, clauses: [{ ...gb.clauses[0], applies: { traits: ['blue'] } }] },
    'The trait "blue" is not among',
  ],
  ['one rule twice on a day', { ...gb, rules: [...gb.rules, rule] }, 'cra.short_reject is in force twice on one day'],
  ['an end before the beginning', { ...gb, rules: [{ ...rule, until: '2015-09-30' }] }, 'Ends before it begins'],
  [
    'a nation the pack is not for',
    { ...gb, rules: [{ ...rule, applies: { jurisdictions: ['FR'] } }] },
    'FR is named by a rule',
  ],
] as const)('%s is refused with words that help', (_, json, words) => {
  expect(() => readPack(json)).toThrow(words)
})

test('a rule may be followed by its successor', () => {
  const later = { ...rule, from: '2030-01-01' }
  const clauses = gb.clauses.filter(one => one.bars.every(id => id === rule!.id))
  const pack = { ...gb, rules: [{ ...rule, until: '2029-12-31' }, later], clauses }
  expect(readPack(pack).rules).toHaveLength(2)
})
