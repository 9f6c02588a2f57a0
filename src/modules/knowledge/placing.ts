import { sql } from 'kysely'
import { refuseField } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'

/** @throws Refusal naming `ownerId` where nobody is there who could look after it */
export const setOwner = async (work: Work, articleId: number, ownerId: number): Promise<void> => {
  // Held until this is done: nobody leaves while they are given an article.
  const { rows } = await sql<{
    name: string
    left: boolean
    reads: boolean
  }>`select s.name, s.ended_at is not null as "left",
    'knowledge.read' = any(r.permissions) as reads from staff s join roles r on r.id = s.role_id where s.id = ${ownerId} for share of s`.execute(
    work.tx,
  )
  const owner = rows[0] ?? refuseField('ownerId', 'There is no such member of staff')
  if (owner.left) refuseField('ownerId', `${owner.name} has left. Choose somebody who is here.`)
  if (!owner.reads) refuseField('ownerId', `${owner.name} may not read articles, and so cannot look after one.`)
  await work.tx.updateTable('articles').set({ owner_id: ownerId }).where('id', '=', articleId).execute()
}

/** @throws Refusal naming `topicIds`; @returns whether they changed */
export const setTopics = async (work: Work, articleId: number, topicIds: readonly number[]): Promise<boolean> => {
  const ids = [...new Set(topicIds)].toSorted((a, b) => a - b)
  const { rows } = await sql<{ known: number; before: number[] }>`select
    (select count(*)::int from topics t where t.id = any(${ids}::bigint[])) as known,
    array(select topic_id from article_topics where article_id = ${articleId} order by 1) as before`.execute(work.tx)
  if (rows[0]?.known !== ids.length) refuseField('topicIds', 'One of these topics does not exist')
  if (rows[0]?.before.join() === ids.join()) return false
  await work.tx.deleteFrom('article_topics').where('article_id', '=', articleId).execute()
  if (ids.length > 0)
    await work.tx
      .insertInto('article_topics')
      .values(ids.map(topic_id => ({ article_id: articleId, topic_id })))
      .execute()
  return true
}

/** @throws Refusal naming `productIds`; @returns whether they changed */
export const setProducts = async (work: Work, articleId: number, productIds: readonly number[]): Promise<boolean> => {
  const ids = [...new Set(productIds)].toSorted((a, b) => a - b)
  const { rows } = await sql<{ known: number; before: number[] }>`select
    (select count(*)::int from products p where p.id = any(${ids}::bigint[])) as known,
    array(select product_id from article_products where article_id = ${articleId} order by 1) as before`.execute(
    work.tx,
  )
  if (rows[0]?.known !== ids.length) refuseField('productIds', 'One of these products does not exist')
  if (rows[0]?.before.join() === ids.join()) return false
  await work.tx.deleteFrom('article_products').where('article_id', '=', articleId).execute()
  if (ids.length > 0)
    await work.tx
      .insertInto('article_products')
      .values(ids.map(product_id => ({ article_id: articleId, product_id })))
      .execute()
  return true
}

/** What an article can be about. */
export const topicsFor = async ({ db }: Pick<Reading, 'db'>): Promise<{ id: number; name: string }[]> =>
  db.selectFrom('topics').select(['id', 'name']).where('ended_at', 'is', null).orderBy('position').execute()
