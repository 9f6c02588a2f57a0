import * as z from 'zod'

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
export type Weekday = (typeof weekdays)[number]

const clock = /^([01]\d|2[0-3]):[0-5]\d$/
const Interval = z
  .strictObject({
    from: z.string().regex(clock, 'A time such as 09:00'),
    to: z.string().refine(value => clock.test(value) || value === '24:00', 'A time such as 17:30, at latest 24:00'),
  })
  .refine(({ from, to }) => from < to, {
    path: ['to'],
    error: 'Ends before it starts: write a night as two intervals, to 24:00 and from 00:00 of the next day',
  })
export type Interval = z.output<typeof Interval>

/** Wall-clock hours of one day, in any order. None means closed; two may touch but not overlap. */
const Hours = z
  .array(Interval)
  .max(24)
  .superRefine((hours, context) => {
    hours.forEach((hour, i) => {
      const other = hours.slice(0, i).find(({ from, to }) => hour.from < to && from < hour.to)
      if (other) context.addIssue({ code: 'custom', path: [i], message: `Overlaps ${other.from} to ${other.to}` })
    })
  })

/** A day that does not keep its weekday's hours: closed, or open for the hours stated. */
export const Holiday = z.strictObject({ date: z.iso.date(), name: z.string().min(1).max(100), open: Hours.optional() })
export type Holiday = z.output<typeof Holiday>

const isZone = (zone: string) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** When somebody works: a time zone, the hours of each weekday there, and the days that differ. */
export const WorkingCalendar = z.strictObject({
  zone: z.string().refine(isZone, 'Not a time zone such as Europe/London'),
  week: z.record(z.enum(weekdays), Hours),
  holidays: z
    .array(Holiday)
    .max(1000)
    .superRefine((holidays, context) => {
      const seen = new Set<string>()
      holidays.forEach(({ date }, i) => {
        if (seen.has(date)) context.addIssue({ code: 'custom', path: [i, 'date'], message: `${date} is listed twice` })
        seen.add(date)
      })
    }),
})
export type WorkingCalendar = z.output<typeof WorkingCalendar>
