import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { type CalendarEvent, calendarFile } from '../../platform/mail/calendar-file.ts'
import type { Reading, Work } from '../../platform/work.ts'
import { done } from '../../shared/contract.ts'

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()

/** Makes the secret address of one's diary; an earlier one ends. @returns the secret, which is kept nowhere */
export const makeFeed = async (work: Work): Promise<string> => {
  const secret = randomBytes(24).toString('base64url')
  await sql`insert into diary_feeds (staff_id, secret_hash, made_at) values (${work.actor.id}, ${hashOf(secret)}, ${work.now})
    on conflict (staff_id) do update set secret_hash = excluded.secret_hash, made_at = excluded.made_at, read_at = null`.execute(
    work.tx,
  )
  work.record({ type: 'staff.feed_made', subject: { kind: 'staff', id: work.actor.id as number } })
  return secret
}

export const endFeed = async (work: Work) => {
  const { numDeletedRows } = await work.tx
    .deleteFrom('diary_feeds')
    .where('staff_id', '=', work.actor.id)
    .executeTakeFirst()
  if (numDeletedRows > 0n)
    work.record({ type: 'staff.feed_ended', subject: { kind: 'staff', id: work.actor.id as number } })
  return done
}

export const feedOf = async ({ db, actor }: Reading) =>
  (await db
    .selectFrom('diary_feeds')
    .select(['made_at as madeAt', 'read_at as readAt'])
    .where('staff_id', '=', actor.id)
    .executeTakeFirst()) ?? {
    madeAt: null,
    readAt: null,
  }

/** Whose diary a secret opens; null for one that is not, no longer, or whose owner has left. */
export const ownerOf = async (work: Work, secret: string): Promise<number | null> => {
  const { rows } = await sql<{ id: number }>`update diary_feeds f set read_at = ${work.now} from staff s
    where f.secret_hash = ${hashOf(secret)} and s.id = f.staff_id and s.ended_at is null returning s.id`.execute(
    work.tx,
  )
  return rows[0]?.id ?? null
}

type Entry = {
  uid: string
  sequence: number
  title: string
  place: string
  person: string
  confidential: boolean
  startsAt: Date
  endsAt: Date
  cancelled: boolean
  caseId: number
}

const dayMs = 86_400_000

/** A diary as a calendar file: what is booked, and what was promised for a time, from 30 days ago to half a year ahead. */
export const diaryFile = async (
  { db, now }: Pick<Reading, 'db' | 'now'>,
  staffId: number,
  addressOf: (caseId: number) => string,
): Promise<string> => {
  const [from, to] = [new Date(now.getTime() - 30 * dayMs), new Date(now.getTime() + 183 * dayMs)]
  const { rows } = await sql<Entry>`
    select b.uid, b.sequence, b.title, b.place, p.name as person, c.confidential, b.starts_at as "startsAt", b.ends_at as "endsAt", b.state = 'cancelled' as cancelled, c.id as "caseId"
      from bookings b join booking_resources k on k.booking_id = b.id join resources r on r.id = k.resource_id and r.staff_id = ${staffId}
      join cases c on c.id = b.case_id join people p on p.id = b.person_id where b.starts_at between ${from} and ${to}
    union all
    select 'promise-' || p.id || '@rapport', p.version, coalesce(nullif(p.title, ''), replace(p.kind, '_', ' ')), '', coalesce(o.name, ''), c.confidential, p.due_at,
        p.due_at + interval '15 minutes', false, c.id
      from promises p join cases c on c.id = p.subject_id left join people o on o.id = p.to_person_id
      where p.by_staff_id = ${staffId} and p.subject_kind = 'case' and p.policy_id is null and p.closed_at is null and p.due_at between ${from} and ${to}
        and not exists (select 1 from bookings b where b.promise_id = p.id)
    order by 7 limit 2000`.execute(db)
  const events = rows.map(
    (row): CalendarEvent => ({
      uid: row.uid,
      sequence: row.sequence,
      // The file leaves the house: of a confidential case it says only that the time is taken.
      summary: row.confidential ? 'Confidential' : `${row.title}${row.person ? `: ${row.person}` : ''}`,
      description: addressOf(row.caseId),
      location: row.confidential ? '' : row.place,
      start: row.startsAt.toISOString(),
      end: row.endsAt.toISOString(),
      cancelled: row.cancelled,
      attendee: null,
    }),
  )
  return calendarFile(events, 'PUBLISH', now)
}
