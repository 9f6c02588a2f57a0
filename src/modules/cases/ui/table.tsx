import { Button } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { Fragment, useRef, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useCall, usePages } from '../../../ui/call.ts'
import { useCommands } from '../../../ui/commands/running.ts'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { LoadMore } from '../../../ui/kit/load-more.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { sentenceOf } from '../../../ui/kit/problem-note.tsx'
import { ScrollX } from '../../../ui/kit/scroll-x.tsx'
import { onDay } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { type CaseLine, cases } from '../contract.ts'
import type { Sort } from '../contract-shapes.ts'
import { viewing } from '../contract-views.ts'
import { Cell, sortsOf, useColumns, usualColumns } from './columns.tsx'
import { useGroupWord } from './groups.ts'
import { Markers } from './row-facts.tsx'
import type { Filter } from './views.ts'

type Props = {
  title: string
  filter: Filter
  columns: string[]
  groupBy: string | null
  sort: Sort
  setSort: (sort: Sort) => void
}

const Heading = ({
  column,
  label,
  sort,
  setSort,
}: { column: string; label: string } & Pick<Props, 'sort' | 'setSort'>) => {
  const t = useSay()
  const offered = sortsOf[column] ?? []
  const at = offered.indexOf(sort)
  const descending = sort === 'newest' || sort === 'recent' || sort === 'urgency'
  const next = offered[(at + 1) % offered.length]
  const Arrow = descending ? IconArrowDown : IconArrowUp
  return (
    <th scope="col" aria-sort={at < 0 ? undefined : descending ? 'descending' : 'ascending'}>
      {next ? (
        <button type="button" onClick={() => setSort(next)} title={t('table.sort', { column: label })}>
          {label} {at >= 0 && <Arrow size={13} aria-hidden />}
        </button>
      ) : (
        label
      )}
    </th>
  )
}

type RowProps = { line: CaseLine; columns: string[]; inTabOrder: boolean; visit: (id: number) => void }

const Row = ({ line, columns, inTabOrder, visit }: RowProps) => (
  <tr data-unread={line.unread || undefined}>
    <th scope="row">
      <Link
        to={`?case=${line.id}`}
        data-row={line.id}
        tabIndex={inTabOrder ? 0 : -1}
        onFocus={() => visit(line.id)}
        className="rp-table-subject"
      >
        <Markers line={line} />
        <span className="rp-truncate">{line.subject}</span>
      </Link>
    </th>
    {columns.map(column => (
      <td key={column}>
        <Cell column={column} line={line} />
      </td>
    ))}
  </tr>
)

/** Which moment the days of a grouped table are those of. */
const dayOf = (line: CaseLine, sort: Sort): string => {
  if (sort === 'newest' || sort === 'oldest') return line.openedAt
  if (sort === 'waiting') return line.waitingSince ?? line.lastAt
  return sort === 'waking' ? (line.snoozedUntil ?? line.lastAt) : line.lastAt
}

type BodyProps = Pick<Props, 'filter' | 'sort'> & { columns: string[]; at: number | null; visit: (id: number) => void }

/** Rows as they come, with a heading for each day where they are grouped so. */
const Rows = ({ lines, byDay, first, ...body }: BodyProps & { lines: CaseLine[]; byDay: boolean; first: boolean }) => {
  const tab = lines.some(line => line.id === body.at) ? body.at : first ? lines[0]?.id : null
  let before = ''
  return lines.map(line => {
    const day = byDay ? onDay(dayOf(line, body.sort)) : ''
    const starts = day !== before
    before = day
    return (
      <Fragment key={line.id}>
        {starts && (
          <tr className="rp-table-group">
            <th scope="rowgroup" colSpan={body.columns.length + 1}>
              {day}
            </th>
          </tr>
        )}
        <Row line={line} columns={body.columns} inTabOrder={line.id === tab} visit={body.visit} />
      </Fragment>
    )
  })
}

/** One group: its heading, how many there are, and the first of them. */
const GroupRows = ({
  group,
  by,
  label,
  count,
  ...body
}: BodyProps & { group: string; by: string; label: string; count: number }) => {
  const t = useSay()
  const list = usePages(cases.list, { ...body.filter, groupBy: by, group, limit: 10 }, { keep: true })
  return (
    <tbody>
      <tr className="rp-table-group">
        <th scope="rowgroup" colSpan={body.columns.length + 1}>
          {label} <span className="rp-nav-count">{count}</span>
        </th>
      </tr>
      <Rows lines={list.items} byDay={false} first {...body} />
      {list.hasNextPage && (
        <tr>
          <td colSpan={body.columns.length + 1}>
            <Button
              size="compact-xs"
              variant="subtle"
              loading={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              {t('list.more')}
            </Button>
          </td>
        </tr>
      )}
    </tbody>
  )
}

const useRows = () => {
  const box = useRef<HTMLDivElement>(null)
  const [, setParams] = useSearchParams()
  const [at, visit] = useState<number | null>(null)
  const links = () => [...(box.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
  const move = (step: number) => {
    const all = links()
    const now = all.findIndex(link => link.dataset.row === String(at))
    const next = all[now < 0 ? 0 : Math.min(all.length - 1, Math.max(0, now + step))]
    next?.focus()
    next?.scrollIntoView({ block: 'nearest' })
  }
  useCommands({
    'row.next': () => move(1),
    'row.previous': () => move(-1),
    'row.open': at !== null && (() => setParams({ case: String(at) })),
  })
  return { box, at, visit }
}

/** A view as a table: columns one chooses, orders an index serves, groups with pages of their own. */
export const CaseTable = ({ title, filter, columns: chosen, groupBy, sort, setSort }: Props) => {
  const t = useSay()
  const all = useColumns()
  const word = useGroupWord()
  const known = (chosen.length > 0 ? chosen : usualColumns).filter(key => all.some(column => column.key === key))
  const { box, at, visit } = useRows()
  const byDay = groupBy === 'day'
  // Days follow each other only where the rows come in the order of a moment.
  const order: Sort = byDay && sort === 'urgency' ? 'recent' : sort
  const grouped = groupBy !== null && !byDay
  const asked = { ...filter, sort: order }
  const list = usePages(cases.list, { ...asked, limit: 50 }, { enabled: !grouped, keep: true })
  const groups = useCall(viewing.groups, { ...asked, groupBy: groupBy ?? 'status' }, { enabled: grouped })
  const error = list.error ?? groups.error
  if (error) return <EmptyState title={t('queue.failed')} text={sentenceOf(error)} />
  if (grouped ? groups.isPending : list.isPending) return <Loading rows={8} />
  const lines = list.items
  if (grouped ? groups.data?.items.length === 0 : lines.length === 0)
    return <EmptyState title={t('queue.emptyTitle')} text={t('queue.empty.view')} />
  const body = { filter: asked, sort: order, columns: known, at, visit }
  return (
    <div className="rp-stage-body" ref={box}>
      <ScrollX label={title}>
        <table className="rp-cases" aria-label={title}>
          <thead>
            <tr>
              <th scope="col">{t('field.subject')}</th>
              {known.map(key => (
                <Heading
                  key={key}
                  column={key}
                  label={all.find(column => column.key === key)?.label ?? key}
                  sort={order}
                  setSort={setSort}
                />
              ))}
            </tr>
          </thead>
          {grouped ? (
            groups.data?.items.map(item => (
              <GroupRows
                key={item.group ?? 'none'}
                group={item.group ?? 'none'}
                by={groupBy}
                label={word(groupBy, item.group, item.label)}
                count={item.count}
                {...body}
              />
            ))
          ) : (
            <tbody>
              <Rows lines={lines} byDay={byDay} first {...body} />
            </tbody>
          )}
        </table>
      </ScrollX>
      {grouped ? (
        groups.data?.capped && <p className="rp-dim rp-small">{t('group.capped')}</p>
      ) : (
        <LoadMore hasMore={list.hasNextPage} loading={list.isFetchingNextPage} more={() => void list.fetchNextPage()} />
      )}
    </div>
  )
}
