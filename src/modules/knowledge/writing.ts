import { sql } from 'kysely'
import { staffIdOf } from '../../platform/permissions/actor.ts'
import { assertFresh, Refusal, refuseField } from '../../platform/refusal.ts'
import { languageNoted, wordsOf } from '../../platform/search/documents.ts'
import { searchConfig } from '../../platform/text/language.ts'
import type { Work } from '../../platform/work.ts'
import { assertTeam } from '../identity/index.ts'
import type { ArticleKind, ArticleSource, Audience } from './contract-shapes.ts'
import { claimFiles, copyFiles } from './files.ts'
import { cleanArticle } from './formatting.ts'
import { answerGap } from './gap-deciding.ts'
import { type Locked, lockArticle, type Version } from './loading.ts'
import { setOwner, setProducts, setTopics } from './placing.ts'
import { promiseReview } from './promising.ts'

export type Content = {
  title: string
  summary: string
  html: string
  kind: ArticleKind
  source: ArticleSource
  audience: Audience
  teamId: number | null
  fileIds: number[]
  note: string
}

/** @throws Refusal naming `teamId` where it does not go with the audience, or is not the writer's to write for */
const assertAudience = async (work: Work, { audience, teamId }: Content): Promise<void> => {
  if (audience === 'team' && teamId === null) refuseField('teamId', 'Say which team it is for')
  if (audience !== 'team' && teamId !== null) refuseField('teamId', 'Only what is for one team names a team')
  await assertTeam(work, teamId)
  const { actor } = work
  if (teamId !== null && actor.visibility !== 'all' && !actor.teams.includes(teamId))
    refuseField('teamId', 'You can write for teams that you are in')
}

export const writerOf = (work: Work): number => {
  const id = staffIdOf(work.actor)
  if (id === null) throw new Refusal('forbidden', 'Articles are written by members of staff.')
  return id
}

const saidIn = ({ title, summary, html, fileIds }: Content) => {
  const { html: clean, text } = cleanArticle(html, fileIds)
  return { html: clean, text, indexed: `${summary}\n${text}`, title }
}

const insertVersion = async (
  work: Work,
  articleId: number,
  number: number,
  content: Content,
  said: ReturnType<typeof saidIn>,
) =>
  work.tx
    .insertInto('article_versions')
    .values({
      article_id: articleId,
      number,
      title: content.title,
      summary: content.summary,
      html: said.html,
      text: said.text,
      kind: content.kind,
      source: content.source,
      audience: content.audience,
      team_id: content.teamId,
      file_ids: [...new Set(content.fileIds)],
      note: content.note,
      state: 'draft',
      at: work.now,
      writer_id: writerOf(work),
      // The database adds whoever else wrote since the last version that was approved.
      writer_ids: [],
    })
    .execute()

export type NewArticle = Content & {
  language: string
  ownerId?: number | undefined
  reviewOn: string | null
  topicIds: number[]
  productIds: number[]
  translationOf: number | null
  gapId: number | null
}

/** The group of the article that is translated, with its pictures. @throws Refusal naming `language`, `translationOf` */
const originalOf = async (work: Work, { translationOf, language }: NewArticle) => {
  if (translationOf === null) return null
  const original = await lockArticle(work, translationOf).catch(() =>
    refuseField('translationOf', 'There is no such article, or you may not see it'),
  )
  const there = await work.tx
    .selectFrom('articles')
    .select('id')
    .where('group_id', '=', original.group_id)
    .where('language', '=', language)
    .executeTakeFirst()
  if (there) refuseField('language', 'This article is there in this language already')
  return original
}

/** @throws Refusal naming the field that is wrong */
export const addArticle = async (work: Work, input: NewArticle): Promise<number> => {
  await assertAudience(work, input)
  const original = await originalOf(work, input)
  const writer = writerOf(work)
  const copies = original ? await copyFiles(work, original.newest.file_ids) : new Map<number, number>()
  const html = input.html.replace(/(\/api\/article-files\/|data-file=")(\d+)/g, (whole, before: string, id: string) =>
    copies.has(Number(id)) ? `${before}${copies.get(Number(id))}` : whole,
  )
  const fileIds = [...input.fileIds.filter(id => !copies.has(id)), ...copies.values()]
  const content = { ...input, html, fileIds }
  const said = saidIn(content)
  const config = searchConfig(input.language)
  const { rows } = await sql<{
    id: number
  }>`insert into articles (group_id, language, owner_id, state, newest_title, newest_audience,
      newest_team_id, newest_words, created_at, updated_at)
    values (${original?.group_id ?? 0}, ${input.language}, ${writer}, 'draft', ${input.title}, ${input.audience}, ${input.teamId},
      ${wordsOf(config, said.title, said.indexed)}, ${work.now}, ${work.now}) returning id`.execute(work.tx)
  const id = rows[0]?.id ?? 0
  if (!original) await work.tx.updateTable('articles').set({ group_id: id }).where('id', '=', id).execute()
  await languageNoted(work, config).execute(work.tx)
  await claimFiles(work, id, fileIds)
  await insertVersion(work, id, 1, content, said)
  await setOwner(work, id, input.ownerId ?? writer)
  await work.tx.updateTable('articles').set({ review_on: input.reviewOn }).where('id', '=', id).execute()
  await promiseReview(work, { id, title: input.title, ownerId: input.ownerId ?? writer, reviewOn: input.reviewOn })
  await setTopics(work, id, input.topicIds)
  await setProducts(work, id, input.productIds)
  if (input.gapId !== null) await answerGap(work, input.gapId, id)
  work.record({
    type: 'article.drafted',
    subject: { kind: 'article', id },
    data: { title: input.title, language: input.language, ...(original ? { translationOf: original.id } : {}) },
  })
  return id
}

export type ArticleChange = { [K in keyof Content]?: Content[K] | undefined } & {
  id: number
  ownerId?: number | undefined
  reviewOn?: string | null | undefined
  topicIds?: number[] | undefined
  productIds?: number[] | undefined
  version?: number | undefined
}

const contentOf = ({ newest }: Locked, input: ArticleChange): Content => {
  const audience = input.audience ?? newest.audience
  return {
    title: input.title ?? newest.title,
    summary: input.summary ?? newest.summary,
    html: input.html ?? newest.html,
    kind: input.kind ?? newest.kind,
    source: input.source ?? newest.source,
    audience,
    teamId: input.teamId === undefined ? (audience === 'team' ? newest.team_id : null) : input.teamId,
    fileIds: input.fileIds ?? newest.file_ids,
    note: input.note ?? '',
  }
}

const inOrder = (ids: readonly number[]): string => [...new Set(ids)].toSorted((a, b) => a - b).join()

const isSame = (before: Version, after: Content, said: { html: string }): boolean =>
  before.title === after.title &&
  before.summary === after.summary &&
  before.html === said.html &&
  before.kind === after.kind &&
  before.source === after.source &&
  before.audience === after.audience &&
  before.team_id === after.teamId &&
  inOrder(before.file_ids) === inOrder(after.fileIds)

/** A new version as a draft; what is published stays until this one is. @returns whether anything is new */
const writeVersion = async (work: Work, article: Locked, input: ArticleChange): Promise<boolean> => {
  const content = contentOf(article, input)
  await assertAudience(work, content)
  const said = saidIn(content)
  if (isSame(article.newest, content, said)) return false
  const number = article.newest_version + 1
  await claimFiles(work, article.id, content.fileIds)
  await insertVersion(work, article.id, number, content, said)
  if (article.newest.state !== 'published')
    await work.tx
      .updateTable('article_versions')
      .set({ state: 'replaced' })
      .where('article_id', '=', article.id)
      .where('number', '=', article.newest_version)
      .execute()
  const config = searchConfig(article.language)
  await sql`update articles set state = 'draft', newest_version = ${number}, newest_title = ${content.title},
    newest_audience = ${content.audience}, newest_team_id = ${content.teamId},
    newest_words = ${wordsOf(config, said.title, said.indexed)} where id = ${article.id}`.execute(work.tx)
  work.record({
    type: 'article.written',
    subject: { kind: 'article', id: article.id },
    data: { title: content.title, number },
  })
  return true
}

/** @throws Refusal `stale` with an old version, `conflict` for one in the archive, else naming the field */
export const changeArticle = async (work: Work, input: ArticleChange): Promise<number> => {
  const article = await lockArticle(work, input.id)
  assertFresh(article.version, input.version, 'article')
  if (article.state === 'archived')
    throw new Refusal('conflict', 'This article is in the archive. Bring it back before you change it.')
  const written = await writeVersion(work, article, input)
  const before = { ownerId: article.owner_id, reviewOn: article.review_on }
  const after = {
    ownerId: input.ownerId ?? before.ownerId,
    reviewOn: input.reviewOn === undefined ? before.reviewOn : input.reviewOn,
  }
  if (after.ownerId !== before.ownerId) await setOwner(work, article.id, after.ownerId)
  const placed = after.ownerId !== before.ownerId || after.reviewOn !== before.reviewOn
  if (placed) await promiseReview(work, { id: article.id, title: article.newest.title, ...after })
  const topics = input.topicIds ? await setTopics(work, article.id, input.topicIds) : false
  const products = input.productIds ? await setProducts(work, article.id, input.productIds) : false
  const aboutElse = topics || products
  if (placed || aboutElse)
    work.record({
      type: 'article.placed',
      subject: { kind: 'article', id: article.id },
      data: { title: article.newest.title },
      before,
      after,
    })
  if (written || placed || aboutElse)
    await work.tx
      .updateTable('articles')
      .set({ review_on: after.reviewOn, updated_at: work.now, version: article.version + 1 })
      .where('id', '=', article.id)
      .execute()
  return article.id
}
