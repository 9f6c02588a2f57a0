import { lazy } from 'react'
import type { RouteObject } from 'react-router'

export { signOut } from './auth.ts'
export { useTeamOptions, useTeams } from './team-options.ts'

/** The form alone, for signing in again on top of a page. */
export const SignInForm = lazy(async () => ({ default: (await import('./sign-in-form.tsx')).SignInForm }))

/** Pages before anybody is signed in. */
export const doors: RouteObject[] = [
  { path: 'setup', lazy: async () => ({ Component: (await import('./set-up.tsx')).SetUp }) },
  { path: 'sign-in', lazy: async () => ({ Component: (await import('./sign-in.tsx')).SignIn }) },
]

export const routes: RouteObject[] = [
  { path: 'account', lazy: async () => ({ Component: (await import('./account.tsx')).Account }) },
]

export const settings: RouteObject[] = [
  { path: 'general', lazy: async () => ({ Component: (await import('./general.tsx')).General }) },
  { path: 'hours', lazy: async () => ({ Component: (await import('./hours.tsx')).Hours }) },
  { path: 'teams', lazy: async () => ({ Component: (await import('./teams.tsx')).Teams }) },
  { path: 'staff', lazy: async () => ({ Component: (await import('./staff.tsx')).Staff }) },
  { path: 'roles', lazy: async () => ({ Component: (await import('./roles.tsx')).Roles }) },
  { path: 'audit', lazy: async () => ({ Component: (await import('./audit.tsx')).Audit }) },
]
