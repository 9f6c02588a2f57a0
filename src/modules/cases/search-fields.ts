import { type RawBuilder, sql } from 'kysely'
import type { Catalogue, Field } from '../../platform/conditions/index.ts'
import type { Condition } from '../../shared/condition.ts'

/** Names one may write for the fields of a case; the first of each is the one that is suggested. */
export const aliases: Record<string, string> = {
  status: 'status',
  kind: 'kind',
  assignee: 'assignee',
  team: 'team',
  requester: 'requester',
  topic: 'topic',
  product: 'product',
  tag: 'tags',
  channel: 'channel',
  severity: 'severity',
  stage: 'stage',
  created: 'openedAt',
  updated: 'lastAt',
  solved: 'solvedAt',
  waiting: 'waitingSince',
  snoozed: 'snoozedUntil',
  language: 'language',
  need: 'needMet',
  internal: 'internal',
  confidential: 'confidential',
  group: 'team',
  customer: 'requester',
  tags: 'tags',
  via: 'channel',
  priority: 'severity',
  opened: 'openedAt',
  satisfaction: 'needMet',
  ticket_type: 'kind',
}

/** Fields that are no column of a case. */
export const otherFields = [
  'type',
  'is',
  'has',
  'has_attachment',
  'number',
  'subject',
  'description',
  'commenter',
  'cc',
  'organisation',
  'organization',
  'submitter',
  'fieldvalue',
  'name',
  'email',
  'phone',
  'role',
  'external_id',
] as const

/** `custom.room`, also written `custom_field_room`. */
const ownKey = (name: string): string | null =>
  /^custom[._]/.test(name) ? name.replace(/^custom(?:_field_|\.)/, 'custom.') : null

/** The field of a case that is meant, or null. Names are read without regard to case, as those of custom fields are small. */
export const fieldOf = (catalogue: Catalogue, name: string): { key: string; field: Field } | null => {
  const key = aliases[name] ?? ownKey(name)
  const field = key ? catalogue[key] : undefined
  return key && field ? { key, field } : null
}

export const knownFields = (catalogue: Catalogue): ReadonlySet<string> =>
  new Set([
    ...Object.keys(aliases),
    ...otherFields,
    ...Object.keys(catalogue)
      .filter(key => key.startsWith('custom.'))
      .flatMap(key => [key, key.replace('custom.', 'custom_field_')]),
  ])

/** A condition that nothing meets. */
export const nothing: Condition = { any: [] }

/** States that go by a word of their own: `is:open`, `has:attachment`. */
export const stateOf = (word: string): Condition | RawBuilder<boolean> => {
  if (word === 'open')
    return { field: 'status', op: 'one_of', value: ['new', 'open', 'waiting_customer', 'waiting_other'] }
  if (word === 'closed') return { field: 'status', op: 'one_of', value: ['solved', 'closed'] }
  if (word === 'internal' || word === 'confidential') return { field: word, op: 'is', value: true }
  if (word === 'waiting') return { field: 'waitingSince', op: 'present' }
  if (word === 'snoozed') return { field: 'snoozedUntil', op: 'present' }
  if (word === 'unassigned') return { field: 'assignee', op: 'absent' }
  if (word === 'mine') return { field: 'assignee', op: 'is', value: 'me' }
  if (/^(attachment|file)s?$/.test(word))
    return sql<boolean>`exists (select 1 from attachments a where a.case_id = c.id and a.message_id is not null and not a.inline)`
  return nothing
}

export const states = [
  'open',
  'closed',
  'waiting',
  'snoozed',
  'unassigned',
  'mine',
  'internal',
  'confidential',
] as const
