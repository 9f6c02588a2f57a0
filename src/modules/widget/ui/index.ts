import type { RouteObject } from 'react-router'

export const settings: RouteObject[] = [
  { path: 'widget', lazy: async () => ({ Component: (await import('./sites.tsx')).Sites }) },
]
