import { lazy } from 'react'
import type { RouteObject } from 'react-router'

/** The complaint of a case, beside it: its stage, its clocks and the next step. */
export const ComplaintOf = lazy(async () => ({ default: (await import('./complaint-of.tsx')).ComplaintOf }))

/** Makes a contact a complaint. */
export const BeginComplaint = lazy(async () => ({ default: (await import('./begin-dialog.tsx')).BeginDialog }))

export const routes: RouteObject[] = [
  { path: 'complaints', lazy: async () => ({ Component: (await import('./complaints.tsx')).Complaints }) },
]
