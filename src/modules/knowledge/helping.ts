import { createHmac } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { anonymous } from '../../platform/permissions/actor.ts'
import { notFound } from '../../platform/refusal.ts'
import type { Reading } from '../../platform/work.ts'
import { findArticles } from './finding.ts'
import { withPictures } from './formatting.ts'
import { publicPathOf } from './reading.ts'
import { publicSql } from './visibility.ts'

export const publicFiles = '/help/articles/files/'
const most = 20

/** Whoever reads is nobody known, also where a colleague is signed in: only what is for everybody is ever found. */
const asAnybody = (reading: Pick<Reading, 'db' | 'now'>): Reading => ({
  db: reading.db,
  now: reading.now,
  actor: anonymous,
})

export type HelpLine = { id: number; title: string; summary: string; language: string; path: string }

const lineOf = ({ id, title, summary, language }: Omit<HelpLine, 'path'>): HelpLine => ({
  id,
  title,
  summary,
  language,
  path: publicPathOf(id, title),
})

/** Published articles for everybody that fit the words, misspelt ones too. */
export const searchHelp = async (reading: Pick<Reading, 'db' | 'now'>, q: string) => {
  const { items, corrected } = await findArticles(asAnybody(reading), { q, limit: most })
  const lines = items.map(({ id, title, excerpt, language }) =>
    lineOf({ id, title, language, summary: excerpt.map(piece => piece.text).join('') }),
  )
  return { items: lines, corrected }
}

/** Those that helped most. */
export const usefulHelp = async ({ db }: Pick<Reading, 'db'>, limit = 8): Promise<HelpLine[]> => {
  const { rows } = await sql<Omit<HelpLine, 'path'>>`select a.id, v.title, v.summary, a.language from articles a
    join article_versions v on v.article_id = a.id and v.number = a.published_version
    where ${publicSql} order by a.helped - a.not_helped + a.used desc, a.id limit ${limit}`.execute(db)
  return rows.map(lineOf)
}

export type HelpTopic = { id: number; key: string; name: string; count: number }

/** Topics about which something is published for everybody. */
export const helpTopics = async ({ db }: Pick<Reading, 'db'>): Promise<HelpTopic[]> => {
  const { rows } = await sql<HelpTopic>`select t.id, t.key, t.name, count(*)::int as count from topics t
    join article_topics x on x.topic_id = t.id join articles a on a.id = x.article_id
    where ${publicSql} group by t.id, t.key, t.name, t.position order by t.position`.execute(db)
  return rows
}

const mostOfTopic = 200

/** @throws Refusal `not_found` for a topic about which nothing is published for everybody */
export const helpOnTopic = async (reading: Pick<Reading, 'db'>, key: string) => {
  const topic = (await helpTopics(reading)).find(one => one.key === key) ?? notFound('topic')
  const { rows } = await sql<Omit<HelpLine, 'path'>>`select a.id, v.title, v.summary, a.language from articles a
    join article_versions v on v.article_id = a.id and v.number = a.published_version
    join article_topics x on x.article_id = a.id
    where ${publicSql} and x.topic_id = ${topic.id} order by a.language, folded(v.title), a.id limit ${mostOfTopic}`.execute(
    reading.db,
  )
  return { topic, items: rows.map(lineOf) }
}

type Row = Omit<HelpLine, 'path'> & {
  html: string
  kind: string
  number: number
  publishedAt: Date
  firstAt: Date
  files: { id: number; name: string; size: number }[]
  topics: { key: string; name: string }[]
  translations: Omit<HelpLine, 'path' | 'summary'>[]
}

/** An article as everybody reads it. @throws Refusal `not_found`, the same for what is not there and what is not for everybody */
export const helpArticle = async ({ db }: Pick<Reading, 'db'>, id: number) => {
  const { rows } =
    await sql<Row>`select a.id, v.title, v.summary, v.html, v.kind, v.number, a.language, a.published_at as "publishedAt",
      a.created_at as "firstAt",
      coalesce((select json_agg(json_build_object('id', f.id, 'name', f.name, 'size', f.size) order by f.id)
        from article_files f where f.id = any(v.file_ids)), '[]') as files,
      coalesce((select json_agg(json_build_object('key', t.key, 'name', t.name) order by t.position) from article_topics x
        join topics t on t.id = x.topic_id where x.article_id = a.id), '[]') as topics,
      coalesce((select json_agg(json_build_object('id', b.id, 'title', b.published_title, 'language', b.language) order by b.language)
        from (select a.* from articles a where ${publicSql}) b where b.group_id = a.group_id and b.id <> a.id), '[]') as translations
    from articles a join article_versions v on v.article_id = a.id and v.number = a.published_version
    where a.id = ${id} and ${publicSql}`.execute(db)
  const row = rows[0] ?? notFound('article')
  return {
    ...row,
    html: withPictures(row.html, publicFiles),
    path: publicPathOf(row.id, row.title),
    translations: row.translations.map(one => ({ ...one, path: publicPathOf(one.id, one.title) })),
  }
}

export type HelpArticle = Awaited<ReturnType<typeof helpArticle>>

/** Everything published for everybody, for search engines. */
export const helpMap = async ({ db }: Pick<Reading, 'db'>) => {
  const { rows } = await sql<{
    id: number
    title: string
    at: Date
  }>`select a.id, a.published_title as title, a.published_at as at
    from articles a where ${publicSql} order by a.id limit 50000`.execute(db)
  return rows.map(({ id, title, at }) => ({ path: publicPathOf(id, title), at }))
}

/** Tells readers of one day apart by what every request carries, and nothing beyond that day: no cookie is needed. */
export const readerOf = (key: Buffer, request: FastifyRequest, at: Date): string =>
  createHmac('sha256', key)
    .update(`${at.toISOString().slice(0, 10)} ${request.ip} ${request.headers['user-agent'] ?? ''}`)
    .digest('base64url')
    .slice(0, 22)
