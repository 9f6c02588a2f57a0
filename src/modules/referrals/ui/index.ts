import { lazy } from 'react'
import type { RouteObject } from 'react-router'

/** Gives something in a case, or asks for it: loaded when it is first opened. */
export const GiveDialog = lazy(async () => ({ default: (await import('./give-dialog.tsx')).GiveDialog }))

/** Asks somebody else about a case. */
export const ReferDialog = lazy(async () => ({ default: (await import('./refer-dialog.tsx')).ReferDialog }))

/** What was referred and decided in a case, beside it. */
export const CaseReferrals = lazy(async () => ({ default: (await import('./case-referrals.tsx')).CaseReferrals }))

/** Asks whoever may to close a complaint. */
export const ClosingAuthority = lazy(async () => ({ default: (await import('./closing.tsx')).ClosingAuthority }))

export const routes: RouteObject[] = [
  { path: 'referrals', lazy: async () => ({ Component: (await import('./desk.tsx')).Desk }) },
]
