import { expect, test } from 'vitest'
import { dayKey, lanesOf, placeOf, plusDays, slotPx, slotsOf, weekOf } from './places.ts'

test('a week begins on Monday, also over the end of a year and when the clocks change', () => {
  expect(weekOf('2026-11-04')).toEqual([
    '2026-11-02',
    '2026-11-03',
    '2026-11-04',
    '2026-11-05',
    '2026-11-06',
    '2026-11-07',
    '2026-11-08',
  ])
  expect(weekOf('2027-01-03')[0]).toBe('2026-12-28')
  expect(plusDays('2026-03-28', 2)).toBe('2026-03-30')
  expect(dayKey(new Date(2026, 9, 25, 23, 59))).toBe('2026-10-25')
})

test('an appointment stands where its time is, and what lies outside stands at the edge', () => {
  const local = (text: string) => new Date(text).toISOString()
  expect(placeOf('2026-11-03', local('2026-11-03T08:00'), local('2026-11-03T09:00'))).toEqual({
    top: 2 * slotPx,
    height: 2 * slotPx - 2,
  })
  expect(placeOf('2026-11-03', local('2026-11-03T05:00'), local('2026-11-03T06:00')).top).toBe(0)
  expect(slotsOf('2026-11-03')[1]).toBe('2026-11-03T07:30')
})

test('those that overlap stand beside each other, and none is hidden', () => {
  const one = (startsAt: string, endsAt: string) => ({
    startsAt: `2026-11-03T${startsAt}:00Z`,
    endsAt: `2026-11-03T${endsAt}:00Z`,
  })
  const placed = lanesOf([one('09:00', '10:00'), one('09:30', '10:30'), one('10:00', '11:00')])
  expect(placed.map(({ lane, lanes }) => [lane, lanes])).toEqual([
    [0, 2],
    [1, 2],
    [0, 2],
  ])
})
