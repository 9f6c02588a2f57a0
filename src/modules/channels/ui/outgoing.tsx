import { Button } from '@mantine/core'
import { IconMailForward } from '@tabler/icons-react'
import { Link } from 'react-router'
import { useAct, usePages } from '../../../ui/call.ts'
import { Label, type Tone } from '../../../ui/kit/badges.tsx'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { LoadMore } from '../../../ui/kit/load-more.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { channels, type OutgoingMail } from '../contract.ts'

const tones: Record<OutgoingMail['state'], Tone> = {
  waiting: 'info',
  sent: 'good',
  kept: 'note',
  failed: 'bad',
  bounced: 'bad',
  cancelled: 'plain',
}

const Row = ({ mail }: { mail: OutgoingMail }) => {
  const t = useSay()
  const edit = useMay()('mail.edit')
  const retry = useAct(channels.retryOutgoing, { refresh: [channels.outgoing] })
  return (
    <li style={{ flexWrap: 'wrap' }}>
      <div className="rp-grow" style={{ minWidth: 220 }}>
        <div className="rp-truncate" style={{ fontWeight: 550 }}>
          {mail.subject || t('mail.noSubject')}
        </div>
        <div className="rp-dim rp-small">
          {t(`mailKind.${mail.kind}`)} · {mail.recipients.join(', ')} · <TimeAgo at={mail.sentAt ?? mail.createdAt} /> ·{' '}
          <a href={`/api/mail/outgoing/${mail.id}/source`} download>
            {t('mail.original')}
          </a>
        </div>
        {mail.lastError && <div className="rp-small">{mail.lastError}</div>}
      </div>
      {mail.caseId !== null && <Link to={`/cases/${mail.caseId}`}>{t('mail.case', { id: mail.caseId })}</Link>}
      <Label tone={tones[mail.state]}>{t(`mailState.${mail.state}`)}</Label>
      {edit && (mail.state === 'failed' || mail.state === 'kept') && (
        <Button
          size="compact-sm"
          variant="default"
          loading={retry.isPending}
          onClick={() => retry.mutate({ id: mail.id })}
        >
          {t('mail.sendAgain')}
        </Button>
      )}
    </li>
  )
}

export const OutgoingList = () => {
  const t = useSay()
  const list = usePages(channels.outgoing, { limit: 50 })
  if (list.isPending) return <Loading />
  if (list.items.length === 0)
    return (
      <EmptyState icon={<IconMailForward size={34} stroke={1.2} />} title={t('mail.none')} text={t('mail.noneText')} />
    )
  return (
    <>
      <ul className="rp-list">
        {list.items.map(mail => (
          <Row key={mail.id} mail={mail} />
        ))}
      </ul>
      <LoadMore hasMore={list.hasNextPage} loading={list.isFetchingNextPage} more={() => void list.fetchNextPage()} />
    </>
  )
}
