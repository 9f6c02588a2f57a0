import type { Tell } from '../../platform/events/telling.ts'
import type { Reading } from '../../platform/work.ts'
import { assertVisible } from './reading.ts'

const dayMs = 86_400_000

/** What happened to a case. Reading it is in the audit trail, not here. */
export const timelineOf = async (reading: Reading, asked: number, tell: Tell) => {
  const { id, openedAt } = await assertVisible(reading, asked)
  const merged = await reading.db
    .selectFrom('cases')
    .select(['id', 'opened_at'])
    .where('merged_into', '=', id)
    .execute()
  const from = Math.min(openedAt.getTime(), ...merged.map(one => one.opened_at.getTime()))
  const rows = await reading.db
    .selectFrom('events')
    .select(['id', 'at', 'actor_name as actor', 'type', 'subject_id as subjectId', 'data', 'before', 'after'])
    .where('subject_kind', '=', 'case')
    .where('subject_id', 'in', [id, ...merged.map(one => one.id)])
    // Leaves out the months before: of 40 partitions only those are opened in which something can be.
    .where('at', '>=', new Date(from - dayMs))
    .where('type', 'not in', [
      'case.exported',
      'case.delivered',
      'case.merged_away',
      'promise.warned',
      'promise.escalated',
    ])
    .orderBy('id')
    .limit(1000)
    .execute()
  const undone = new Set(rows.map(row => (row.data as { undoes?: number }).undoes))
  return rows.map(({ data, before, after, subjectId, ...event }) => {
    const version = subjectId === id ? (data as { undo?: { version: number } }).undo?.version : undefined
    const undo = version === undefined || undone.has(version) ? null : version
    return { ...event, ...tell({ type: event.type, data, before, after }), undo }
  })
}
