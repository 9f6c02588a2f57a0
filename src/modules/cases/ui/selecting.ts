import { useCallback, useEffect, useState } from 'react'
import type { Input } from '../../../shared/contract.ts'
import type { CaseLine } from '../contract.ts'
import type { bulk } from '../contract-bulk.ts'
import type { useCurrentView } from './views.ts'

type Selected = { key: string; ids: ReadonlySet<number>; all: boolean; last: number | null }
type SelectionInput = Input<typeof bulk.bulkStart>['selection']

/** Kept over a look at another page, as long as this page of the browser lives. */
let lastHeld: Selected | null = null

const nothing = (key: string): Selected => ({ key, ids: new Set(), all: false, last: null })

/** Which rows are chosen for a change of many. Another view begins with nothing chosen. */
export const useSelection = (view: ReturnType<typeof useCurrentView>, items: readonly CaseLine[]) => {
  const [held, setHeld] = useState(() => (lastHeld?.key === view.key ? lastHeld : nothing(view.key)))
  useEffect(() => {
    lastHeld = held
  }, [held])
  const selected = held.key === view.key ? held : nothing(view.key)
  useEffect(() => setHeld(before => (before.key === view.key ? before : nothing(view.key))), [view.key])
  const toggle = useCallback(
    (id: number) =>
      setHeld(before => {
        const ids = new Set(before.ids)
        if (!ids.delete(id)) ids.add(id)
        return { ...before, ids, all: false, last: id }
      }),
    [],
  )
  /** From the row that was chosen last to this one. */
  const range = (id: number) => {
    const at = (one: number | null) => items.findIndex(item => item.id === one)
    const [a, b] = [Math.max(0, at(selected.last)), at(id)].sort((x, y) => x - y) as [number, number]
    const between = items.slice(a, b + 1).map(item => item.id)
    setHeld({ ...selected, ids: new Set([...selected.ids, ...between]), all: false, last: id })
  }
  const page = () => setHeld({ ...selected, ids: new Set(items.map(item => item.id)), all: false })
  const everything = () => setHeld({ ...selected, ids: new Set(items.map(item => item.id)), all: true })
  const clear = useCallback(() => setHeld(before => nothing(before.key)), [])
  const { sort: _, ...all } = view.filter as { sort?: string }
  const selection: SelectionInput = selected.all ? { all } : { ids: [...selected.ids] }
  return {
    ids: selected.ids,
    all: selected.all,
    count: selected.ids.size,
    toggle,
    range,
    page,
    everything,
    clear,
    selection,
  }
}

export type Selection = ReturnType<typeof useSelection>
