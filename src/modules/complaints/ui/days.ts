import { onDay } from '../../../ui/kit/time-ago.tsx'

/** A day as people write it; noon is the same day wherever it is read. */
export const dayOf = (date: string): string => onDay(`${date}T12:00:00`)
