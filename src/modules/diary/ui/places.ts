/** The hours a diary shows; what lies outside is put at its edge. */
export const firstHour = 7
export const lastHour = 20
const halfHours = (lastHour - firstHour) * 2
export const slotPx = 26

/** `2026-11-03` of the clock on the wall here. */
export const dayKey = (at: Date): string => {
  const [year, month, day] = [at.getFullYear(), at.getMonth() + 1, at.getDate()]
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

export const dateOf = (day: string): Date => new Date(`${day}T00:00:00`)

export const plusDays = (day: string, days: number): string => {
  const date = dateOf(day)
  date.setDate(date.getDate() + days)
  return dayKey(date)
}

/** The Monday of a day's week and the days after it. */
export const weekOf = (day: string): string[] => {
  const back = (dateOf(day).getDay() + 6) % 7
  return Array.from({ length: 7 }, (_, i) => plusDays(day, i - back))
}

/** The beginnings of the half hours of a day, as `2026-11-03T09:30`. */
export const slotsOf = (day: string): string[] =>
  Array.from({ length: halfHours }, (_, i) => {
    const minutes = firstHour * 60 + i * 30
    return `${day}T${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
  })

const slotMs = 30 * 60_000

/** Where an appointment stands in the column of its day, in pixels. */
export const placeOf = (day: string, startsAt: string, endsAt: string): { top: number; height: number } => {
  const opens = new Date(`${day}T${String(firstHour).padStart(2, '0')}:00`).getTime()
  const whole = halfHours * slotPx
  const at = (moment: string) => ((Date.parse(moment) - opens) / slotMs) * slotPx
  const top = Math.min(Math.max(0, at(startsAt)), whole - slotPx)
  return { top, height: Math.max(slotPx - 2, Math.min(at(endsAt), whole) - top - 2) }
}

/** The lanes of appointments that overlap, so that none hides another. */
export const lanesOf = <T extends { startsAt: string; endsAt: string }>(
  items: readonly T[],
): { item: T; lane: number; lanes: number }[] => {
  const sorted = items.toSorted((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt))
  const ends: number[] = []
  const placed = sorted.map(item => {
    const free = ends.findIndex(end => end <= Date.parse(item.startsAt))
    const lane = free < 0 ? ends.length : free
    ends[lane] = Date.parse(item.endsAt)
    return { item, lane }
  })
  return placed.map(one => ({ ...one, lanes: Math.max(1, ends.length) }))
}
