import './queue.css'
import { IconInbox } from '@tabler/icons-react'
import { Suspense, useCallback, useEffect } from 'react'
import { useSearchParams } from 'react-router'
import { usePages } from '../../../ui/call.ts'
import { useCommands } from '../../../ui/commands/running.ts'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { KeyHint } from '../../../ui/kit/kbd.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { cases } from '../contract.ts'
import { BulkBar } from './bulk-bar.tsx'
import { CasePane } from './case-pane-later.ts'
import { useRemembered } from './composing.ts'
import { useNews } from './news.ts'
import { usePlaying } from './playing.ts'
import { QueueHeader } from './queue-header.tsx'
import { QueueList } from './queue-list.tsx'
import { useSelection } from './selecting.ts'
import { useCurrentView } from './views.ts'
import { WorkingContext } from './working-on.ts'

const layouts = ['split', 'full'] as const

/** Which case is open beside the list: part of the address, so that back, reload and a sent link work. */
const useOpenCase = () => {
  const [params, setParams] = useSearchParams()
  const open = Number(params.get('case')) || null
  const show = useCallback((id: number | null) => setParams(id === null ? {} : { case: String(id) }), [setParams])
  return { open, show }
}

export const Queue = () => {
  const t = useSay()
  const view = useCurrentView()
  const { open, show } = useOpenCase()
  const list = usePages(
    cases.list,
    { ...view.filter, limit: 50 },
    { staleTime: Number.POSITIVE_INFINITY, refetchOnMount: 'always' },
  )
  const news = useNews(view.key, { filter: view.filter, sort: view.sort, list, open })
  const may = useMay()
  const selection = useSelection(view, list.items)
  const playing = usePlaying(view.filter, open, show)
  const [layout, setLayout] = useRemembered('rapport.layout', layouts, 'split')
  const refresh = async () => {
    await list.refetch()
    news.clear()
  }
  const back = () => {
    const row = document.querySelector<HTMLElement>(`[data-row="${open}"]`)
    show(null)
    requestAnimationFrame(() => (row ?? document.querySelector<HTMLElement>('[data-row]'))?.focus())
  }
  useEffect(() => {
    const timer = setTimeout(() => void CasePane.preload(), 1500)
    return () => clearTimeout(timer)
  }, [])
  const turn = () => setLayout(layout === 'split' ? 'full' : 'split')
  useCommands({
    'play.next': playing.next !== null && playing.start,
    'list.refresh': () => void refresh(),
    'list.layout': turn,
    'go.views': () => document.querySelector<HTMLElement>('.rp-queue-title')?.click(),
  })
  return (
    <div className="rp-queue" data-open={open !== null || undefined} data-layout={layout}>
      <PageHeader title={view.title} hidden />
      <section className="rp-queue-side" aria-label={view.title}>
        <QueueHeader
          view={view}
          list={list}
          news={news.count}
          refresh={() => void refresh()}
          next={playing.next && playing.start}
          layout={layout}
          turn={turn}
        />
        {selection.count > 0 && (
          <BulkBar selection={selection} more={list.hasNextPage} refresh={() => void refresh()} />
        )}
        <QueueList
          title={view.title}
          list={list}
          open={open}
          show={show}
          viewKey={view.key}
          selection={may('case.handle') ? selection : null}
        />
      </section>
      <section className="rp-queue-main" aria-label={t('queue.caseRegion')}>
        {open !== null ? (
          <WorkingContext value={playing}>
            <Suspense fallback={<Loading rows={7} />}>
              <CasePane key={open} id={open} level={2} back={back} />
            </Suspense>
          </WorkingContext>
        ) : list.items.length === 0 ? null : (
          <EmptyState icon={<IconInbox size={36} stroke={1.2} />} title={t('queue.pick')} text={t('queue.pickText')}>
            <span className="rp-dim rp-small">
              <KeyHint of="row.next" /> <KeyHint of="row.previous" /> {t('queue.pickMove')} <KeyHint of="play.next" />{' '}
              {t('queue.pickNext')}
            </span>
          </EmptyState>
        )}
      </section>
    </div>
  )
}
