import './desk.css'
import { Select } from '@mantine/core'
import { IconArrowUpRight, IconPointer } from '@tabler/icons-react'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { usePages } from '../../../ui/call.ts'
import { useCommands } from '../../../ui/commands/running.ts'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { LoadMore } from '../../../ui/kit/load-more.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { referrals } from '../contract.ts'
import { DeskPanel } from './desk-panel.tsx'
import { DeskRow } from './desk-row.tsx'

const whoses = ['mine', 'team', 'asked', 'all'] as const
const states = ['open', 'done'] as const
const sorts = ['age', 'worth'] as const
type Filter = { whose: (typeof whoses)[number]; state: (typeof states)[number]; sort: (typeof sorts)[number] }

const Filters = ({ filter, set }: { filter: Filter; set: (filter: Filter) => void }) => {
  const t = useSay()
  return (
    <div className="rp-actions" style={{ marginBottom: 14 }}>
      <Select
        aria-label={t('desk.whose')}
        data={whoses.map(value => ({ value, label: t(`desk.${value}`) }))}
        value={filter.whose}
        onChange={whose => whose && set({ ...filter, whose })}
        allowDeselect={false}
        w={140}
      />
      <Select
        aria-label={t('desk.state')}
        data={states.map(value => ({ value, label: t(`desk.${value}`) }))}
        value={filter.state}
        onChange={state => state && set({ ...filter, state })}
        allowDeselect={false}
        w={110}
      />
      {filter.state === 'open' && (
        <Select
          aria-label={t('desk.sort')}
          data={sorts.map(value => ({ value, label: t(`desk.sort.${value}`) }))}
          value={filter.sort}
          onChange={sort => sort && set({ ...filter, sort })}
          allowDeselect={false}
          w={150}
        />
      )}
    </div>
  )
}

const everyMs = 15_000

/** What colleagues ask to have decided: the list at the left, one of it with everything needed at the right. */
export const Desk = () => {
  const t = useSay()
  const [filter, setFilter] = useState<Filter>({ whose: 'mine', state: 'open', sort: 'age' })
  const [params, setParams] = useSearchParams()
  const pages = usePages(referrals.desk, filter, { keep: true, refetchInterval: everyMs })
  const chosen = params.get('id') ? Number(params.get('id')) : null
  const choose = (id: number | null) => setParams(id === null ? {} : { id: String(id) }, { replace: true })
  const at = pages.items.findIndex(one => one.id === chosen)
  const step = (by: number) => {
    const next = pages.items[at < 0 ? 0 : Math.min(pages.items.length - 1, Math.max(0, at + by))]
    if (next) choose(next.id)
  }
  useCommands({ 'row.next': () => step(1), 'row.previous': () => step(-1) })
  const none = pages.data && pages.items.length === 0
  return (
    <div className="rp-page">
      <PageHeader title={t('desk.title')} lead={t('desk.lead')} />
      <Filters filter={filter} set={setFilter} />
      <div className="rp-desk" {...(chosen === null ? {} : { 'data-chosen': true })}>
        <div>
          <ProblemNote problem={pages.error} />
          {pages.isPending && <Loading rows={5} />}
          {none && (
            <EmptyState
              icon={<IconArrowUpRight size={34} stroke={1.2} />}
              title={t('desk.none')}
              text={t('desk.noneText')}
            />
          )}
          <ul className="rp-desk-rows" aria-label={t('desk.list')}>
            {pages.items.map(referral => (
              <DeskRow
                key={referral.id}
                referral={referral}
                chosen={referral.id === chosen}
                choose={() => choose(referral.id)}
              />
            ))}
          </ul>
          <LoadMore
            hasMore={pages.hasNextPage}
            loading={pages.isFetchingNextPage}
            more={() => void pages.fetchNextPage()}
          />
        </div>
        {chosen !== null ? (
          <DeskPanel key={chosen} id={chosen} back={() => choose(null)} done={() => undefined} />
        ) : (
          !none && (
            <EmptyState
              icon={<IconPointer size={34} stroke={1.2} />}
              title={t('desk.choose')}
              text={t('desk.chooseText')}
            />
          )
        )}
      </div>
    </div>
  )
}
