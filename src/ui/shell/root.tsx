import { lazy, Suspense } from 'react'
import { Outlet } from 'react-router'

const Messages = lazy(() => import('./messages.tsx'))

/** What is around every page. Messages that pop up are inside the router because they may hold links. */
export const Root = () => (
  <>
    <Outlet />
    <Suspense fallback={null}>
      <Messages />
    </Suspense>
  </>
)
