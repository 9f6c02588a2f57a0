import { type RawBuilder, sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import type { Catalogue, Field } from '../../platform/conditions/index.ts'
import type { QueryFilter, QueryValue } from '../../platform/search/query.ts'
import type { Condition } from '../../shared/condition.ts'

/** Names one may write for the fields of a case; the first of each is the one that is suggested. */
export const aliases: Record<string, string> = {
  status: 'status',
  kind: 'kind',
  assignee: 'assignee',
  team: 'team',
  requester: 'requester',
  topic: 'topic',
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

const nothing: Condition = { any: [] }
const ago = /^(\d{1,4})\s?(minute|hour|day|week|month|year)s?$/i
const numberOps = { ':': 'is', '<': 'less', '>': 'greater', '<=': 'at_most', '>=': 'at_least' } as const

/** `created>2026-11-01`, `created<3days`, `created:2026-11-01`: calendar days of the organisation, or so long ago. */
const dated = (field: string, type: string, op: QueryFilter['op'], text: string, zone: string): Condition => {
  const past = ago.exec(text)
  if (past) {
    const unit = past[2]?.toLowerCase()
    const n = Math.max(1, Number(past[1]))
    const span = unit === 'year' ? { n: n * 12, unit: 'months' } : { n, unit: `${unit}s` }
    return { field, op: op.startsWith('<') ? 'older_than' : 'within_last', value: span }
  }
  if (type === 'time' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/i.test(text)) return momentary(field, op, text, zone)
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? dayOf(text) : null
  if (!day) return nothing
  if (op === ':') return { field, op: 'on', value: text }
  const bound = op === '<=' || op === '>' ? day.add({ days: 1 }) : day
  if (type === 'date')
    return op.startsWith('<')
      ? { field, op: 'before', value: bound.toString() }
      : { field, op: 'after', value: bound.subtract({ days: 1 }).toString() }
  const start = bound.toZonedDateTime(zone).epochMilliseconds
  return op.startsWith('<')
    ? { field, op: 'before', value: new Date(start).toISOString() }
    : { field, op: 'after', value: new Date(start - 1).toISOString() }
}

/** `created>2026-11-01T10:00`, or with `Z` or an offset: a moment, in the organisation's zone where none is written. */
const momentary = (field: string, op: QueryFilter['op'], text: string, zone: string): Condition => {
  const at = millisecondsOf(text, zone)
  if (at === null || op === ':') return nothing
  if (op.startsWith('<')) return { field, op: 'before', value: new Date(op === '<=' ? at + 1 : at).toISOString() }
  return { field, op: 'after', value: new Date(op === '>=' ? at - 1 : at).toISOString() }
}

const millisecondsOf = (text: string, zone: string): number | null => {
  try {
    return /(?:z|[+-]\d{2}:?\d{2})$/i.test(text)
      ? Temporal.Instant.from(text).epochMilliseconds
      : Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds
  } catch {
    return null
  }
}

const dayOf = (text: string): Temporal.PlainDate | null => {
  try {
    return Temporal.PlainDate.from(text)
  } catch {
    return null
  }
}

/** Words for a severity, and for whether the need was met, as other programs have them. */
const severityWords: Record<string, number> = { low: 1, normal: 2, high: 3, urgent: 4, critical: 4 }
const metWords: Record<string, string> = { good: 'yes', bad: 'no' }

const numeric = (field: string, op: QueryFilter['op'], text: string): Condition => {
  const value = (field === 'severity' ? severityWords[text.toLowerCase()] : undefined) ?? Number(text)
  return Number.isFinite(value) ? { field, op: numberOps[op], value } : nothing
}

const flagged = (field: string, text: string): Condition => ({
  field,
  op: 'is',
  value: /^(yes|true|1)$/i.test(text),
})

const plainOf = (key: string, field: Field, op: QueryFilter['op'], text: string, zone: string): Condition => {
  if (field.type === 'date' || field.type === 'time') return dated(key, field.type, op, text, zone)
  if (field.type === 'number' || field.type === 'money') return numeric(key, op, text)
  if (op !== ':') return nothing
  if (field.type === 'flag') return flagged(key, text)
  if (field.type === 'set') return { field: key, op: 'has_any', value: [text] }
  if (field.type === 'choice') {
    const word = key === 'needMet' ? (metWords[text.toLowerCase()] ?? text) : text
    const folded = word.toLowerCase().replace(/[\s-]+/g, '_')
    const choice = field.choices.find(one => one.value.toLowerCase().replace(/[\s-]+/g, '_') === folded)
    return choice ? { field: key, op: 'is', value: choice.value } : nothing
  }
  return { field: key, op: key === 'language' ? 'is' : 'contains', value: text.toLowerCase() }
}

/** A filter on a field whose values are written out: any of its values. */
export const conditionOf = (key: string, field: Field, filter: QueryFilter, zone: string): Condition => ({
  any: filter.values.map((value): Condition => {
    if (value.kind === 'none') return { field: key, op: 'absent' }
    if (value.kind === 'any') return { field: key, op: 'present' }
    return plainOf(key, field, filter.op, value.text, zone)
  }),
})

export const textsOf = (values: readonly QueryValue[]): string[] =>
  values.flatMap(value => (value.kind === 'text' ? [value.text] : []))

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
