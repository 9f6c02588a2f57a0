/**
 * Whether a time of the day lies within quiet hours, which may go over midnight.
 * @param time wall-clock times as HH:MM, all of one zone
 */
export const isQuietAt = (time: string, from: string | null, to: string | null): boolean => {
  if (!from || !to || from === to) return false
  return from > to ? time >= from || time < to : time >= from && time < to
}
