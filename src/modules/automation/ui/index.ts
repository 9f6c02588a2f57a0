import type { RouteObject } from 'react-router'

export const routes: RouteObject[] = [
  { path: 'rules', lazy: async () => ({ Component: (await import('./rules-list.tsx')).RulesList }) },
  { path: 'rules/:id', lazy: async () => ({ Component: (await import('./rule-page.tsx')).RulePage }) },
  { path: 'jobs', lazy: async () => ({ Component: (await import('./jobs.tsx')).Jobs }) },
]
