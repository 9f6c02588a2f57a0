import { Temporal } from 'temporal-polyfill'
import { isQuietAt } from './quiet-hours.ts'

export type Quiet = { from: string | null; to: string | null; zone: string }

/**
 * When quiet hours end that hold at a moment; null when it is not quiet. Hours may go over midnight.
 * @param quiet wall-clock times in a zone, e.g. 18:00 to 08:00
 */
export const quietUntil = ({ from, to, zone }: Quiet, at: Date): Date | null => {
  if (!from || !to || from === to) return null
  const now = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone)
  const time = now.toPlainTime().toString({ smallestUnit: 'minute' })
  if (!isQuietAt(time, from, to)) return null
  const day = from > to && time >= from ? now.toPlainDate().add({ days: 1 }) : now.toPlainDate()
  const end = day.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(to) })
  return new Date(end.epochMilliseconds)
}
