import { lazy } from 'react'
import type { RouteObject } from 'react-router'

export { allowanceSentence } from '../wording.ts'

/** How far roles, teams and people decide alone; on the page of roles. */
export const RoleLimits = lazy(async () => ({ default: (await import('./limits.tsx')).RoleLimits }))

export const settings: RouteObject[] = [
  { path: 'decisions', lazy: async () => ({ Component: (await import('./decisions.tsx')).Decisions }) },
]
