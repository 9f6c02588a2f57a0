import { type CSSProperties, useState } from 'react'
import { useAct } from '../../../ui/call.ts'
import { useDragging } from '../../../ui/kit/dragging.ts'
import { atTime } from '../../../ui/kit/time-ago.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { type Booking, diary } from '../contract.ts'
import { bookingAnswers } from './answers.ts'
import { Card } from './diary-card.tsx'
import { dayKey, lanesOf, placeOf, slotPx, slotsOf } from './places.ts'

export type Column = { key: string; day: string; resourceId: number | null; label: string }

const useMoving = () => {
  const t = useSay()
  const act = useAct(diary.moveBooking, {
    refresh: bookingAnswers,
    done: ({ startsAt }) => told(t('booking.moved', { when: atTime(startsAt) })),
  })
  return (booking: Booking, startsAt: string, resourceId: number | null) => {
    const held = booking.resources.map(one => one.id)
    const other =
      resourceId !== null && !held.includes(resourceId) ? { resourceIds: [resourceId, ...held.slice(1)] } : {}
    act.mutate({ id: booking.id, startsAt: new Date(startsAt).toISOString(), version: booking.version, ...other })
  }
}

type Props = {
  columns: readonly Column[]
  bookings: readonly Booking[]
  /** Null where one may not book. */
  book: ((startsAt: string, resourceId: number) => void) | null
}

const within = (column: Column) => (booking: Booking) =>
  dayKey(new Date(booking.startsAt)) === column.day &&
  (column.resourceId === null || booking.resources.some(one => one.id === column.resourceId))

/** Times downwards, days or colleagues across. */
export const DiaryGrid = ({ columns, bookings, book }: Props) => {
  const may = useMay()('case.handle')
  const move = useMoving()
  const [today] = useState(() => dayKey(new Date()))
  const { drag, hold } = useDragging<Booking>((booking, slot) => {
    const [startsAt = '', resource = ''] = slot.split('|')
    move(booking, startsAt, Number(resource) || null)
  })
  const hours = slotsOf(columns[0]?.day ?? today)
  return (
    <div className="rp-diary" style={{ '--columns': columns.length, '--slot': `${slotPx}px` } as CSSProperties}>
      <div className="rp-diary-hours" aria-hidden>
        {hours.map((slot, i) => (
          <span key={slot}>{i % 2 === 0 ? slot.slice(11) : ''}</span>
        ))}
      </div>
      {columns.map(column => (
        <section
          key={column.key}
          className="rp-diary-column"
          data-today={column.day === today || undefined}
          aria-labelledby={`diary-${column.key}`}
        >
          <h3 id={`diary-${column.key}`} translate="no">
            {column.label}
          </h3>
          <div className="rp-diary-slots">
            {slotsOf(column.day).map(slot => {
              const key = `${slot}|${column.resourceId ?? ''}`
              return (
                <button
                  type="button"
                  key={key}
                  data-column={key}
                  data-over={drag?.over === key || undefined}
                  tabIndex={-1}
                  translate="no"
                  aria-label={`${column.label}, ${slot.slice(11)}`}
                  disabled={!book || column.resourceId === null}
                  onClick={() => column.resourceId !== null && book?.(slot, column.resourceId)}
                />
              )
            })}
            {lanesOf(bookings.filter(within(column))).map(({ item, lane, lanes }) => {
              const { top, height } = placeOf(column.day, item.startsAt, item.endsAt)
              const dragged = drag?.item.id === item.id
              const movable = may && item.caseId !== null && item.state === 'booked'
              return (
                <Card
                  key={item.id}
                  booking={item}
                  may={movable}
                  hold={movable ? hold(item) : undefined}
                  moveBy={ms => move(item, new Date(Date.parse(item.startsAt) + ms).toISOString(), null)}
                  style={{
                    top,
                    height,
                    insetInlineStart: `calc(${(100 * lane) / lanes}% + 2px)`,
                    width: `calc(${100 / lanes}% - 5px)`,
                    ...(dragged
                      ? { transform: `translate(${drag.x}px, ${drag.y}px)`, pointerEvents: 'none', zIndex: 3 }
                      : {}),
                  }}
                />
              )
            })}
          </div>
        </section>
      ))}
    </div>
  )
}
