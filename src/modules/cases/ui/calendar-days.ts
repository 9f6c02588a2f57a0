/** Days of a calendar, by the clock of whoever looks. A day is written as `2026-11-22`. */
export type Span = 'month' | 'week'

const dayMs = 86_400_000

export const dayKey = (at: Date): string =>
  `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`

export const dateOf = (key: string): Date => new Date(`${key}T12:00:00`)

export const plusDays = (key: string, days: number): string => dayKey(new Date(dateOf(key).getTime() + days * dayMs))

/** The Monday of the week. */
export const weekOf = (key: string): string => plusDays(key, -((dateOf(key).getDay() + 6) % 7))

export const plusMonths = (key: string, months: number): string => {
  const at = dateOf(key)
  const last = new Date(at.getFullYear(), at.getMonth() + months + 1, 0).getDate()
  return dayKey(new Date(at.getFullYear(), at.getMonth() + months, Math.min(at.getDate(), last), 12))
}

/** Whole weeks: those of the month the day lies in, or its own. */
export const daysOf = (span: Span, key: string): string[] => {
  const at = dateOf(key)
  const first = span === 'week' ? weekOf(key) : weekOf(dayKey(new Date(at.getFullYear(), at.getMonth(), 1, 12)))
  const end = span === 'week' ? plusDays(first, 6) : dayKey(new Date(at.getFullYear(), at.getMonth() + 1, 0, 12))
  const days: string[] = []
  for (let day = first; day <= end || days.length % 7 !== 0; day = plusDays(day, 1)) days.push(day)
  return days
}

/** Where an arrow or page key leads from a day. */
export const dayAfterKey = (pressed: string, key: string, span: Span): string | null => {
  const days = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[pressed]
  if (days) return plusDays(key, days)
  if (pressed === 'PageUp' || pressed === 'PageDown') {
    const step = pressed === 'PageUp' ? -1 : 1
    return span === 'week' ? plusDays(key, step * 7) : plusMonths(key, step)
  }
  if (pressed === 'Home') return weekOf(key)
  return pressed === 'End' ? plusDays(weekOf(key), 6) : null
}
