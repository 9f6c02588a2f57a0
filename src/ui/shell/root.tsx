import { Notifications } from '@mantine/notifications'
import { Outlet } from 'react-router'

/** What is around every page. Messages that pop up are inside the router because they may hold links. */
export const Root = () => (
  <>
    <Outlet />
    <Notifications position="bottom-left" limit={4} containerWidth={380} />
  </>
)
