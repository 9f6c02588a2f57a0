import { ActionIcon, Menu } from '@mantine/core'
import { IconCode, IconDots, IconDownload, IconNote, IconRobot, IconSpeakerphone } from '@tabler/icons-react'
import { useState } from 'react'
import { Avatar } from '../../../ui/kit/avatar.tsx'
import { ChannelIcon } from '../../../ui/kit/badges.tsx'
import { Notice } from '../../../ui/kit/notice.tsx'
import { TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { sayOr, useSay } from '../../../ui/language/index.ts'
import type { Case, Message } from '../contract.ts'
import { Attachments } from './attachments.tsx'
import { Delivery } from './delivery.tsx'
import { FormattedMessage } from './formatted.tsx'
import { linked, Rich } from './rich.tsx'
import { Whither } from './whither.tsx'

type Props = { message: Message; kase: Case }

const Head = ({ message, formatted, toggle }: { message: Message; formatted: boolean; toggle: () => void }) => {
  const t = useSay()
  const { from } = message
  return (
    <div className="rp-message-head">
      <Avatar name={from.name} size={26} />
      <span className="rp-message-from">{from.name}</span>
      {from.address && message.direction === 'in' && (
        <span className="rp-dim rp-small rp-truncate rp-message-address">{from.address}</span>
      )}
      {message.direction === 'note' && (
        <span className="rp-message-kind">
          <IconNote size={14} aria-hidden /> {t('message.note')}
        </span>
      )}
      {message.automatic && (
        <span className="rp-message-kind">
          <IconRobot size={14} aria-hidden /> {t('message.automatic')}
        </span>
      )}
      <span className="rp-grow" />
      {message.direction !== 'note' && <ChannelIcon channel={message.channel} size={14} />}
      <span className="rp-dim rp-small">
        <TimeAgo at={message.at} />
      </span>
      {((message.html && message.direction === 'in') || message.original) && (
        <Menu position="bottom-end" width={240}>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('message.more')}>
              <IconDots size={15} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {message.html && message.direction === 'in' && (
              <Menu.Item leftSection={<IconCode size={16} />} onClick={toggle}>
                {t(formatted ? 'message.showText' : 'message.showFormatted')}
              </Menu.Item>
            )}
            {message.original && (
              <Menu.Item component="a" href={message.original} download leftSection={<IconDownload size={16} />}>
                {t('message.original')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  )
}

const Quoted = ({ text }: { text: string }) => {
  const t = useSay()
  if (text.trim() === '') return null
  return (
    <details className="rp-quoted">
      <summary>{t('message.quoted')}</summary>
      <div className="rp-message-text">{text}</div>
    </details>
  )
}

/** One message or note. The text as it was written comes first; the formatted page is one step away. */
export const MessageCard = ({ message, kase }: Props) => {
  const t = useSay()
  const [formatted, setFormatted] = useState(false)
  const ours = message.direction !== 'in'
  const own = ours && message.html !== null
  const said =
    message.direction === 'note' ? 'message.noteBy' : message.direction === 'in' ? 'message.inBy' : 'message.outBy'
  return (
    <li className="rp-message" data-direction={message.direction}>
      <article aria-label={t(said, { name: message.from.name })}>
        <Head message={message} formatted={formatted} toggle={() => setFormatted(!formatted)} />
        {message.warnings.map(warning => (
          <Notice key={warning} tone="note">
            <p>{sayOr(`warning.${warning}`, warning)}</p>
          </Notice>
        ))}
        {formatted ? (
          <FormattedMessage message={message} />
        ) : (
          <>
            <div className="rp-message-text" lang={message.language ?? undefined} dir="auto">
              {own ? (
                <Rich html={message.html ?? ''} files={message.attachments} />
              ) : ours ? (
                linked(message.text)
              ) : (
                message.text
              )}
            </div>
            <Quoted text={message.quoted} />
          </>
        )}
        <Attachments items={message.attachments.filter(file => !file.inline || (!formatted && !own))} />
        <Whither message={message} kase={kase} />
        <Delivery message={message} kase={kase} />
        {message.direction === 'in' && message.channel !== 'email' && message.from.staffId !== null && (
          <p className="rp-dim rp-small rp-message-logged">
            <IconSpeakerphone size={14} aria-hidden /> {t('message.logged')}
          </p>
        )}
      </article>
    </li>
  )
}
