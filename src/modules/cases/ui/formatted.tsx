import { Button } from '@mantine/core'
import { IconPhoto } from '@tabler/icons-react'
import { useState } from 'react'
import { useSay } from '../../../ui/language/index.ts'
import type { Message } from '../contract.ts'

/** From what a line of text takes; the frame cannot tell its height because nothing in it may run. */
const heightOf = (message: Message) => {
  const lines = message.text.split('\n').reduce((sum, line) => sum + 1 + Math.floor(line.length / 90), 0)
  return Math.min(640, Math.max(180, 60 + lines * 22))
}

/** The message as it was laid out, in a frame that runs no scripts and loads nothing from elsewhere until asked. */
export const FormattedMessage = ({ message }: { message: Message }) => {
  const t = useSay()
  const [images, setImages] = useState(false)
  return (
    <div className="rp-formatted">
      <iframe
        title={t('message.formattedTitle', { name: message.from.name })}
        src={`/api/messages/${message.id}/html${images ? '?images=1' : ''}`}
        sandbox="allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
        style={{ height: heightOf(message) }}
      />
      {!images && (
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconPhoto size={14} />}
          onClick={() => setImages(true)}
        >
          {t('message.images')}
        </Button>
      )}
    </div>
  )
}
