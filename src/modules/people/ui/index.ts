import type { RouteObject } from 'react-router'

export { type ChosenPerson, PersonField, type Whom } from './person-field.tsx'

export const routes: RouteObject[] = [
  { path: 'people', lazy: async () => ({ Component: (await import('./people.tsx')).People }) },
  { path: 'people/duplicates', lazy: async () => ({ Component: (await import('./duplicates.tsx')).Duplicates }) },
  { path: 'people/:id', lazy: async () => ({ Component: (await import('./person.tsx')).Person }) },
]

export const settings: RouteObject[] = [
  { path: 'groups', lazy: async () => ({ Component: (await import('./groups.tsx')).Groups }) },
]
