import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { WorkingCalendar } from '../../shared/calendar.ts'
import { judged, outcomeBy } from './measuring.ts'

const day = [{ from: '09:00', to: '17:00' }]
const week = { monday: day, tuesday: day, wednesday: day, thursday: day, friday: day, saturday: [], sunday: [] }
const calendar: WorkingCalendar = {
  zone: 'Europe/London',
  week,
  holidays: [{ date: '2026-12-25', name: 'Christmas Day' }],
}
const at = (text: string) => new Date(text)
const days = (n: number) => ({ unit: 'working_days', n }) as const
const minutes = (n: number) => ({ unit: 'minutes', n }) as const
const started = '2026-11-06T16:30:00Z'

test.each([
  // A Friday afternoon: five working days are the whole of the next Friday.
  [days(5), '2026-11-13T23:30:00Z', 'kept'],
  [days(5), '2026-11-14T00:30:00Z', 'late'],
  [days(1), '2026-11-09T08:00:00Z', 'kept'],
  [minutes(60), '2026-11-09T09:30:00Z', 'kept'],
  [minutes(60), '2026-11-09T09:31:00Z', 'late'],
  [{ unit: 'as_promised' } as const, '2030-01-01T00:00:00Z', 'kept'],
] as const)('begun on a Friday at half past four, within %j, done at %s is %s', (target, done, expected) => {
  const timed = { startedAt: at(started), keptAt: at(done), closed: true }
  expect(outcomeBy(target, timed, calendar, at('2031-01-01T00:00:00Z'))).toBe(expected)
})

test('what is open counts only once the time is over, and what was given up counts at once', () => {
  const open = { startedAt: at(started), keptAt: null, closed: false }
  expect(outcomeBy(days(5), open, calendar, at('2026-11-13T12:00:00Z'))).toBeNull()
  expect(outcomeBy(days(5), open, calendar, at('2026-11-14T12:00:00Z'))).toBe('broken')
  expect(outcomeBy(days(5), { ...open, closed: true }, calendar, at('2026-11-09T12:00:00Z'))).toBe('broken')
  const shut = { ...calendar, week: { ...week, monday: [], tuesday: [], wednesday: [], thursday: [], friday: [] } }
  expect(outcomeBy(days(5), open, shut, at('2026-11-14T12:00:00Z'))).toBeNull()
})

test('few say little: no share below ten, a warning below thirty, and no verdict that chance could turn', () => {
  expect(judged({ kept: 9, late: 0, broken: 0 }, 95)).toMatchObject({ n: 9, share: null, low: null, met: 'open' })
  expect(judged({ kept: 0, late: 0, broken: 0 }, 95)).toMatchObject({ n: 0, share: null, smallBase: true, met: 'open' })
  expect(judged({ kept: 20, late: 0, broken: 0 }, 95)).toMatchObject({ share: 1, smallBase: true, met: 'open' })
  expect(judged({ kept: 100, late: 0, broken: 0 }, 95)).toMatchObject({ smallBase: false, met: 'yes' })
  expect(judged({ kept: 60, late: 30, broken: 10 }, 95)).toMatchObject({ share: 0.6, met: 'no' })
})

test('the verdict never contradicts the interval, and more time never makes a promise later', () => {
  const count = fc.nat(500)
  fc.assert(
    fc.property(count, count, count, fc.integer({ min: 1, max: 100 }), (kept, late, broken, percent) => {
      const { met, low, high, n } = judged({ kept, late, broken }, percent)
      if (n < 10) return met === 'open' && low === null
      if (met === 'yes') return (low ?? 0) >= percent / 100
      return met === 'open' || (high ?? 1) < percent / 100
    }),
  )
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30 }), fc.nat(60 * 24 * 20), (n, after) => {
      const timed = {
        startedAt: at(started),
        keptAt: new Date(at(started).getTime() + after * 60_000),
        closed: true,
      }
      const now = at('2027-06-01T00:00:00Z')
      const [less, more] = [outcomeBy(days(n), timed, calendar, now), outcomeBy(days(n + 1), timed, calendar, now)]
      return less !== 'kept' || more === 'kept'
    }),
  )
})
