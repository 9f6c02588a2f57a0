import { IconInbox } from '@tabler/icons-react'
import { Link } from 'react-router'
import { usePages } from '../../../ui/call.ts'
import { KindIcon, StatusBadge } from '../../../ui/kit/badges.tsx'
import { LoadMore } from '../../../ui/kit/load-more.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { cases } from '../contract.ts'

/** Every case of one person that I may see, the newest first. */
export const CasesOf = ({ personId }: { personId: number }) => {
  const t = useSay()
  const list = usePages(cases.list, { requester: personId, sort: 'recent', limit: 20 })
  if (list.isPending) return <Loading rows={3} />
  if (list.items.length === 0)
    return (
      <p className="rp-dim">
        <IconInbox size={16} style={{ verticalAlign: '-3px' }} aria-hidden /> {t('casesOf.none')}
      </p>
    )
  return (
    <>
      <ul className="rp-list">
        {list.items.map(line => (
          <li key={line.id}>
            <Link to={`/cases/${line.id}`} className="rp-row-link">
              <KindIcon kind={line.kind} />
              <span className="rp-grow rp-truncate">{line.subject}</span>
              <StatusBadge status={line.status} />
              <span className="rp-dim rp-small">
                <TimeAgo at={line.lastAt} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <LoadMore hasMore={list.hasNextPage} loading={list.isFetchingNextPage} more={() => void list.fetchNextPage()} />
    </>
  )
}
