import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconMessageQuestion } from '@tabler/icons-react'
import { Suspense } from 'react'
import { Link } from 'react-router'
import { usePages } from '../../../ui/call.ts'
import { StatusBadge } from '../../../ui/kit/badges.tsx'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { LoadMore } from '../../../ui/kit/load-more.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { PromisedIn, Shelf, useAsked } from '../../offers/ui/index.ts'
import { type PortalCase, portal } from '../contract.ts'
import { followed } from './files.tsx'
import { Raise } from './raise.tsx'

const Row = ({ kase, asked }: { kase: PortalCase; asked: ReturnType<ReturnType<typeof useAsked>> }) => (
  <li>
    <Link to={`/requests/${kase.id}`} className="rp-row-link">
      <span className="rp-grow">
        <span className="rp-truncate" style={{ display: 'block', fontWeight: 550 }}>
          {kase.subject}
        </span>
        <span className="rp-dim rp-small">
          #{kase.id} · <TimeAgo at={kase.lastAt} /> <PromisedIn asked={asked} />
        </span>
      </span>
      <StatusBadge status={kase.status} />
    </Link>
  </li>
)

/** What one asked of other departments, seen as their customer. */
export const Requests = () => {
  const t = useSay()
  const [raising, raise] = useDisclosure()
  const list = usePages(portal.requests, {}, followed)
  const { items } = list
  const askedIn = useAsked()
  return (
    <div className="rp-page" data-narrow>
      <PageHeader title={t('requests.title')} lead={t('requests.lead')}>
        <Button onClick={raise.open}>{t('requests.new')}</Button>
      </PageHeader>
      <Suspense fallback={<Loading rows={3} />}>
        <Shelf />
      </Suspense>
      <ProblemNote problem={list.error} />
      {list.isPending && <Loading rows={5} height={52} />}
      {list.isSuccess && items.length === 0 && (
        <EmptyState
          icon={<IconMessageQuestion size={34} stroke={1.2} />}
          title={t('requests.none')}
          text={t('requests.noneText')}
        />
      )}
      {items.length > 0 && (
        <ul className="rp-list">
          {items.map(kase => (
            <Row key={kase.id} kase={kase} asked={askedIn(kase.id)} />
          ))}
        </ul>
      )}
      <LoadMore hasMore={list.hasNextPage} loading={list.isFetchingNextPage} more={() => void list.fetchNextPage()} />
      {raising && <Raise close={raise.close} />}
    </div>
  )
}
