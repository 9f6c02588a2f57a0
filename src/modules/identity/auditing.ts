import { sql } from 'kysely'
import type { Tell } from '../../platform/events/telling.ts'
import { pageOf, readCursor, writeCursor } from '../../platform/http/cursor.ts'
import { mayDo } from '../../platform/permissions/actor.ts'
import { hidden, hidePersonal, type PersonalKeys } from '../../platform/permissions/personal.ts'
import type { Reading } from '../../platform/work.ts'

type Filter = {
  limit: number
  cursor?: string | undefined
  subjectKind?: string | undefined
  subjectId?: number | undefined
  type?: string | undefined
  staffId?: number | undefined
}
type Event = {
  id: number
  at: Date
  actor: string
  actorKind: string
  type: string
  subjectKind: string
  subjectId: number
  data: unknown
  before: unknown
  after: unknown
}

/** For those who may not read people: customers without their names, and events without what they say of people. */
const withoutPeople = (event: Event, personal: PersonalKeys): Event => ({
  ...hidePersonal(event, personal),
  actor:
    event.actorKind === 'staff' || event.actorKind === 'token' || event.actorKind === 'system' ? event.actor : hidden,
})

/**
 * The trail, newest first, with each event as a sentence.
 * @param personal what the events of all modules say of people
 */
export const auditTrail = async ({ db, actor }: Reading, filter: Filter, tell: Tell, personal: PersonalKeys) => {
  const after = readCursor('audit', filter.cursor, 1)
  let query = db
    .selectFrom('events')
    .select([
      'id',
      'at',
      'actor_name as actor',
      'actor_kind as actorKind',
      'type',
      'subject_kind as subjectKind',
      'subject_id as subjectId',
      'data',
      'before',
      'after',
    ])
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
  // What belongs to a case about somebody is not told to them, not even here.
  if (actor.id !== null)
    query = query.where(sql<boolean>`not is_withheld(subject_kind, subject_id, ${actor.id}::bigint)`)
  if (after) query = query.where('id', '<', Number(after[0]))
  if (filter.subjectKind) query = query.where('subject_kind', '=', filter.subjectKind)
  if (filter.subjectId) query = query.where('subject_id', '=', filter.subjectId)
  if (filter.type) query = query.where('type', '=', filter.type)
  if (filter.staffId) query = query.where('actor_id', '=', filter.staffId).where('actor_kind', 'in', ['staff', 'token'])
  const rows = (await query.execute()) as Event[]
  const page = pageOf(rows, filter.limit, last => writeCursor('audit', [last.id]))
  const shown = mayDo(actor, 'person.read') ? page.items : page.items.map(event => withoutPeople(event, personal))
  return { ...page, items: shown.map(event => ({ ...event, ...tell(event) })) }
}
