import './due.css'
import { IconAlarm, IconPlayerPause } from '@tabler/icons-react'
import { exactly, useMinute } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { spanOf } from '../urgency.ts'

type Props = { at: string | null; paused?: boolean }

/** How near a due time is: late, within the hour, or later. Colour never says it alone. */
const nearness = (minutes: number) => (minutes < 0 ? 'late' : minutes < 60 ? 'soon' : 'later')

/** When something promised falls due, or by how much it is late. */
export const Due = ({ at, paused = false }: Props) => {
  const t = useSay()
  const minute = useMinute()
  if (paused || !at)
    return (
      <span className="rp-due" data-near="later">
        <IconPlayerPause size={13} stroke={1.8} aria-hidden /> {t('due.paused')}
      </span>
    )
  const minutes = (Date.parse(at) - minute) / 60_000
  const near = nearness(minutes)
  const span = spanOf(Math.abs(minutes), (key, values) => t(key as 'urgency.minutes', values))
  return (
    <time className="rp-due" data-near={near} dateTime={at} title={exactly(at)}>
      {near !== 'later' && <IconAlarm size={13} stroke={1.8} aria-hidden />}
      {t(near === 'late' ? 'due.late' : 'due.in', { span })}
    </time>
  )
}
