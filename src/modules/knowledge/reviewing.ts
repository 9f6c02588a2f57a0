import { sql } from 'kysely'
import { assertFresh, Refusal } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { type Locked, lockArticle } from './loading.ts'
import { keepReview, promiseReview } from './promising.ts'
import { writerOf } from './writing.ts'

type Asked = { id: number; version?: number | undefined }

const held = async (work: Work, { id, version }: Asked): Promise<Locked> => {
  const article = await lockArticle(work, id)
  assertFresh(article.version, version, 'article')
  return article
}

const mustBe = (article: Locked, states: readonly string[], sentence: string): void => {
  if (!states.includes(article.state)) throw new Refusal('conflict', sentence)
}

const setState = async (work: Work, article: Locked, state: string, of = state): Promise<void> => {
  await work.tx
    .updateTable('articles')
    .set({ state, updated_at: work.now, version: article.version + 1 })
    .where('id', '=', article.id)
    .execute()
  await work.tx
    .updateTable('article_versions')
    .set({ state: of })
    .where('article_id', '=', article.id)
    .where('number', '=', article.newest_version)
    .execute()
}

const tell = (work: Work, type: string, article: Locked, data: Record<string, unknown> = {}): void =>
  work.record({
    type,
    subject: { kind: 'article', id: article.id },
    data: { title: article.newest.title, number: article.newest_version, ...data },
  })

const reviewOf = (article: Locked) => ({
  id: article.id,
  title: article.newest.title,
  ownerId: article.owner_id,
  reviewOn: article.review_on,
})

/** Gives a draft to whoever checks. @throws Refusal `conflict` where it is no draft, or says nothing yet */
export const submitArticle = async (work: Work, input: Asked): Promise<number> => {
  const article = await held(work, input)
  mustBe(article, ['draft'], 'Only a draft can be given to somebody to check.')
  if (article.newest.text.trim() === '')
    throw new Refusal('conflict', 'There is nothing to check yet. Write the article first.')
  await setState(work, article, 'in_review')
  await work.tx
    .updateTable('article_versions')
    .set({ submitted_at: work.now, returned_reason: null })
    .where('article_id', '=', article.id)
    .where('number', '=', article.newest_version)
    .execute()
  tell(work, 'article.submitted', article)
  return article.id
}

/**
 * Approves what others wrote. The database holds the same: who wrote any of it since it was last approved cannot.
 * @throws Refusal `forbidden` for a writer, `conflict` where nothing waits to be checked
 */
export const approveArticle = async (work: Work, input: Asked & { publish: boolean }): Promise<number> => {
  const article = await held(work, input)
  mustBe(article, ['in_review'], 'Nothing here waits to be checked.')
  const checker = writerOf(work)
  if (article.newest.writer_ids.includes(checker))
    throw new Refusal('forbidden', 'You wrote some of this yourself. Somebody else has to check it.')
  await work.tx
    .updateTable('article_versions')
    .set({ state: 'approved', approved_by: checker, approved_at: work.now })
    .where('article_id', '=', article.id)
    .where('number', '=', article.newest_version)
    .execute()
  await setState(work, article, 'approved')
  tell(work, 'article.approved', article)
  if (input.publish) await publish(work, { ...article, version: article.version + 1 })
  return article.id
}

/** Gives it back to its writer. @throws Refusal `conflict` where nothing waits to be checked */
export const returnArticle = async (work: Work, input: Asked & { reason: string }): Promise<number> => {
  const article = await held(work, input)
  mustBe(article, ['in_review'], 'Nothing here waits to be checked.')
  await setState(work, article, 'draft')
  await work.tx
    .updateTable('article_versions')
    .set({ returned_reason: input.reason })
    .where('article_id', '=', article.id)
    .where('number', '=', article.newest_version)
    .execute()
  tell(work, 'article.returned', article, { reason: input.reason })
  return article.id
}

/** Readers see the newest version from now on; the one before is kept. */
const publish = async (work: Work, article: Locked): Promise<void> => {
  const { id, newest_version, newest } = article
  await work.tx
    .updateTable('article_versions')
    .set({ state: 'replaced' })
    .where('article_id', '=', id)
    .where('state', '=', 'published')
    .execute()
  await setState(work, article, 'published')
  await sql`update articles set published_version = newest_version, published_title = newest_title,
    published_audience = newest_audience, published_team_id = newest_team_id, published_words = newest_words,
    published_at = ${work.now} where id = ${id}`.execute(work.tx)
  await work.tx
    .updateTable('article_versions')
    .set({ published_at: work.now })
    .where('article_id', '=', id)
    .where('number', '=', newest_version)
    .execute()
  tell(work, 'article.published', article, { audience: newest.audience })
}

export const publishArticle = async (work: Work, input: Asked): Promise<number> => {
  const article = await held(work, input)
  mustBe(article, ['approved'], 'Only what somebody else approved can be published.')
  await publish(work, article)
  return article.id
}

export const archiveArticle = async (work: Work, input: Asked): Promise<number> => {
  const article = await held(work, input)
  if (article.state === 'archived') throw new Refusal('conflict', 'This article is in the archive already.')
  await setState(work, article, 'archived', article.newest.state)
  await promiseReview(work, { ...reviewOf(article), reviewOn: null })
  tell(work, 'article.archived', article)
  return article.id
}

/** Brings it back as it was: published where it was published. */
export const restoreArticle = async (work: Work, input: Asked): Promise<number> => {
  const article = await held(work, input)
  mustBe(article, ['archived'], 'This article is not in the archive.')
  await setState(work, article, article.newest.state, article.newest.state)
  await promiseReview(work, reviewOf(article))
  tell(work, 'article.restored', article)
  return article.id
}

/** Somebody looked through it and it is still right: the promise is kept, and the next one made. */
export const noteReviewed = async (work: Work, input: Asked & { reviewOn: string | null }): Promise<number> => {
  const article = await held(work, input)
  if (article.state === 'archived')
    throw new Refusal('conflict', 'This article is in the archive. There is nothing to review.')
  await keepReview(work, article.id)
  await work.tx
    .updateTable('articles')
    .set({ review_on: input.reviewOn, updated_at: work.now, version: article.version + 1 })
    .where('id', '=', article.id)
    .execute()
  await promiseReview(work, { ...reviewOf(article), reviewOn: input.reviewOn })
  tell(work, 'article.reviewed', article, { reviewOn: input.reviewOn })
  return article.id
}
