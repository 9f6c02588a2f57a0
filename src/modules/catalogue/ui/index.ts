import { lazy } from 'react'
import type { RouteObject } from 'react-router'

export { priceOf } from './price.ts'
export { ProductField } from './product-field.tsx'
export { WhereItIs } from './where.tsx'

/** What to offer instead of a product; loaded where it is first asked for. */
export const Instead = lazy(async () => ({ default: (await import('./instead.tsx')).Instead }))

/** What a table would do, or did; used by whatever else brings tables in. */
export const ImportOutcome = lazy(async () => ({ default: (await import('./import.tsx')).Outcome }))

export const routes: RouteObject[] = [
  { path: 'catalogue', lazy: async () => ({ Component: (await import('./catalogue.tsx')).Catalogue }) },
  { path: 'catalogue/find', lazy: async () => ({ Component: (await import('./match.tsx')).Match }) },
  { path: 'catalogue/import', lazy: async () => ({ Component: (await import('./import.tsx')).Import }) },
  { path: 'catalogue/new', lazy: async () => ({ Component: (await import('./editor.tsx')).NewProduct }) },
  { path: 'catalogue/:id', lazy: async () => ({ Component: (await import('./product.tsx')).ProductPage }) },
  { path: 'catalogue/:id/edit', lazy: async () => ({ Component: (await import('./editor.tsx')).EditProduct }) },
]

export const settings: RouteObject[] = [
  { path: 'families', lazy: async () => ({ Component: (await import('./families.tsx')).Families }) },
  { path: 'places', lazy: async () => ({ Component: (await import('./places.tsx')).Places }) },
]
