import { Button } from '@mantine/core'
import { IconCloudUp } from '@tabler/icons-react'
import { useSay } from '../../../ui/language/index.ts'
import { takeBack, useHeld } from './outbox.ts'

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
