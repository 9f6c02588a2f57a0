import { sql } from 'kysely'
import { Refusal } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { handPromises } from '../promises/index.ts'
import { take } from './booking.ts'
import { bookables } from './free.ts'

type Row = { caseId: number; promiseId: number; title: string; from: Date; to: Date; resourceId: number | null }

const heldBy = async (work: Work, id: number, staffId: number): Promise<Row> => {
  const { rows } =
    await sql<Row>`select b.case_id as "caseId", b.promise_id as "promiseId", b.title, b.starts_at as "from", b.ends_at as "to",
      (select k.resource_id from booking_resources k join resources r on r.id = k.resource_id
        where k.booking_id = b.id and k.active and r.staff_id = ${staffId}) as "resourceId"
    from bookings b where b.id = ${id} and b.state = 'booked' and b.starts_at > ${work.now} for update of b`.execute(
      work.tx,
    )
  const row = rows[0]
  if (!row?.resourceId) throw new Refusal('conflict', 'This appointment is over, or somebody else has it by now.')
  return row
}

/**
 * Gives an appointment to a colleague at the same time. The customer is not told: for them it is the same appointment.
 * @throws Refusal `conflict` where the colleague has no diary or is taken then
 */
export const handBooking = async (
  work: Work,
  id: number,
  { from, to, name }: { from: number; to: number; name: string },
): Promise<void> => {
  const booking = await heldBy(work, id, from)
  const { rows } = await sql<{
    id: number
  }>`select id from resources where staff_id = ${to} and ended_at is null`.execute(work.tx)
  if (!rows[0]) throw new Refusal('conflict', `${name} has no diary.`)
  // First the colleague's time is taken: where it cannot be, nothing was changed.
  await take(work, id, await bookables({ db: work.tx }, [rows[0].id]), booking)
  await work.tx
    .deleteFrom('booking_resources')
    .where('booking_id', '=', id)
    .where('resource_id', '=', booking.resourceId)
    .execute()
  await sql`update bookings set version = version + 1 where id = ${id}`.execute(work.tx)
  await handPromises(work, [booking.promiseId], { from, to, name })
  work.record({
    type: 'booking.handed',
    subject: { kind: 'case', id: booking.caseId },
    data: { bookingId: id, title: booking.title, name },
  })
}
