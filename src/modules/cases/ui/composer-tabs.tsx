import { IconEar, IconMailForward, IconNote } from '@tabler/icons-react'
import { ChannelIcon } from '../../../ui/kit/badges.tsx'
import { KeyHint } from '../../../ui/kit/kbd.tsx'
import { Pick } from '../../../ui/kit/pick.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { Case } from '../contract.ts'
import { type Mode, type Spoken, spoken } from './composing.ts'

const modes = [
  { mode: 'reply', Icon: IconMailForward, needs: 'reply' },
  { mode: 'note', Icon: IconNote, needs: 'note' },
  { mode: 'heard', Icon: IconEar, needs: 'reply' },
] as const

/** Reply or note: told apart by word, icon and colour, so that a note is never sent to a customer by mistake. */
export const ComposerTabs = ({ mode, setMode, kase }: { mode: Mode; setMode: (mode: Mode) => void; kase: Case }) => {
  const t = useSay()
  return (
    <fieldset className="rp-composer-tabs" aria-label={t('composer.kind')}>
      {modes
        .filter(item => kase.can.includes(item.needs))
        .map(({ mode: item, Icon }) => (
          <button key={item} type="button" aria-pressed={item === mode} data-mode={item} onClick={() => setMode(item)}>
            <Icon size={15} stroke={1.8} aria-hidden />
            {t(`composer.${item}`)}
            <KeyHint of={item} />
          </button>
        ))}
    </fieldset>
  )
}

export type HowGiven = {
  channel: 'email' | Spoken
  setChannel: (channel: 'email' | Spoken) => void
  address: string | null
}

/** How the answer was, or will be, given; or how the customer said it. */
export const How = ({ mode, channel, setChannel, address }: HowGiven & { mode: Mode }) => {
  const t = useSay()
  const choices = [
    ...(mode === 'reply'
      ? [
          {
            value: 'email',
            label: t(address ? 'composer.byMail' : 'composer.byMailNowhere'),
            icon: <ChannelIcon channel="email" silent />,
          },
        ]
      : []),
    ...spoken.map(item => ({ value: item, label: t(`by.${item}`), icon: <ChannelIcon channel={item} silent /> })),
  ]
  return (
    <Pick
      label={t('composer.how')}
      value={channel}
      choices={choices}
      onPick={value => setChannel(value as 'email' | Spoken)}
    />
  )
}
