import { sql } from 'kysely'
import { notFound } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import type { ArticleKind, ArticleSource, ArticleState, Audience } from './contract-shapes.ts'
import { newestSql, visibleSql } from './visibility.ts'

export type Version = {
  number: number
  title: string
  summary: string
  html: string
  text: string
  kind: ArticleKind
  source: ArticleSource
  audience: Audience
  team_id: number | null
  file_ids: number[]
  state: string
  writer_id: number
  writer_ids: number[]
  approved_by: number | null
}

export type Locked = {
  id: number
  group_id: number
  language: string
  owner_id: number
  review_on: string | null
  state: ArticleState
  newest_version: number
  published_version: number | null
  version: number
  newest: Version
}

/**
 * The one way a verb gets an article to change it: locked, with its newest version.
 * @throws Refusal `not_found` where its newest version may not be seen
 */
export const lockArticle = async (work: Work, id: number): Promise<Locked> => {
  const { rows } = await sql<
    Omit<Locked, 'newest'>
  >`select a.id, a.group_id, a.language, a.owner_id, a.review_on::text as review_on,
      a.state, a.newest_version, a.published_version, a.version
    from articles a where a.id = ${id} and ${newestSql(work.actor)} for update of a`.execute(work.tx)
  const row = rows[0] ?? notFound('article')
  return { ...row, newest: await versionOf(work, id, row.newest_version) }
}

export const versionOf = async ({ tx }: Pick<Work, 'tx'>, id: number, number: number): Promise<Version> => {
  const { rows } =
    await sql<Version>`select number, title, summary, html, text, kind, source, audience, team_id, file_ids, state,
    writer_id, writer_ids, approved_by from article_versions where article_id = ${id} and number = ${number}`.execute(
      tx,
    )
  return rows[0] ?? notFound('version')
}

/** An article as somebody reads it, held until the transaction ends. @throws Refusal `not_found` */
export const holdArticle = async (
  work: Work,
  id: number,
  within = visibleSql(work.actor),
): Promise<{ id: number; number: number; title: string }> => {
  const { rows } = await sql<{ id: number; number: number; title: string }>`select a.id,
      coalesce(a.published_version, a.newest_version) as number, coalesce(a.published_title, a.newest_title) as title
    from articles a where a.id = ${id} and ${within} for update of a`.execute(work.tx)
  return rows[0] ?? notFound('article')
}
