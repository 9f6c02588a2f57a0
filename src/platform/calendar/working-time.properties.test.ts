import fc from 'fast-check'
import { expect, test } from 'vitest'
import { WorkingCalendar } from '../../shared/calendar.ts'
import { addWorkingTime, isOpen, nextOpening, openSpans, subtractWorkingTime, workingTimeBetween } from './index.ts'

const hour = 3_600_000
const zone = fc.constantFrom(
  'Europe/London',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'America/Havana',
)
const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
/** An even number of sorted times of the day makes intervals that do not overlap. */
const hours = fc
  .uniqueArray(fc.constantFrom(0, 30, 60, 90, 105, 120, 135, 180, 540, 720, 1050, 1439, 1440), { maxLength: 6 })
  .map(times => times.sort((a, b) => a - b))
  .map(times =>
    times.flatMap((from, i) =>
      i % 2 === 0 && i + 1 < times.length ? [{ from: clock(from), to: clock(times[i + 1]!) }] : [],
    ),
  )
const calendar: fc.Arbitrary<WorkingCalendar> = fc.record({
  zone,
  week: fc.record({
    monday: fc.constant([{ from: '09:00', to: '17:30' }]),
    tuesday: hours,
    wednesday: hours,
    thursday: hours,
    friday: hours,
    saturday: hours,
    sunday: hours,
  }),
  holidays: fc.uniqueArray(
    fc.record({
      date: fc.constantFrom('2026-03-27', '2026-03-28', '2026-10-26', '2026-11-03'),
      name: fc.constant('Holiday'),
      open: hours,
    }),
    { selector: holiday => holiday.date },
  ),
})
/** Near the weekends when the clocks change, and a leap day. */
const moment = fc
  .tuple(
    fc.constantFrom('2026-03-07', '2026-03-28', '2026-04-04', '2026-10-03', '2026-10-24', '2026-10-31', '2024-02-28'),
    fc.integer({ min: 0, max: 72 * hour }),
  )
  .map(([day, ms]) => new Date(Date.parse(day) + ms))
const amount = fc.oneof(fc.integer({ min: 1, max: 60 * hour }), fc.constantFrom(1, hour, 8 * hour))
const pauses = fc.array(
  fc
    .tuple(moment, fc.integer({ min: 0, max: 30 * hour }))
    .map(([from, ms]) => ({ from, to: new Date(from.getTime() + ms) })),
  { maxLength: 3 },
)
const runs = { numRuns: 1500 }

test('every random calendar is one the schema accepts', () => {
  fc.assert(
    fc.property(calendar, one => {
      expect(WorkingCalendar.parse(one)).toEqual(one)
    }),
    { numRuns: 300 },
  )
})

test('the time between a moment and its deadline is the amount, and the explanation adds up to it', () => {
  const adds = fc.property(calendar, moment, amount, pauses, (one, from, ms, stops) => {
    const { due, why } = addWorkingTime(one, from, ms, { pauses: stops })
    expect(workingTimeBetween(one, from, due, { pauses: stops })).toBe(ms)
    expect(why.counted.reduce((sum, part) => sum + part.ms, 0)).toBe(ms)
    expect(why.due).toBe(due.toISOString())
  })
  fc.assert(adds, runs)
})

test('a deadline is never earlier for a later start or a larger amount', () => {
  const monotonic = fc.property(calendar, moment, amount, moment, amount, (one, a, x, b, y) => {
    const [early, late] = a <= b ? [a, b] : [b, a]
    const [less, more] = x <= y ? [x, y] : [y, x]
    expect(addWorkingTime(one, early, less).due <= addWorkingTime(one, late, less).due).toBe(true)
    expect(addWorkingTime(one, early, less).due <= addWorkingTime(one, early, more).due).toBe(true)
  })
  fc.assert(monotonic, runs)
})

test('subtracting what was added leads back to the working moment it started from', () => {
  const back = fc.property(calendar, moment, amount, (one, from, ms) => {
    const start = nextOpening(one, from)
    expect(subtractWorkingTime(one, addWorkingTime(one, start, ms).due, ms)).toEqual(start)
    const earlier = subtractWorkingTime(one, from, ms)
    expect(workingTimeBetween(one, earlier, from)).toBe(ms)
    expect(isOpen(one, earlier)).toBe(true)
  })
  fc.assert(back, runs)
})

test('working time adds up over any moment between, and backwards it is negative', () => {
  const days = fc.integer({ min: -240 * hour, max: 240 * hour })
  const additive = fc.property(calendar, moment, days, days, (one, a, first, second) => {
    const [b, c] = [new Date(a.getTime() + first), new Date(a.getTime() + first + second)]
    expect(workingTimeBetween(one, a, b) + workingTimeBetween(one, b, c)).toBe(workingTimeBetween(one, a, c))
  })
  fc.assert(additive, runs)
})

test('the open spans between two moments are in order, apart, and add up to the working time', () => {
  fc.assert(
    fc.property(calendar, moment, fc.integer({ min: 0, max: 40 * 24 * hour }), (one, from, ms) => {
      const to = new Date(from.getTime() + ms)
      const spans = openSpans(one, from, to)
      const ends = spans.flatMap(span => [span.from.getTime(), span.to.getTime()])
      expect(ends).toEqual(ends.toSorted((a, b) => a - b))
      const total = spans.reduce((sum, span) => sum + span.to.getTime() - span.from.getTime(), 0)
      expect(total).toBe(workingTimeBetween(one, from, to))
    }),
    { numRuns: 500 },
  )
})
