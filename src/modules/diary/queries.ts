import { type RawBuilder, sql } from 'kysely'
import { notFound, refuseField } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import { assertVisible, visibleSql } from '../cases/index.ts'
import type { Booking } from './contract.ts'

type Row = Omit<Booking, 'startsAt' | 'endsAt' | 'arrivedAt' | 'beganAt'> & {
  startsAt: Date
  endsAt: Date
  arrivedAt: Date | null
  beganAt: Date | null
}

/** Bookings as `b` with their cases as `c`. What belongs to a case one may not see is told as time that is taken. */
const columns = (seen: RawBuilder<boolean>) => sql`b.id, b.kind, case when ${seen} then c.id end as "caseId",
  case when ${seen} then json_build_object('id', p.id, 'name', p.name) end as person,
  case when ${seen} then b.title else '' end as title, case when ${seen} then b.place else '' end as place, case when ${seen} then b.note else '' end as note,
  b.starts_at as "startsAt", b.ends_at as "endsAt", b.state, b.arrived_at as "arrivedAt", b.began_at as "beganAt",
  json_build_object('customer', greatest(0, ceil(extract(epoch from b.arrived_at - b.starts_at) / 60))::int,
    'ours', greatest(0, ceil(extract(epoch from b.began_at - greatest(b.starts_at, b.arrived_at)) / 60))::int) as "lateMinutes",
  b.cancelled_by as "cancelledBy", b.reply, b.version,
  coalesce((select json_agg(json_build_object('id', r.id, 'name', coalesce(s.name, r.name)) order by r.kind = 'person' desc, r.id)
    from booking_resources k join resources r on r.id = k.resource_id left join staff s on s.id = r.staff_id where k.booking_id = b.id), '[]') as resources`

const from = sql`bookings b join cases own on own.id = b.case_id join cases c on c.id = coalesce(own.merged_into, own.id)
  join people w on w.id = b.person_id join people p on p.id = coalesce(w.merged_into, w.id)`

/** What a verb answers with: whoever just did something with it sees it. */
export const bookingById = async ({ tx }: Work, id: number): Promise<Row> => {
  const { rows } = await sql<Row>`select ${columns(sql<boolean>`true`)} from ${from} where b.id = ${id}`.execute(tx)
  return rows[0] ?? notFound('appointment')
}

export const bookingsOfCase = async (reading: Reading, caseId: number) => {
  const { id } = await assertVisible(reading, caseId)
  const { rows } = await sql<Row>`select ${columns(sql<boolean>`true`)} from ${from}
    where own.id = ${id} or own.merged_into = ${id} order by b.state <> 'booked', b.starts_at, b.id limit 100`.execute(
    reading.db,
  )
  return { items: rows }
}

const longestMs = 60 * 86_400_000
const mostBookings = 2000

/** Numbers of resources as they stand in an address. @throws Refusal naming `resources` */
export const resourcesIn = (text: string | undefined): number[] => {
  const ids = (text ?? '').split(',').filter(Boolean).map(Number)
  if (ids.some(id => !Number.isSafeInteger(id) || id < 1)) refuseField('resources', 'Numbers with commas between them')
  return ids
}

type Wanted = { from: string; to: string; resources?: string | undefined }

/** What is booked between two moments. */
export const diaryBetween = async (reading: Reading, wanted: Wanted) => {
  const [start, end] = [new Date(wanted.from), new Date(wanted.to)]
  if (end <= start || end.getTime() - start.getTime() > longestMs)
    refuseField('to', 'After `from`, and at most 60 days later')
  const ids = resourcesIn(wanted.resources)
  const { rows } = await sql<Row>`select ${columns(visibleSql(reading.actor))} from ${from}
    where b.state <> 'cancelled' and b.starts_at < ${end} and b.starts_at > ${new Date(start.getTime() - 86_400_000)} and b.ends_at > ${start}
      ${ids.length > 0 ? sql`and exists (select 1 from booking_resources k where k.booking_id = b.id and k.resource_id = any(${ids}::bigint[]))` : sql``}
    order by b.starts_at, b.id limit ${mostBookings}`.execute(reading.db)
  return { items: rows }
}
