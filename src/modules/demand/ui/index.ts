import { lazy } from 'react'
import type { RouteObject } from 'react-router'

/** What the customer of a case asked for; loaded beside the first case. */
export const AskedFor = lazy(async () => ({ default: (await import('./asked-for.tsx')).AskedFor }))

/** What customers say of a product, for its page. */
export const SaidOf = lazy(async () => ({ default: (await import('./said-of.tsx')).SaidOf }))

export type { Asked } from './at-counter.tsx'

/** What somebody at the counter asked for, before there is a case. */
export const AtCounter = lazy(async () => ({ default: (await import('./at-counter.tsx')).AtCounter }))

export const routes: RouteObject[] = [
  { path: 'demand', lazy: async () => ({ Component: (await import('./register.tsx')).Register }) },
]
