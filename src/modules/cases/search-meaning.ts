import { type RawBuilder, sql } from 'kysely'
import { type Catalogue, resolve, toSql } from '../../platform/conditions/index.ts'
import { type Query, type QueryFilter, type QueryTerm, toTsQuery } from '../../platform/search/query.ts'
import type { Reading } from '../../platform/work.ts'
import type { Condition } from '../../shared/condition.ts'
import { zoneOf } from '../identity/index.ts'
import { alike, escapeLike } from '../people/index.ts'
import { type ResultType, resultTypes } from './contract-search.ts'
import { allFields } from './fields.ts'
import { fieldOf, stateOf } from './search-fields.ts'
import { askedBy, isOfPerson } from './search-people.ts'
import { conditionOf, textsOf } from './search-values.ts'

/** What a query asks for: words to find, what must hold of the case, and of what kind the results may be. */
export type Meaning = {
  tsquery: string
  /** The words that the subject must have, for its own index; none: empty. */
  subject: string
  where: RawBuilder<boolean>
  filtered: boolean
  types: ReadonlySet<ResultType>
}

type Table = 'staff' | 'teams' | 'topics' | 'products' | 'people' | 'groups'
type Context = { reading: Reading; catalogue: Catalogue; zone: string }

export const contextOf = async (reading: Reading): Promise<Context> => {
  const [catalogue, zone] = await Promise.all([allFields(reading), zoneOf(reading)])
  return { reading, catalogue, zone }
}

/** A hundred at most go by a name. An address or a number names one exactly. */
const idsNamed = async ({ reading }: Context, table: Table, name: string, loosely: boolean): Promise<number[]> => {
  if ((table === 'staff' || table === 'people') && name.toLowerCase() === 'me')
    return table === 'people' || reading.actor.id === null ? [] : [reading.actor.id]
  const byAddress =
    table === 'people'
      ? sql`union select person_id from identities where normal = lower(${name})`
      : table === 'staff'
        ? sql`union select id from staff where lower(email) = lower(${name})`
        : sql``
  const byNumber = /^\d{1,15}$/.test(name) ? sql`union select id from ${sql.table(table)} where id = ${name}` : sql``
  const byCode = table === 'products' ? sql`or upper(number) = upper(${name})` : sql``
  const { rows } = await sql<{ id: number }>`(select id from ${sql.table(table)}
    where folded(name) like folded(${`%${escapeLike(name)}%`}) ${byCode} limit 100) ${byAddress} ${byNumber}`.execute(
    reading.db,
  )
  if (rows.length > 0 || !loosely || name.length < 4 || name.includes('@')) return rows.map(row => row.id)
  return table === 'people' ? alike(reading, name, 10) : somewhatNamed(reading, table, name)
}

/** A name that is misspelt is meant as the one most like it. Few rows: there are as many as staff, teams, organisations. */
const somewhatNamed = async ({ db }: Reading, table: Table, name: string): Promise<number[]> => {
  const { rows } = await sql<{ id: number }>`select id from ${sql.table(table)}
    where word_similarity(folded(${name}), folded(name)) >= 0.45
    order by word_similarity(folded(${name}), folded(name)) desc, id limit 10`.execute(db)
  return rows.map(row => row.id)
}

const named = async (context: Context, filter: QueryFilter, table: Table): Promise<number[]> =>
  (await Promise.all(textsOf(filter.values).map(name => idsNamed(context, table, name, !filter.negated))))
    .flat()
    .slice(0, 100)

type Named = Record<string, Table>
const tables: Named = { assignee: 'staff', team: 'teams', topic: 'topics', product: 'products', requester: 'people' }

const plainSql = ({ catalogue, zone, reading }: Context, condition: Condition): RawBuilder<boolean> =>
  toSql(catalogue, resolve(catalogue, condition, { now: reading.now, zone, me: reading.actor.id }))

const anyOf = (parts: RawBuilder<boolean>[]): RawBuilder<boolean> =>
  parts.length > 0 ? sql<boolean>`(${sql.join(parts, sql` or `)})` : sql<boolean>`false`

const set = (staff: number[], people: number[]) => sql<boolean>`c.id in (
    select case_id from messages where staff_id = any(${staff}::bigint[])
    union select v.case_id from participants p join conversations v on v.id = p.conversation_id where p.person_id = any(${people}::bigint[])
      and exists (select 1 from messages m where m.conversation_id = v.id and m.person_id = p.person_id))`

const each = (staff: number[], people: number[]) => sql<boolean>`exists (select 1 from messages m where m.case_id = c.id
    and (m.staff_id = any(${staff}::bigint[]) or m.person_id = any(${people}::bigint[])))`

/** Beyond so many messages, looking into each of the latest cases finds a page sooner than gathering all they wrote. */
const much = 2000

/**
 * Who wrote little is found by the set of what they wrote, who wrote much by looking into the latest cases: gathering the
 * cases of somebody with 200,000 messages took 1 to 2.8 s at ten million.
 */
const wrote = async ({ reading }: Context, staff: number[], people: number[]): Promise<RawBuilder<boolean>> => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from
    (select 1 from messages where staff_id = any(${staff}::bigint[]) limit ${much + 1}) m`.execute(reading.db)
  return (rows[0]?.n ?? 0) > much ? each(staff, people) : set(staff, people)
}

const copiedIn = (people: number[], names: string[]) => sql<boolean>`exists (
    select 1 from conversations v join participants p on p.conversation_id = v.id where v.case_id = c.id and p.part = 'copied'
      and (p.person_id = any(${people}::bigint[]) or lower(p.address) = any(${names.map(name => name.toLowerCase())}::text[])))`

const memberOf = (groups: number[]) => sql<boolean>`c.requester_id = any(array(
    select person_id from memberships where group_id = any(${groups}::bigint[])))`

const anybody = {
  cc: sql<boolean>`exists (select 1 from conversations v join participants p on p.conversation_id = v.id where v.case_id = c.id and p.part = 'copied')`,
  organisation: sql<boolean>`exists (select 1 from memberships m where m.person_id = c.requester_id)`,
  commenter: sql<boolean>`c.message_count > 0`,
}

/** Who takes part: `cc:`, `commenter:`, `organisation:`. */
const takingPart = async (
  context: Context,
  filter: QueryFilter,
  role: keyof typeof anybody,
): Promise<RawBuilder<boolean>> => {
  const special = filter.values.flatMap(({ kind }) =>
    kind === 'any' ? [anybody[role]] : kind === 'none' ? [sql<boolean>`not ${anybody[role]}`] : [],
  )
  const names = textsOf(filter.values)
  if (names.length === 0) return anyOf(special)
  if (role === 'organisation') return anyOf([...special, memberOf(await named(context, filter, 'groups'))])
  const people = await named(context, filter, 'people')
  if (role === 'cc') return anyOf([...special, copiedIn(people, names)])
  return anyOf([...special, await wrote(context, await named(context, filter, 'staff'), people)])
}

const symbols: Record<QueryFilter['op'], string> = { ':': '=', '<': '<', '>': '>', '<=': '<=', '>=': '>=' }

const numbered = ({ op, values }: QueryFilter): RawBuilder<boolean> =>
  anyOf(
    textsOf(values)
      .filter(text => /^#?\d{1,15}$/.test(text))
      .map(text => sql<boolean>`c.id ${sql.raw(symbols[op])} ${Number(text.replace('#', ''))}`),
  )

const attached = ({ values }: QueryFilter): RawBuilder<boolean> => {
  const has = stateOf('attachment') as RawBuilder<boolean>
  const no = values.some(
    value => value.kind === 'none' || (value.kind === 'text' && /^(no|false|0)$/i.test(value.text)),
  )
  return no ? sql<boolean>`not ${has}` : has
}

/** Who opened it: as a colleague who logged it, or as the customer who wrote. The day names the partition to look into. */
const submitted = async (context: Context, filter: QueryFilter): Promise<RawBuilder<boolean>> => {
  const [staff, people] = await Promise.all([named(context, filter, 'staff'), named(context, filter, 'people')])
  const opener = sql`(select e.actor_kind in ('staff', 'token') and e.actor_id = any(${staff}::bigint[])
    or e.actor_kind not in ('staff', 'token') and c.requester_id = any(${people}::bigint[])
    from events e where e.subject_kind = 'case' and e.subject_id = c.id and e.type = 'case.opened'
      and e.at >= c.opened_at - interval '1 day' and e.at < c.opened_at + interval '1 day' limit 1)`
  return sql<boolean>`coalesce(${opener}, false)`
}

/** What any field of one's own holds. */
const inOwnFields = ({ values }: QueryFilter): RawBuilder<boolean> =>
  anyOf(
    textsOf(values).map(
      text => sql<boolean>`exists (select 1 from jsonb_each_text(c.custom) own (key, value)
        where folded(own.value) like folded(${`%${escapeLike(text)}%`}))`,
    ),
  )

const oneFilter = async (context: Context, filter: QueryFilter): Promise<RawBuilder<boolean>> => {
  const name = filter.field === 'organization' ? 'organisation' : filter.field
  if (name === 'number') return numbered(filter)
  if (name === 'has_attachment') return attached(filter)
  if (name === 'is' || name === 'has')
    return anyOf(
      textsOf(filter.values).map(word => {
        const state = stateOf(word.toLowerCase())
        return 'compile' in state ? state : plainSql(context, state)
      }),
    )
  if (name === 'submitter') return submitted(context, filter)
  if (name === 'fieldvalue') return inOwnFields(filter)
  if (isOfPerson(name)) return askedBy(context, filter)
  if (name === 'cc' || name === 'commenter' || name === 'organisation') return takingPart(context, filter, name)
  const meant = fieldOf(context.catalogue, name)
  if (!meant) return sql<boolean>`false`
  const table = tables[meant.key]
  if (!table) return plainSql(context, conditionOf(meant.key, meant.field, filter, context.zone))
  const ids = await named(context, filter, table)
  const special = filter.values.filter(value => value.kind !== 'text')
  return plainSql(context, {
    any: [
      ...(ids.length > 0 ? [{ field: meant.key, op: 'one_of', value: ids }] : []),
      ...special.map(({ kind }) => ({ field: meant.key, op: kind === 'none' ? 'absent' : 'present' })),
    ],
  })
}

/** A filter that cannot be meant, such as status:purple, finds nothing instead of failing while somebody types. */
const filterSql = async (context: Context, filter: QueryFilter): Promise<RawBuilder<boolean>> => {
  const meant = await oneFilter(context, filter).catch(() => sql<boolean>`false`)
  return filter.negated ? sql<boolean>`(${meant}) is not true` : meant
}

const typeNames: Record<string, ResultType> = {
  case: 'case',
  ticket: 'case',
  file: 'file',
  attachment: 'file',
  person: 'person',
  user: 'person',
  customer: 'person',
  article: 'article',
  organisation: 'organisation',
  organization: 'organisation',
  group: 'organisation',
}

const typesOf = (filters: readonly QueryFilter[]): ReadonlySet<ResultType> => {
  let left: ResultType[] = [...resultTypes]
  for (const { values, negated } of filters) {
    const meant = new Set(textsOf(values).map(text => typeNames[text.toLowerCase()]))
    left = left.filter(type => meant.has(type) !== negated)
  }
  return new Set(left)
}

/** Words of the subject, or of what was said: found by the weight they have in the index, so that no text is walked. */
const weighted = ({ values, negated }: QueryFilter, weight?: 'A' | 'D'): string => {
  const terms = textsOf(values).map((text): QueryTerm[] => [
    { kind: /\s/.test(text) ? 'phrase' : 'prefix', text: text.replace(/\*+$/, ''), negated: false },
  ])
  const any = terms.map(term => toTsQuery(term, weight)).filter(Boolean)
  if (any.length === 0) return ''
  return `${negated ? '!' : ''}(${any.join(' | ')})`
}

/** What the terms and filters of a query come to. */
export const meaningOf = async (context: Context, query: Query): Promise<Meaning> => {
  const inWords = query.filters.filter(({ field }) => field === 'subject' || field === 'description')
  const types = query.filters.filter(({ field }) => field === 'type')
  const others = query.filters.filter(filter => !inWords.includes(filter) && !types.includes(filter))
  const ofSubject = inWords.filter(({ field, negated }) => field === 'subject' && !negated)
  const parts = await Promise.all(others.map(filter => filterSql(context, filter)))
  return {
    tsquery: [toTsQuery(query.terms), ...inWords.map(one => weighted(one, one.field === 'subject' ? 'A' : 'D'))]
      .filter(Boolean)
      .join(' & '),
    subject: ofSubject
      .map(one => weighted(one))
      .filter(Boolean)
      .join(' & '),
    where: parts.length > 0 ? sql<boolean>`${sql.join(parts, sql` and `)}` : sql<boolean>`true`,
    filtered: others.length > 0 || types.length > 0,
    types: typesOf(types),
  }
}
