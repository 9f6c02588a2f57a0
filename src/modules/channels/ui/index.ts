import type { RouteObject } from 'react-router'

export const routes: RouteObject[] = [
  { path: 'mailboxes', lazy: async () => ({ Component: (await import('./mailboxes.tsx')).Mailboxes }) },
  { path: 'mail', lazy: async () => ({ Component: (await import('./mail.tsx')).Mail }) },
]
