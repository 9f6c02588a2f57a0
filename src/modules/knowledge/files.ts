import { sql } from 'kysely'
import { type Incoming, keepFile, refuseBomb } from '../../platform/files/keeping.ts'
import { noteFile } from '../../platform/files/noting.ts'
import type { FileStore } from '../../platform/files/store.ts'
import type { Kernel } from '../../platform/kernel.ts'
import { type Actor, staffIdOf, system } from '../../platform/permissions/actor.ts'
import { notFound, refuseField } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import type { ArticleFile } from './contract-shapes.ts'
import { newestSql, publicSql, publishedSql } from './visibility.ts'

export const fileFolder = '/api/article-files/'

type Stored = { id: number; name: string; type: string; size: number; sha256: string }

export const shownFile = ({ id, name, type, size }: Omit<Stored, 'sha256'>): ArticleFile => ({
  id,
  name,
  type,
  size,
  url: `${fileFolder}${id}`,
})

/** Keeps an upload for the next version that is saved. @throws Refusal `too_large` */
export const uploadFile = async (
  kernel: Kernel,
  files: FileStore,
  actor: Actor,
  file: Incoming,
  cause: string,
): Promise<ArticleFile> => {
  refuseBomb(file.content)
  const kept = await keepFile(files, file)
  return kernel.work(
    actor,
    async work => {
      await noteFile(work, kept)
      const { name, type, size, sha256, unscanned } = kept
      const staff_id = staffIdOf(actor) ?? notFound('member of staff')
      const { id } = await work.tx
        .insertInto('article_files')
        .values({ staff_id, sha256, name, type, size, unscanned, at: work.now })
        .returning('id')
        .executeTakeFirstOrThrow()
      work.record({ type: 'article.file_uploaded', subject: { kind: 'article_file', id }, data: { name, size } })
      return shownFile({ id, name, type, size })
    },
    cause,
  )
}

/**
 * Binds uploads to the article a version of which has them.
 * @throws Refusal naming `fileIds` where one is not there, or belongs to another article or uploader
 */
export const claimFiles = async (work: Work, articleId: number, ids: readonly number[]): Promise<void> => {
  if (ids.length === 0) return
  const { rows } = await sql<{ id: number }>`update article_files set article_id = ${articleId}
    where id = any(${[...ids]}::bigint[]) and (article_id = ${articleId} or (article_id is null and staff_id = ${work.actor.id}))
    returning id`.execute(work.tx)
  if (rows.length !== new Set(ids).size) refuseField('fileIds', 'One of these files is not there, or not yours to use')
}

/** A translation shows what its original shows: the same contents, as files of its own. @returns new numbers by old */
export const copyFiles = async (work: Work, ids: readonly number[]): Promise<Map<number, number>> => {
  const copies = new Map<number, number>()
  for (const old of ids) {
    const { rows } = await sql<{
      id: number
    }>`insert into article_files (staff_id, sha256, name, type, size, unscanned, at)
      select ${work.actor.id}, sha256, name, type, size, unscanned, ${work.now} from article_files where id = ${old} returning id`.execute(
      work.tx,
    )
    if (rows[0]) copies.set(old, rows[0].id)
  }
  return copies
}

const stored = sql`f.id, f.name, f.type, f.size, f.sha256`

/** A file that was uploaded by whoever asks, or that stands in a version they may read. */
export const fileFor = async ({ db, actor }: Reading, id: number): Promise<Stored> => {
  const { rows } = await sql<Stored>`select ${stored} from article_files f left join articles a on a.id = f.article_id
    where f.id = ${id} and (f.staff_id = ${actor.id} or (a.id is not null and ${newestSql(actor)}) or (${publishedSql(actor)} and exists (
      select from article_versions v where v.article_id = a.id and v.number = a.published_version and f.id = any(v.file_ids))))`.execute(
    db,
  )
  return rows[0] ?? notFound('file')
}

/** A file that stands in what everybody may read. */
export const publicFile = async ({ db }: Pick<Reading, 'db'>, id: number): Promise<Stored> => {
  const { rows } = await sql<Stored>`select ${stored} from article_files f join articles a on a.id = f.article_id
    join article_versions v on v.article_id = a.id and v.number = a.published_version
    where f.id = ${id} and ${publicSql} and f.id = any(v.file_ids)`.execute(db)
  return rows[0] ?? notFound('file')
}

const unusedDays = 30

/** Forgets what was uploaded long ago and stands in no version. */
export const sweepUploads = (kernel: Kernel): Promise<void> =>
  kernel.work(system, async work => {
    const until = new Date(work.now.getTime() - unusedDays * 86_400_000)
    await sql`delete from article_files where article_id is null and at < ${until}`.execute(work.tx)
  })
