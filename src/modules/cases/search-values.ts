import { Temporal } from 'temporal-polyfill'
import type { Catalogue, Field } from '../../platform/conditions/index.ts'
import type { QueryFilter, QueryValue } from '../../platform/search/query.ts'
import type { Condition } from '../../shared/condition.ts'
import { fieldOf, nothing, stateOf } from './search-fields.ts'

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

const isNothing = (meant: object): boolean => 'any' in meant && Array.isArray(meant.any) && meant.any.length === 0

/** Whether the field can have no such value. What goes by a name can: somebody may be called so tomorrow. */
export const isUnknown = (
  { catalogue, zone }: { catalogue: Catalogue; zone: string },
  filter: QueryFilter | undefined,
): boolean => {
  const [text] = textsOf(filter?.values ?? [])
  if (!filter || text === undefined) return false
  if (filter.field === 'is' || filter.field === 'has') return isNothing(stateOf(text.toLowerCase()))
  const meant = fieldOf(catalogue, filter.field)
  if (!meant || meant.field.type === 'id') return false
  return isNothing(plainOf(meant.key, meant.field, filter.op, text, zone))
}
