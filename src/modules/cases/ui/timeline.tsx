import { Button, Chip, Group } from '@mantine/core'
import { Fragment, type ReactNode, useMemo, useState } from 'react'
import { useCall } from '../../../ui/call.ts'
import { Loading } from '../../../ui/kit/loading.tsx'
import { Notice } from '../../../ui/kit/notice.tsx'
import { sentenceOf } from '../../../ui/kit/problem-note.tsx'
import { atTime, TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { useSay, useSpoken } from '../../../ui/language/index.ts'
import { type Case, cases, type Message, type TimelineEntry } from '../contract.ts'
import { type Entry, inOrder, saysMore } from './entries.ts'
import { HeldHere } from './held.tsx'
import { useMessages, useSeen, useStayAtEnd } from './keeping-up.ts'
import { MessageCard } from './message.tsx'
import { useTakeBack } from './taking-back.ts'

const filters = ['all', 'messages', 'notes', 'events'] as const
type Filter = (typeof filters)[number]

const merged = (messages: Message[], events: TimelineEntry[], filter: Filter): Entry[] => {
  const said = messages.filter(
    message =>
      filter === 'all' ||
      (filter === 'notes' ? message.direction === 'note' : filter === 'messages' && message.direction !== 'note'),
  )
  const happened = events.filter(event => filter === 'events' || (filter === 'all' && saysMore(event)))
  return inOrder(said, happened)
}

const Event = ({ event, undo }: { event: TimelineEntry; undo: ReactNode }) => {
  const spoken = useSpoken(atTime)
  return (
    <li className="rp-event">
      <span>
        {event.actor} {spoken(event.said)}
      </span>
      <TimeAgo at={event.at} />
      {undo}
    </li>
  )
}

/** The way back for a change, however long ago: seen under the hand and under the focus. */
const Revert = ({ kase, event }: { kase: Case; event: TimelineEntry }) => {
  const t = useSay()
  const takeBack = useTakeBack()
  const { undo } = event
  if (undo === null || !kase.can.includes('change')) return null
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      className="rp-event-back"
      onClick={() => void takeBack(kase.id, undo)}
      aria-label={t('timeline.takeBackThis', { at: atTime(event.at) })}
    >
      {t('timeline.takeBack')}
    </Button>
  )
}

const Filters = ({ filter, set }: { filter: Filter; set: (filter: Filter) => void }) => {
  const t = useSay()
  return (
    <Chip.Group value={filter} onChange={value => set(value)}>
      <Group gap={6} className="rp-timeline-filters" role="radiogroup" aria-label={t('timeline.filter')}>
        {filters.map(value => (
          <Chip key={value} value={value} size="xs" variant="outline">
            {t(`timeline.${value}`)}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  )
}

/** The first message that came since I was here last; settled when the case is opened, so that it stays in its place. */
const useFirstNew = (kase: Case, messages: readonly Message[]): number | null => {
  const [seen] = useState(kase.unread ? kase.seenMessageId : null)
  if (seen === null) return null
  return messages.find(message => message.id > seen && message.direction !== 'out')?.id ?? null
}

const New = () => {
  const t = useSay()
  return (
    <li className="rp-new" data-first-new>
      <span>{t('timeline.new')}</span>
    </li>
  )
}

export const Timeline = ({ kase }: { kase: Case }) => {
  const t = useSay()
  const [filter, setFilter] = useState<Filter>('all')
  const messages = useMessages(kase.id)
  const events = useCall(cases.timeline, { id: kase.id })
  const happened = events.data?.items
  const entries = useMemo(() => merged(messages.items, happened ?? [], filter), [messages.items, happened, filter])
  useSeen(kase, messages.items.at(-1))
  const firstNew = useFirstNew(kase, messages.items)
  const { box, onScroll } = useStayAtEnd(entries.length)
  return (
    <div className="rp-timeline" ref={box} onScroll={onScroll} tabIndex={-1}>
      <Filters filter={filter} set={setFilter} />
      {messages.isPending && <Loading rows={3} height={90} />}
      {messages.error && (
        <Notice tone="bad">
          {sentenceOf(messages.error)}{' '}
          <Button size="compact-xs" variant="default" onClick={() => void messages.refetch()}>
            {t('action.again')}
          </Button>
        </Notice>
      )}
      <ol className="rp-entries" aria-label={t('timeline.label')}>
        {entries.map(entry =>
          'message' in entry ? (
            <Fragment key={entry.key}>
              {entry.message.id === firstNew && <New />}
              <MessageCard message={entry.message} kase={kase} />
            </Fragment>
          ) : (
            <Event key={entry.key} event={entry.event} undo={<Revert kase={kase} event={entry.event} />} />
          ),
        )}
        {filter === 'all' && <HeldHere caseId={kase.id} />}
      </ol>
      {entries.length === 0 && !messages.isPending && <p className="rp-dim rp-timeline-none">{t('timeline.none')}</p>}
    </div>
  )
}
