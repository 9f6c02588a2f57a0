import { dayWords } from './en-day.ts'
import { searchWords } from './en-search.ts'
import { viewWords } from './en-views.ts'

/** Words of screens that are opened later than the queue and the case. */
export const later = { ...dayWords, ...searchWords, ...viewWords } as const
