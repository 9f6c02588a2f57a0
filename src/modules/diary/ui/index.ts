import { lazy } from 'react'
import type { RouteObject } from 'react-router'

/** Appointments of a case; loaded with the case. */
export const BookingsOf = lazy(async () => ({ default: (await import('./bookings-of.tsx')).BookingsOf }))

export { bookingAnswers } from './answers.ts'

/** At the counter: a time to come again. */
export const CounterTime = lazy(async () => ({ default: (await import('./counter-time.tsx')).CounterTime }))
export type { ChosenTime } from './typed-times.ts'

export const routes: RouteObject[] = [
  { path: 'diary', lazy: async () => ({ Component: (await import('./diary-page.tsx')).DiaryPage }) },
]

export const settings: RouteObject[] = [
  { path: 'resources', lazy: async () => ({ Component: (await import('./resources.tsx')).Resources }) },
  { path: 'appointments', lazy: async () => ({ Component: (await import('./types.tsx')).Types }) },
]
