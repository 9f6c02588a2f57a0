import { expect, test } from 'vitest'
import { dayAfterKey, daysOf, plusDays, plusMonths, weekOf } from './calendar-days.ts'

test('a month is shown in whole weeks from Monday, and a week is seven days', () => {
  const november = daysOf('month', '2026-11-22')
  expect([november[0], november.at(-1), november.length]).toEqual(['2026-10-26', '2026-12-06', 42])
  expect(daysOf('month', '2027-02-10')).toHaveLength(28)
  expect(daysOf('week', '2026-11-22')).toEqual([
    '2026-11-16',
    '2026-11-17',
    '2026-11-18',
    '2026-11-19',
    '2026-11-20',
    '2026-11-21',
    '2026-11-22',
  ])
})

test('days go on over the ends of months, of years and of summer time', () => {
  expect(plusDays('2026-03-28', 1)).toBe('2026-03-29')
  expect(plusDays('2026-03-29', 1)).toBe('2026-03-30')
  expect(plusDays('2026-10-25', 1)).toBe('2026-10-26')
  expect(plusDays('2026-12-31', 1)).toBe('2027-01-01')
  expect(plusMonths('2026-01-31', 1)).toBe('2026-02-28')
  expect(weekOf('2026-11-22')).toBe('2026-11-16')
})

test('arrows go by days and weeks, page keys by what is shown', () => {
  expect(dayAfterKey('ArrowUp', '2026-11-22', 'month')).toBe('2026-11-15')
  expect(dayAfterKey('PageDown', '2026-11-22', 'month')).toBe('2026-12-22')
  expect(dayAfterKey('PageDown', '2026-11-22', 'week')).toBe('2026-11-29')
  expect(dayAfterKey('End', '2026-11-18', 'week')).toBe('2026-11-22')
  expect(dayAfterKey('x', '2026-11-18', 'week')).toBeNull()
})
