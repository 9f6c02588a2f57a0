import type { RouteObject } from 'react-router'

export const routes: RouteObject[] = [
  { path: 'jobs', lazy: async () => ({ Component: (await import('./jobs.tsx')).Jobs }) },
]
