import { useParams } from 'react-router'
import type { Condition } from '../../../shared/condition.ts'
import type { Input } from '../../../shared/contract.ts'
import { useCall } from '../../../ui/call.ts'
import { useSay } from '../../../ui/language/index.ts'
import { cases } from '../contract.ts'

export type Filter = Omit<Input<typeof cases.list>, 'cursor' | 'limit'>

const active: Condition = { field: 'status', op: 'one_of', value: ['new', 'open', 'waiting_customer', 'waiting_other'] }

/** Filters everybody has before anybody has saved a view. `condition` is the same filter as a view would keep it. */
export const builtIn = [
  {
    key: 'waiting',
    filter: { status: 'active', waiting: 'true', sort: 'urgency' },
    conditions: [active, { field: 'waitingSince', op: 'present' }],
  },
  {
    key: 'mine',
    filter: { status: 'active', assignee: 'me', sort: 'urgency' },
    conditions: [active, { field: 'assignee', op: 'is', value: 'me' }],
  },
  {
    key: 'unassigned',
    filter: { status: 'active', assignee: 'none', sort: 'urgency' },
    conditions: [active, { field: 'assignee', op: 'absent' }],
  },
  { key: 'open', filter: { status: 'active', sort: 'recent' }, conditions: [active] },
  {
    key: 'snoozed',
    filter: { status: 'active', snoozed: 'true', sort: 'recent' },
    conditions: [active, { field: 'snoozedUntil', op: 'present' }],
  },
  {
    key: 'solved',
    filter: { status: 'solved', sort: 'recent' },
    conditions: [{ field: 'status', op: 'is', value: 'solved' }],
  },
] as const satisfies { key: string; filter: Filter; conditions: Condition[] }[]

/** What "Next case" takes from: the most urgent one that is mine, or nobody's yet. */
export const available = { ...builtIn[0].filter, assignee: 'available' } as const satisfies Filter

export const useViews = () => useCall(cases.views, {}, { staleTime: 5 * 60_000 })

/** How many cases a saved view (by number) or a built-in filter (by name) holds; "100+" where counting stopped. */
export const useCounts = () => {
  const counts = useCall(cases.counts, {}, { staleTime: 60_000 })
  return (view: number | string): string => {
    const { items = [], builtIn: plain = [] } = counts.data ?? {}
    const found = items.find(item => item.viewId === view) ?? plain.find(item => item.key === view)
    return found ? `${found.count}${found.capped ? '+' : ''}` : ''
  }
}

/** The view of the address: one of the built-in filters, or a saved view by its number. */
export const useCurrentView = () => {
  const t = useSay()
  const { view = 'waiting' } = useParams()
  const views = useViews()
  const saved = views.data?.items.find(item => String(item.id) === view)
  const plain = builtIn.find(item => item.key === view) ?? (saved || /^\d+$/.test(view) ? undefined : builtIn[0])
  const filter: Filter = plain ? plain.filter : { view: Number(view) }
  return {
    key: plain?.key ?? view,
    title: plain ? t(`queue.${plain.key}`) : (saved?.name ?? t('queue.view')),
    filter,
    saved,
    conditions: plain ? [...plain.conditions] : saved ? [saved.condition] : [],
    sort: plain?.filter.sort ?? saved?.sort ?? 'urgency',
  }
}
