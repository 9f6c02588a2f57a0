import type { RouteObject } from 'react-router'

export const settings: RouteObject[] = [
  { path: 'assignment', lazy: async () => ({ Component: (await import('./assignment-rules.tsx')).AssignmentRules }) },
  { path: 'workloads', lazy: async () => ({ Component: (await import('./workloads.tsx')).Workloads }) },
]
