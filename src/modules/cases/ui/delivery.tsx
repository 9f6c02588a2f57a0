import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconChecks, IconClock, IconDeviceFloppy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useAct } from '../../../ui/call.ts'
import { atTime } from '../../../ui/kit/time-ago.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMe } from '../../../ui/me.ts'
import { type Case, cases, type Message } from '../contract.ts'
import { working } from '../contract-working.ts'
import { useUndo } from './undo.ts'

const icons = {
  waiting: IconClock,
  sending: IconClock,
  sent: IconCheck,
  delivered: IconChecks,
  read: IconChecks,
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

/** Longer than anybody can take a reply back: then its moment was chosen. */
const plannedSeconds = 60

const Planned = ({ message, kase }: { message: Message; kase: Case }) => {
  const t = useSay()
  const undo = useUndo(kase.id)
  const now = useAct(working.sendNow, {
    refresh: [cases.messages, cases.timeline],
    done: () => told(t('schedule.sent'), `sent${kase.id}`),
  })
  const busy = undo.isPending || now.isPending
  return (
    <>
      <Button size="compact-xs" variant="default" disabled={busy} onClick={() => now.mutate({ id: message.id })}>
        {t('schedule.now')}
      </Button>
      <Button size="compact-xs" variant="default" disabled={busy} onClick={() => undo.mutate({ id: message.id })}>
        {t('action.cancel')}
      </Button>
    </>
  )
}

const Waiting = ({ message, kase }: { message: Message; kase: Case }) => {
  const t = useSay()
  const seconds = useSecondsUntil(message.sendAt)
  const undo = useUndo(kase.id)
  const mine = useMe().id === message.from.staffId
  const planned = seconds > plannedSeconds
  if (seconds === 0) return t('delivery.waiting')
  return (
    <>
      {planned
        ? t('schedule.waits', { when: atTime(message.sendAt ?? message.at) })
        : t('delivery.countdown', { n: seconds })}
      {mine && planned && <Planned message={message} kase={kase} />}
      {mine && !planned && (
        <Button size="compact-xs" variant="default" onClick={() => undo.mutate({ id: message.id })}>
          {t('action.undo')}
        </Button>
      )}
    </>
  )
}

/** What became of a reply, and the way back while there is one. */
export const Delivery = ({ message, kase }: { message: Message; kase: Case }) => {
  const t = useSay()
  if (!message.delivery || message.direction !== 'out') return null
  const Icon = icons[message.delivery]
  const bad = message.delivery === 'failed' || message.delivery === 'bounced'
  return (
    <div className="rp-delivery" data-bad={bad || undefined}>
      <Icon size={14} stroke={1.8} aria-hidden />
      {message.delivery === 'waiting' ? <Waiting message={message} kase={kase} /> : t(`delivery.${message.delivery}`)}
    </div>
  )
}
