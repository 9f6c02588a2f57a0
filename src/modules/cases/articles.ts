import { sql } from 'kysely'
import { staffIdOf } from '../../platform/permissions/actor.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import { suggestArticles, useArticle } from '../knowledge/index.ts'
import { lockCase } from './loading.ts'
import { assertVisible } from './reading.ts'

const most = 6

type About = { subject: string; topicId: number | null; language: string | null; text: string | null; used: number[] }

/** Articles that may answer a case: by the words of its subject and of what the customer wrote last, its topic and products. */
export const articlesFor = async (reading: Reading, asked: number) => {
  const { id } = await assertVisible(reading, asked)
  const { rows } = await sql<About>`select c.subject, c.topic_id as "topicId", c.language,
      (select left(m.text, 4000) from messages m where m.case_id = c.id and m.direction = 'in' order by m.id desc limit 1) as text,
      array(select distinct article_id from case_articles u where u.case_id = c.id) as used
    from cases c where c.id = ${id}`.execute(reading.db)
  const { subject = '', topicId = null, language = null, text = '', used = [] } = rows[0] ?? {}
  const found = await suggestArticles(reading, { text: `${subject}\n${text ?? ''}`, language, topicId, limit: most })
  return found.map(article => ({ ...article, usedHere: used.includes(article.id) }))
}

type Use = { id: number; articleId: number; how: 'text' | 'link' }

/** Notes that an article answers a case, and hands out what is put into the reply. @throws Refusal as the article does */
export const answerWith = async (work: Work, { id, articleId, how }: Use, baseUrl: string) => {
  const kase = await lockCase(work, id)
  const staffId = staffIdOf(work.actor)
  if (staffId === null) throw new Refusal('forbidden', 'Articles are used by members of staff.')
  const used = await useArticle(work, { id: articleId, how }, baseUrl)
  await work.tx
    .insertInto('case_articles')
    .values({ case_id: kase.id, article_id: articleId, staff_id: staffId, how, at: work.now })
    .execute()
  work.record({
    type: 'case.article_used',
    subject: { kind: 'case', id: kase.id },
    data: { articleId, title: used.title, how },
  })
  return used
}
