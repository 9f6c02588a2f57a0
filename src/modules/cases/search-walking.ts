import { type RawBuilder, sql } from 'kysely'
import { readCursor, writeCursor } from '../../platform/http/cursor.ts'
import type { Query } from '../../platform/search/query.ts'
import type { Reading } from '../../platform/work.ts'
import { visibleSql } from './policy.ts'

/** One thing that was found: a document of the index, or a case found by its fields alone. */
export type Found = { kind: 'message' | 'file' | 'case'; recordId: number; caseId: number; at: string }

export type Order = 'updated desc' | 'updated asc' | 'created desc' | 'created asc'

const sortNames: Record<string, 'updated' | 'created'> = {
  updated: 'updated',
  created: 'created',
  opened: 'created',
  number: 'created',
}

/** `sort:created`, `order_by:updated sort:asc`; the latest first where nothing is said. */
export const orderOf = ({ sort }: Query): Order =>
  `${sortNames[sort?.field ?? ''] ?? 'updated'} ${sort?.direction ?? 'desc'}` as Order

type Key = (string | number)[]
type Walk = {
  columns: RawBuilder<unknown>
  after(key: Key): RawBuilder<unknown>
  key(found: Found): Key
  length: number
}

const timeKey = (found: Found): Key => [found.at, found.recordId, found.kind]
const caseKey = (found: Found): Key => [found.caseId]

/** Each order is that of an index: by time, or by case, which is the order of their opening. */
const documents: Record<Order, Walk> = {
  'updated desc': {
    columns: sql`d.at desc, d.record_id desc, d.kind desc`,
    after: ([at, id, kind]) => sql`(d.at, d.record_id, d.kind) < (${at}::timestamptz, ${id}::bigint, ${kind}::text)`,
    key: timeKey,
    length: 3,
  },
  'updated asc': {
    columns: sql`d.at, d.record_id, d.kind`,
    after: ([at, id, kind]) => sql`(d.at, d.record_id, d.kind) > (${at}::timestamptz, ${id}::bigint, ${kind}::text)`,
    key: timeKey,
    length: 3,
  },
  'created desc': {
    columns: sql`d.scope_id desc, d.at desc, d.record_id desc, d.kind desc`,
    after: ([id]) => sql`d.scope_id < ${id}::bigint`,
    key: caseKey,
    length: 1,
  },
  'created asc': {
    columns: sql`d.scope_id, d.at desc, d.record_id desc, d.kind desc`,
    after: ([id]) => sql`d.scope_id > ${id}::bigint`,
    key: caseKey,
    length: 1,
  },
}

const casesAlone: Record<Order, Walk> = {
  'updated desc': {
    columns: sql`c.last_at desc, c.id desc`,
    after: ([at, id]) => sql`(c.last_at, c.id) < (${at}::timestamptz, ${id}::bigint)`,
    key: found => [found.at, found.caseId],
    length: 2,
  },
  'updated asc': {
    columns: sql`c.last_at, c.id`,
    after: ([at, id]) => sql`(c.last_at, c.id) > (${at}::timestamptz, ${id}::bigint)`,
    key: found => [found.at, found.caseId],
    length: 2,
  },
  'created desc': {
    columns: sql`c.id desc`,
    after: ([id]) => sql`c.id < ${id}::bigint`,
    key: caseKey,
    length: 1,
  },
  'created asc': { columns: sql`c.id`, after: ([id]) => sql`c.id > ${id}::bigint`, key: caseKey, length: 1 },
}

export type Asked = {
  /** The stemmed words, or null where only filters are asked for. */
  words: RawBuilder<unknown> | null
  /** The stemmed words that stand in the subject, where some were asked for there. */
  subject: RawBuilder<unknown> | null
  where: RawBuilder<boolean>
  order: Order
  limit: number
  cursor?: string | undefined
}

/** How many documents are looked at for each case that is shown, and how often more are fetched before a page is short. */
const perCase = 4
const mostRounds = 6

/**
 * The next documents in order, permission inside. Where a word is rare PostgreSQL takes the word's index instead of
 * walking. `newest` tells whether it is the one its case is shown by: its newest that matches. The answer to that is
 * looked up after the rows are cut, for it would hide from the planner how many rows there are.
 */
const window = async (reading: Reading, asked: Asked, after: Key | null, kind: 'file' | null, limit: number) => {
  const walk = documents[asked.order]
  const ofKind = (name: string) => (kind ? sql`and ${sql.ref(`${name}.kind`)} = ${kind}` : sql``)
  // A word that many texts have and no subject has an index of its own: 1.2 s at ten million texts without.
  const inSubject = asked.subject ? sql`and ts_filter(d.words, '{a}') @@ ${asked.subject}` : sql``
  const { rows } = await sql<Found & { newest: boolean }>`
    with d as materialized (
      select d.kind, d.record_id, d.scope_id, d.at from search_documents d join cases c on c.id = d.scope_id
      where d.words @@ ${asked.words} ${inSubject} ${ofKind('d')} and ${visibleSql(reading.actor)} and ${asked.where}
      ${after ? sql`and ${walk.after(after)}` : sql``} order by ${walk.columns} limit ${limit}
    ) select d.kind, d.record_id as "recordId", d.scope_id as "caseId", d.at::text as at,
      ${
        kind
          ? sql`true`
          : sql`(d.kind, d.record_id) = (select n.kind, n.record_id from search_documents n
        where n.scope_id = d.scope_id and n.words @@ ${asked.words} order by n.at desc, n.record_id desc, n.kind desc limit 1)`
      } as newest
    from d order by ${walk.columns}`.execute(reading.db)
  return rows
}

export type Walked = { items: Found[]; next: string | null }

/**
 * A page of what matches: each case once, by its newest matching document, or each file. Nothing is left out: a page that
 * fills up with documents of cases already shown goes on behind them.
 */
export const walkDocuments = async (reading: Reading, asked: Asked, kind: 'file' | null): Promise<Walked> => {
  const walk = documents[asked.order]
  const list = `search ${kind ?? 'case'} ${asked.order}`
  let after = readCursor(list, asked.cursor, walk.length)
  const size = kind ? asked.limit + 1 : asked.limit * perCase
  const items: Found[] = []
  for (let round = 1; ; round++) {
    const rows = await window(reading, asked, after, kind, size)
    const last = rows.at(-1)
    for (const row of rows) if (row.newest) items.push(row)
    if (items.length > asked.limit) {
      const shown = items.slice(0, asked.limit)
      return { items: shown, next: writeCursor(list, walk.key(shown.at(-1) as Found)) }
    }
    if (!last || rows.length < size) return { items, next: null }
    after = walk.key(last)
    if (round === mostRounds) return { items, next: writeCursor(list, after) }
  }
}

/** A page of cases that filters alone find. */
export const walkCases = async (reading: Reading, asked: Asked): Promise<Walked> => {
  const walk = casesAlone[asked.order]
  const list = `search filter ${asked.order}`
  const after = readCursor(list, asked.cursor, walk.length)
  const { rows } = await sql<{ id: number; at: string }>`select c.id, c.last_at::text as at from cases c
    where ${visibleSql(reading.actor)} and ${asked.where} ${after ? sql`and ${walk.after(after)}` : sql``}
    order by ${walk.columns} limit ${asked.limit + 1}`.execute(reading.db)
  const found = rows.map(({ id, at }): Found => ({ kind: 'case', recordId: id, caseId: id, at }))
  const items = found.slice(0, asked.limit)
  const last = items.at(-1)
  return { items, next: found.length > asked.limit && last ? writeCursor(list, walk.key(last)) : null }
}
