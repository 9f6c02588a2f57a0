import { Modal } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { SignInForm } from '../../modules/identity/ui/index.ts'
import { useSay } from '../language/index.ts'
import { useMe } from '../me.ts'
import { signedIn } from '../session.ts'

/** Signing in again without leaving the page, so that whatever was typed is still there. */
const SessionEnded = () => {
  const t = useSay()
  const me = useMe()
  const client = useQueryClient()
  const goOn = async (email: string | null) => {
    // Somebody else must not find the first person's screen.
    if (email !== null && email.toLowerCase() !== me.email.toLowerCase()) return window.location.assign('/')
    signedIn()
    await client.invalidateQueries()
  }
  return (
    <Modal
      opened
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={t('session.ended')}
    >
      <div className="rp-stack">
        <p className="rp-dim" style={{ margin: 0 }}>
          {t('session.endedText')}
        </p>
        <SignInForm email={me.email} done={email => void goOn(email)} />
      </div>
    </Modal>
  )
}

export default SessionEnded
