import { Button } from '@mantine/core'
import { IconCloudUp } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useSay } from '../../../ui/language/index.ts'
import { useLiveState, useOnline } from '../../../ui/live.ts'
import { useMe } from '../../../ui/me.ts'
import { sendHeld, takeBack, useHeld } from './outbox.ts'

/** Sends what waits as soon as the network and the line to the server are there. Draws nothing. */
export const SendHeld = () => {
  const client = useQueryClient()
  const me = useMe()
  const online = useOnline()
  const live = useLiveState()
  const waiting = useHeld().length
  useEffect(() => {
    if (online && waiting > 0 && live !== 'broken') void sendHeld(client, me.id)
  }, [client, me.id, online, live, waiting])
  return null
}

/** What was sent here without a network, at the end of the conversation, until it has gone out. */
export const HeldHere = ({ caseId }: { caseId: number }) => {
  const t = useSay()
  const held = useHeld().filter(one => one.caseId === caseId)
  return held.map(one => (
    <li key={one.key} className="rp-message" data-direction={one.input.kind === 'note' ? 'note' : 'out'} data-held>
      <div className="rp-message-text" dir="auto">
        {one.input.text}
      </div>
      <p className="rp-delivery">
        <IconCloudUp size={14} stroke={1.8} aria-hidden /> {t('outbox.waiting')}
        <Button size="compact-xs" variant="default" onClick={() => takeBack(one)}>
          {t('outbox.takeBack')}
        </Button>
      </p>
    </li>
  ))
}
