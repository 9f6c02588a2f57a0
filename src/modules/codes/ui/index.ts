import type { RouteObject } from 'react-router'

export const routes: RouteObject[] = [
  { path: 'codes', lazy: async () => ({ Component: (await import('./codes.tsx')).Codes }) },
  { path: 'codes/new', lazy: async () => ({ Component: (await import('./edit.tsx')).NewCode }) },
  { path: 'codes/:id', lazy: async () => ({ Component: (await import('./code-page.tsx')).CodePage }) },
  { path: 'codes/:id/edit', lazy: async () => ({ Component: (await import('./edit.tsx')).EditCode }) },
]
