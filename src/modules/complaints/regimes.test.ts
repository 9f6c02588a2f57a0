import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addWorkingDays, bankHolidays } from '../../platform/calendar/index.ts'
import { clocksOf, type Facts, recourseOf, shortcutOf } from './clocks.ts'
import { type Regime, readRegime, regimes } from './regimes.ts'

const eaw = bankHolidays['GB-EAW']
const regime = (code: string): Regime => regimes.find(one => one.code === code)!
const at = (code: string, facts: Facts, id: string) => clocksOf(regime(code), facts, eaw).find(one => one.id === id)
const received = (receivedOn: string, more: Partial<Facts> = {}): Facts => ({ receivedOn, stage: 1, ...more })

// Dates as each scheme counts them, for England and Wales: FCA Handbook DISP 1.5 and 1.6, SI 2009/309, the Housing
// Ombudsman's code of 2024, Data Protection Act 2018 s.164A.
test.each([
  ['disp.summary_3bd', 'fca_disp', received('2026-04-02'), '2026-04-09'],
  ['disp.summary_3bd', 'fca_disp_payments', received('2026-04-02'), '2026-04-09'],
  ['disp.final_8w', 'fca_disp', received('2026-02-02'), '2026-03-30'],
  ['disp.psd_15bd', 'fca_disp_payments', received('2026-04-01'), '2026-04-24'],
  ['disp.psd_15bd', 'fca_disp_payments', received('2026-04-01', { extendedBy: 20 }), '2026-05-26'],
  ['nhs.ack_3wd', 'nhs', received('2026-12-24'), '2026-12-31'],
  ['nhs.respond_6m', 'nhs', received('2026-03-01'), '2026-08-31'],
  ['housing.s1_ack_5wd', 'housing', received('2026-04-01'), '2026-04-10'],
  ['housing.s1_10wd', 'housing', received('2026-04-01', { acknowledgedOn: '2026-04-10' }), '2026-04-24'],
  [
    'housing.s1_10wd',
    'housing',
    received('2026-04-01', { acknowledgedOn: '2026-04-10', extendedBy: 10 }),
    '2026-05-11',
  ],
  ['dp.ack_30d', 'data_protection', received('2026-06-20'), '2026-07-19'],
  ['he.both_90d', 'higher_education', received('2026-01-05'), '2026-04-05'],
  ['house.ack', 'house', received('2026-04-02'), '2026-04-07'],
] as const)('%s of %s from %j is due on %s', (id, code, facts, due) => {
  expect(at(code, facts, id)?.lastDay).toBe(due)
})

test('where the supervisor reads the law more kindly, its day is the hard limit', () => {
  expect(at('data_protection', received('2026-06-20'), 'dp.ack_30d')).toMatchObject({
    lastDay: '2026-07-19',
    hardLimit: '2026-07-20',
    counts:
      '30 days beginning with Saturday 20 June 2026, when it was received. At the very latest Monday 20 July 2026 (Guidance of the Information Commissioner).',
  })
  // The supervisor also moves the end to a working day: 30 days after 10 July are a Sunday.
  expect(at('data_protection', received('2026-07-10'), 'dp.ack_30d')?.hardLimit).toBe('2026-08-10')
  expect(at('house', received('2026-06-20'), 'house.ack')).not.toHaveProperty('hardLimit')
})

test('a rule counts from the day it is law', () => {
  expect(clocksOf(regime('data_protection'), received('2026-06-18'), eaw)).toEqual([])
  expect(clocksOf(regime('data_protection'), received('2026-06-19'), eaw)).toHaveLength(3)
  const says = (on: string) => at('fca_disp', received(on), 'disp.ack')?.mustSay.join('; ')
  // Acknowledged by Friday 29 May it need not say by when we answer; one that may go out on 1 June must.
  expect(says('2026-05-26')).not.toContain('8 weeks')
  expect(says('2026-05-27')).toContain('by when we will answer: within 8 weeks')
  expect(at('fca_disp_payments', received('2026-07-01'), 'disp.ack')?.mustSay.join()).toContain('15 business days')
})

test('financial services: what is resolved within three business days is spared the time limits, and is summed up', () => {
  const facts = received('2026-04-02', { resolvedOn: '2026-04-09' })
  const clocks = clocksOf(regime('fca_disp'), facts, eaw)
  expect(clocks.map(one => [one.id, one.lastDay, one.kind])).toEqual([['disp.summary_3bd.sent', null, 'duty']])
  expect(clocks[0]?.mustSay).toHaveLength(4)
  expect(shortcutOf(regime('fca_disp'), facts, eaw)?.instead).toBe('summary')
  // A day later the time limits stand, and the chance is gone.
  const late = { ...facts, resolvedOn: '2026-04-10' }
  expect(clocksOf(regime('fca_disp'), late, eaw).map(one => one.id)).toEqual(['disp.ack', 'disp.final_8w'])
  expect(shortcutOf(regime('fca_disp'), late, eaw)).toBeNull()
})

test('health: what was said and resolved by the next working day is outside the regulations, what was written is not', () => {
  const said = received('2026-04-02', { oral: true, resolvedOn: '2026-04-07' })
  expect(clocksOf(regime('nhs'), said, eaw)).toEqual([])
  expect(clocksOf(regime('nhs'), { ...said, resolvedOn: '2026-04-08' }, eaw)).toHaveLength(2)
  expect(clocksOf(regime('nhs'), { ...said, oral: false }, eaw)).toHaveLength(2)
  const open = clocksOf(regime('nhs'), received('2026-04-02', { oral: true }), eaw)
  expect(open[0]).toMatchObject({ id: 'nhs.oral_1wd', kind: 'chance', lastDay: '2026-04-07', endsWith: 'resolved' })
})

test('housing: the second stage has its own acknowledgement, and is answered by somebody else', () => {
  const facts: Facts = { receivedOn: '2026-04-01', stage: 2, stageStartedOn: '2026-05-05' }
  expect(at('housing', facts, 'housing.s2_ack_5wd')?.lastDay).toBe('2026-05-12')
  expect(at('housing', facts, 'housing.s2_20wd')).toMatchObject({
    lastDay: null,
    counts: '20 working days from when it was acknowledged, which is still to come.',
  })
  const known = { ...facts, acknowledgedOn: '2026-05-12' }
  expect(at('housing', known, 'housing.s2_20wd')?.lastDay).toBe('2026-06-10')
  expect(at('housing', { ...known, extendedBy: 20 }, 'housing.s2_20wd')?.lastDay).toBe('2026-07-08')
  expect(regime('housing').stages.map(one => one.anotherPerson)).toEqual([false, true])
})

test('an extension is refused beyond what the regime allows, and says what it asks for', () => {
  const facts = received('2026-04-01', { acknowledgedOn: '2026-04-10', extendedBy: 11 })
  expect(() => clocksOf(regime('housing'), facts, eaw)).toThrow('This can be extended by at most 10 working days.')
  expect(() => clocksOf(regime('nhs'), received('2026-03-01', { extendedBy: 0.5 }), eaw)).toThrow('a whole number')
  expect(at('nhs', received('2026-03-01', { extendedBy: 3 }), 'nhs.respond_6m')?.lastDay).toBe('2026-11-30')
  const answer = at('housing', { ...facts, extendedBy: 10 }, 'housing.s1_10wd')
  expect(answer?.extension).toMatchObject({ most: 10, needsReasons: true, tellsRecourse: true })
  expect(answer?.counts).toBe(
    '10 working days after Friday 10 April 2026, when it was acknowledged, and 10 working days more.',
  )
})

test('a stage that a procedure does not have is refused', () => {
  expect(() => clocksOf(regime('housing'), { receivedOn: '2026-04-01', stage: 3 }, eaw)).toThrow(
    'This procedure has 2 stages.',
  )
})

test.each([
  ['higher_education', { letterOn: '2026-09-07' }, '2027-09-07'],
  ['higher_education', { respondedOn: '2026-09-07' }, '2027-09-07'],
  ['fca_disp', { respondedOn: '2026-08-31' }, '2027-02-28'],
  ['housing', { respondedOn: '2026-06-10' }, '2027-06-10'],
  ['nhs', { eventOn: '2026-01-15' }, '2027-01-15'],
  ['nhs', {}, null],
  ['data_protection', { respondedOn: '2026-08-01' }, null],
] as const)('%s with %j can be taken further through %s', (code, facts, last) => {
  const [first] = recourseOf(regime(code), received('2026-01-05', facts), eaw)
  expect(first?.lastDay).toBe(last)
  expect(first?.address.length).toBeGreaterThan(10)
})

test('a letter that ends a procedure follows the review within 28 days', () => {
  const facts: Facts = { receivedOn: '2026-01-05', stage: 2, stageStartedOn: '2026-02-20', respondedOn: '2026-03-20' }
  expect(at('higher_education', facts, 'he.letter_28d')?.lastDay).toBe('2026-04-17')
  // The ninety days cover both stages.
  expect(at('higher_education', facts, 'he.both_90d')?.lastDay).toBe('2026-04-05')
})

test('numbers of the house are said to be its own', () => {
  for (const one of regimes)
    for (const stage of one.stages)
      for (const clock of clocksOf(
        one,
        { receivedOn: '2026-07-01', stage: stage.stage, stageStartedOn: '2026-07-01' },
        eaw,
      ))
        if (clock.kind === 'duty' && clock.lastDay !== null)
          expect(clock.counts.includes('The number is ours.')).toBe(clock.basis === 'house')
})

test('the regimes that come with the program are told apart by their code, and go through JSON and back', () => {
  expect(regimes.map(one => one.code)).toEqual([
    'house',
    'fca_disp',
    'fca_disp_payments',
    'nhs',
    'housing',
    'higher_education',
    'data_protection',
  ])
  for (const one of regimes) expect(readRegime(JSON.parse(JSON.stringify(one)))).toEqual(one)
})

test.each([
  ['no regime at all', { name: 'x' }, 'This is no regime'],
  [
    'stages out of order',
    { ...regime('nhs'), stages: [{ ...regime('nhs').stages[0], stage: 2 }] },
    'Stages are 1, 2, 3 in order',
  ],
  ['no recourse', { ...regime('nhs'), recourse: [] }, 'recourse'],
  ['a key nobody knows', { ...regime('nhs'), colour: 'blue' }, /colour|no such field/],
] as const)('%s is refused with words that help', (_, json, words) => {
  expect(() => readRegime(json)).toThrow(words)
})

const day = fc.integer({ min: 0, max: 700 }).map(n => addWorkingDays([], '2026-01-01', n))
test('no clock ends before it was received, later receipt is never due earlier, and more time is never less', () => {
  const which = fc.constantFrom(...regimes)
  fc.assert(
    fc.property(which, day, day, fc.integer({ min: 1, max: 2 }), (one, a, b, more) => {
      const [early, late] = a <= b ? [a, b] : [b, a]
      const due = (receivedOn: string, extendedBy = 0) =>
        new Map(
          clocksOf(one, { receivedOn, stage: 1, acknowledgedOn: receivedOn, extendedBy }, eaw).map(c => [c.id, c]),
        )
      const [first, second, extended] = [due(early), due(late), due(early, more)]
      for (const [id, clock] of first) {
        if (clock.lastDay === null) continue
        expect(clock.lastDay >= early).toBe(true)
        expect(clock.hardLimit === undefined || clock.hardLimit >= clock.lastDay).toBe(true)
        expect(second.get(id)!.lastDay! >= clock.lastDay).toBe(true)
        expect(extended.get(id)!.lastDay! >= clock.lastDay).toBe(true)
      }
    }),
    { numRuns: 800 },
  )
})
