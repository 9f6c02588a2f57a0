import { type SubmitEvent, useState } from 'react'
import { useNavigate } from 'react-router'
import type { Condition } from '../../../shared/condition.ts'
import { useAct } from '../../../ui/call.ts'
import { useMay } from '../../../ui/me.ts'
import { cases, type View } from '../contract.ts'
import { type Row, rowsOf, treeOf } from './conditions.ts'
import type { Sort } from './views.ts'

/** Who sees a view: `me`, `all`, or the number of a team. */
const sharingOf = (view: View | undefined) => (view?.teamId ? String(view.teamId) : view?.shared ? 'all' : 'me')
const sharedAs = (sharing: string) => ({
  shared: sharing !== 'me',
  teamId: sharing === 'me' || sharing === 'all' ? null : Number(sharing),
})

export type ViewProps = { close: () => void; conditions: Condition[]; sort: Sort; view?: View }

/** What one has put into the form of a view, and how it is saved. */
export const useViewForm = ({ close, conditions, sort, view }: ViewProps) => {
  const go = useNavigate()
  const start = rowsOf(conditions)
  const [name, setName] = useState(view?.name ?? '')
  const [mode, setMode] = useState<'all' | 'any'>(start.mode)
  const [rows, setRows] = useState<Row[]>(start.rows)
  const [order, setOrder] = useState<Sort>(sort)
  const [sharing, setSharing] = useState(sharingOf(view))
  const mayShare = useMay()('view.share')
  const refresh = [cases.views, cases.counts, cases.list]
  const done = (saved: View) => {
    close()
    void go(`/queue/${saved.id}`)
  }
  const add = useAct(cases.addView, { quiet: true, refresh, done })
  const change = useAct(cases.changeView, { quiet: true, refresh, done })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const condition = treeOf(mode, rows)
    const saved = { name, condition, sort: order, ...(mayShare ? sharedAs(sharing) : {}) }
    if (view) change.mutate({ ...saved, id: view.id, version: view.version })
    else add.mutate(saved)
  }
  return {
    name,
    setName,
    mode,
    setMode,
    rows,
    setRows,
    order,
    setOrder,
    sharing,
    setSharing,
    mayShare,
    submit,
    busy: add.isPending || change.isPending,
    problem: add.error ?? change.error,
  }
}
