import { lazy } from 'react'
import type { RouteObject } from 'react-router'

export type { ChosenPerson } from './person-field.tsx'

/** When and how somebody wants to be approached, said before a call. */
export const ApproachWarning = lazy(async () => ({
  default: (await import('./approach-warning.tsx')).ApproachWarning,
}))
export const ApproachTimes = lazy(async () => ({ default: (await import('./approach-times.tsx')).ApproachTimes }))

/** Who it is about; loaded with the first form that asks. */
export const PersonField = lazy(async () => ({ default: (await import('./person-field.tsx')).PersonField }))

export const routes: RouteObject[] = [
  { path: 'people', lazy: async () => ({ Component: (await import('./people.tsx')).People }) },
  { path: 'people/duplicates', lazy: async () => ({ Component: (await import('./duplicates.tsx')).Duplicates }) },
  { path: 'people/:id', lazy: async () => ({ Component: (await import('./person.tsx')).Person }) },
]

export const settings: RouteObject[] = [
  { path: 'groups', lazy: async () => ({ Component: (await import('./groups.tsx')).Groups }) },
]
