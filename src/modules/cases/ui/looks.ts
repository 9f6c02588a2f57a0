import { useCallback, useSyncExternalStore } from 'react'
import { useAct } from '../../../ui/call.ts'
import { cases } from '../contract.ts'
import type { Layout, Sort } from '../contract-shapes.ts'
import type { useCurrentView } from './views.ts'

/** How a view is drawn. */
export type Looks = { layout: Layout; groupBy: string | null; columns: string[]; sort: Sort }

type View = ReturnType<typeof useCurrentView>

const keyOf = (view: string) => `rapport.looks.${view}`
const listeners = new Set<() => void>()
const known = new Map<string, Partial<Looks>>()

const kept = (view: string): Partial<Looks> => {
  const before = known.get(view)
  if (before) return before
  let read: Partial<Looks> = {}
  try {
    read = JSON.parse(localStorage.getItem(keyOf(view)) ?? '{}') as Partial<Looks>
  } catch {
    // What cannot be read is as if it was never kept.
  }
  known.set(view, read)
  return read
}

const keep = (view: string, change: Partial<Looks>) => {
  known.set(view, change)
  try {
    localStorage.setItem(keyOf(view), JSON.stringify(change))
  } catch {
    // Without a store it holds until the page is left.
  }
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/**
 * How this view is drawn and how to change that. A view of one's own keeps it for every device; of a shared or built-in
 * view one changes only how oneself sees it, on this device.
 */
export const useLooks = (view: View) => {
  const own = useSyncExternalStore(
    subscribe,
    useCallback(() => kept(view.key), [view.key]),
  )
  const { saved } = view
  const save = useAct(cases.changeView, { refresh: [cases.views, cases.list], done: () => keep(view.key, {}) })
  const looks: Looks = {
    layout: own.layout ?? saved?.layout ?? 'list',
    groupBy: own.groupBy !== undefined ? own.groupBy : (saved?.groupBy ?? null),
    columns: own.columns ?? saved?.columns ?? [],
    sort: own.sort ?? view.sort,
  }
  const look = (change: Partial<Looks>) => {
    keep(view.key, { ...own, ...change })
    if (saved?.mine) save.mutate({ id: saved.id, ...own, ...change })
  }
  return { looks, look }
}
