import { sql } from 'kysely'
import { staffIdOf } from '../../platform/permissions/actor.ts'
import type { Work } from '../../platform/work.ts'
import { done } from '../../shared/contract.ts'
import { holdArticle } from './loading.ts'
import { publicSql } from './visibility.ts'

type Said = { id: number; helped: boolean }

const count = async (work: Work, id: number): Promise<void> => {
  await sql`update articles set
    helped = (select count(*) from article_answers r where r.article_id = ${id} and r.helped),
    not_helped = (select count(*) from article_answers r where r.article_id = ${id} and not r.helped) where id = ${id}`.execute(
    work.tx,
  )
}

/** A colleague says whether an article helped: once, and they may think again. */
export const sayIfHelped = async (work: Work, { id, helped }: Said) => {
  const { number, title } = await holdArticle(work, id)
  const staffId = staffIdOf(work.actor)
  await sql`insert into article_answers (article_id, number, helped, staff_id, at)
    values (${id}, ${number}, ${helped}, ${staffId}, ${work.now})
    on conflict (article_id, staff_id) where staff_id is not null
    do update set helped = excluded.helped, number = excluded.number, at = excluded.at`.execute(work.tx)
  await count(work, id)
  work.record({
    type: helped ? 'article.helped' : 'article.not_helped',
    subject: { kind: 'article', id },
    data: { title },
  })
  return done
}

/**
 * A reader from outside says whether an article helped.
 * @param reader tells readers of one day apart, and tells nothing of them
 */
export const readerSays = async (work: Work, { id, helped }: Said, reader: string) => {
  const { number, title } = await holdArticle(work, id, publicSql)
  await sql`insert into article_answers (article_id, number, helped, reader, at) values (${id}, ${number}, ${helped}, ${reader}, ${work.now})
    on conflict (article_id, reader) where reader is not null do update set helped = excluded.helped`.execute(work.tx)
  await count(work, id)
  work.record({
    type: helped ? 'article.helped' : 'article.not_helped',
    subject: { kind: 'article', id },
    data: { title },
  })
  return done
}
