import {
  IconBug,
  IconBuildingStore,
  IconBulb,
  IconDeviceMobileMessage,
  IconForms,
  IconHeart,
  IconHelpCircle,
  IconInfoSquareRounded,
  IconMail,
  IconMailOpened,
  IconMessageCircle,
  IconMoodSad,
  IconPackageOff,
  IconPhone,
  IconPlugConnected,
  IconReceiptRefund,
  IconSend2,
  IconShare3,
  IconShieldExclamation,
  IconTruckDelivery,
  IconUserCircle,
  type TablerIcon,
} from '@tabler/icons-react'
import type { CaseKind, Status } from '../../modules/cases/contract.ts'
import type { Channel } from '../../modules/people/contract.ts'
import { useSay } from '../language/index.ts'

export type Tone = 'accent' | 'info' | 'note' | 'good' | 'bad' | 'care' | 'plain'

const tones: Record<Status, Tone> = {
  new: 'accent',
  open: 'info',
  waiting_customer: 'note',
  waiting_other: 'note',
  solved: 'good',
  closed: 'plain',
}

export const Label = ({ tone, children }: { tone: Tone; children: string }) => (
  <span className="rp-status" data-tone={tone}>
    {children}
  </span>
)

export const StatusBadge = ({ status }: { status: Status }) => {
  const t = useSay()
  return <Label tone={tones[status]}>{t(`status.${status}`)}</Label>
}

const kindIcons: Record<CaseKind, TablerIcon> = {
  enquiry: IconHelpCircle,
  advice: IconInfoSquareRounded,
  request: IconSend2,
  order_problem: IconPackageOff,
  fault: IconBug,
  delivery_problem: IconTruckDelivery,
  complaint: IconMoodSad,
  compliment: IconHeart,
  suggestion: IconBulb,
  return: IconReceiptRefund,
  incident: IconShieldExclamation,
}

const channelIcons: Record<Channel, TablerIcon> = {
  email: IconMail,
  web_form: IconForms,
  portal: IconUserCircle,
  chat: IconMessageCircle,
  phone: IconPhone,
  face_to_face: IconBuildingStore,
  letter: IconMailOpened,
  text_message: IconDeviceMobileMessage,
  social: IconShare3,
  api: IconPlugConnected,
}

export const KindIcon = ({ kind, size = 15 }: { kind: CaseKind; size?: number }) => {
  const Icon = kindIcons[kind]
  return <Icon size={size} stroke={1.7} aria-hidden />
}

/** The channel as an icon; its name is said to a screen reader and shown as a title. */
export const ChannelIcon = ({ channel, size = 15, silent }: { channel: Channel; size?: number; silent?: boolean }) => {
  const t = useSay()
  const Icon = channelIcons[channel]
  if (silent) return <Icon size={size} stroke={1.7} aria-hidden />
  return (
    <span title={t(`channel.${channel}`)} className="rp-channel">
      <Icon size={size} stroke={1.7} aria-hidden />
      <span className="rp-hidden">{t(`channel.${channel}`)}</span>
    </span>
  )
}
