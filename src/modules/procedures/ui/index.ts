import { lazy } from 'react'
import type { RouteObject } from 'react-router'

/** What is done in a case, step by step, beside it. */
export const CaseProcedures = lazy(async () => ({ default: (await import('./case-procedures.tsx')).CaseProcedures }))

/** Steps that are still open, said before a case is closed. */
export const MissingSteps = lazy(async () => ({ default: (await import('./missing-steps.tsx')).MissingSteps }))

export const routes: RouteObject[] = [
  { path: 'calm', lazy: async () => ({ Component: (await import('./calm-page.tsx')).CalmPage }) },
]

export const settings: RouteObject[] = [
  { path: 'procedures', lazy: async () => ({ Component: (await import('./procedures.tsx')).Procedures }) },
  { path: 'procedures/:id', lazy: async () => ({ Component: (await import('./editor.tsx')).ProcedureEditor }) },
]
