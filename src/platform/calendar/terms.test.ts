import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dateOf } from './days.ts'
import {
  addWorkingDays,
  bankHolidays,
  bankHolidayYears,
  dayNumber,
  inForce,
  isWorkingDay,
  lastDay,
  sayDay,
  sayTerm,
  Term,
} from './index.ts'

const eaw = bankHolidays['GB-EAW']
const that = (n: number, unit: Term['unit']): Term => ({ n, unit, begins: 'that_day' })
const after = (n: number, unit: Term['unit']): Term => ({ n, unit, begins: 'next_day' })
const oneMonth: Term = { ...after(1, 'month'), toWorkingDay: true }

test.each([
  // Consumer Rights Act 2015 s.20(15): within 14 days beginning with the day of agreement.
  [that(14, 'day'), '2026-03-20', '2026-04-02'],
  // Consumer Contracts Regulations 2013 reg 34(5): 14 days after the day the goods are back.
  [after(14, 'day'), '2026-03-20', '2026-04-03'],
  // Consumer Rights Act 2015 s.19(14): six months beginning with the day of delivery.
  [that(6, 'month'), '2026-03-01', '2026-08-31'],
  [that(6, 'month'), '2025-08-31', '2026-02-28'],
  [that(6, 'month'), '2025-08-28', '2026-02-27'],
  // FCA Handbook DISP 1.6.2R: eight weeks after receipt.
  [after(8, 'week'), '2026-02-02', '2026-03-30'],
  // Data Protection Act 2018 s.164A: the statute begins with the day of receipt, the supervisor the day after.
  [that(30, 'day'), '2026-06-20', '2026-07-19'],
  [after(30, 'day'), '2026-06-20', '2026-07-20'],
  // UK GDPR art 12(3) as the supervisor counts it: the same date of the next month, or the next working day.
  [oneMonth, '2026-09-03', '2026-10-05'],
  [oneMonth, '2026-01-31', '2026-03-02'],
  [oneMonth, '2026-03-31', '2026-04-30'],
  [oneMonth, '2026-03-03', '2026-04-07'],
  [oneMonth, '2026-11-25', '2026-12-29'],
  [{ ...oneMonth, n: 3 }, '2025-12-31', '2026-03-31'],
  [after(5, 'working_day'), '2026-04-01', '2026-04-10'],
  // The day itself counts where it is a working day; where it is none, the next is the first.
  [that(1, 'working_day'), '2026-04-02', '2026-04-02'],
  [that(2, 'working_day'), '2026-04-02', '2026-04-07'],
  [that(1, 'working_day'), '2026-04-03', '2026-04-07'],
  [that(1, 'day'), '2026-04-03', '2026-04-03'],
  [after(1, 'year'), '2024-02-29', '2025-02-28'],
  [that(1, 'year'), '2024-02-29', '2025-02-28'],
  [after(4, 'year'), '2024-02-29', '2028-02-29'],
  [that(4, 'year'), '2024-02-29', '2028-02-28'],
  [after(1, 'month'), '2028-01-31', '2028-02-29'],
] as const)('%j from %s runs through %s', (term, start, last) => {
  expect(lastDay(term, start, eaw)).toBe(last)
})

test('beyond the years whose holidays are known only weekends are left out', () => {
  const christmas = `${bankHolidayYears.to + 1}-12-24`
  expect(lastDay(after(1, 'working_day'), christmas, eaw)).toBe(addWorkingDays([], christmas, 1))
})

test('a term that makes no sense is refused, and so is one beyond a hundred years', () => {
  for (const n of [0, -1, 1.5]) expect(() => lastDay(after(n, 'day'), '2026-01-01', [])).toThrow('bad amount')
  for (const term of [after(36_526, 'day'), after(101, 'year'), after(2_501, 'working_day')])
    expect(() => lastDay(term, '2026-01-01', [])).toThrow('too far')
  expect(() => lastDay(after(1, 'year'), '9999-06-01', [])).toThrow('too far')
  expect(() => lastDay(after(1, 'day'), '2026-02-29', [])).toThrow('bad date')
  expect(Term.safeParse({ ...after(1, 'day'), unit: 'fortnight' }).success).toBe(false)
  expect(Term.safeParse({ ...after(0, 'day') }).success).toBe(false)
  expect(Term.parse(oneMonth)).toEqual(oneMonth)
})

test('a term is said as a person would', () => {
  expect(sayTerm(after(30, 'day'), '2026-03-01')).toBe('30 days after Sunday 1 March 2026')
  expect(sayTerm(that(1, 'working_day'), '2026-03-02')).toBe('1 working day beginning with Monday 2 March 2026')
  expect(sayTerm(oneMonth, '2026-03-03')).toBe('1 month after Tuesday 3 March 2026, or the next working day')
  expect(sayTerm(after(8, 'week'))).toBe('8 weeks')
  expect(sayDay('2028-02-29')).toBe('Tuesday 29 February 2028')
})

test('a rule is in force from its first day to its last', () => {
  const dated = { from: '2026-06-01', until: '2026-06-30' }
  expect(['2026-05-31', '2026-06-01', '2026-06-30', '2026-07-01'].map(day => inForce(dated, day))).toEqual([
    false,
    true,
    true,
    false,
  ])
  expect(inForce({ ...dated, until: null }, '2099-01-01')).toBe(true)
})

/** Around leap days, ends of months and the holidays of Easter and Christmas. */
const day = fc.oneof(
  fc.integer({ min: dayNumber('2023-12-01'), max: dayNumber('2029-02-01') }).map(dateOf),
  fc.constantFrom('2024-02-28', '2024-02-29', '2024-03-01', '2025-08-31', '2026-01-31', '2026-04-03', '2026-12-24'),
)
const unit = fc.constantFrom<Term['unit']>('day', 'week', 'month', 'year', 'working_day')
const begins = fc.constantFrom<Term['begins']>('that_day', 'next_day')
const n = fc.integer({ min: 1, max: 40 })
const term: fc.Arbitrary<Term> = fc.record({ n, unit, begins, toWorkingDay: fc.boolean() })
const runs = { numRuns: 1500 }

test('a term never ends before it begins, and not earlier for a later start or a larger amount', () => {
  fc.assert(
    fc.property(term, day, day, n, (one, a, b, more) => {
      const [early, late] = a <= b ? [a, b] : [b, a]
      const end = lastDay(one, early, eaw)
      expect(end >= early).toBe(true)
      expect(end <= lastDay(one, late, eaw)).toBe(true)
      expect(end <= lastDay({ ...one, n: one.n + more }, early, eaw)).toBe(true)
    }),
    runs,
  )
})

test('counting the day itself ends a term at most one day sooner, in working days one working day', () => {
  fc.assert(
    fc.property(n, unit, day, (many, of, start) => {
      const [sooner, later] = [lastDay(that(many, of), start, eaw), lastDay(after(many, of), start, eaw)]
      expect(sooner <= later).toBe(true)
      if (of === 'working_day') expect(addWorkingDays(eaw, sooner, isWorkingDay(eaw, start) ? 1 : 0)).toBe(later)
      else expect(dayNumber(later) - dayNumber(sooner)).toBeLessThanOrEqual(1)
    }),
    runs,
  )
})

test('a week is seven days, a year twelve months, and terms of days add up', () => {
  fc.assert(
    fc.property(n, n, begins, day, (many, more, first, start) => {
      const of = (amount: number, unitOf: Term['unit']) =>
        lastDay({ n: amount, unit: unitOf, begins: first }, start, eaw)
      expect(of(many, 'week')).toBe(of(7 * many, 'day'))
      expect(of(many, 'year')).toBe(of(12 * many, 'month'))
      expect(lastDay(after(more, 'day'), of(many, 'day'), eaw)).toBe(of(many + more, 'day'))
    }),
    runs,
  )
})

test('months end on the same date, or with a month that is too short for it', () => {
  fc.assert(
    fc.property(n, day, (many, start) => {
      const end = lastDay(after(many, 'month'), start, eaw)
      const [date, wanted] = [Number(end.slice(8)), Number(start.slice(8))]
      expect(date).toBeLessThanOrEqual(wanted)
      // A date that was cut is the last of its month: the next day is the first.
      if (date < wanted) expect(dateOf(dayNumber(end) + 1).slice(8)).toBe('01')
    }),
    runs,
  )
})

test('a term to a working day ends on one, at the earliest that is not before its end', () => {
  fc.assert(
    fc.property(term, day, (one, start) => {
      const [plain, moved] = [false, true].map(toWorkingDay => lastDay({ ...one, toWorkingDay }, start, eaw))
      expect(isWorkingDay(eaw, moved!)).toBe(true)
      expect(moved).toBe(addWorkingDays(eaw, plain!, 0))
    }),
    runs,
  )
})
