import { Button } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Problem } from '../../../ui/call.ts'
import { useCommands } from '../../../ui/commands/running.ts'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { useEscape } from '../../../ui/kit/keys.ts'
import { LoadMore } from '../../../ui/kit/load-more.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { sentenceOf } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { useShell } from '../../../ui/shell/actions.ts'
import type { CaseLine } from '../contract.ts'
import { useAhead } from './prefetching.ts'
import { QueueRow } from './queue-row.tsx'
import type { Selection } from './selecting.ts'
import { useWhere } from './where.tsx'

type List = {
  items: CaseLine[]
  isPending: boolean
  error: Problem | null
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => unknown
  refetch: () => unknown
}
type Props = {
  title: string
  list: List
  open: number | null
  show: (id: number) => void
  viewKey: string
  selection: Selection | null
}

const emptyTexts = {
  waiting: 'queue.empty.waiting',
  mine: 'queue.empty.mine',
  unassigned: 'queue.empty.unassigned',
  open: 'queue.empty.open',
  snoozed: 'queue.empty.snoozed',
  solved: 'queue.empty.solved',
} as const

const Nothing = ({ viewKey }: { viewKey: string }) => {
  const t = useSay()
  const may = useMay()
  const { logContact } = useShell()
  const text = viewKey in emptyTexts ? emptyTexts[viewKey as keyof typeof emptyTexts] : 'queue.empty.view'
  return (
    <EmptyState icon={<IconCircleCheck size={34} stroke={1.2} />} title={t('queue.emptyTitle')} text={t(text)}>
      {may('case.open') && (
        <Button variant="default" onClick={logContact}>
          {t('shell.log')}
        </Button>
      )}
    </EmptyState>
  )
}

/** Moves with j and k: one row is in the tab order, and it is the one last visited. */
const useRoving = (items: CaseLine[], open: number | null) => {
  const [at, setAt] = useState<number | null>(open)
  const list = useRef<HTMLUListElement>(null)
  const index = Math.max(
    0,
    items.findIndex(item => item.id === at),
  )
  useEffect(() => {
    if (open !== null) setAt(open)
  }, [open])
  const move = (step: number) => {
    const started = at !== null && items.some(item => item.id === at)
    const target = items[Math.min(items.length - 1, Math.max(0, started ? index + step : 0))]
    if (!target) return
    setAt(target.id)
    const row = list.current?.querySelector<HTMLElement>(`[data-row="${target.id}"]`)
    row?.focus()
    row?.scrollIntoView({ block: 'nearest' })
  }
  return { list, tabId: items[index]?.id ?? null, at, setAt, move }
}

/** How far down each view was read; it is there again after a look at a case or another page. */
const readTo = new Map<string, number>()

const useKeptScroll = (viewKey: string, open: number | null, count: number) => {
  const ref = useRef<HTMLDivElement>(null)
  const there = count > 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: put back where the list shows again, not as it grows
  useLayoutEffect(() => {
    if (there && ref.current) ref.current.scrollTop = readTo.get(viewKey) ?? 0
  }, [viewKey, there, open === null])
  const onScroll = () => {
    // A list that is put aside for the case alone is at nought without anybody having scrolled.
    if (ref.current && ref.current.clientHeight > 0) readTo.set(viewKey, ref.current.scrollTop)
  }
  return { ref, onScroll }
}

/**
 * What rows are given. It stays the same from one drawing of the list to the next, so that of a thousand rows two are
 * drawn again when one goes from one to the other, not all.
 */
const useForRows = (selection: Selection | null, setAt: (id: number) => void, ahead: (id: number | null) => void) => {
  const [why, setWhy] = useState<number | null>(null)
  const current = useRef(selection)
  current.current = selection
  const select = useCallback((id: number, upToHere: boolean) => {
    if (upToHere) current.current?.range(id)
    else current.current?.toggle(id)
  }, [])
  const toggleWhy = useCallback((id: number) => setWhy(before => (before === id ? null : id)), [])
  const focused = useCallback(
    (id: number) => {
      setAt(id)
      ahead(id)
    },
    [setAt, ahead],
  )
  const selected = (id: number) => selection && (selection.ids.has(id) ? 'this' : selection.count > 0 ? 'some' : 'none')
  return { why, toggleWhy, select, focused, selected }
}

export const QueueList = ({ title, list, open, show, viewKey, selection }: Props) => {
  const t = useSay()
  const { items } = list
  const roving = useRoving(items, open)
  useWhere()
  const ahead = useAhead(items, open)
  const forRows = useForRows(selection, roving.setAt, ahead)
  const openRow = () => {
    if (roving.at !== null) show(roving.at)
  }
  const at = selection === null ? null : roving.tabId
  useCommands({
    'row.next': () => roving.move(1),
    'row.previous': () => roving.move(-1),
    'row.open': openRow,
    'row.select': at !== null && (() => selection?.toggle(at)),
    'row.range': at !== null && (() => selection?.range(at)),
    'row.all': selection !== null && items.length > 0 && selection.page,
    'row.why': () => roving.tabId !== null && forRows.toggleWhy(roving.tabId),
  })
  useEscape(() => selection?.clear(), selection !== null && selection.count > 0)
  const scroll = useKeptScroll(viewKey, open, items.length)
  if (list.error && items.length === 0)
    return (
      <EmptyState title={t('queue.failed')} text={sentenceOf(list.error)}>
        <Button onClick={() => list.refetch()}>{t('action.again')}</Button>
      </EmptyState>
    )
  if (list.isPending) return <Loading rows={6} height={72} />
  if (items.length === 0) return <Nothing viewKey={viewKey} />
  return (
    <div className="rp-queue-scroll" {...scroll}>
      <ul ref={roving.list} className="rp-rows" aria-label={title}>
        {items.map(line => (
          <QueueRow
            key={line.id}
            line={line}
            open={line.id === open}
            inTabOrder={line.id === roving.tabId}
            focused={forRows.focused}
            ahead={ahead}
            selected={forRows.selected(line.id)}
            select={forRows.select}
            why={forRows.why === line.id}
            toggleWhy={forRows.toggleWhy}
          />
        ))}
      </ul>
      <LoadMore hasMore={list.hasNextPage} loading={list.isFetchingNextPage} more={() => void list.fetchNextPage()} />
    </div>
  )
}
