import type { PointerEvent } from 'react'
import { Link } from 'react-router'
import { KindIcon } from '../../../ui/kit/badges.tsx'
import { onClock } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { CaseLine } from '../contract.ts'
import { dateOf } from './calendar-days.ts'

/** A case on a day, with the moment where it has one. */
export type Entry = { day: string; at: string | null; line: CaseLine }
type Props = {
  day: string
  entries: Entry[]
  /** All of them, rather than the first few. */
  whole: boolean
  outside: boolean
  today: boolean
  chosen: boolean
  choose: () => void
  open: () => void
  /** Where cases can be moved: takes hold of one. */
  hold?: (entry: Entry) => (event: PointerEvent) => void
  drag: { id: number; x: number; y: number } | null
  over: boolean
}

const few = 3
const longDay = new Intl.DateTimeFormat(undefined, { dateStyle: 'full' })
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'long' })
const month = new Intl.DateTimeFormat(undefined, { month: 'long' })

type ItemProps = { entry: Entry; hold: Props['hold'] | undefined; drag: Props['drag'] }

const Item = ({ entry, hold, drag }: ItemProps) => {
  const { at, line } = entry
  return (
    <li
      onPointerDown={hold?.(entry)}
      data-moved={drag !== null || undefined}
      style={drag ? { transform: `translate(${drag.x}px, ${drag.y}px)` } : undefined}
    >
      <Link
        to={`?case=${line.id}`}
        className="rp-day-case"
        data-row={line.id}
        title={line.subject}
        draggable={hold ? false : undefined}
      >
        <KindIcon kind={line.kind} size={13} />
        {at && <span className="rp-number rp-dim">{onClock(at)}</span>}
        <span className="rp-truncate">{line.subject}</span>
      </Link>
    </li>
  )
}

/** One day: its number, which arrows move along, and its cases. */
export const CalendarDay = (props: Props) => {
  const { day, entries, whole, outside, today, chosen, choose, open, hold, drag, over } = props
  const t = useSay()
  const shown = whole ? entries : entries.slice(0, few)
  const rest = entries.length - shown.length
  return (
    <td
      data-outside={outside || undefined}
      data-today={today || undefined}
      data-chosen={chosen || undefined}
      data-empty={entries.length === 0 || undefined}
      data-column={hold && day}
      data-over={over || undefined}
    >
      <button
        type="button"
        className="rp-day-number"
        data-day={day}
        tabIndex={chosen ? 0 : -1}
        aria-label={t('calendar.day', { day: longDay.format(dateOf(day)), count: entries.length })}
        aria-current={today ? 'date' : undefined}
        onClick={choose}
      >
        {Number(day.slice(8))}
      </button>
      <time className="rp-day-name" dateTime={day} aria-hidden>
        {weekday.format(dateOf(day))}
        {outside && `, ${month.format(dateOf(day))}`}
      </time>
      {shown.length > 0 && (
        <ul>
          {shown.map(entry => (
            <Item key={entry.line.id} entry={entry} hold={hold} drag={drag?.id === entry.line.id ? drag : null} />
          ))}
        </ul>
      )}
      {rest > 0 && (
        <button type="button" className="rp-day-more" onClick={open}>
          {t('calendar.rest', { count: rest })}
        </button>
      )}
    </td>
  )
}
