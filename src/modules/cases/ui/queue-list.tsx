import { Button } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { Problem } from '../../../ui/call.ts'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { useKeys } from '../../../ui/kit/keys.ts'
import { LoadMore } from '../../../ui/kit/load-more.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { sentenceOf } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { useShell } from '../../../ui/shell/actions.ts'
import type { CaseLine } from '../contract.ts'
import { QueueRow } from './queue-row.tsx'
import type { Selection } from './selecting.ts'

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
  list: List
  open: number | null
  show: (id: number) => void
  viewKey: string
  selection: Selection | null
}

/** Shift and x. */
const withShift = 'X'

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

export const QueueList = ({ list, open, show, viewKey, selection }: Props) => {
  const t = useSay()
  const { items } = list
  const roving = useRoving(items, open)
  const [why, setWhy] = useState<number | null>(null)
  const openRow = () => {
    if (roving.at !== null) show(roving.at)
  }
  useKeys({
    j: () => roving.move(1),
    k: () => roving.move(-1),
    Enter: openRow,
    o: openRow,
    ...(selection && roving.tabId !== null
      ? {
          x: () => selection.toggle(roving.tabId as number),
          [withShift]: () => selection.range(roving.tabId as number),
        }
      : {}),
    ...(selection && selection.count > 0 ? { Escape: selection.clear } : {}),
    w: () => setWhy(why === roving.tabId ? null : roving.tabId),
  })
  if (list.error && items.length === 0)
    return (
      <EmptyState title={t('queue.failed')} text={sentenceOf(list.error)}>
        <Button onClick={() => list.refetch()}>{t('action.again')}</Button>
      </EmptyState>
    )
  if (list.isPending) return <Loading rows={6} height={72} />
  if (items.length === 0) return <Nothing viewKey={viewKey} />
  return (
    <div className="rp-queue-scroll">
      <ul ref={roving.list} className="rp-rows">
        {items.map(line => (
          <QueueRow
            key={line.id}
            line={line}
            open={line.id === open}
            inTabOrder={line.id === roving.tabId}
            onFocus={() => roving.setAt(line.id)}
            selection={selection}
            why={why === line.id}
            toggleWhy={() => setWhy(why === line.id ? null : line.id)}
          />
        ))}
      </ul>
      <LoadMore hasMore={list.hasNextPage} loading={list.isFetchingNextPage} more={() => void list.fetchNextPage()} />
    </div>
  )
}
