import { lazy } from 'react'
import type { RouteObject } from 'react-router'

/** What pops up when somebody rings; loaded when somebody does. */
export const CallCards = lazy(async () => ({ default: (await import('./call-cards.tsx')).CallCards }))
export { useCurrentCalls } from './current.ts'

export const settings: RouteObject[] = [
  {
    path: 'telephone',
    lazy: async () => ({ Component: (await import('./telephone-settings.tsx')).TelephoneSettingsPage }),
  },
]
