import { lazy } from 'react'
import type { RouteObject } from 'react-router'

export { useAway } from './away.ts'

/** Whether I am away, on the own account page. */
export const MyAbsences = lazy(async () => ({ default: (await import('./my-absences.tsx')).MyAbsences }))

export const routes: RouteObject[] = [
  { path: 'cover', lazy: async () => ({ Component: (await import('./here.tsx')).Here }) },
  { path: 'cover/shift', lazy: async () => ({ Component: (await import('./shift.tsx')).Shift }) },
  { path: 'cover/:id', lazy: async () => ({ Component: (await import('./plan.tsx')).PlanPage }) },
]
