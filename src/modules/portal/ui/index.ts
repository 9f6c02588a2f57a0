import type { RouteObject } from 'react-router'

export const routes: RouteObject[] = [
  { path: 'requests', lazy: async () => ({ Component: (await import('./requests.tsx')).Requests }) },
  { path: 'requests/:id', lazy: async () => ({ Component: (await import('./request.tsx')).RequestPage }) },
]

export const settings: RouteObject[] = [
  { path: 'portal', lazy: async () => ({ Component: (await import('./portal-settings.tsx')).PortalSettings }) },
]
