import type { Row } from '../../platform/conditions/index.ts'

type Fields = Record<string, unknown>
export type Told = { type: string; data: Fields; before: Fields | null; after: Fields | null }

const plain = ['subject', 'kind', 'status', 'stage', 'severity', 'confidential', 'tags', 'needMet'] as const
/** Fields that an event names for people, and keeps by number beside. */
const byId = { topic: 'topicId', product: 'productId', team: 'teamId', assignee: 'assigneeId' } as const

const ownFields = (custom: unknown): Fields =>
  Object.fromEntries(Object.entries((custom ?? {}) as Fields).map(([key, value]) => [`custom.${key}`, value]))

/**
 * A case as it was before a change, from how it was after it and what the ledger says of the change. Null where it did
 * not exist before. What an event does not speak of stays as it is.
 */
export const rowBefore = (after: Row, told: Told): Row | null => {
  if (told.type === 'case.opened') return null
  if (told.type !== 'case.changed' || !told.before) return after
  const row: Fields = { ...after }
  for (const field of plain) if (field in told.before) row[field] = told.before[field]
  const { was } = (told.data.undo ?? {}) as { was?: Fields }
  for (const [field, id] of Object.entries(byId)) if (field in told.before && was) row[field] = was[id] ?? null
  if (was) for (const field of ['waitingSince', 'solvedAt']) row[field] = was[field] ?? null
  if ('custom' in told.before) {
    for (const key of Object.keys(ownFields(told.after?.custom))) row[key] = null
    Object.assign(row, ownFields(told.before.custom))
  }
  return row
}

/** A case as a change left it, where it has moved on since: only in what the change was about. */
export const rowAfter = (now: Row, told: Told): Row => {
  if (told.type !== 'case.changed' || !told.after) return now
  const row: Fields = { ...now }
  for (const field of plain) if (field in told.after) row[field] = told.after[field]
  const { is } = (told.data.undo ?? {}) as { is?: Fields }
  for (const [field, id] of Object.entries(byId)) if (field in told.after && is) row[field] = is[id] ?? null
  if ('custom' in told.after) Object.assign(row, ownFields(told.after.custom))
  return row
}
