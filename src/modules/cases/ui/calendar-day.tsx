import { Link } from 'react-router'
import { KindIcon } from '../../../ui/kit/badges.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { CaseLine } from '../contract.ts'
import { dateOf } from './calendar-days.ts'

export type Entry = { at: string | null; line: CaseLine }
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
}

const few = 3
const longDay = new Intl.DateTimeFormat(undefined, { dateStyle: 'full' })
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'long' })
const month = new Intl.DateTimeFormat(undefined, { month: 'long' })
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })

/** One day: its number, which arrows move along, and its cases. */
export const CalendarDay = ({ day, entries, whole, outside, today, chosen, choose, open }: Props) => {
  const t = useSay()
  const shown = whole ? entries : entries.slice(0, few)
  const rest = entries.length - shown.length
  return (
    <td
      data-outside={outside || undefined}
      data-today={today || undefined}
      data-chosen={chosen || undefined}
      data-empty={entries.length === 0 || undefined}
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
          {shown.map(({ at, line }) => (
            <li key={line.id}>
              <Link to={`?case=${line.id}`} className="rp-day-case" data-row={line.id} title={line.subject}>
                <KindIcon kind={line.kind} size={13} />
                {at && <span className="rp-number rp-dim">{clock.format(new Date(at))}</span>}
                <span className="rp-truncate">{line.subject}</span>
              </Link>
            </li>
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
