import { IconAlertTriangle, IconHeartHandshake, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'

export type NoticeTone = 'info' | 'note' | 'bad' | 'care' | 'good'
type Props = { tone?: NoticeTone; children: ReactNode; alert?: boolean }

const icons = {
  info: IconInfoCircle,
  note: IconAlertTriangle,
  bad: IconAlertTriangle,
  care: IconHeartHandshake,
  good: IconInfoCircle,
}

/** Something one must not miss, said in its own tone and with an icon, never by colour alone. */
export const Notice = ({ tone = 'info', children, alert }: Props) => {
  const Icon = icons[tone]
  return (
    <div className="rp-notice" data-tone={tone} {...(alert ? { role: 'alert' } : {})}>
      <Icon size={16} stroke={1.8} aria-hidden />
      <div>{children}</div>
    </div>
  )
}
