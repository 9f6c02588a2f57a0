import { type SubmitEvent, useState } from 'react'
import { useNavigate } from 'react-router'
import type { Condition } from '../../../shared/condition.ts'
import { useAct } from '../../../ui/call.ts'
import { useMay } from '../../../ui/me.ts'
import { cases, type View } from '../contract.ts'
import type { Layout, Sort } from '../contract-shapes.ts'
import { conditionOf, type Group, groupOf } from './conditions.ts'

/** Who sees a view: `me`, `all`, or the number of a team. */
const sharingOf = (view: View | undefined) => (view?.teamId ? String(view.teamId) : view?.shared ? 'all' : 'me')
const sharedAs = (sharing: string) => ({
  shared: sharing !== 'me',
  teamId: sharing === 'me' || sharing === 'all' ? null : Number(sharing),
})

export type ViewProps = {
  close: () => void
  conditions: Condition[]
  sort: Sort
  view?: View
  /** How it is drawn; kept with the view. */
  looks?: { layout: Layout; groupBy: string | null; columns: string[] }
  /** A name to begin with, such as that of a copy. */
  name?: string
}

/** What one has put into the form of a view, and how it is saved. */
export const useViewForm = ({ close, conditions, sort, view, looks = {} as never, name: first = '' }: ViewProps) => {
  const go = useNavigate()
  const [name, setName] = useState(view?.name ?? first)
  const [group, setGroup] = useState<Group>(() => groupOf(conditions))
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
    const saved = { name, condition: conditionOf(group), sort: order, ...looks, ...(mayShare ? sharedAs(sharing) : {}) }
    if (view) change.mutate({ ...saved, id: view.id, version: view.version })
    else add.mutate(saved)
  }
  return {
    name,
    setName,
    group,
    setGroup,
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
