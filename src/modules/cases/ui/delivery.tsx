import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconClock, IconDeviceFloppy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useSay } from '../../../ui/language/index.ts'
import { useMe } from '../../../ui/me.ts'
import type { Case, Message } from '../contract.ts'
import { useUndo } from './undo.ts'

const icons = {
  waiting: IconClock,
  sent: IconCheck,
  kept: IconDeviceFloppy,
  failed: IconAlertTriangle,
  bounced: IconAlertTriangle,
  cancelled: IconAlertTriangle,
}

/** Whole seconds until a moment; counts down. */
export const useSecondsUntil = (at: string | null): number => {
  const left = () => (at ? Math.max(0, Math.ceil((Date.parse(at) - Date.now()) / 1000)) : 0)
  const [seconds, setSeconds] = useState(left)
  const over = seconds === 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: `left` is made anew on every render and depends on `at` alone
  useEffect(() => {
    setSeconds(left())
    if (over && left() === 0) return
    const timer = setInterval(() => setSeconds(left()), 500)
    return () => clearInterval(timer)
  }, [at, over])
  return seconds
}

/** What became of a reply, and the way back while there is one. */
export const Delivery = ({ message, kase }: { message: Message; kase: Case }) => {
  const t = useSay()
  const seconds = useSecondsUntil(message.delivery === 'waiting' ? message.sendAt : null)
  const undo = useUndo(kase.id)
  const me = useMe()
  if (!message.delivery || message.direction !== 'out') return null
  const Icon = icons[message.delivery]
  const bad = message.delivery === 'failed' || message.delivery === 'bounced'
  return (
    <p className="rp-delivery" data-bad={bad || undefined}>
      <Icon size={14} stroke={1.8} aria-hidden />
      {message.delivery === 'waiting' && seconds > 0
        ? t('delivery.countdown', { n: seconds })
        : t(`delivery.${message.delivery}`)}
      {message.delivery === 'waiting' && seconds > 0 && message.from.staffId === me.id && (
        <Button size="compact-xs" variant="default" onClick={() => undo.mutate({ id: message.id })}>
          {t('action.undo')}
        </Button>
      )}
    </p>
  )
}
