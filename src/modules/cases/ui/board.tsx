import { useQueryClient } from '@tanstack/react-query'
import { useCall } from '../../../ui/call.ts'
import { useDragging } from '../../../ui/kit/dragging.ts'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { sentenceOf } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { type CaseLine, cases } from '../contract.ts'
import { viewing } from '../contract-views.ts'
import { BoardColumnView } from './board-column.tsx'
import { type BoardColumn, changeTo, groupOfLine, useBoardColumns } from './groups.ts'
import { toldWithUndo } from './joining.ts'
import { patchLine, useChangeCase } from './lines.ts'
import type { Filter } from './views.ts'

type Props = { title: string; filter: Filter; by: string }

/** Moving a card is the ordinary change of a field, with the way back. */
const useMoving = (by: string, columns: readonly BoardColumn[]) => {
  const t = useSay()
  const client = useQueryClient()
  const change = useChangeCase({ words: () => null })
  const refresh = () => {
    for (const path of [cases.list.path, viewing.groups.path]) void client.invalidateQueries({ queryKey: [path] })
  }
  const set = (line: CaseLine, group: string, done?: () => void) =>
    change.mutate(
      { id: line.id, ...changeTo(by, group) },
      {
        onSuccess: () => {
          patchLine(client, line.id, {})
          refresh()
          done?.()
        },
      },
    )
  return (line: CaseLine, to: string) => {
    const from = groupOfLine(by, line)
    if (from === to) return
    const label = columns.find(column => column.group === to)?.label ?? to
    set(line, to, () => toldWithUndo(t('board.moved', { subject: line.subject, to: label }), () => set(line, from)))
  }
}

/** A view as columns of cards, by status, somebody, a team, a kind or a choice of one's own. */
export const Board = ({ title, filter, by }: Props) => {
  const t = useSay()
  const may = useMay()
  const groups = useCall(viewing.groups, { ...filter, groupBy: by })
  const columns = useBoardColumns(by, groups.data?.items ?? [])
  const move = useMoving(by, columns)
  const { drag, hold } = useDragging<CaseLine>(move)
  if (groups.error) return <EmptyState title={t('queue.failed')} text={sentenceOf(groups.error)} />
  if (groups.isPending) return <Loading rows={6} />
  const countOf = (group: string) => groups.data.items.find(item => (item.group ?? 'none') === group)?.count ?? 0
  return (
    <section
      className="rp-board"
      // While its cards are read nothing in it takes the focus, and it can be wider than the screen.
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by keys
      tabIndex={0}
      aria-label={`${title}: ${t('board.label')}`}
      data-dragging={drag !== null || undefined}
    >
      {columns.map(column => (
        <BoardColumnView
          key={column.group}
          column={column}
          columns={columns}
          by={by}
          filter={filter}
          count={countOf(column.group)}
          over={drag?.over === column.group}
          drag={drag && { id: drag.item.id, x: drag.x, y: drag.y }}
          {...(may('case.handle') ? { hold, move } : {})}
        />
      ))}
    </section>
  )
}
