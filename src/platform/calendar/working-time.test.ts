import { expect, test } from 'vitest'
import { type Interval, type Weekday, WorkingCalendar, weekdays } from '../../shared/calendar.ts'
import {
  addWorkingTime,
  bankHolidays,
  explain,
  isOpen,
  nextOpening,
  subtractWorkingTime,
  workingTimeBetween,
} from './index.ts'

const hour = 3_600_000
const at = (text: string) => new Date(text)
const everyDay = (hours: Interval[]) =>
  Object.fromEntries(weekdays.map(day => [day, hours])) as Record<Weekday, Interval[]>
const office: WorkingCalendar = {
  zone: 'Europe/London',
  week: { ...everyDay([{ from: '09:00', to: '17:30' }]), saturday: [], sunday: [] },
  holidays: [
    ...bankHolidays['GB-EAW'],
    { date: '2026-12-24', name: 'Christmas Eve', open: [{ from: '09:00', to: '12:00' }] },
  ],
}
const allHours = (zone: string): WorkingCalendar => ({
  zone,
  week: everyDay([{ from: '00:00', to: '24:00' }]),
  holidays: [],
})
const at1to4 = (zone: string): WorkingCalendar => ({
  zone,
  week: everyDay([{ from: '01:00', to: '04:00' }]),
  holidays: [],
})
const due = (calendar: WorkingCalendar, from: string, ms: number) =>
  addWorkingTime(calendar, at(from), ms).due.toISOString()

test('working time runs over nights, weekends, bank holidays and half days', () => {
  expect(due(office, '2026-04-02T15:00:00Z', 4 * hour)).toBe('2026-04-07T10:30:00.000Z')
  expect(due(office, '2026-12-23T16:30:00Z', 5 * hour)).toBe('2026-12-29T10:00:00.000Z')
  expect(due(office, '2024-02-28T17:00:00Z', 9 * hour)).toBe('2024-02-29T17:30:00.000Z')
})

test('an amount that fills a day is due at closing time, and nothing is due at once', () => {
  expect(due(office, '2026-03-02T09:00:00Z', 8.5 * hour)).toBe('2026-03-02T17:30:00.000Z')
  expect(due(office, '2026-03-02T09:00:00Z', 8.5 * hour + 1)).toBe('2026-03-03T09:00:00.001Z')
  expect(due(office, '2026-03-01T03:00:00Z', 0)).toBe('2026-03-01T03:00:00.000Z')
})

// Hours of wall clock that a change of clocks takes away or gives twice. Source: IANA time zone database.
const changes: [string, string, number][] = [
  ['Europe/London', '2026-03-29', 2],
  ['Europe/London', '2026-10-25', 4],
  ['America/New_York', '2026-03-08', 2],
  ['America/New_York', '2026-11-01', 4],
  ['Australia/Lord_Howe', '2026-10-04', 2.5],
  ['Australia/Lord_Howe', '2026-04-05', 3.5],
  ['Asia/Kolkata', '2026-03-29', 3],
]
test.each(changes)('in %s the night of %s has %f hours from 1 to 4', (zone, date, hours) => {
  const day = allHours(zone)
  const midnight = nextOpening({ ...day, week: everyDay([{ from: '00:00', to: '00:01' }]) }, at(`${date}T00:00:00Z`))
  const around = [new Date(midnight.getTime() - 36 * hour), new Date(midnight.getTime() + 36 * hour)] as const
  const worked = workingTimeBetween({ ...at1to4(zone), holidays: holidaysBut(date) }, ...around)
  expect(worked).toBe(hours * hour)
  // Touching intervals neither overlap nor leave a gap, whatever the clocks do.
  expect(workingTimeBetween(day, ...around)).toBe(72 * hour)
  const halves = {
    ...day,
    week: everyDay([
      { from: '00:00', to: '01:30' },
      { from: '01:30', to: '02:15' },
      { from: '02:15', to: '24:00' },
    ]),
  }
  expect(workingTimeBetween(halves, ...around)).toBe(72 * hour)
})
const holidaysBut = (date: string) =>
  [-2, -1, 1, 2].map(step => {
    const other = new Date(Date.parse(date) + step * 24 * hour).toISOString().slice(0, 10)
    return { date: other, name: 'Not this day' }
  })

test('a day the zone never had has no hours', () => {
  // Samoa went from 29 to 31 December 2011. Source: IANA time zone database.
  const samoa = { ...office, zone: 'Pacific/Apia' }
  expect(due(samoa, '2011-12-30T03:00:00Z', hour)).toBe('2012-01-01T19:30:00.000Z')
})

test('a night is two intervals that touch at midnight', () => {
  const night = {
    ...office,
    week: everyDay([
      { from: '22:00', to: '24:00' },
      { from: '00:00', to: '06:00' },
    ]),
    holidays: [],
  }
  expect(due(night, '2026-01-05T22:00:00Z', 8 * hour)).toBe('2026-01-06T06:00:00.000Z')
  expect(isOpen(night, at('2026-01-06T00:00:00Z'))).toBe(true)
})

test('pauses stop the clock, overlapping or not', () => {
  const pauses = [
    { from: at('2026-03-02T11:00:00Z'), to: at('2026-03-02T13:00:00Z') },
    { from: at('2026-03-02T10:00:00Z'), to: at('2026-03-02T12:00:00Z') },
    { from: at('2026-03-03T20:00:00Z'), to: at('2026-03-03T21:00:00Z') },
  ]
  const result = addWorkingTime(office, at('2026-03-02T09:00:00Z'), 4 * hour, { pauses })
  expect(result.due).toEqual(at('2026-03-02T16:00:00Z'))
  expect(explain(result.why)).toContain('The clock stood still for 3 h of working time.')
  expect(workingTimeBetween(office, at('2026-03-02T09:00:00Z'), result.due, { pauses })).toBe(4 * hour)
})

test('opening hours include the opening and not the closing moment', () => {
  expect(isOpen(office, at('2026-03-02T09:00:00Z'))).toBe(true)
  expect(isOpen(office, at('2026-03-02T17:30:00Z'))).toBe(false)
  expect(isOpen(office, at('2026-04-03T10:00:00Z'))).toBe(false)
  expect(nextOpening(office, at('2026-03-02T12:00:00Z'))).toEqual(at('2026-03-02T12:00:00Z'))
  expect(nextOpening(office, at('2026-04-02T16:30:00Z'))).toEqual(at('2026-04-07T08:00:00Z'))
})

test('a calendar without hours is refused instead of searched for ever', () => {
  const never = { ...office, week: everyDay([]), holidays: [] }
  for (const ask of [addWorkingTime, subtractWorkingTime, nextOpening]) {
    expect(() => ask(never, at('2026-03-02T09:00:00Z'), 1)).toThrow('no working hours')
  }
  expect(() => addWorkingTime(office, at('2026-03-02T09:00:00Z'), 30_000 * hour)).toThrow('too far')
  expect(() => addWorkingTime(office, at('2026-03-02T09:00:00Z'), -1)).toThrow('bad amount')
  expect(() => workingTimeBetween(office, at('1800-01-01T00:00:00Z'), at('2026-01-01T00:00:00Z'))).toThrow('too far')
  expect(workingTimeBetween(never, at('2026-01-01T00:00:00Z'), at('2026-02-01T00:00:00Z'))).toBe(0)
})

test('the explanation says what counted and what did not', () => {
  const { why } = addWorkingTime(office, at('2026-04-02T15:00:00Z'), 4 * hour)
  expect(why.skipped.map(({ date, holiday }) => holiday ?? date)).toEqual([
    'Good Friday',
    '2026-04-04',
    '2026-04-05',
    'Easter Monday',
  ])
  expect(explain(JSON.parse(JSON.stringify(why)))).toBe(
    'Due Tuesday 7 April 2026 at 11:30: 4 h of working time from Thursday 2 April 2026 at 16:00, 1 h 30 min on Thursday 2 April and 2 h 30 min on Tuesday 7 April. Not counted: Friday 3 April (Good Friday), Saturday 4 April, Sunday 5 April and Monday 6 April (Easter Monday).',
  )
  const long = explain(addWorkingTime(office, at('2026-03-30T15:00:00Z'), 170 * hour).why)
  expect(long).toContain('over 21 days')
  expect(long).toContain('8 days without hours, Friday 3 April (Good Friday) and Monday 6 April (Easter Monday)')
})

test('the calendar refuses hours that overlap and names the field', () => {
  const paths = (input: unknown) => WorkingCalendar.safeParse(input).error?.issues.map(issue => issue.path.join('.'))
  const monday = (hours: Interval[]) => ({ ...office, week: { ...office.week, monday: hours } })
  expect(
    paths(
      monday([
        { from: '09:00', to: '12:00' },
        { from: '11:00', to: '13:00' },
      ]),
    ),
  ).toEqual(['week.monday.1'])
  expect(paths(monday([{ from: '22:00', to: '06:00' }]))).toEqual(['week.monday.0.to'])
  expect(paths(monday([{ from: '24:00', to: '24:00' }]))).toContain('week.monday.0.from')
  expect(paths({ ...office, zone: 'Europe/Londres' })).toEqual(['zone'])
  expect(paths({ ...office, holidays: [{ date: '2026-02-30', name: 'x' }] })).toEqual(['holidays.0.date'])
  const twice = { date: '2026-12-25', name: 'Christmas Day' }
  expect(paths({ ...office, holidays: [twice, twice] })).toEqual(['holidays.1.date'])
  expect(
    paths(
      monday([
        { from: '09:00', to: '12:00' },
        { from: '12:00', to: '24:00' },
      ]),
    ),
  ).toBe(undefined)
})
