import type { RouteObject } from 'react-router'

export { MessengerNotice, useReachable } from './notice.tsx'

export const settings: RouteObject[] = [
  { path: 'messengers', lazy: async () => ({ Component: (await import('./messengers.tsx')).Messengers }) },
]
