import { ActionIcon, Menu } from '@mantine/core'
import { IconArrowsMoveHorizontal } from '@tabler/icons-react'
import type { KeyboardEvent, PointerEvent } from 'react'
import { Link } from 'react-router'
import { usePages } from '../../../ui/call.ts'
import { LoadMore } from '../../../ui/kit/load-more.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { type CaseLine, cases } from '../contract.ts'
import type { BoardColumn } from './groups.ts'
import { Facts, Markers, When } from './row-facts.tsx'
import type { Filter } from './views.ts'

type Moves = { hold: (line: CaseLine) => (event: PointerEvent) => void; move: (line: CaseLine, to: string) => void }
type Props = Partial<Moves> & {
  column: BoardColumn
  columns: readonly BoardColumn[]
  by: string
  filter: Filter
  count: number
  over: boolean
  drag: { id: number; x: number; y: number } | null
}

/** Every column a card can go to, for those who do not drag. */
const MoveMenu = ({
  line,
  columns,
  here,
  move,
}: {
  line: CaseLine
  columns: readonly BoardColumn[]
  here: string
  move: Moves['move']
}) => {
  const t = useSay()
  return (
    <Menu position="bottom-end" width={210}>
      <Menu.Target>
        <ActionIcon
          className="rp-card-move"
          variant="subtle"
          color="gray"
          size={26}
          aria-label={t('board.move', { subject: line.subject })}
          title={t('board.moveTo')}
        >
          <IconArrowsMoveHorizontal size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        <Menu.Label>{t('board.moveTo')}</Menu.Label>
        {columns
          .filter(column => column.group !== here)
          .map(column => (
            <Menu.Item key={column.group} onClick={() => move(line, column.group)}>
              {column.label}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** Arrows go from card to card; with Shift they take the card along. */
const onKey = (
  event: KeyboardEvent<HTMLElement>,
  {
    line,
    columns,
    column,
    move,
  }: Pick<Props, 'columns' | 'column'> & { line: CaseLine; move: Moves['move'] | undefined },
) => {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
  const at = columns.findIndex(one => one.group === column.group)
  if (step && event.shiftKey) {
    const to = columns[at + step]
    if (to && move) move(line, to.group)
    event.preventDefault()
    return
  }
  const list = event.currentTarget.closest('.rp-board-cards')
  const board = event.currentTarget.closest('.rp-board')
  const cards = (within: Element | null | undefined) => [...(within?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
  const down = { ArrowUp: -1, ArrowDown: 1 }[event.key]
  if (!step && !down) return
  event.preventDefault()
  const index = cards(list).indexOf(event.currentTarget)
  if (down) return cards(list)[index + down]?.focus()
  const lists = [...(board?.querySelectorAll('.rp-board-cards') ?? [])]
  for (let next = at + (step ?? 0); next >= 0 && next < lists.length; next += step ?? 1) {
    const there = cards(lists[next])
    if (there.length > 0) return there[Math.min(index, there.length - 1)]?.focus()
  }
}

type CardProps = Pick<Props, 'columns' | 'column' | 'by' | 'drag' | 'hold' | 'move'> & {
  line: CaseLine
  inTabOrder: boolean
}

const Card = ({ line, columns, column, by, drag, hold, move, inTabOrder }: CardProps) => {
  const moved = drag?.id === line.id
  return (
    <li
      className="rp-card"
      data-moved={moved || undefined}
      data-unread={line.unread || undefined}
      style={moved ? { transform: `translate(${drag.x}px, ${drag.y}px)` } : undefined}
      onPointerDown={hold?.(line)}
    >
      <Link
        to={`?case=${line.id}`}
        data-row={line.id}
        draggable={false}
        tabIndex={inTabOrder ? 0 : -1}
        className="rp-card-link"
        onKeyDown={event => onKey(event, { line, columns, column, move })}
      >
        <span className="rp-row-top">
          <span className="rp-row-name rp-truncate">{line.requester.name}</span>
          <Markers line={line} />
          <span className="rp-grow" />
          <When line={line} />
        </span>
        <span className="rp-card-subject">{line.subject}</span>
        <Facts line={line} status={by !== 'status'} />
      </Link>
      {move && <MoveMenu line={line} columns={columns} here={column.group} move={move} />}
    </li>
  )
}

/** One column: its heading, how many cards it holds, and they themselves, page by page. */
export const BoardColumnView = ({ column, columns, by, filter, count, over, drag, hold, move }: Props) => {
  const t = useSay()
  const list = usePages(cases.list, { ...filter, groupBy: by, group: column.group, limit: 20 }, { keep: true })
  const lines = list.items
  const id = `board-${column.group}`
  return (
    <section className="rp-board-column" data-column={column.group} data-over={over || undefined} aria-labelledby={id}>
      <h2 id={id}>
        <span className="rp-truncate">{column.label}</span> <span className="rp-nav-count">{count}</span>
      </h2>
      <ul className="rp-board-cards">
        {lines.map((line, index) => (
          <Card
            key={line.id}
            line={line}
            columns={columns}
            column={column}
            by={by}
            drag={drag}
            inTabOrder={index === 0}
            {...(hold && move ? { hold, move } : {})}
          />
        ))}
      </ul>
      {lines.length === 0 && !list.isPending && <p className="rp-dim rp-small">{t('board.empty')}</p>}
      <LoadMore hasMore={list.hasNextPage} loading={list.isFetchingNextPage} more={() => void list.fetchNextPage()} />
    </section>
  )
}
