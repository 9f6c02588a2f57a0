import { type RawBuilder, sql } from 'kysely'
import type * as z from 'zod'
import { pageOf, readCursor, writeCursor } from '../../platform/http/cursor.ts'
import { notFound } from '../../platform/refusal.ts'
import type { Reading } from '../../platform/work.ts'
import type { Approach } from '../../shared/approach.ts'
import type { Channel, CustomerType, GroupKind, Identity, PersonLine } from './contract.ts'
import { normalOf } from './normalising.ts'

type Db = Pick<Reading, 'db'>

type PersonRow = {
  id: number
  name: string
  staffId: number | null
  typeId: number | null
  typeName: string | null
  internal: boolean
  relationship: 'short' | 'long' | null
  preferredChannel: Channel | null
  approach: Approach[]
  language: string | null
  needs: string
  expectations: string
  adjustments: string
  notes: string
  vulnerable: boolean
  identities: Identity[]
  groups: { id: number; kind: z.infer<typeof GroupKind>; name: string; part: string }[]
  createdAt: Date
  version: number
  mergedInto: number | null
}

/** One person with identities and groups, in one round trip. Somebody merged into another is found as that other. */
export const personById = async (reading: Db, id: number): Promise<PersonRow> => {
  const { rows } = await sql<PersonRow>`
    select p.id, p.name, p.staff_id as "staffId", p.type_id as "typeId", t.name as "typeName",
      coalesce(t.internal, false) or p.staff_id is not null as internal, coalesce(p.relationship, t.relationship) as relationship,
      p.preferred_channel as "preferredChannel", p.approach, p.language, p.needs, p.expectations, p.adjustments, p.notes, p.vulnerable,
      p.created_at as "createdAt", p.version, p.merged_into as "mergedInto",
      coalesce((select json_agg(json_build_object('id', i.id, 'kind', i.kind, 'value', i.value, 'verifiedAt', i.verified_at,
        'undeliverableAt', i.undeliverable_at, 'undeliverableReason', i.undeliverable_reason) order by i.id)
        from identities i where i.person_id = p.id or i.person_id in (select w.id from people w where w.merged_into = p.id)), '[]') as identities,
      coalesce((select json_agg(json_build_object('id', g.id, 'kind', g.kind, 'name', g.name, 'part', m.part) order by g.name)
        from (select distinct on (m.group_id) m.* from memberships m where m.person_id = p.id or m.person_id in (select w.id from people w where w.merged_into = p.id)
          order by m.group_id, m.person_id = p.id desc) m join groups g on g.id = m.group_id), '[]') as groups
    from people p left join customer_types t on t.id = p.type_id where p.id = ${id}`.execute(reading.db)
  const row = rows[0]
  if (!row) return notFound('person')
  return row.mergedInto ? personById(reading, row.mergedInto) : row
}

/** What a list shows of a person. */
export const lineColumns = sql`p.id, p.name, t.name as "typeName", coalesce(t.internal, false) or p.staff_id is not null as internal,
  (select i.value from identities i where i.person_id = p.id order by i.kind = 'email' desc, i.id limit 1) as contact,
  array(select g.name from memberships m join groups g on g.id = m.group_id where m.person_id = p.id order by 1) as groups`

const newest = async ({ db }: Db, limit: number, cursor: string | undefined, groupId: number | undefined) => {
  const after = readCursor('people', cursor, 1)
  const { rows } =
    await sql<PersonLine>`select ${lineColumns} from people p left join customer_types t on t.id = p.type_id
    where p.merged_into is null ${after ? sql`and p.id < ${after[0]}` : sql``}
    ${groupId ? sql`and exists (select 1 from memberships m where m.person_id = p.id and m.group_id = ${groupId})` : sql``}
    order by p.id desc limit ${limit + 1}`.execute(db)
  return pageOf(rows, limit, last => writeCursor('people', [last.id]))
}

/**
 * Finds people by what one types: the beginning of an address or number first, then names that look alike.
 * Every branch is served by an index; at most `limit` people come back, best first.
 */
const matching = async ({ db }: Db, q: string, limit: number, groupId: number | undefined) => {
  const folded = q.trim().toLowerCase()
  const phone = normalOf('phone', q)
  const code = normalOf('card', q)
  // Part of a number is written with spaces and a leading nought, and kept without either.
  const part = /^[\d\s()+/.-]+$/.test(folded) ? folded.replace(/\D/g, '').replace(/^0/, '') : folded
  return linesOf(
    { db },
    sql`(select i.person_id as id, 3.0 as score from identities i
        where i.normal in (${folded}, ${phone}, ${code}) limit 20)
      union all
      (select i.person_id, 2.0 from identities i where length(${part}) >= 3 and (i.normal like ${`%${escapeLike(part)}%`}
        or (length(${code}) >= 3 and i.normal like ${`${escapeLike(code)}%`})) limit 50)
      union all
      (select p.id, 1.0 + word_similarity(folded(${folded}), folded(p.name)) from people p
        where (folded(p.name) like folded(${`%${escapeLike(folded)}%`}) or folded(${folded}) <% folded(p.name))
        order by word_similarity(folded(${folded}), folded(p.name)) desc, p.id desc limit 50)`,
    limit,
    groupId,
  )
}

/** The people that were hit, the best first, each once and as whom they were merged into. */
const linesOf = async ({ db }: Db, hits: RawBuilder<unknown>, limit: number, groupId: number | undefined) => {
  const { rows } = await sql<PersonLine>`
    with hits as (${hits}), best as (select coalesce(w.merged_into, w.id) as id, max(h.score) as score from hits h join people w on w.id = h.id group by 1)
    select ${lineColumns} from best b join people p on p.id = b.id left join customer_types t on t.id = p.type_id
    where p.merged_into is null
    ${groupId ? sql`and exists (select 1 from memberships m where m.person_id = p.id and m.group_id = ${groupId})` : sql``}
    order by b.score desc, p.id desc limit ${limit}`.execute(db)
  return rows
}

/** A word of four letters can be misspelt and still be meant. */
const isName = (text: string): boolean => /\p{L}{4}/u.test(text) && !text.includes('@')

/** Those whose names are somewhat like what was typed; asked where nothing closer was found. */
export const alike = async ({ db }: Db, name: string, limit: number): Promise<number[]> => {
  if (!isName(name)) return []
  const { rows } = await sql<{ id: number }>`select id from people_alike(${name}, ${limit})`.execute(db)
  return rows.map(row => row.id)
}

const somewhatMatching = async (reading: Db, q: string, limit: number, groupId: number | undefined) =>
  isName(q) ? linesOf(reading, sql`select id, score from people_alike(${q}, 50) limit 50`, limit, groupId) : []

export const escapeLike = (text: string): string => text.replace(/[\\%_]/g, match => `\\${match}`)

const found = async (reading: Db, q: string, { limit, groupId }: { limit: number; groupId?: number | undefined }) => {
  const close = await matching(reading, q, limit, groupId)
  return close.length > 0 ? close : somewhatMatching(reading, q, limit, groupId)
}

export const findPeople = async (
  reading: Db,
  input: { q?: string | undefined; limit: number; cursor?: string | undefined; groupId?: number | undefined },
) =>
  input.q?.trim()
    ? { items: await found(reading, input.q.trim(), input), next: null }
    : newest(reading, input.limit, input.cursor, input.groupId)

export const customerTypes = async ({ db }: Db): Promise<CustomerType[]> =>
  (await db
    .selectFrom('customer_types')
    .select(['id', 'key', 'name', 'relationship', 'internal'])
    .orderBy('id')
    .execute()) as CustomerType[]

const groupColumns = sql`g.id, g.kind, g.name, g.domains, g.members_see_each_other as "membersSeeEachOther", g.notes, g.version,
  (select count(*) from memberships m where m.group_id = g.id)::int as "memberCount"`

type GroupRow = {
  id: number
  kind: z.infer<typeof GroupKind>
  name: string
  domains: string[]
  membersSeeEachOther: boolean
  notes: string
  version: number
  memberCount: number
}

export const findGroups = async (
  { db }: Db,
  input: { q?: string | undefined; kind?: string | undefined; limit: number; cursor?: string | undefined },
) => {
  const after = readCursor('groups', input.cursor, 1)
  const { rows } = await sql<GroupRow>`select ${groupColumns} from groups g where true
    ${after ? sql`and g.id > ${after[0]}` : sql``} ${input.kind ? sql`and g.kind = ${input.kind}` : sql``}
    ${input.q?.trim() ? sql`and folded(g.name) like folded(${`%${escapeLike(input.q.trim())}%`})` : sql``}
    order by g.id limit ${input.limit + 1}`.execute(db)
  return pageOf(rows, input.limit, last => writeCursor('groups', [last.id]))
}

export const groupById = async ({ db }: Db, id: number): Promise<GroupRow> => {
  const { rows } = await sql<GroupRow>`select ${groupColumns} from groups g where g.id = ${id}`.execute(db)
  return rows[0] ?? notFound('group')
}

export const readersOf = async ({ db }: Db, input: { id: number; limit: number; cursor?: string | undefined }) => {
  const after = readCursor('readers', input.cursor, 1)
  let query = db
    .selectFrom('events')
    .select(['id', 'at', 'actor_name as actor', 'type'])
    .where('subject_kind', '=', 'person')
    .where('subject_id', '=', input.id)
    .where('type', 'in', ['person.read', 'person.read_in_case'])
    .orderBy('id', 'desc')
    .limit(input.limit + 1)
  if (after) query = query.where('id', '<', Number(after[0]))
  return pageOf(await query.execute(), input.limit, last => writeCursor('readers', [last.id]))
}

/** The records that are one person with this one: itself, and those merged into it. */
export const sameAs = async ({ db }: Db, id: number): Promise<number[]> => {
  const { rows } = await sql<{
    id: number
  }>`with root as (select coalesce(merged_into, id) as id from people where id = ${id})
    select p.id from people p, root where p.id = root.id or p.merged_into = root.id order by p.id`.execute(db)
  return rows.map(row => row.id)
}
