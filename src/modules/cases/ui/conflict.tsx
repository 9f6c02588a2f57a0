import { Button, Modal } from '@mantine/core'
import { TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { Message } from '../contract.ts'

type Props = { arrived: Message[]; busy: boolean; sendAnyway: () => void; back: () => void }

/** Somebody else wrote meanwhile: read it first, then decide. */
export const Conflict = ({ arrived, busy, sendAnyway, back }: Props) => {
  const t = useSay()
  return (
    <Modal
      opened
      onClose={back}
      title={t('conflict.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <div className="rp-stack">
        <p className="rp-dim" style={{ margin: 0 }}>
          {t('conflict.text')}
        </p>
        <ol className="rp-entries">
          {arrived.map(message => (
            <li key={message.id} className="rp-message" data-direction={message.direction}>
              <div className="rp-message-head">
                <strong>{message.from.name}</strong>
                <span className="rp-grow" />
                <span className="rp-dim rp-small">
                  <TimeAgo at={message.at} />
                </span>
              </div>
              <div className="rp-message-text">{message.text}</div>
            </li>
          ))}
        </ol>
        <div className="rp-actions" data-end>
          <Button variant="default" onClick={sendAnyway} loading={busy}>
            {t('conflict.anyway')}
          </Button>
          <Button onClick={back} data-autofocus>
            {t('conflict.back')}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
