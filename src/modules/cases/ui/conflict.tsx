import { Button, Modal } from '@mantine/core'
import { IconMessage, IconPencil } from '@tabler/icons-react'
import { useCall } from '../../../ui/call.ts'
import { useFocusBack } from '../../../ui/kit/focus-back.ts'
import { atTime, TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { useSay, useSpoken } from '../../../ui/language/index.ts'
import { useMe } from '../../../ui/me.ts'
import { type Case, cases, type Message } from '../contract.ts'
import { type Entry, inOrder, saysMore } from './entries.ts'
import { useMessages } from './keeping-up.ts'

type Props = {
  kase: Case
  arrived: Message[]
  /** The last message its writer had read. */
  seen: number | null
  mine: string
  busy: boolean
  sendAnyway: () => void
  back: () => void
}

/** All that happened since: what was written and what others changed, in the order it came. */
const useSince = ({ kase, arrived, seen }: Pick<Props, 'kase' | 'arrived' | 'seen'>): Entry[] => {
  const me = useMe()
  const messages = useMessages(kase.id)
  const timeline = useCall(cases.timeline, { id: kase.id })
  const from = messages.items.find(message => message.id === seen)?.at ?? arrived[0]?.at ?? ''
  const events = (timeline.data?.items ?? []).filter(
    event => event.at > from && saysMore(event) && event.actor !== me.name,
  )
  return inOrder(arrived, events)
}

const Line = ({ one }: { one: Entry }) => {
  const t = useSay()
  const spoken = useSpoken(atTime)
  if ('event' in one)
    return (
      <li className="rp-since" data-kind="change">
        <IconPencil size={15} stroke={1.8} aria-hidden />
        <span className="rp-grow">
          <span className="rp-hidden">{t('conflict.changed')}</span> {one.event.actor} {spoken(one.event.said)}
        </span>
        <TimeAgo at={one.at} />
      </li>
    )
  const { message } = one
  return (
    <li className="rp-since" data-kind={message.direction}>
      <IconMessage size={15} stroke={1.8} aria-hidden />
      <div className="rp-grow">
        <strong>{t(message.direction === 'in' ? 'message.inBy' : 'message.outBy', { name: message.from.name })}</strong>
        <div className="rp-message-text" dir="auto">
          {message.text}
        </div>
      </div>
      <TimeAgo at={message.at} />
    </li>
  )
}

/** Somebody else wrote meanwhile: read what came in and what was changed, beside one's own text, then decide. */
export const Conflict = ({ kase, arrived, seen, mine, busy, sendAnyway, back }: Props) => {
  const t = useSay()
  useFocusBack()
  const since = useSince({ kase, arrived, seen })
  return (
    <Modal
      opened
      onClose={back}
      title={t('conflict.title')}
      size={920}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <div className="rp-stack">
        <p className="rp-dim" style={{ margin: 0 }}>
          {t('conflict.text')}
        </p>
        <div className="rp-beside">
          <section>
            <h3>{t('conflict.since')}</h3>
            <ol className="rp-sinces">
              {since.map(one => (
                <Line key={one.key} one={one} />
              ))}
            </ol>
          </section>
          <section>
            <h3>{t('conflict.mine')}</h3>
            <div className="rp-message rp-message-text" dir="auto">
              {mine}
            </div>
          </section>
        </div>
        <div className="rp-actions" data-end>
          <Button variant="default" onClick={sendAnyway} loading={busy}>
            {t('conflict.anyway')}
          </Button>
          <Button onClick={back} data-autofocus>
            {t('conflict.back')}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
