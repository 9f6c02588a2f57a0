import { type RawBuilder, sql } from 'kysely'
import { readCursor, writeCursor } from '../../platform/http/cursor.ts'
import { stemmedQuery } from '../../platform/search/documents.ts'
import { parseQuery, type Query, type QueryTerm, toTsQuery } from '../../platform/search/query.ts'
import { languagesOf, searchConfig } from '../../platform/text/language.ts'
import type { Reading } from '../../platform/work.ts'
import type { ArticleKind, ArticleLine, ArticleState, Audience } from './contract-shapes.ts'
import { type Piece, piecesOf, signs } from './pieces.ts'
import { overdueSql } from './reading.ts'
import { correctedBy } from './spelling.ts'
import { isWriter, newestSql, publishedSql } from './visibility.ts'

export type Wanted = {
  q?: string | undefined
  kind?: ArticleKind | undefined
  state?: ArticleState | undefined
  audience?: Audience | undefined
  language?: string | undefined
  topicId?: number | undefined
  ownerId?: number | undefined
  needs?: 'review' | 'owner' | undefined
  limit: number
  cursor?: string | undefined
}

/** The last word may be on its way: whoever types `refu` means what begins so. */
const asTyped = (query: Query): Query => {
  const last = query.terms.at(-1)
  if (last?.kind !== 'word' || last.negated || last.text.length < 3) return query
  return { ...query, terms: [...query.terms.slice(0, -1), { ...last, kind: 'prefix' }] }
}

/** A word, or the word begun: stemming and beginnings each find what the other does not. */
const eitherWay = (query: Query): string => {
  const [whole, begun] = [toTsQuery(query.terms), toTsQuery(asTyped(query).terms)]
  return whole === begun ? whole : `(${whole}) | (${begun})`
}

const configs = JSON.stringify(Object.fromEntries(languagesOf().map(language => [language, searchConfig(language)])))
const config = sql`('rapport_' || coalesce(${configs}::jsonb ->> a.language, 'english'))::regconfig`
const inShort = `MaxFragments=1, MaxWords=25, MinWords=10, ShortWord=0, StartSel=${signs.begin}, StopSel=${signs.end}`
const whole = `HighlightAll=true, StartSel=${signs.begin}, StopSel=${signs.end}`

type Row = Omit<ArticleLine, 'titlePieces' | 'excerpt'> & {
  markedTitle: string
  markedText: string
  at: string
  rank: number
}

/**
 * Which articles, and in which version: what is published, and for those who write the newest too. Permission is part of
 * it, so that no word of a draft leads to it for somebody who may not see it.
 */
const within = (reading: Reading): { sees: RawBuilder<boolean>; visible: RawBuilder<boolean> } => {
  const { actor } = reading
  return {
    sees: newestSql(actor),
    visible: isWriter(actor) ? sql<boolean>`(${publishedSql(actor)} or ${newestSql(actor)})` : publishedSql(actor),
  }
}

const filtersOf = (reading: Reading, wanted: Wanted): RawBuilder<unknown>[] => {
  const { kind, state, audience, language, topicId, ownerId, needs } = wanted
  return [
    ...(kind ? [sql`v.kind = ${kind}`] : []),
    // Whoever does not write is told of nothing but what is published.
    ...(state === 'published'
      ? [sql`a.published_version is not null and a.state <> 'archived'`]
      : state
        ? [sql`(a.state = ${state} and ${newestSql(reading.actor)})`]
        : [sql`a.state <> 'archived'`]),
    ...(audience ? [sql`v.audience = ${audience}`] : []),
    ...(language ? [sql`a.language = ${language}`] : []),
    ...(topicId
      ? [sql`exists (select from article_topics x where x.article_id = a.id and x.topic_id = ${topicId})`]
      : []),
    ...(ownerId ? [sql`a.owner_id = ${ownerId}`] : []),
    ...(needs === 'review' ? [overdueSql(reading)] : []),
    ...(needs === 'owner' ? [sql`o.ended_at is not null`] : []),
  ]
}

const rowsOf = async (reading: Reading, wanted: Wanted, sought: RawBuilder<unknown> | null) => {
  const { sees, visible } = within(reading)
  const list = sought ? 'articles found' : 'articles'
  const after = readCursor(list, wanted.cursor, 2)
  const words = sql`(case when ${sees} then a.newest_words else a.published_words end)`
  const rank = sought ? sql`(ts_rank_cd(${words}, ${sought}) * 1000000)::int` : sql`0`
  const conditions = [
    visible,
    ...filtersOf(reading, wanted),
    ...(sought
      ? [sql`(a.newest_words @@ ${sought} or a.published_words @@ ${sought})`, sql`${words} @@ ${sought}`]
      : []),
    ...(after
      ? [
          sought
            ? sql`(${rank}, a.id) < (${after[0]}::int, ${after[1]}::bigint)`
            : sql`(a.updated_at, a.id) < (${after[0]}::timestamptz, ${after[1]}::bigint)`,
        ]
      : []),
  ]
  const { rows } = await sql<Row>`select a.id, v.title, v.kind, v.audience, t.name as "teamName", a.language, a.state,
      a.published_version is not null and a.state <> 'archived' as published,
      json_build_object('id', o.id, 'name', o.name, 'left', o.ended_at is not null) as owner,
      a.review_on::text as "reviewOn", ${overdueSql(reading)} as "reviewOverdue",
      coalesce((select json_agg(json_build_object('id', k.id, 'name', k.name) order by k.position) from article_topics x
        join topics k on k.id = x.topic_id where x.article_id = a.id), '[]') as topics,
      a.used, a.helped, a.not_helped as "notHelped", a.updated_at as "updatedAt", a.updated_at::text as at, ${rank} as rank,
      ${sought ? sql`ts_headline(${config}, v.title, ${sought}, ${whole})` : sql`v.title`} as "markedTitle",
      ${sought ? sql`ts_headline(${config}, left(concat_ws(' ', nullif(v.summary, ''), v.text), 20000), ${sought}, ${inShort})` : sql`left(coalesce(nullif(v.summary, ''), v.text), 200)`} as "markedText"
    from articles a join staff o on o.id = a.owner_id
    join article_versions v on v.article_id = a.id and v.number = case when ${sees} then a.newest_version else a.published_version end
    left join teams t on t.id = v.team_id
    where ${sql.join(conditions, sql` and `)}
    order by ${sought ? sql`${rank} desc, a.id desc` : sql`a.updated_at desc, a.id desc`} limit ${wanted.limit + 1}`.execute(
    reading.db,
  )
  const shown = rows.slice(0, wanted.limit)
  const last = shown.at(-1)
  const next = rows.length > wanted.limit && last ? writeCursor(list, [sought ? last.rank : last.at, last.id]) : null
  return { rows: shown, next }
}

export type Line = Row & { titlePieces: Piece[]; excerpt: Piece[] }

const shownAs = (row: Row): Line => ({
  ...row,
  titlePieces: piecesOf(row.markedTitle),
  excerpt: piecesOf(row.markedText),
})

const wordsOf = (terms: readonly QueryTerm[]): string =>
  terms
    .filter(term => !term.negated)
    .map(term => term.text)
    .join(' ')

const find = async (reading: Reading, wanted: Wanted, query: Query) => {
  const typed = eitherWay(query)
  return rowsOf(reading, wanted, typed === '' ? null : await stemmedQuery(reading, typed))
}

/**
 * Articles that somebody may read, last changed first; with words those that fit best. Where nothing is found, words that
 * look misspelt are tried as the most similar ones of titles.
 */
export const findArticles = async (reading: Reading, wanted: Wanted) => {
  const query = parseQuery(wanted.q ?? '', { fields: new Set<string>() })
  if ((wanted.q ?? '').trim() !== '' && wordsOf(query.terms) === '') return { items: [], next: null, corrected: null }
  const first = await find(reading, wanted, query)
  const better =
    first.rows.length === 0 && query.terms.length > 0 && !wanted.cursor
      ? await correctedBy(
          reading,
          query,
          sql`select case when ${within(reading).sees} then a.newest_title else a.published_title end as title
          from articles a where ${within(reading).visible}`,
        )
      : null
  const second = better ? await find(reading, wanted, better) : null
  if (!better || !second || second.rows.length === 0)
    return { items: first.rows.map(shownAs), next: first.next, corrected: null }
  return { items: second.rows.map(shownAs), next: second.next, corrected: wordsOf(better.terms) }
}
