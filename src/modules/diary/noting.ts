import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import { refreshDue } from '../cases/index.ts'
import { keepPromise, withdrawPromise } from '../promises/index.ts'
import { bookingById } from './queries.ts'
import { lock } from './rebooking.ts'

type Noted = { id: number; what: 'arrived' | 'began' | 'missed'; version?: number | undefined }

/**
 * Notes that the customer is there, that we began, or that nobody came. Who waits for whom is told for both sides: we
 * are late from the later of the time that was agreed and the customer's arrival on.
 */
export const noteBooking = async (work: Work, input: Noted) => {
  const before = await lock(work, input.id, input.version)
  const subject = { kind: 'case', id: before.case_id }
  const data = { bookingId: before.id, title: before.title }
  if (input.what === 'arrived') {
    await sql`update bookings set arrived_at = coalesce(arrived_at, ${work.now}), version = version + 1 where id = ${before.id}`.execute(
      work.tx,
    )
    work.record({ type: 'booking.arrived', subject, data })
  }
  if (input.what === 'began') {
    const agreed = Math.max(before.starts_at.getTime(), before.arrived_at?.getTime() ?? 0)
    const lateMs = Math.max(0, work.now.getTime() - agreed)
    await sql`update bookings set arrived_at = coalesce(arrived_at, ${work.now}), began_at = ${work.now}, state = 'done', version = version + 1 where id = ${before.id}`.execute(
      work.tx,
    )
    await keepPromise(work, before.promise_id, { at: new Date(before.starts_at.getTime() + lateMs) })
    work.record({ type: 'booking.began', subject, data })
  }
  if (input.what === 'missed') {
    await sql`update bookings set state = 'missed', version = version + 1 where id = ${before.id}`.execute(work.tx)
    await withdrawPromise(work, before.promise_id, { reason: 'customer_unreachable' })
    work.record({ type: 'booking.missed', subject, data })
  }
  await refreshDue(work, [before.case_id])
  return bookingById(work, before.id)
}
