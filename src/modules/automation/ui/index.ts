import { lazy } from 'react'
import type { RouteObject } from 'react-router'

export { type Act, actNames, asText, isActName } from './acts.ts'

/** What is done besides, one after the other: of rules, and of macros. */
export const ActsField = lazy(async () => ({ default: (await import('./acts-field.tsx')).ActsField }))

export const routes: RouteObject[] = [
  { path: 'rules', lazy: async () => ({ Component: (await import('./rules-list.tsx')).RulesList }) },
  { path: 'rules/:id', lazy: async () => ({ Component: (await import('./rule-page.tsx')).RulePage }) },
  { path: 'jobs', lazy: async () => ({ Component: (await import('./jobs.tsx')).Jobs }) },
]
