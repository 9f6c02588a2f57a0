import { pageOf, readCursor, writeCursor } from '../../platform/http/cursor.ts'
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

/** The trail, newest first, with each event as a sentence. */
export const auditTrail = async ({ db }: Reading, filter: Filter, sentenceOf: (event: Event) => string) => {
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
  if (after) query = query.where('id', '<', Number(after[0]))
  if (filter.subjectKind) query = query.where('subject_kind', '=', filter.subjectKind)
  if (filter.subjectId) query = query.where('subject_id', '=', filter.subjectId)
  if (filter.type) query = query.where('type', '=', filter.type)
  if (filter.staffId) query = query.where('actor_id', '=', filter.staffId).where('actor_kind', 'in', ['staff', 'token'])
  const rows = (await query.execute()) as Event[]
  const page = pageOf(rows, filter.limit, last => writeCursor('audit', [last.id]))
  return { ...page, items: page.items.map(event => ({ ...event, sentence: sentenceOf(event) })) }
}
