import { sql } from 'kysely'
import { stemmedQuery } from '../../platform/search/documents.ts'
import { parseQuery, type QueryFilter, toTsQuery } from '../../platform/search/query.ts'
import type { Reading } from '../../platform/work.ts'
import type { Condition } from '../../shared/condition.ts'
import { escapeLike, findPeople } from '../people/index.ts'
import type { Status } from './contract.ts'
import { visibleSql } from './policy.ts'
import { conditionSql } from './queries.ts'

export type Hit = {
  type: 'case' | 'person'
  id: number
  title: string
  excerpt: string
  status: Status | null
  at: Date | null
}

const nothing: Condition = { any: [] }
const dates: Record<string, string> = { created: 'openedAt', opened: 'openedAt', updated: 'lastAt', solved: 'solvedAt' }
const spans: Record<string, string> = { hour: 'hours', day: 'days', week: 'weeks', month: 'months', minute: 'minutes' }
const fields = new Set([
  'status',
  'kind',
  'channel',
  'assignee',
  'requester',
  'team',
  'tag',
  'tags',
  'topic',
  'subject',
  'is',
  'type',
  ...Object.keys(dates),
])

/** `created>2026-11-01`, `created<3days`: a date, or so long ago. */
const dated = (filter: QueryFilter, field: string): Condition => {
  const value = filter.values[0]
  if (value?.kind !== 'text') return value?.kind === 'none' ? { field, op: 'absent' } : { field, op: 'present' }
  const ago = /^(\d{1,4})(minute|hour|day|week|month)s?$/.exec(value.text)
  if (ago) {
    const span = { n: Math.max(1, Number(ago[1])), unit: spans[ago[2] as string] }
    return filter.op.startsWith('<')
      ? { field, op: 'older_than', value: span }
      : { field, op: 'within_last', value: span }
  }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value.text) || Number.isNaN(Date.parse(value.text))) return nothing
  if (filter.op === ':') return { field, op: 'on', value: value.text }
  return { field, op: filter.op.startsWith('<') ? 'before' : 'after', value: `${value.text}T00:00:00Z` }
}

const idsNamed = async (
  { db }: Reading,
  table: 'staff' | 'teams' | 'topics' | 'people',
  name: string,
): Promise<number[]> => {
  const { rows } = await sql<{
    id: number
  }>`select id from ${sql.table(table)} where folded(name) like folded(${`%${escapeLike(name)}%`}) limit 100`.execute(
    db,
  )
  return rows.map(row => row.id)
}

const referenced = async (
  reading: Reading,
  filter: QueryFilter,
  field: string,
  table: 'staff' | 'teams' | 'topics' | 'people',
): Promise<Condition> => {
  const parts = await Promise.all(
    filter.values.map(async (value): Promise<Condition> => {
      if (value.kind === 'none') return { field, op: 'absent' }
      if (value.kind === 'any') return { field, op: 'present' }
      if (table === 'staff' && value.text === 'me') return { field, op: 'is', value: 'me' }
      const ids = await idsNamed(reading, table, value.text)
      return ids.length > 0 ? { field, op: 'one_of', value: ids } : nothing
    }),
  )
  return { any: parts }
}

const texts = (filter: QueryFilter): string[] =>
  filter.values.flatMap(value => (value.kind === 'text' ? [value.text.toLowerCase()] : []))

const conditionOf = async (reading: Reading, filter: QueryFilter): Promise<Condition> => {
  const { field } = filter
  const date = dates[field]
  if (date) return dated(filter, date)
  if (field === 'assignee') return referenced(reading, filter, 'assignee', 'staff')
  if (field === 'team') return referenced(reading, filter, 'team', 'teams')
  if (field === 'topic') return referenced(reading, filter, 'topic', 'topics')
  if (field === 'requester') return referenced(reading, filter, 'requester', 'people')
  if (field === 'tag' || field === 'tags')
    return {
      field: 'tags',
      op: 'has_any',
      value: filter.values.flatMap(value => (value.kind === 'text' ? [value.text] : [])),
    }
  if (field === 'subject') return { any: texts(filter).map(value => ({ field: 'subject', op: 'contains', value })) }
  if (field === 'is') return { any: texts(filter).map(state) }
  return { field, op: 'one_of', value: texts(filter) }
}

const state = (word: string): Condition => {
  if (word === 'open')
    return { field: 'status', op: 'one_of', value: ['new', 'open', 'waiting_customer', 'waiting_other'] }
  if (word === 'closed') return { field: 'status', op: 'one_of', value: ['solved', 'closed'] }
  if (word === 'internal' || word === 'confidential') return { field: word, op: 'is', value: true }
  return nothing
}

/** A filter that cannot be meant, such as status:purple, finds nothing instead of failing while somebody types. */
const filterSql = async (reading: Reading, filters: QueryFilter[]) => {
  if (filters.length === 0) return sql<boolean>`true`
  const conditions = await Promise.all(
    filters
      .filter(filter => filter.field !== 'type')
      .map(async filter => {
        const condition = await conditionOf(reading, filter)
        return filter.negated ? { not: condition } : condition
      }),
  )
  try {
    return await conditionSql(reading, { all: conditions })
  } catch {
    return sql<boolean>`false`
  }
}

type CaseHit = { id: number; subject: string; status: Status; at: Date; messageId: number | null; excerpt?: string }

/** The words around a hit; worked out only for the few that are shown. */
const headline = (tsquery: string) =>
  tsquery
    ? sql`ts_headline('rapport_english', left(m.text, 20000), to_tsquery('rapport_english', ${tsquery}), 'MaxFragments=1, MaxWords=25, MinWords=10, StartSel="", StopSel=""')`
    : sql`left(m.text, 200)`

/**
 * Cases by words. The newest matching messages are walked in the order of their time, permission inside; where a word
 * is rare PostgreSQL takes the word's index instead. Each case comes once.
 */
const byWords = async (
  reading: Reading,
  tsquery: string,
  filters: QueryFilter[],
  limit: number,
): Promise<CaseHit[]> => {
  const query = await stemmedQuery(reading, tsquery)
  const { rows } = await sql<CaseHit>`
    with hits as materialized (
      select d.scope_id, d.record_id, d.at from search_documents d join cases c on c.id = d.scope_id
      where d.words @@ ${query} and ${visibleSql(reading.actor)} and ${await filterSql(reading, filters)}
      order by d.at desc, d.record_id desc limit ${limit * 4}
    ), once as (select distinct on (scope_id) scope_id, record_id, at from hits order by scope_id, at desc)
    select c.id, c.subject, c.status, shown.at, shown.record_id as "messageId", ${headline(tsquery)} as excerpt
    from (select * from once order by at desc, scope_id desc limit ${limit}) shown join cases c on c.id = shown.scope_id
      join messages m on m.id = shown.record_id order by shown.at desc, c.id desc`.execute(reading.db)
  return rows
}

const byFilters = async (reading: Reading, filters: QueryFilter[], limit: number): Promise<CaseHit[]> =>
  (
    await sql<CaseHit>`select c.id, c.subject, c.status, c.last_at as at, c.last_message_id as "messageId" from cases c
    where ${visibleSql(reading.actor)} and ${await filterSql(reading, filters)} order by c.last_at desc, c.id desc limit ${limit}`.execute(
      reading.db,
    )
  ).rows

const byNumber = async (reading: Reading, number: number): Promise<CaseHit[]> =>
  (
    await sql<CaseHit>`select c.id, c.subject, c.status, c.last_at as at, c.last_message_id as "messageId" from cases c
    where c.id = ${number} and ${visibleSql(reading.actor)}`.execute(reading.db)
  ).rows

/** The words around hits that were not found by words. */
const excerpts = async ({ db }: Reading, hits: CaseHit[], tsquery: string): Promise<Map<number, string>> => {
  const ids = hits.flatMap(hit => (hit.messageId && hit.excerpt === undefined ? [hit.messageId] : []))
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{
    id: number
    excerpt: string
  }>`select m.id, ${headline(tsquery)} as excerpt from messages m where m.id = any(${ids}::bigint[])`.execute(db)
  return new Map(rows.map(row => [row.id, row.excerpt]))
}

/** One OR over names and addresses read all 33,000 people: 100 ms. The register's own search asks each index by itself. */
const people = async (reading: Reading, q: string, limit: number): Promise<Hit[]> => {
  if (!reading.actor.permissions.has('person.read') || q.trim().length < 2) return []
  const { items } = await findPeople(reading, { q, limit })
  return items.map(({ id, name, contact }) => ({
    type: 'person',
    id,
    title: name,
    excerpt: contact ?? '',
    status: null,
    at: null,
  }))
}

/** Searches everything one may see: a number first, then people by name, then cases by words and filters. */
export const search = async (reading: Reading, input: { q: string; limit: number }): Promise<Hit[]> => {
  const query = parseQuery(input.q, { fields })
  const tsquery = toTsQuery(query.terms)
  const words = query.terms
    .filter(term => !term.negated)
    .map(term => term.text)
    .join(' ')
  const numbered = query.number ? await byNumber(reading, query.number) : []
  const positive = query.terms.some(term => !term.negated)
  const named = query.filters.length === 0 && words !== ''
  // Names are looked up on a connection of their own meanwhile.
  const [found, persons] = await Promise.all([
    positive
      ? byWords(reading, tsquery, query.filters, input.limit)
      : query.filters.length > 0
        ? byFilters(reading, query.filters, input.limit)
        : [],
    named ? people(reading, words, Math.min(5, input.limit)) : [],
  ])
  const cases = [...numbered, ...found.filter(hit => !numbered.some(other => other.id === hit.id))].slice(
    0,
    input.limit,
  )
  const around = await excerpts(reading, cases, positive ? tsquery : '')
  const hits = cases.map(
    (hit): Hit => ({
      type: 'case',
      id: hit.id,
      title: hit.subject,
      status: hit.status,
      at: hit.at,
      excerpt: (hit.excerpt ?? around.get(hit.messageId ?? 0) ?? '').replace(/\s+/g, ' ').slice(0, 300),
    }),
  )
  return [...persons, ...hits].slice(0, input.limit)
}
