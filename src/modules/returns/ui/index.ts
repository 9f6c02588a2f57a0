import { lazy } from 'react'
import type { RouteObject } from 'react-router'

/** What came back of a case or a purchase, beside it; loaded where it is first shown. */
export const ReturnsOf = lazy(async () => ({ default: (await import('./returns-of.tsx')).ReturnsOf }))

export const routes: RouteObject[] = [
  { path: 'returns', lazy: async () => ({ Component: (await import('./list.tsx')).Returns }) },
  { path: 'returns/desk', lazy: async () => ({ Component: (await import('./desk.tsx')).ReturnsDesk }) },
  { path: 'returns/refunds', lazy: async () => ({ Component: (await import('./refunds.tsx')).Refunds }) },
  { path: 'returns/:id', lazy: async () => ({ Component: (await import('./return.tsx')).ReturnPage }) },
]

export const settings: RouteObject[] = [
  { path: 'returns', lazy: async () => ({ Component: (await import('./policy.tsx')).ReturnPolicy }) },
]
