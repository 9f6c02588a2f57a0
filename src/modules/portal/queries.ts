import { sql } from 'kysely'
import { CalendarError, isOpen, nextOpening } from '../../platform/calendar/index.ts'
import { pageOf, readCursor, writeCursor } from '../../platform/http/cursor.ts'
import { notFound } from '../../platform/refusal.ts'
import type { Reading } from '../../platform/work.ts'
import type { WorkingCalendar } from '../../shared/calendar.ts'
import type { Met, Status } from '../cases/contract.ts'
import { conversationFor } from '../cases/index.ts'
import type { PortalMessage } from './contract.ts'
import type { Visitor } from './visiting.ts'

type Line = {
  id: number
  subject: string
  status: Status
  openedAt: Date
  lastAt: Date
  requester: string
  own: boolean
}

/** Cases on a page. */
const most = 100

const self = (personId: number) => sql`select id from people where id = ${personId} or merged_into = ${personId}`

/**
 * The cases somebody takes part in, and those of the organisations whose members see each other's, newest first. When
 * something was last said counts out notes, what is said with others, and what has not gone out: the customer must not
 * notice them.
 * @param cursor where to go on, as `next` said. It counts the cases: a moment in it would tell of a note.
 */
export const casesOf = async (
  { db, now }: Pick<Reading, 'db' | 'now'>,
  visitor: Visitor,
  cursor?: string,
): Promise<{ items: Line[]; next: string | null }> => {
  const from = Math.max(0, Math.floor(Number(readCursor('portal', cursor, 1)?.[0] ?? 0)) || 0)
  const { rows } = await sql<Line>`
    with self as (${self(visitor.personId)}),
    mates as (select m.person_id from memberships mine join self on self.id = mine.person_id
      join groups g on g.id = mine.group_id and g.members_see_each_other join memberships m on m.group_id = g.id),
    seen as (
      select v.case_id, true as own from participants a join self on self.id = a.person_id join conversations v on v.id = a.conversation_id and v.kind = 'customer'
      union all
      select v.case_id, false from participants a join mates on mates.person_id = a.person_id and a.part = 'requester'
        join conversations v on v.id = a.conversation_id and v.kind = 'customer' join cases c on c.id = v.case_id and not c.confidential),
    once as (select case_id, bool_or(own) as own from seen group by case_id)
    select c.id, c.subject, c.status, c.opened_at as "openedAt", p.name as requester, once.own,
      coalesce((select max(m.at) from messages m join conversations v on v.id = m.conversation_id and v.kind = 'customer'
        where m.case_id = c.id and m.direction <> 'note' and m.delivery is distinct from 'cancelled'
          and (m.send_at is null or m.send_at <= ${now})), c.opened_at) as "lastAt"
    from once join cases c on c.id = once.case_id join people p on p.id = c.requester_id
    where c.merged_into is null and (${visitor.onlyCase}::bigint is null or c.id = ${visitor.onlyCase}::bigint)
    order by c.last_at desc, c.id desc limit ${most + 1} offset ${from}`.execute(db)
  return pageOf(rows, most, () => writeCursor('portal', [from + most]))
}

type Row = Line & { needMet: Met | null; mine: boolean }

/** A case as somebody who takes part sees it: what was said in their conversation, and nothing written for colleagues. */
export const talkOf = async (reading: Reading, visitor: Visitor, asked: number) => {
  if (visitor.onlyCase !== null && visitor.onlyCase !== asked) return notFound('case')
  const only = visitor.onlyConversation ?? null
  const place = (await conversationFor(reading, visitor.personId, asked, only)) ?? notFound('case')
  const { rows } =
    await sql<Row>`select c.id, c.subject, c.status, c.opened_at as "openedAt", c.last_at as "lastAt", p.name as requester,
      c.need_met as "needMet", c.requester_id in (${self(visitor.personId)}) as mine
    from cases c join people p on p.id = c.requester_id where c.id = ${place.caseId}`.execute(reading.db)
  const { mine, ...kase } = rows[0] ?? notFound('case')
  const messages = await saidIn(reading, visitor, place)
  const over = kase.status === 'solved' || kase.status === 'closed'
  const can: ('write' | 'withdraw' | 'say_met')[] = [
    ...(place.own ? (['write'] as const) : []),
    ...(place.own && mine && !over ? (['withdraw'] as const) : []),
    ...(place.own && mine && over && kase.needMet === null ? (['say_met'] as const) : []),
  ]
  return { ...kase, lastAt: messages.at(-1)?.at ?? kase.openedAt, own: place.own, messages, can }
}

type Said = Omit<PortalMessage, 'at'> & { at: Date }

const mostSaid = 500

/** The newest of what was sent by us and not taken back, or written by those who take part; what is still held back for undo is not shown. */
const saidIn = async (
  { db, now }: Reading,
  visitor: Visitor,
  place: { caseId: number; conversationId: number; own: boolean },
) => {
  const within =
    place.own && visitor.onlyConversation === undefined
      ? sql`m.conversation_id in (select a.conversation_id from participants a where a.person_id in (${self(visitor.personId)}))`
      : sql`m.conversation_id = ${place.conversationId}`
  const { rows } = await sql<Said>`
    select m.id, m.direction = 'out' as "fromUs", m.author as "from", m.text, m.at,
      m.direction = 'in' and m.channel in ('phone', 'face_to_face', 'letter') as noted,
      coalesce((select json_agg(json_build_object('id', a.id, 'name', a.name, 'type', a.type, 'size', a.size) order by a.id)
        from attachments a where a.message_id = m.id), '[]') as attachments
    from messages m where m.case_id = ${place.caseId} and ${within} and m.direction <> 'note'
      and m.delivery is distinct from 'cancelled' and (m.send_at is null or m.send_at <= ${now})
    order by m.id desc limit ${mostSaid}`.execute(db)
  return rows.reverse()
}

/** A file of a message that somebody may read. */
export const fileOf = async (reading: Reading, visitor: Visitor, caseId: number, fileId: number) => {
  const talk = await talkOf(reading, visitor, caseId)
  const known = talk.messages.some(message => message.attachments.some(file => file.id === fileId))
  if (!known) return notFound('attachment')
  return reading.db
    .selectFrom('attachments')
    .select(['sha256', 'name', 'type', 'size'])
    .where('id', '=', fileId)
    .executeTakeFirstOrThrow()
}

type FrontRow = { organisation: string; open: boolean; intro: string; kinds: string[]; calendar: WorkingCalendar }

/** What the public page offers, and whether somebody is there. */
export const frontOf = async ({ db, now }: Pick<Reading, 'db' | 'now'>) => {
  const { rows } = await sql<FrontRow>`select o.name as organisation, s.open, s.intro, s.kinds,
      json_build_object('zone', k.zone, 'week', k.week, 'holidays', k.holidays) as calendar
    from organisation o join calendars k on k.id = o.calendar_id, portal_settings s`.execute(db)
  const row = rows[0]
  if (!row) return null
  const { calendar, ...front } = row
  return { ...front, openNow: isOpen(calendar, now), opensAt: opensAt(calendar, now) }
}

const opensAt = (calendar: WorkingCalendar, now: Date): Date | null => {
  try {
    return isOpen(calendar, now) ? null : nextOpening(calendar, now)
  } catch (error) {
    if (error instanceof CalendarError) return null
    throw error
  }
}
