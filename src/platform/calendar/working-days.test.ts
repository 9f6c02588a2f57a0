import { expect, test } from 'vitest'
import { addWorkingDays, bankHolidays, bankHolidayYears, isWorkingDay, type Nation } from './index.ts'

const eaw = bankHolidays['GB-EAW']

// Deadlines as published by each scheme, in working days after the day of receipt, for England and Wales.
const published: [string, string, number, string][] = [
  // FCA Handbook DISP 1.5.1R: summary resolution by the close of the third business day after receipt.
  ['disp.summary3BD', '2026-04-02', 3, '2026-04-09'],
  // FCA Handbook DISP 1.6.2AR: complaints about payment services, 15 business days, 35 in exceptional cases.
  ['disp.psd15BD', '2026-04-01', 15, '2026-04-24'],
  ['disp.psd35BD', '2026-04-01', 35, '2026-05-26'],
  // SI 2009/309 regulation 13(3): NHS and social care complaints acknowledged within 3 working days.
  ['nhs.ack3WD', '2026-12-24', 3, '2026-12-31'],
  // Housing Ombudsman Complaint Handling Code 2024: 5 to acknowledge, then 10, extended by at most 10.
  ['housing.ack5WD', '2026-04-01', 5, '2026-04-10'],
  ['housing.s1_10WD', '2026-04-10', 10, '2026-04-24'],
  ['housing.s1_ext', '2026-04-10', 20, '2026-05-11'],
]
test.each(published)('%s from %s is due after %i working days on %s', (_, from, days, due) => {
  expect(addWorkingDays(eaw, from, days)).toBe(due)
  expect(isWorkingDay(eaw, due)).toBe(true)
})

test('working days count backwards, and nought is the next working day', () => {
  expect(addWorkingDays(eaw, '2026-12-29', -1)).toBe('2026-12-24')
  expect(addWorkingDays(eaw, '2026-12-25', 0)).toBe('2026-12-29')
  expect(addWorkingDays(eaw, '2026-12-29', 0)).toBe('2026-12-29')
  expect(addWorkingDays([], '2024-02-28', 2)).toBe('2024-03-01')
})

test('a calendar works on the days it has hours', () => {
  const none = { monday: [], tuesday: [], wednesday: [], thursday: [], friday: [], saturday: [], sunday: [] }
  const saturdays = {
    zone: 'Europe/London',
    week: { ...none, saturday: [{ from: '10:00', to: '12:00' }] },
    holidays: [],
  }
  expect(addWorkingDays(saturdays, '2026-04-04', 2)).toBe('2026-04-18')
  expect(() => addWorkingDays({ ...saturdays, week: none }, '2026-04-04', 1)).toThrow('no working hours')
  expect(() => addWorkingDays(saturdays, '2026-02-29', 1)).toThrow('bad date')
  expect(() => addWorkingDays(saturdays, '2026-04-04', 1.5)).toThrow('bad amount')
  expect(() => addWorkingDays(saturdays, '2026-04-04', 2501)).toThrow('too far')
})

// The rules behind the tables: Banking and Financial Dealings Act 1971, Schedule 1, and the Gregorian Easter.
const utc = (year: number, month: number, day: number) => new Date(Date.UTC(year, month - 1, day))
const shift = (date: Date, days: number) => new Date(date.getTime() + days * 86_400_000)
const mondayFrom = (date: Date) => shift(date, (8 - date.getUTCDay()) % 7)
const mondayUpTo = (date: Date) => shift(date, -((date.getUTCDay() + 6) % 7))

/** Easter Sunday. Source: anonymous Gregorian algorithm, Meeus, Astronomical Algorithms (1991), chapter 8. */
function easter(year: number): Date {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100]
  const g = Math.floor((8 * b + 13) / 25)
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const sum = h + l - 7 * m + 114
  return utc(year, Math.floor(sum / 31), (sum % 31) + 1)
}

/** Days that fall on a weekend, or on a day already taken, move to the next free working day. */
function substituted(days: Date[]): Date[] {
  const taken: Date[] = []
  const isTaken = (day: Date) => taken.some(other => other.getTime() === day.getTime())
  for (const day of days) {
    let free = day
    while (free.getUTCDay() % 6 === 0 || isTaken(free)) free = shift(free, 1)
    taken.push(free)
  }
  return taken
}

function byRule(nation: Nation, year: number): string[] {
  const scotland = nation === 'GB-SCT'
  const fixed = [utc(year, 1, 1), ...(scotland ? [utc(year, 1, 2)] : []), utc(year, 12, 25), utc(year, 12, 26)]
  if (scotland) fixed.push(utc(year, 11, 30))
  if (nation === 'GB-NIR') fixed.push(utc(year, 3, 17), utc(year, 7, 12))
  const sunday = easter(year)
  const moving = [shift(sunday, -2), mondayFrom(utc(year, 5, 1)), mondayUpTo(utc(year, 5, 31))]
  moving.push(scotland ? mondayFrom(utc(year, 8, 1)) : mondayUpTo(utc(year, 8, 31)))
  if (!scotland) moving.push(shift(sunday, 1))
  const once = scotland && year === 2026 ? [utc(2026, 6, 15)] : []
  return [...substituted(fixed), ...moving, ...once].map(day => day.toISOString().slice(0, 10)).sort()
}

test.each(['GB-EAW', 'GB-SCT', 'GB-NIR'] as const)('the table of %s is what the rules give', nation => {
  const years = Array.from(
    { length: bankHolidayYears.to - bankHolidayYears.from + 1 },
    (_, i) => bankHolidayYears.from + i,
  )
  expect(bankHolidays[nation].map(holiday => holiday.date)).toEqual(years.flatMap(year => byRule(nation, year)))
})
