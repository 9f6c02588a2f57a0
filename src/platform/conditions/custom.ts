import { type RawBuilder, sql } from 'kysely'
import type { FieldType } from '../../shared/condition.ts'
import type { Field, Shape } from './catalogue.ts'

type Sql = RawBuilder<unknown>
const instant = '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})$'
const valid = (text: Sql, type: string) => sql`pg_input_is_valid(${text}, ${sql.lit(type)})`
const matches = (text: Sql, pattern: string) => sql`${text} ~ ${sql.lit(pattern)}`
const cast = (text: Sql, type: string) => sql`(${text})::${sql.raw(type)}`

/** By field type: the JSON type, what else must hold, and the value. A CASE keeps a cast from meeting a wrong value. */
type Extraction = { json: string; holds?: (text: Sql, json: Sql) => Sql; value: (text: Sql, json: Sql) => Sql }
const asText: Extraction = { json: 'string', value: text => text }
const integer: Extraction = {
  json: 'number',
  holds: text => valid(text, 'bigint'),
  value: text => cast(text, 'bigint'),
}
const extractions: Record<FieldType, Extraction> = {
  text: asText,
  choice: asText,
  // A JSON number may be larger than any float8.
  number: { json: 'number', holds: text => valid(text, 'float8'), value: text => cast(text, 'float8') },
  money: integer,
  id: integer,
  flag: { json: 'boolean', value: text => cast(text, 'boolean') },
  set: {
    json: 'array',
    holds: (_, json) => sql`not ${json} @? 'strict $[*] ? (@.type() != "string")'`,
    value: (_, json) => sql`array(select jsonb_array_elements_text(${json}))`,
  },
  date: {
    json: 'string',
    holds: text => sql`${matches(text, '^[0-9]{4}-[0-9]{2}-[0-9]{2}$')} and ${valid(text, 'date')}`,
    value: text => cast(text, 'date'),
  },
  time: {
    json: 'string',
    holds: text => sql`${matches(text, instant)} and ${valid(text, 'timestamptz')}`,
    value: text => cast(text, 'timestamptz'),
  },
}

/**
 * A field an organisation declared for itself, kept under `name` in a jsonb column. A stored value that is not of the
 * declared type counts as absent, so a declaration can change without touching a record. `column` has to be a column of a
 * table: PostgreSQL would cast a constant while planning, before the CASE can keep it from doing so.
 */
export function custom(column: RawBuilder<unknown>, name: string, field: Shape & { label: string }): Field {
  const json = sql`((${column}) -> ${sql.lit(name)})`
  const text = sql`(${json} #>> '{}')`
  const { json: type, holds, value } = extractions[field.type]
  const more = holds === undefined ? sql`` : sql` and ${holds(text, json)}`
  return { ...field, sql: sql`case when jsonb_typeof(${json}) = ${sql.lit(type)}${more} then ${value(text, json)} end` }
}
