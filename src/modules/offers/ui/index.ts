import { lazy } from 'react'
import type { RouteObject } from 'react-router'

export { PromisedIn, useAsked } from './asked.tsx'

/** What departments offer, and what waits for an approval. */
export const Shelf = lazy(async () => ({ default: (await import('./shelf.tsx')).Shelf }))

export const settings: RouteObject[] = [
  { path: 'offers', lazy: async () => ({ Component: (await import('./offers.tsx')).Offers }) },
]
