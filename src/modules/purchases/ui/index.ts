import { lazy } from 'react'
import type { RouteObject } from 'react-router'

/** What a customer bought, for their page; loaded where it is first shown. */
export const PurchasesOf = lazy(async () => ({ default: (await import('./purchases-of.tsx')).PurchasesOf }))

export const routes: RouteObject[] = [
  { path: 'purchases', lazy: async () => ({ Component: (await import('./purchases.tsx')).Purchases }) },
  { path: 'purchases/new', lazy: async () => ({ Component: (await import('./new-purchase.tsx')).NewPurchase }) },
  { path: 'purchases/import', lazy: async () => ({ Component: (await import('./imports.tsx')).Imports }) },
  { path: 'purchases/import/:id', lazy: async () => ({ Component: (await import('./import.tsx')).ImportPage }) },
  { path: 'purchases/:id', lazy: async () => ({ Component: (await import('./purchase.tsx')).PurchasePage }) },
]
