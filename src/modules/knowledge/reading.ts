import { sql } from 'kysely'
import { pageOf, readCursor, writeCursor } from '../../platform/http/cursor.ts'
import { staffIdOf } from '../../platform/permissions/actor.ts'
import { notFound } from '../../platform/refusal.ts'
import type { Reading } from '../../platform/work.ts'
import type { Article, ArticleVersion, articleActs, VersionLine } from './contract-shapes.ts'
import { fileFolder, shownFile } from './files.ts'
import { withPictures } from './formatting.ts'
import { newestSql, visibleSql } from './visibility.ts'

type Act = (typeof articleActs)[number]
type Head = Omit<Article, 'shown' | 'can' | 'publicPath'> & {
  seesNewest: boolean
  publishedAudience: string | null
}

/** An address that says what it leads to; the number alone decides. */
export const slugOf = (title: string): string =>
  title
    .normalize('NFD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60)

export const publicPathOf = (id: number, title: string): string => {
  const slug = slugOf(title)
  return `/help/articles/${id}${slug ? `-${encodeURIComponent(slug)}` : ''}`
}

/** Whose review is overdue today, as SQL over `articles a`. */
export const overdueSql = ({ now }: Pick<Reading, 'now'>) =>
  sql<boolean>`(a.review_on is not null and a.state <> 'archived' and a.review_on < ${now}::timestamptz::date)`

const headOf = async (reading: Reading, id: number): Promise<Head> => {
  const { db, actor } = reading
  const { rows } = await sql<Head>`select a.id, a.language, a.state, a.review_on::text as "reviewOn",
      ${overdueSql(reading)} as "reviewOverdue", a.newest_version as "newestNumber", a.published_version as "publishedNumber",
      a.published_at as "publishedAt", a.used, a.last_used_at as "lastUsedAt", a.helped, a.not_helped as "notHelped", a.version,
      a.published_audience as "publishedAudience", ${newestSql(actor)} as "seesNewest",
      json_build_object('id', o.id, 'name', o.name, 'left', o.ended_at is not null) as owner,
      coalesce((select json_agg(json_build_object('id', t.id, 'name', t.name) order by t.position) from article_topics x
        join topics t on t.id = x.topic_id where x.article_id = a.id), '[]') as topics,
      coalesce((select json_agg(json_build_object('id', p.id, 'name', p.name) order by p.name) from article_products x
        join products p on p.id = x.product_id where x.article_id = a.id), '[]') as products,
      coalesce((select json_agg(json_build_object('id', b.id, 'language', b.language,
          'title', case when b."sees" then b.newest_title else b.published_title end, 'published', b.published_version is not null and b.state <> 'archived') order by b.language)
        from (select a.*, ${newestSql(actor)} as "sees" from articles a where ${visibleSql(actor)}) b
        where b.group_id = a.group_id and b.id <> a.id), '[]') as translations,
      (select r.helped from article_answers r where r.article_id = a.id and r.staff_id = ${staffIdOf(actor)}) as "myAnswer"
    from articles a join staff o on o.id = a.owner_id where a.id = ${id} and ${visibleSql(actor)}`.execute(db)
  return rows[0] ?? notFound('article')
}

type Version = Omit<ArticleVersion, 'files'> & {
  files: { id: number; name: string; type: string; size: number }[]
  writerIds: number[]
}

const versionAt = async ({ db }: Pick<Reading, 'db'>, id: number, number: number): Promise<Version> => {
  const { rows } =
    await sql<Version>`select v.number, v.state, v.title, v.summary, v.html, v.kind, v.source, v.audience, v.note, v.at,
      v.returned_reason as "returnedReason", v.writer_ids as "writerIds",
      case when t.id is null then null else json_build_object('id', t.id, 'name', t.name) end as team,
      json_build_object('id', w.id, 'name', w.name) as writer,
      case when p.id is null then null else json_build_object('id', p.id, 'name', p.name) end as approver,
      coalesce((select json_agg(json_build_object('id', f.id, 'name', f.name, 'type', f.type, 'size', f.size) order by f.id)
        from article_files f where f.id = any(v.file_ids)), '[]') as files
    from article_versions v join staff w on w.id = v.writer_id left join staff p on p.id = v.approved_by
    left join teams t on t.id = v.team_id where v.article_id = ${id} and v.number = ${number}`.execute(db)
  return rows[0] ?? notFound('version')
}

/** What may be done: the same answer drives the buttons, and the verbs hold it. */
const actsOn = ({ actor }: Reading, head: Head, newest: { writerIds: number[] }): Act[] => {
  if (!head.seesNewest) return []
  const may = (permission: string) => actor.kind === 'system' || actor.permissions.has(permission)
  const [edits, checks] = [may('knowledge.edit'), may('knowledge.approve')]
  if (head.state === 'archived') return edits ? ['restore'] : []
  const own = staffIdOf(actor) !== null && newest.writerIds.includes(actor.id ?? 0)
  return [
    ...(edits ? (['edit'] as const) : []),
    ...(edits && head.state === 'draft' ? (['submit'] as const) : []),
    ...(checks && head.state === 'in_review' && !own ? (['approve'] as const) : []),
    ...(checks && head.state === 'in_review' ? (['return'] as const) : []),
    ...(edits && head.state === 'approved' ? (['publish'] as const) : []),
    ...(edits ? (['archive'] as const) : []),
  ]
}

/**
 * An article: its newest version to those who write, what is published to everybody else.
 * @param number another of its versions, for those who write
 * @throws Refusal `not_found`
 */
export const articleById = async (reading: Reading, { id, number }: { id: number; number?: number | undefined }) => {
  const head = await headOf(reading, id)
  const { seesNewest, publishedAudience, ...rest } = head
  if (number !== undefined && !seesNewest && number !== head.publishedNumber) return notFound('version')
  const shownNumber = number ?? (seesNewest ? head.newestNumber : (head.publishedNumber ?? head.newestNumber))
  const { writerIds, files, ...shown } = await versionAt(reading, id, shownNumber)
  const newest = shownNumber === head.newestNumber ? { writerIds } : await versionAt(reading, id, head.newestNumber)
  const isPublic = publishedAudience === 'public' && head.state !== 'archived'
  return {
    ...rest,
    shown: { ...shown, html: withPictures(shown.html, fileFolder), files: files.map(shownFile) },
    publicPath: isPublic ? publicPathOf(id, shown.title) : null,
    can: actsOn(reading, head, newest),
  }
}

/** @throws Refusal `not_found` for an article one may not write */
export const versionsOf = async (
  reading: Reading,
  { id, limit, cursor }: { id: number; limit: number; cursor?: string | undefined },
) => {
  if (!(await headOf(reading, id)).seesNewest) return notFound('article')
  const after = readCursor('article versions', cursor, 1)
  const { rows } = await sql<VersionLine>`select v.number, v.state, v.title, v.kind, v.source, v.audience, v.note, v.at,
      v.published_at as "publishedAt", v.returned_reason as "returnedReason",
      case when t.id is null then null else json_build_object('id', t.id, 'name', t.name) end as team,
      json_build_object('id', w.id, 'name', w.name) as writer,
      case when p.id is null then null else json_build_object('id', p.id, 'name', p.name) end as approver
    from article_versions v join staff w on w.id = v.writer_id left join staff p on p.id = v.approved_by left join teams t on t.id = v.team_id
    where v.article_id = ${id} ${after ? sql`and v.number < ${after[0]}::int` : sql``} order by v.number desc limit ${limit + 1}`.execute(
    reading.db,
  )
  return pageOf(rows, limit, last => writeCursor('article versions', [last.number]))
}
