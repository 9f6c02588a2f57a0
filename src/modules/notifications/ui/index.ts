import type { RouteObject } from 'react-router'

export { useReadOnOpen } from './reading.ts'
export { useNotified, useUnread } from './unread.ts'

export const routes: RouteObject[] = [
  { path: 'notifications', lazy: async () => ({ Component: (await import('./inbox.tsx')).Inbox }) },
]
