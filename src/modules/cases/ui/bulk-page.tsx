import { Button, Progress } from '@mantine/core'
import { Link, useParams } from 'react-router'
import { useAct, useCall, usePages } from '../../../ui/call.ts'
import { LoadMore } from '../../../ui/kit/load-more.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { NotFound } from '../../../ui/shell/not-found.tsx'
import { cases } from '../contract.ts'
import { bulk } from '../contract-bulk.ts'
import { useFollowBulk } from './follow-bulk.tsx'

/** One change of many cases: how far it is, what became of each, and the way back. */
export const BulkPage = () => {
  const t = useSay()
  const id = Number(useParams().id)
  const state = useCall(bulk.bulkGet, { id }, { retry: false, enabled: id > 0 })
  const items = usePages(bulk.bulkItems, { id, limit: 100 }, { enabled: state.isSuccess })
  const follow = useFollowBulk(() => void state.refetch())
  const undo = useAct(bulk.bulkUndo, { refresh: [bulk.bulkGet, cases.list], done: follow })
  if (!(id > 0) || state.error?.status === 404) return <NotFound />
  const done = state.data ? state.data.total - state.data.waiting : 0
  return (
    <div className="rp-page" data-narrow>
      <PageHeader
        title={t('bulk.detailsTitle')}
        lead={state.data && t(state.data.undoes ? 'bulk.undoing' : 'bulk.running', { done, total: state.data.total })}
      >
        {state.data?.state === 'done' && !state.data.undoes && !state.data.undoneBy && state.data.done > 0 && (
          <Button variant="default" loading={undo.isPending} onClick={() => undo.mutate({ id })}>
            {t('action.undo')}
          </Button>
        )}
      </PageHeader>
      {state.data?.state === 'running' && (
        <Progress value={(100 * done) / Math.max(1, state.data.total)} mb={14} aria-label={t('bulk.title')} />
      )}
      {items.isPending && <Loading rows={6} />}
      <ul className="rp-list">
        {items.items.map(item => (
          <li key={item.caseId}>
            <Link to={`/cases/${item.caseId}`} className="rp-row-link">
              <span className="rp-grow rp-truncate">
                #{item.caseId} {item.subject}
              </span>
              <span className="rp-dim rp-small">{item.reason ?? t(`bulk.state.${item.state}`)}</span>
            </Link>
          </li>
        ))}
      </ul>
      <LoadMore
        hasMore={items.hasNextPage}
        loading={items.isFetchingNextPage}
        more={() => void items.fetchNextPage()}
      />
    </div>
  )
}
