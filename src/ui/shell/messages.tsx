import { Notifications } from '@mantine/notifications'

/** Messages that pop up. They wait in their store until this is loaded, so none is lost. */
const Messages = () => <Notifications position="bottom-left" limit={4} containerWidth={380} />

export default Messages
