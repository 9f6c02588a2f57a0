import './stage.css'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef } from 'react'
import { useCommands } from '../../../ui/commands/running.ts'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { type Change, useChanges } from '../../../ui/live.ts'
import { cases } from '../contract.ts'
import { viewing } from '../contract-views.ts'
import { Board } from './board.tsx'
import { Calendar } from './calendar.tsx'
import { groupOr } from './layout-choices.tsx'
import { LayoutMenu } from './layout-menu.tsx'
import { useLooks } from './looks.ts'
import { ViewChoice, ViewMenu } from './queue-header.tsx'
import { CaseTable } from './table.tsx'
import type { useCurrentView } from './views.ts'

const everyMs = 3000

/** Reads what is shown again when cases change, at most every three seconds. */
const useLiveLists = () => {
  const client = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const refresh = useCallback(() => {
    for (const path of [cases.list.path, viewing.groups.path, viewing.calendar.path])
      void client.invalidateQueries({ queryKey: [path] })
  }, [client])
  useChanges(
    useCallback(
      (change: Change) => {
        if (change.kind !== 'case' || /seen|presence|draft|read/.test(change.type) || timer.current) return
        timer.current = setTimeout(() => {
          timer.current = undefined
          refresh()
        }, everyMs)
      },
      [refresh],
    ),
  )
  return refresh
}

/** Table, board or calendar of a view, in the whole window. */
export const Stage = ({ view }: { view: ReturnType<typeof useCurrentView> }) => {
  const { looks, look } = useLooks(view)
  const refresh = useLiveLists()
  const filter = { ...view.filter, sort: looks.sort }
  const groupBy = groupOr(looks.layout, looks.groupBy)
  useCommands({
    'list.refresh': refresh,
    'go.views': () => document.querySelector<HTMLElement>('.rp-queue-title')?.click(),
  })
  return (
    <div className="rp-stage">
      <PageHeader title={view.title} hidden />
      <div className="rp-queue-bar rp-stage-bar">
        <ViewChoice view={view} />
        <span className="rp-grow" />
        <LayoutMenu view={view} />
        <ViewMenu view={view} refresh={refresh} />
      </div>
      {looks.layout === 'table' && (
        <CaseTable
          title={view.title}
          filter={filter}
          columns={looks.columns}
          groupBy={groupBy}
          sort={looks.sort}
          setSort={sort => look({ sort })}
        />
      )}
      {looks.layout === 'board' && <Board title={view.title} filter={filter} by={groupBy ?? 'status'} />}
      {looks.layout === 'calendar' && (
        <Calendar title={view.title} filter={view.filter} by={groupBy ?? 'openedAt'} viewKey={view.key} />
      )}
    </div>
  )
}
