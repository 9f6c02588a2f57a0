import { searchWords } from './en-search.ts'

/** Words of screens that are opened later than the queue and the case. */
export const later = { ...searchWords } as const
