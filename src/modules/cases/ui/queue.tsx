import './queue.css'
import { IconInbox } from '@tabler/icons-react'
import { lazy, Suspense, useCallback, useEffect, useRef } from 'react'
import { useSearchParams } from 'react-router'
import { call, type Problem, usePages } from '../../../ui/call.ts'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { KeyHint } from '../../../ui/kit/kbd.tsx'
import { useKeys } from '../../../ui/kit/keys.ts'
import { Loading } from '../../../ui/kit/loading.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { toldProblem } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { cases } from '../contract.ts'
import { BulkBar } from './bulk-bar.tsx'
import { useNews } from './lines.ts'
import { QueueHeader } from './queue-header.tsx'
import { QueueList } from './queue-list.tsx'
import { useSelection } from './selecting.ts'
import { available, useCurrentView } from './views.ts'

// The list is on screen before the code of a case is there; it is fetched while one reads.
const loadPane = () => Promise.all([import('./case-pane.tsx'), import('./editor.tsx')]).then(([pane]) => pane)
const CasePane = lazy(async () => ({ default: (await loadPane()).CasePane }))

/** Which case is open beside the list: part of the address, so that back, reload and a sent link work. */
const useOpenCase = () => {
  const [params, setParams] = useSearchParams()
  const open = Number(params.get('case')) || null
  const show = useCallback((id: number | null) => setParams(id === null ? {} : { case: String(id) }), [setParams])
  return { open, show }
}

/** The open case is passed over: whoever asks for the next one has finished with it, or leaves it. */
const useNextCase = (show: (id: number) => void, title: string) => {
  const busy = useRef(false)
  return async (skip: number | null) => {
    if (busy.current) return
    busy.current = true
    const first = await call(cases.list, { ...available, limit: 2 }).catch((problem: Problem) => toldProblem(problem))
    busy.current = false
    if (typeof first !== 'object') return
    const next = first.items.find(item => item.id !== skip)
    if (next) show(next.id)
    else toldProblem(title)
  }
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
  const news = useNews(view.key)
  const may = useMay()
  const selection = useSelection(view, list.items)
  const next = useNextCase(show, t('queue.nobody'))
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
    const timer = setTimeout(() => void loadPane(), 1500)
    return () => clearTimeout(timer)
  }, [])
  useKeys({ g: () => void next(open), '.': () => void refresh() })
  return (
    <div className="rp-queue" data-open={open !== null || undefined}>
      <PageHeader title={view.title} hidden />
      <section className="rp-queue-side" aria-label={view.title}>
        <QueueHeader
          view={view}
          list={list}
          news={news.count}
          refresh={() => void refresh()}
          next={() => void next(open)}
        />
        {selection.count > 0 && (
          <BulkBar selection={selection} more={list.hasNextPage} refresh={() => void refresh()} />
        )}
        <QueueList
          list={list}
          open={open}
          show={show}
          viewKey={view.key}
          selection={may('case.handle') ? selection : null}
        />
      </section>
      <section className="rp-queue-main" aria-label={t('queue.caseRegion')}>
        {open !== null ? (
          <Suspense fallback={<Loading rows={7} />}>
            <CasePane key={open} id={open} level={2} back={back} />
          </Suspense>
        ) : list.items.length === 0 ? null : (
          <EmptyState icon={<IconInbox size={36} stroke={1.2} />} title={t('queue.pick')} text={t('queue.pickText')}>
            <span className="rp-dim rp-small">
              <KeyHint>j</KeyHint> <KeyHint>k</KeyHint> {t('queue.pickMove')} <KeyHint>g</KeyHint> {t('queue.pickNext')}
            </span>
          </EmptyState>
        )}
      </section>
    </div>
  )
}
