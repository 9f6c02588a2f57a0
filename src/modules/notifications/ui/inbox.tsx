import './inbox.css'
import { Button, Switch } from '@mantine/core'
import {
  IconAlarm,
  IconAlertTriangle,
  IconAt,
  IconBell,
  IconBellZ,
  IconBook2,
  IconChecklist,
  IconClock,
  IconListCheck,
  IconMailForward,
  IconMessage,
  IconMoodSad,
  IconNote,
  IconPlugConnectedX,
  IconUserCheck,
} from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { useAct, usePages } from '../../../ui/call.ts'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { LoadMore } from '../../../ui/kit/load-more.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { type Notification, notifications, type Reason } from '../contract.ts'
import { Settings } from './settings.tsx'

const icons: Record<Reason, typeof IconBell> = {
  assigned: IconUserCheck,
  mentioned: IconAt,
  reply_planned: IconClock,
  customer_wrote: IconMessage,
  referral_answered: IconMailForward,
  colleague_noted: IconNote,
  need_not_met: IconMoodSad,
  woken: IconBellZ,
  delivery_failed: IconAlertTriangle,
  promise_soon: IconAlarm,
  promise_missed: IconAlarm,
  to_read: IconBook2,
  to_review: IconBook2,
  to_approve: IconChecklist,
  wish_decided: IconChecklist,
  bulk_done: IconListCheck,
  rule_stopped: IconPlugConnectedX,
}

const addressOf = (one: Notification): string => {
  if (one.case) return `/cases/${one.case.id}`
  if (typeof one.data.ruleId === 'number') return `/organisation/rules/${one.data.ruleId}`
  if (typeof one.data.codeId === 'number') return `/codes/${one.data.codeId}`
  if (typeof one.data.articleId === 'number') return `/knowledge/${one.data.articleId}`
  if (one.reason === 'to_approve' || one.reason === 'wish_decided') return '/requests'
  return typeof one.data.bulkId === 'number' ? `/bulk/${one.data.bulkId}` : '/queue'
}

const Row = ({ one, read }: { one: Notification; read: () => void }) => {
  const t = useSay()
  const Icon = icons[one.reason]
  return (
    <li>
      <Link to={addressOf(one)} className="rp-row-link rp-notice" data-unread={!one.read || undefined} onClick={read}>
        <Icon size={18} stroke={1.6} aria-hidden />
        <span className="rp-grow">
          <span className="rp-notice-what">
            {!one.read && <span className="rp-hidden">{t('queue.unread')} </span>}
            {t(`notified.${one.reason}`, { by: one.by })}
          </span>
          {typeof one.data.title === 'string' && one.case === null && (
            <span className="rp-dim rp-small rp-truncate">{one.data.title}</span>
          )}
          {one.case && (
            <span className="rp-dim rp-small rp-truncate">
              #{one.case.id} {one.case.subject} · {one.case.requester}
            </span>
          )}
        </span>
        <span className="rp-dim rp-small">
          <TimeAgo at={one.at} />
        </span>
      </Link>
    </li>
  )
}

/** One inbox of what concerns one, each with its reason. */
export const Inbox = () => {
  const t = useSay()
  const [unread, setUnread] = useState(false)
  const list = usePages(
    notifications.list,
    { limit: 50, ...(unread ? { unread: 'true' as const } : {}) },
    { keep: true },
  )
  const read = useAct(notifications.read, { refresh: [notifications.list, notifications.count] })
  return (
    <div className="rp-page" data-narrow>
      <PageHeader title={t('notifications.title')} lead={t('notifications.lead')}>
        <Button variant="default" onClick={() => read.mutate({ all: true })} loading={read.isPending}>
          {t('notifications.allRead')}
        </Button>
      </PageHeader>
      <Switch
        label={t('notifications.onlyUnread')}
        checked={unread}
        onChange={event => setUnread(event.currentTarget.checked)}
        mb={14}
      />
      <ProblemNote problem={list.error} />
      {list.isPending && <Loading rows={6} height={52} />}
      {list.isSuccess && list.items.length === 0 && (
        <EmptyState
          icon={<IconBell size={34} stroke={1.2} />}
          title={t('notifications.none')}
          text={t('notifications.noneText')}
        />
      )}
      {list.items.length > 0 && (
        <ul className="rp-list">
          {list.items.map(one => (
            <Row key={one.id} one={one} read={() => !one.read && read.mutate({ ids: [one.id] })} />
          ))}
        </ul>
      )}
      <LoadMore hasMore={list.hasNextPage} loading={list.isFetchingNextPage} more={() => void list.fetchNextPage()} />
      <Settings />
    </div>
  )
}
