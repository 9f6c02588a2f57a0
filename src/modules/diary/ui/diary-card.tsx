import type { CSSProperties, KeyboardEvent, PointerEvent } from 'react'
import { useNavigate } from 'react-router'
import { atTime, onClock } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { Booking } from '../contract.ts'
import { BookingMenu } from './booking-menu.tsx'

const halfHourMs = 30 * 60_000
const dayMs = 24 * 60 * 60_000

type CardProps = {
  booking: Booking
  style: CSSProperties
  hold: ((event: PointerEvent) => void) | undefined
  moveBy: (ms: number) => void
  may: boolean
}

/** One appointment. Alt with an arrow key does what dragging does. */
export const Card = ({ booking, style, hold, moveBy, may }: CardProps) => {
  const t = useSay()
  const go = useNavigate()
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && booking.caseId) return void go(`/cases/${booking.caseId}`)
    const by = { ArrowUp: -halfHourMs, ArrowDown: halfHourMs, ArrowLeft: -dayMs, ArrowRight: dayMs }[event.key]
    if (!event.altKey || !by || !may) return
    event.preventDefault()
    moveBy(by)
  }
  const title = booking.caseId ? booking.title : t('booking.busy')
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button could not hold the menu
    <div
      className="rp-diary-card"
      style={style}
      role="group"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move what is chosen
      tabIndex={0}
      aria-label={`${title}, ${atTime(booking.startsAt)}`}
      data-state={booking.state}
      data-busy={booking.caseId === null || undefined}
      onPointerDown={hold}
      onKeyDown={onKeyDown}
      onDoubleClick={() => booking.caseId && void go(`/cases/${booking.caseId}`)}
    >
      <span className="rp-diary-card-top">
        <time dateTime={booking.startsAt}>{onClock(booking.startsAt)}</time>
        {may && booking.caseId && booking.state === 'booked' && <BookingMenu booking={booking} />}
      </span>
      <strong className="rp-truncate" dir="auto">
        {title}
      </strong>
      {booking.person && <span className="rp-truncate">{booking.person.name}</span>}
    </div>
  )
}
