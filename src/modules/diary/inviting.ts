import { sql } from 'kysely'
import type { CalendarEvent } from '../../platform/mail/calendar-file.ts'
import { readCalendarReply } from '../../platform/mail/calendar-file.ts'
import type { Reading, Work } from '../../platform/work.ts'
import { sendCaseLetter } from '../channels/index.ts'

type Invited = {
  id: number
  caseId: number
  uid: string
  sequence: number
  title: string
  place: string
  state: string
  startsAt: Date
  endsAt: Date
  name: string
  address: string | null
  with: string[]
  organisation: string
  zone: string
}

const invited = async ({ db }: Pick<Reading, 'db'>, id: number): Promise<Invited | null> => {
  const { rows } =
    await sql<Invited>`select b.id, coalesce(own.merged_into, own.id) as "caseId", b.uid, b.sequence, b.title, b.place, b.state,
      b.starts_at as "startsAt", b.ends_at as "endsAt", p.name, o.name as organisation, o.zone,
      (select i.value from identities i where i.person_id = p.id and i.kind = 'email' and i.undeliverable_at is null order by i.verified_at is null, i.id limit 1) as address,
      array(select coalesce(s.name, r.name) from booking_resources k join resources r on r.id = k.resource_id left join staff s on s.id = r.staff_id
        where k.booking_id = b.id order by r.kind = 'person' desc, r.id) as with
    from bookings b join cases own on own.id = b.case_id join people p on p.id = b.person_id cross join organisation o where b.id = ${id}`.execute(
      db,
    )
  return rows[0] ?? null
}

const said = (at: Date, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone: zone }).format(at)

const eventOf = (one: Invited, url: string): CalendarEvent => ({
  uid: one.uid,
  sequence: one.sequence,
  summary: `${one.title} (${one.organisation})`,
  description: `To move or cancel it: ${url}`,
  location: one.place,
  start: one.startsAt.toISOString(),
  end: one.endsAt.toISOString(),
  cancelled: one.state === 'cancelled',
  attendee: one.address ? { name: one.name, address: one.address } : null,
})

type Words = { subject: string; opening: string }

const words = (one: Invited, kind: 'made' | 'moved' | 'cancelled' | 'reminder'): Words =>
  ({
    made: { subject: `Your appointment: ${one.title}`, opening: 'we have booked this for you:' },
    moved: { subject: `Moved: ${one.title}`, opening: 'your appointment is at another time now:' },
    cancelled: { subject: `Cancelled: ${one.title}`, opening: 'this appointment is cancelled:' },
    reminder: { subject: `Tomorrow: ${one.title}`, opening: 'we look forward to seeing you:' },
  })[kind]

const textOf = (one: Invited, opening: string, url: string): string =>
  [
    `Dear ${one.name},`,
    `${opening}\n\n${one.title}\n${said(one.startsAt, one.zone)}${one.place ? `\n${one.place}` : ''}${one.with.length > 0 ? `\nWith: ${one.with.join(', ')}` : ''}`,
    ...(one.state === 'cancelled' ? [] : [`If that does not suit you, move or cancel it here:\n${url}`]),
    one.organisation,
  ].join('\n\n')

/** Tells the customer of an appointment by mail what became of it, with an invitation for their calendar. */
export const invite = async (work: Work, id: number, linkFor: (id: number) => string): Promise<void> => {
  const one = await invited({ db: work.tx }, id)
  if (!one?.address) return
  const kind = one.state === 'cancelled' ? 'cancelled' : one.sequence > 0 ? 'moved' : 'made'
  const { subject, opening } = words(one, kind)
  const url = linkFor(id)
  sendCaseLetter(work, {
    caseId: one.caseId,
    to: { name: one.name, address: one.address },
    subject,
    text: textOf(one, opening, url),
    event: eventOf(one, url),
  })
}

/** Reminds the customer a day before. One that was moved or cancelled meanwhile is reminded of at its own time, or not at all. */
export const remind = async (work: Work, id: number, linkFor: (id: number) => string): Promise<void> => {
  const one = await invited({ db: work.tx }, id)
  const hours = one ? (one.startsAt.getTime() - work.now.getTime()) / 3_600_000 : 0
  if (!one?.address || one.state !== 'booked' || hours <= 0 || hours > 25) return
  const { subject, opening } = words(one, 'reminder')
  sendCaseLetter(work, {
    caseId: one.caseId,
    to: { name: one.name, address: one.address },
    subject,
    text: textOf(one, opening, linkFor(id)),
  })
}

/** Files of these messages that a calendar program may have sent. */
export const calendarFilesOf = async (work: Work, messageIds: readonly number[]) => {
  const { rows } = await sql<{
    sha256: string
    caseId: number
  }>`select a.sha256, a.case_id as "caseId" from attachments a
    where a.message_id = any(${[...messageIds]}::bigint[]) and (a.type like 'text/calendar%' or a.name like '%.ics') and a.size < 100000`.execute(
    work.tx,
  )
  return rows
}

/**
 * Notes what a customer's calendar answered to the invitation. An answer to an earlier version counts no more, and one
 * that came into another case is nobody's.
 */
export const noteAnswer = async (work: Work, caseId: number, file: string): Promise<void> => {
  const reply = readCalendarReply(file)
  if (!reply) return
  const { rows } = await sql<{
    id: number
    title: string
    caseId: number
  }>`update bookings b set reply = ${reply.answer}, version = b.version + 1
    where b.uid = ${reply.uid} and b.sequence = ${reply.sequence} and b.state = 'booked'
      and ${caseId} in (select coalesce(c.merged_into, c.id) from cases c where c.id = b.case_id)
    returning b.id, b.title, b.case_id as "caseId"`.execute(work.tx)
  for (const { id, title } of rows)
    work.record({
      type: 'booking.answered',
      subject: { kind: 'case', id: caseId },
      data: { bookingId: id, title, answer: reply.answer },
    })
}
