import { useNotifications } from '@mantine/notifications'
import { lazy, Suspense, useRef } from 'react'
import { Outlet } from 'react-router'

const Messages = lazy(() => import('./messages.tsx'))

/**
 * What is around every page. Messages that pop up are inside the router because they may hold links; what draws them
 * is fetched with the first one, which waits in its store meanwhile.
 */
export const Root = () => {
  const { notifications } = useNotifications()
  const told = useRef(false)
  told.current ||= notifications.length > 0
  return (
    <>
      <Outlet />
      {told.current && (
        <Suspense fallback={null}>
          <Messages />
        </Suspense>
      )}
    </>
  )
}
