import { sql } from 'kysely'
import { stemmedQuery } from '../../platform/search/documents.ts'
import { parseQuery, partsOf, type Query } from '../../platform/search/query.ts'
import type { Reading } from '../../platform/work.ts'
import { findArticles } from '../knowledge/index.ts'
import { escapeLike, findPeople } from '../people/index.ts'
import type { Status } from './contract.ts'
import type { ResultType } from './contract-search.ts'
import { visibleSql } from './policy.ts'
import { excerptsOf, markedSubject, type Piece, piecesOf, type Sought } from './search-excerpts.ts'
import { knownFields } from './search-fields.ts'
import { contextOf, type Meaning, meaningOf } from './search-meaning.ts'
import { peopleFound } from './search-people.ts'
import { corrected } from './search-spelling.ts'
import { isUnknown } from './search-values.ts'
import { type Asked, type Found, orderOf, type Walked, walkCases, walkDocuments } from './search-walking.ts'

export type Hit = {
  type: ResultType
  id: number
  title: string
  titlePieces: Piece[]
  excerpt: Piece[]
  status: Status | null
  at: Date | null
  caseId: number | null
  /** Whose case it is, or how a person is reached. */
  about: string
}

type Context = Awaited<ReturnType<typeof contextOf>>
type Input = { q: string; limit: number; cursor?: string | undefined }

const wordsOf = (query: Query): string =>
  query.terms
    .filter(term => !term.negated)
    .map(term => term.text)
    .join(' ')

const isPositive = (query: Query): boolean =>
  query.terms.some(term => !term.negated) ||
  query.filters.some(({ field, negated }) => !negated && (field === 'subject' || field === 'description'))

/** Cases, or files, that a query finds. A bare number is the case of that number, before all others. */
const walked = async (
  reading: Reading,
  query: Query,
  meaning: Meaning,
  words: Sought,
  input: Input,
  kind: 'file' | null,
): Promise<Walked> => {
  const asked: Asked = {
    words,
    subject: null,
    where: meaning.where,
    order: orderOf(query),
    limit: input.limit,
    cursor: input.cursor,
  }
  if (!words) {
    if (kind || !meaning.filtered) return { items: [], next: null }
    return walkCases(reading, asked)
  }
  const subject = meaning.subject ? await stemmedQuery(reading, meaning.subject) : null
  const page = await walkDocuments(reading, { ...asked, subject }, kind)
  if (kind || !query.number || meaning.filtered) return page
  const numbered = await walkCases(reading, {
    ...asked,
    cursor: undefined,
    where: sql<boolean>`c.id = ${query.number}`,
  })
  const others = page.items.filter(item => item.caseId !== query.number)
  return { items: [...(input.cursor ? [] : numbered.items), ...others], next: page.next }
}

type Row = { id: number; subject: string; marked: string; status: Status; requester: string; lastAt: Date }
type FileRow = { id: number; name: string }

/** What was found, with the case it belongs to; what stands in a case that is out of sight is left out. */
type Shown = { found: Found; kase: Row; file: FileRow | undefined; excerpt: Piece[] }

const shownOf = async (reading: Reading, found: readonly Found[], query: Query, sought: Sought): Promise<Shown[]> => {
  if (found.length === 0) return []
  const ids = found.map(one => one.caseId)
  const fileIds = found.filter(one => one.kind === 'file').map(one => one.recordId)
  const [cases, files, excerpt] = await Promise.all([
    sql<Row>`select c.id, c.subject, ${markedSubject(sought)} as marked, c.status, p.name as requester, c.last_at as "lastAt" from cases c
      join people w on w.id = c.requester_id join people p on p.id = coalesce(w.merged_into, w.id)
      where c.id = any(${ids}::bigint[]) and ${visibleSql(reading.actor)}`.execute(reading.db),
    sql<FileRow>`select id, name from attachments where id = any(${fileIds}::bigint[])`.execute(reading.db),
    excerptsOf(reading, found, sought, wordsOf(query).split(/\s/)[0] ?? ''),
  ])
  const caseOf = new Map(cases.rows.map(row => [row.id, row]))
  const fileOf = new Map(files.rows.map(row => [row.id, row]))
  return found.flatMap((one): Shown[] => {
    const kase = caseOf.get(one.caseId)
    const file = one.kind === 'file' ? fileOf.get(one.recordId) : undefined
    return kase ? [{ found: one, kase, file, excerpt: excerpt(one) }] : []
  })
}

const caseHit = ({ found, kase, file, excerpt }: Shown): Hit => ({
  type: 'case',
  id: kase.id,
  title: kase.subject,
  titlePieces: piecesOf(kase.marked),
  status: kase.status,
  at: new Date(found.at),
  caseId: kase.id,
  about: kase.requester,
  excerpt: file ? [{ text: `${file.name}: `, hit: false }, ...excerpt] : excerpt,
})

/** A hit in a file as one of its own: by its name, with the case it belongs to. */
const fileHit = (shown: Shown): Hit => ({
  ...caseHit(shown),
  type: 'file',
  id: shown.found.recordId,
  title: shown.file?.name ?? '',
  titlePieces: [{ text: shown.file?.name ?? '', hit: false }],
  about: shown.kase.subject,
  excerpt: shown.excerpt,
})

/** Somebody, or an organisation, found by name. */
const nameHit = (type: 'person' | 'organisation', id: number, title: string, about: string): Hit => ({
  type,
  id,
  title,
  titlePieces: [{ text: title, hit: false }],
  about,
  excerpt: [],
  status: null,
  at: null,
  caseId: null,
})

/** One OR over names and addresses read all 33,000 people: 100 ms. The register's own search asks each index by itself. */
const people = async (reading: Reading, words: string, limit: number): Promise<Hit[]> => {
  if (!reading.actor.permissions.has('person.read') || words.trim().length < 2) return []
  const { items } = await findPeople(reading, { q: words, limit })
  return items.map(({ id, name, contact }) => nameHit('person', id, name, contact ?? ''))
}

const organisations = async ({ db, actor }: Reading, words: string, limit: number): Promise<Hit[]> => {
  if (!actor.permissions.has('person.read') || words.trim().length < 2) return []
  const like = `%${escapeLike(words.trim())}%`
  const { rows } = await sql<{ id: number; name: string; members: number }>`
    select g.id, g.name, (select count(*)::int from memberships m where m.group_id = g.id) as members from groups g
    where folded(g.name) like folded(${like}) or folded(${words}) <% folded(g.name)
    order by word_similarity(folded(${words}), folded(g.name)) desc, g.id limit ${limit}`.execute(db)
  return rows.map(({ id, name, members }) => nameHit('organisation', id, name, String(members)))
}

/** Articles that somebody may read, found by their words: filters are about cases. */
const articles = async (reading: Reading, words: string, { limit, cursor }: Input): Promise<Page> => {
  if (!reading.actor.permissions.has('knowledge.read') || words.trim() === '') return { items: [], next: null }
  const { items, next } = await findArticles(reading, { q: words, limit, cursor })
  const hits = items.map(
    (line): Hit => ({
      type: 'article',
      id: line.id,
      title: line.title,
      titlePieces: line.titlePieces,
      excerpt: line.excerpt,
      about: line.audience,
      status: null,
      at: new Date(line.updatedAt),
      caseId: null,
    }),
  )
  return { items: hits, next }
}

type Page = { items: Hit[]; next: string | null }

const pageOfType = async (context: Context, type: ResultType, query: Query, input: Input): Promise<Page> => {
  const { reading } = context
  const meaning = await meaningOf(context, query)
  if (!meaning.types.has(type)) return { items: [], next: null }
  const unfiltered = query.filters.every(({ field }) => field === 'type')
  const named = unfiltered ? wordsOf(query) : ''
  if (type === 'person' && !unfiltered) {
    const { items, next } = await peopleFound(reading, query, input.limit, input.cursor)
    return { items: items.map(({ id, name, contact }) => nameHit('person', id, name, contact ?? '')), next }
  }
  if (type === 'person') return { items: await people(reading, named, input.limit), next: null }
  if (type === 'article') return articles(reading, named, input)
  if (type === 'organisation') return { items: await organisations(reading, named, input.limit), next: null }
  const words = isPositive(query) ? await stemmedQuery(reading, meaning.tsquery) : null
  const { items, next } = await walked(reading, query, meaning, words, input, type === 'file' ? 'file' : null)
  const shown = await shownOf(reading, items, query, words)
  return { items: shown.map(type === 'file' ? fileHit : caseHit), next }
}

/**
 * A page of one kind of result. Where nothing is found at all, words that look misspelt are tried as the most similar
 * ones that subjects have; `corrected` says what was looked for then.
 */
export const searchResults = async (reading: Reading, input: Input & { type: ResultType }) => {
  const context = await contextOf(reading)
  const fields = knownFields(context.catalogue)
  const query = parseQuery(input.q, { fields })
  const parts = partsOf(input.q, { fields }).map(part => ({
    ...part,
    unknown: part.kind === 'filter' && isUnknown(context, parseQuery(part.text, { fields }).filters[0]),
  }))
  const page = await pageOfType(context, input.type, query, input)
  const better = page.items.length === 0 && !page.next && input.type === 'case' ? await corrected(reading, query) : null
  const second = better ? await pageOfType(context, input.type, better, input) : null
  if (!better || !second || second.items.length === 0) return { ...page, parts, corrected: null }
  return { ...second, parts, corrected: wordsOf(better) }
}

/** Searches everything one may see in one list: people by name first, then cases by number, words and filters. */
export const search = async (reading: Reading, input: { q: string; limit: number }) => {
  const context = await contextOf(reading)
  const query = parseQuery(input.q, { fields: knownFields(context.catalogue) })
  // Names are looked up on a connection of their own meanwhile.
  const [first, persons] = await Promise.all([
    pageOfType(context, 'case', query, input),
    pageOfType(context, 'person', query, { ...input, limit: Math.min(5, input.limit) }),
  ])
  const none = first.items.length + persons.items.length === 0
  const better = none ? await corrected(reading, query) : null
  const found = better ? await pageOfType(context, 'case', better, input) : first
  return [...persons.items, ...found.items]
    .slice(0, input.limit)
    .map(({ type, id, title, status, at, about, excerpt }) => ({
      type: type === 'person' ? ('person' as const) : ('case' as const),
      id,
      title,
      status,
      at,
      excerpt:
        type === 'person'
          ? about
          : excerpt
              .map(piece => piece.text)
              .join('')
              .slice(0, 300),
    }))
}
