import { Button } from '@mantine/core'
import { IconCalendarPlus } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useCall } from '../../../ui/call.ts'
import { useCommands } from '../../../ui/commands/running.ts'
import { Label } from '../../../ui/kit/badges.tsx'
import { KeyHint } from '../../../ui/kit/kbd.tsx'
import { atTime } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { type Booking, diary } from '../contract.ts'
import { BookingMenu } from './booking-menu.tsx'

const BookDialog = lazy(async () => ({ default: (await import('./book-dialog.tsx')).BookDialog }))

/** Who was late, each side for itself; nothing where nobody was. */
export const Lateness = ({ booking }: { booking: Booking }) => {
  const t = useSay()
  const { customer, ours } = booking.lateMinutes
  const said = [
    ...(customer > 0 ? [t('booking.lateCustomer', { minutes: customer })] : []),
    ...(ours > 0 ? [t('booking.lateOurs', { minutes: ours })] : []),
  ]
  return said.length > 0 ? <span className="rp-dim rp-small">{said.join(', ')}</span> : null
}

const Line = ({ booking, may }: { booking: Booking; may: boolean }) => {
  const t = useSay()
  const over = booking.state !== 'booked'
  return (
    <li className="rp-promise" data-ended={over || undefined}>
      <span className="rp-promise-what">
        <span className="rp-grow" dir="auto">
          {booking.title}
        </span>
        {booking.state !== 'booked' ? (
          <Label tone={booking.state === 'done' ? 'good' : 'plain'}>{t(`booking.state.${booking.state}`)}</Label>
        ) : (
          booking.reply && (
            <Label tone={booking.reply === 'ACCEPTED' ? 'good' : booking.reply === 'DECLINED' ? 'bad' : 'note'}>
              {t(`booking.reply.${booking.reply}`)}
            </Label>
          )
        )}
      </span>
      <span className="rp-promise-by rp-dim rp-small">
        <span className="rp-grow">
          <time dateTime={booking.startsAt}>{atTime(booking.startsAt)}</time> ·{' '}
          {booking.resources.map(one => one.name).join(', ')}
          {booking.place && ` · ${booking.place}`}
        </span>
        {may && !over && <BookingMenu booking={booking} />}
      </span>
      <Lateness booking={booking} />
    </li>
  )
}

/** The appointments of a case, and a button for the next. */
export const BookingsOf = ({ kase }: { kase: { id: number; subject: string; can: readonly string[] } }) => {
  const t = useSay()
  const [booking, setBooking] = useState(false)
  const may = kase.can.includes('change')
  const list = useCall(diary.bookingsOfCase, { id: kase.id }).data?.items ?? []
  useCommands({ book: may && (() => setBooking(true)) })
  if (list.length === 0 && !may) return null
  return (
    <section className="rp-joined rp-promises">
      {list.length > 0 && (
        <>
          <h3>{t('bookings.title')}</h3>
          <ul>
            {list.map(one => (
              <Line key={one.id} booking={one} may={may} />
            ))}
          </ul>
        </>
      )}
      {may && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconCalendarPlus size={15} stroke={1.7} />}
          rightSection={<KeyHint of="book" />}
          onClick={() => setBooking(true)}
        >
          {t('booking.book')}
        </Button>
      )}
      {booking && (
        <Suspense>
          <BookDialog given={{ caseId: kase.id, title: kase.subject }} close={() => setBooking(false)} />
        </Suspense>
      )}
    </section>
  )
}
