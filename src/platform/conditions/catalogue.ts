import { type RawBuilder, sql } from 'kysely'
import type { FieldType } from '../../shared/condition.ts'

export type Choice = { value: string; label: string }
export type Shape =
  | { type: Exclude<FieldType, 'choice' | 'money'> }
  | { type: 'choice'; choices: readonly Choice[] }
  | { type: 'money'; currency?: string }

/**
 * One thing a condition may ask of a record. What `sql` must yield: text and choice `text`; number an integer or
 * `float8` (cast a `numeric`); money and id an integer of any size; flag `boolean`; set `text[]`; date `date`; time
 * `timestamptz`.
 */
export type Field = Shape & { label: string; sql: RawBuilder<unknown> }
export type Catalogue = Record<string, Field>

/** A record as `columns` selects it, or as an event kept it in JSON. */
export type Row = Readonly<Record<string, unknown>>

/** What memory compares, by field type. A date is its ISO text, which sorts as itself; a time is milliseconds. */
export type Memory = {
  text: string
  number: number
  money: bigint
  flag: boolean
  choice: string
  set: readonly string[]
  date: string
  time: number
  id: bigint
}

/** The driver's own reading is safe for most; these leave it no room for locale, time zone or lost digits. */
const selected: Partial<Record<FieldType, (column: RawBuilder<unknown>) => RawBuilder<unknown>>> = {
  number: column => sql`(${column})::float8`,
  money: column => sql`(${column})::text`,
  id: column => sql`(${column})::text`,
  date: column => sql`to_json(${column}) #>> '{}'`,
}

/** The catalogue as a select list: memory sees exactly the columns SQL compares, under their field keys. */
export const columns = (catalogue: Catalogue) =>
  Object.entries(catalogue).map(([key, field]) => (selected[field.type]?.(field.sql) ?? sql`${field.sql}`).as(key))

const text = (raw: unknown) => (typeof raw === 'string' ? raw : null)
const integer = (raw: unknown) => {
  if (typeof raw === 'bigint') return raw
  if (typeof raw === 'number') return Number.isSafeInteger(raw) ? BigInt(raw) : null
  return typeof raw === 'string' && /^-?\d+$/.test(raw) ? BigInt(raw) : null
}

/** Reads one column. A value of the wrong type is no value: null. */
export const readers: { [T in FieldType]: (raw: unknown) => Memory[T] | null } = {
  text,
  choice: text,
  date: text,
  // PostgreSQL sorts NaN above every number, and no condition names NaN or infinity.
  number: raw => (typeof raw !== 'number' ? null : Number.isNaN(raw) ? Number.POSITIVE_INFINITY : raw),
  money: integer,
  id: integer,
  flag: raw => (typeof raw === 'boolean' ? raw : null),
  set: raw => (Array.isArray(raw) ? raw : null),
  time: raw => {
    const at = raw instanceof Date ? raw.getTime() : typeof raw === 'string' ? Date.parse(raw) : raw
    return typeof at === 'number' && !Number.isNaN(at) ? at : null
  },
}
