import fc from 'fast-check'
import { expect, test } from 'vitest'
import { harms, kinds, people, readClocks, reportingRules, risks } from './pack.ts'
import { daysOff, dutiesOf, type Facts } from './reporting.ts'

const accident: Facts = {
  jurisdiction: 'GB-EAW',
  kind: 'accident',
  happenedOn: '2026-03-01',
  workRelated: true,
  person: 'worker',
  harm: 'injury',
}
const duties = (facts: Facts) => dutiesOf(reportingRules, facts)
const short = (facts: Facts) => duties(facts).map(one => [one.id, one.do, one.lastDay])

// RIDDOR 2013, as the Health and Safety Executive's guidance counts it (INDG453).
test('a specified injury on Sunday 1 March is reported by Wednesday 11 March', () => {
  expect(short({ ...accident, harm: 'specified_injury' })).toEqual([['riddor.specified', 'report', '2026-03-11']])
  expect(short({ ...accident, harm: 'death', person: 'non_worker' })).toEqual([
    ['riddor.death', 'report', '2026-03-11'],
  ])
})

test.each([
  ['2026-03-01', '2026-03-09', [['riddor.over_7', 'report', '2026-03-16']]],
  ['2026-03-02', '2026-03-10', [['riddor.over_7', 'report', '2026-03-17']]],
  // The 3rd to the 9th are seven days: not more than seven.
  ['2026-03-02', '2026-03-09', [['riddor.over_3', 'record', null]]],
  ['2026-03-02', '2026-03-06', [['riddor.over_3', 'record', null]]],
  ['2026-03-02', '2026-03-05', []],
  ['2026-03-02', '2026-03-02', []],
  ['2026-03-02', null, []],
])('hurt at work on %s and off through %s', (happenedOn, offThrough, expected) => {
  expect(short({ ...accident, happenedOn, offThrough })).toEqual(expected)
})

test('days off are those in a row, the day of the accident not among them', () => {
  const off = (more: Partial<Facts>) => daysOff({ ...accident, happenedOn: '2026-03-02', ...more })
  expect(off({ offThrough: '2026-03-10' })).toBe(8)
  expect(off({ offFrom: '2026-03-02', offThrough: '2026-03-10' })).toBe(8)
  expect(off({ offFrom: '2026-03-05', offThrough: '2026-03-10' })).toBe(6)
  expect(off({ offThrough: '2026-03-01' })).toBe(0)
  const [duty] = duties({ ...accident, happenedOn: '2026-03-02', offThrough: '2026-03-10' })
  expect(duty?.why.slice(0, 2)).toEqual([
    'Off their usual work for 8 consecutive days after Monday 2 March 2026.',
    '15 days after Monday 2 March 2026, the day it happened.',
  ])
  expect(duty?.keep).toEqual({ n: 3, unit: 'year', begins: 'next_day' })
})

test('a customer who slips and is taken to hospital for treatment is reported, one who is not is no duty', () => {
  const slip: Facts = { ...accident, person: 'non_worker', takenToHospital: true }
  expect(short(slip)).toEqual([['riddor.public_hospital', 'report', '2026-03-11']])
  expect(short({ ...slip, takenToHospital: false })).toEqual([])
  expect(short({ ...slip, workRelated: false })).toEqual([])
  expect(short({ ...slip, offThrough: '2026-03-20', takenToHospital: false })).toEqual([])
  const ward: Facts = { ...slip, takenToHospital: false, harm: 'specified_injury' }
  expect(short(ward)).toEqual([])
  expect(short({ ...ward, traits: ['hospital_premises'] })).toEqual([
    ['riddor.public_in_hospital', 'report', '2026-03-11'],
  ])
})

test('a dangerous occurrence is reported although nobody was hurt, a disease without delay once it is diagnosed', () => {
  expect(short({ ...accident, kind: 'dangerous_occurrence', harm: 'none' })).toEqual([
    ['riddor.dangerous', 'report', '2026-03-11'],
  ])
  const disease: Facts = { ...accident, kind: 'disease' }
  expect(short(disease)).toEqual([])
  const [known] = duties({ ...disease, diagnosedOn: '2026-03-05' })
  expect(known).toMatchObject({ id: 'riddor.disease', lastDay: null, moment: null })
  expect(known?.why).toContain('Without delay: no number of days is set.')
})

test('road traffic, treatment and the armed forces are left out, and Northern Ireland has its own regulations', () => {
  for (const trait of ['road_traffic', 'medical_treatment', 'armed_forces'])
    expect(short({ ...accident, harm: 'specified_injury', traits: [trait] })).toEqual([])
  expect(short({ ...accident, harm: 'specified_injury', jurisdiction: 'GB-NIR' })).toEqual([])
  expect(short({ ...accident, harm: 'specified_injury', happenedOn: '2013-09-30' })).toEqual([])
})

const breach: Facts = {
  jurisdiction: 'GB-NIR',
  kind: 'data_breach',
  happenedOn: '2026-03-25',
  workRelated: true,
  awareAt: new Date('2026-03-27T16:30:00Z'),
  risk: 'risk',
}

test('a data breach is told to the Commissioner within 72 hours, over the weekend and when the clocks change', () => {
  const [report, record] = duties(breach)
  expect(report).toMatchObject({ id: 'gdpr.commissioner', lastDay: null, moment: new Date('2026-03-30T16:30:00Z') })
  expect(record).toMatchObject({ id: 'gdpr.record', do: 'record', moment: null, to: null })
  expect(duties({ ...breach, awareAt: null })[0]).toMatchObject({ id: 'gdpr.commissioner', moment: null })
})

test('a breach without risk is written down only, one of high risk is told to the people as well', () => {
  const ids = (risk: NonNullable<Facts['risk']>) => duties({ ...breach, risk }).map(one => one.id)
  expect(ids('unlikely')).toEqual(['gdpr.record'])
  expect(ids('high_risk')).toEqual(['gdpr.commissioner', 'gdpr.people', 'gdpr.record'])
})

test('rules go through JSON and back, and wrong ones are refused with words that help', () => {
  expect(readClocks(JSON.parse(JSON.stringify(reportingRules)))).toEqual(reportingRules)
  const [rule] = reportingRules.rules
  const wrong = (more: object) => () => readClocks({ ...reportingRules, rules: [{ ...rule, ...more }] })
  expect(wrong({ to: null })).toThrow('A report goes to somebody')
  expect(wrong({ source: 'hearsay' })).toThrow('There is no source "hearsay"')
  expect(wrong({ applies: { kinds: ['accident'], traits: ['blue'] } })).toThrow('The trait "blue" is not among')
  expect(wrong({ within: { hours: 72, from: 'happened' } })).toThrow('These are no reporting rules')
})

const day = fc.integer({ min: 0, max: 60 }).map(n => new Date(Date.UTC(2026, 2, 1 + n)).toISOString().slice(0, 10))
const anyFacts: fc.Arbitrary<Facts> = fc.record({
  jurisdiction: fc.constantFrom('GB-EAW', 'GB-SCT', 'GB-NIR'),
  kind: fc.constantFrom(...kinds),
  happenedOn: day,
  workRelated: fc.boolean(),
  person: fc.constantFrom(...people),
  harm: fc.constantFrom(...harms),
  offThrough: fc.option(day, { nil: null }),
  takenToHospital: fc.boolean(),
  diagnosedOn: fc.option(day, { nil: null }),
  awareAt: fc.date({ min: new Date('2026-03-01'), max: new Date('2026-05-01'), noInvalidDate: true }),
  risk: fc.constantFrom(...risks),
  traits: fc.subarray(Object.keys(reportingRules.traits), { maxLength: 2 }),
})

test('one incident is reported to the safety authority once at most, and longer off never means less', () => {
  const weight = { report: 2, record: 1 } as const
  const most = (facts: Facts) => Math.max(0, ...duties(facts).map(one => weight[one.do]))
  fc.assert(
    fc.property(anyFacts, day, (facts, later) => {
      const reports = duties(facts).filter(one => one.id.startsWith('riddor.') && one.do === 'report')
      expect(reports.length).toBeLessThanOrEqual(1)
      const longer = facts.offThrough != null && later > facts.offThrough ? later : facts.offThrough
      expect(most({ ...facts, offThrough: longer ?? null })).toBeGreaterThanOrEqual(most(facts))
      for (const duty of duties(facts)) expect(duty.lastDay === null || duty.lastDay > facts.happenedOn).toBe(true)
    }),
    { numRuns: 1000 },
  )
})
