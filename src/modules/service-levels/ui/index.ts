import type { RouteObject } from 'react-router'

export const settings: RouteObject[] = [
  { path: 'levels', lazy: async () => ({ Component: (await import('./levels.tsx')).Levels }) },
]
