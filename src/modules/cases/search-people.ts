import { type RawBuilder, sql } from 'kysely'
import { readCursor, writeCursor } from '../../platform/http/cursor.ts'
import type { Query, QueryFilter } from '../../platform/search/query.ts'
import type { Reading } from '../../platform/work.ts'
import { escapeLike, normalOf } from '../people/index.ts'

type ById = RawBuilder<unknown>

const like = (text: string): string => `%${escapeLike(text)}%`

const withIdentity = (which: RawBuilder<boolean>): ById => sql`select i.person_id from identities i where ${which}`

/** Part of a telephone number is written with spaces and a leading nought, and kept without either. */
const part = (text: string): string => text.replace(/\D/g, '').replace(/^0+/, '')

const byPhone = (text: string): RawBuilder<boolean> =>
  part(text).length < 3
    ? sql<boolean>`false`
    : sql<boolean>`i.kind = 'phone' and (i.normal = ${normalOf('phone', text)} or i.normal like ${like(part(text))})`

/** The records of people that a value names, as a query for their numbers; by field. */
const fields: Record<string, { named(text: string): ById; anything: ById }> = {
  name: {
    named: text => sql`select w.id from people w where folded(w.name) like folded(${like(text)})`,
    anything: sql`select w.id from people w`,
  },
  email: {
    named: text => withIdentity(sql<boolean>`i.kind = 'email' and i.normal like ${like(text.toLowerCase())}`),
    anything: withIdentity(sql<boolean>`i.kind = 'email'`),
  },
  phone: {
    named: text => withIdentity(byPhone(text)),
    anything: withIdentity(sql<boolean>`i.kind = 'phone'`),
  },
  external_id: {
    named: text =>
      withIdentity(sql<boolean>`i.kind not in ('email', 'phone') and i.normal = ${normalOf('card', text)}`),
    anything: withIdentity(sql<boolean>`i.kind not in ('email', 'phone')`),
  },
  role: {
    named: text => sql`select w.id from people w join customer_types t on t.id = w.type_id
      where folded(t.name) like folded(${like(text)}) or t.key = ${text.toLowerCase()}`,
    anything: sql`select w.id from people w where w.type_id is not null`,
  },
}

const membership: (typeof fields)[string] = {
  named: text => sql`select m.person_id from memberships m join groups g on g.id = m.group_id
    where folded(g.name) like folded(${like(text)})`,
  anything: sql`select m.person_id from memberships m`,
}

export const isOfPerson = (name: string): boolean => Object.hasOwn(fields, name)

/** Whether a record is one of those, taking together all records that are of one person. */
const among = (id: RawBuilder<unknown>, records: ById): RawBuilder<boolean> => sql<boolean>`${id} in (
  select s.id from (select distinct coalesce(w.merged_into, w.id) as root from people w where w.id in (${records})) r
  cross join lateral (select r.root as id union all select m.id from people m where m.merged_into = r.root) s)`

const meant = (id: RawBuilder<unknown>, filter: QueryFilter, field: (typeof fields)[string]): RawBuilder<boolean> => {
  const parts = filter.values.map(value =>
    value.kind === 'text'
      ? among(id, field.named(value.text))
      : value.kind === 'any'
        ? among(id, field.anything)
        : sql<boolean>`not ${among(id, field.anything)}`,
  )
  return filter.op === ':' ? sql<boolean>`(${sql.join(parts, sql` or `)})` : sql<boolean>`false`
}

/** Cases whose customer is such a person: `email:`, `phone:`, `name:`, `role:`, `external_id:`. */
export const askedBy = async ({ reading }: { reading: Reading }, filter: QueryFilter): Promise<RawBuilder<boolean>> =>
  reading.actor.permissions.has('person.read')
    ? meant(sql`c.requester_id`, filter, fields[filter.field] as (typeof fields)[string])
    : sql<boolean>`false`

const ofPeople = (name: string): (typeof fields)[string] | null =>
  fields[name] ?? (name === 'organisation' || name === 'organization' ? membership : null)

export type PersonFound = { id: number; name: string; contact: string | null }

/**
 * People whom filters find, and words of their names: `type:person email:example.org ann`. None where one of the filters
 * asks for what only cases have.
 */
export const peopleFound = async (reading: Reading, query: Query, limit: number, cursor: string | undefined) => {
  const filters = query.filters.filter(({ field }) => field !== 'type')
  const none = { items: [] as PersonFound[], next: null }
  if (!reading.actor.permissions.has('person.read') || filters.some(({ field }) => !ofPeople(field))) return none
  const after = readCursor('search people', cursor, 1)
  const conditions = [
    sql<boolean>`p.merged_into is null`,
    ...filters.map(filter => {
      const is = meant(sql`p.id`, filter, ofPeople(filter.field) as (typeof fields)[string])
      return filter.negated ? sql<boolean>`not ${is}` : is
    }),
    ...query.terms.map(({ text, negated }) => {
      const is = sql<boolean>`folded(p.name) like folded(${like(text)})`
      return negated ? sql<boolean>`not (${is})` : is
    }),
    ...(after ? [sql<boolean>`p.id < ${after[0]}`] : []),
  ]
  const { rows } = await sql<PersonFound>`select p.id, p.name,
      (select i.value from identities i where i.person_id = p.id order by i.kind = 'email' desc, i.id limit 1) as contact
    from people p where ${sql.join(conditions, sql` and `)} order by p.id desc limit ${limit + 1}`.execute(reading.db)
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? writeCursor('search people', [last.id]) : null }
}
