import { sql } from 'kysely'
import { pageOf, readCursor, writeCursor } from '../../platform/http/cursor.ts'
import { parseQuery } from '../../platform/search/query.ts'
import { redactText } from '../../platform/text/redact.ts'
import type { Reading, Work } from '../../platform/work.ts'
import { findArticles } from './finding.ts'

const mostWords = 6

/**
 * What somebody looked for as it may be kept: small words of a few letters at least, nothing with a digit or an @ (numbers
 * of orders, addresses, telephone numbers), in an order in which the same question is the same.
 */
export const keptWords = (q: string): string => {
  const words = parseQuery(redactText(q).text, { fields: new Set<string>() })
    .terms.filter(term => !term.negated)
    .flatMap(term => term.text.toLowerCase().split(/\s+/))
    .filter(word => /^[\p{L}\p{M}'’-]{2,30}$/u.test(word))
  return [...new Set(words)].slice(0, mostWords).join(' ').slice(0, 120)
}

/**
 * Notes that a search found nothing, after looking once more: words and how often, nothing of who asked.
 * @param by who looks, with whose eyes it is looked for again
 */
export const noteSearch = async (work: Work, q: string, by: 'staff' | 'public'): Promise<{ found: boolean }> => {
  const reading: Reading = { db: work.tx, actor: work.actor, now: work.now }
  const { items } = await findArticles(reading, { q, limit: 1 })
  if (items.length > 0) return { found: true }
  const words = keptWords(q)
  if (words.length < 2) return { found: false }
  const staff = by === 'staff' ? 1 : 0
  const { rows } = await sql<{
    id: number
  }>`insert into article_gaps (words, staff_times, public_times, first_at, last_at)
    values (${words}, ${staff}, ${1 - staff}, ${work.now}, ${work.now})
    on conflict (words) do update set staff_times = article_gaps.staff_times + ${staff},
      public_times = article_gaps.public_times + ${1 - staff}, last_at = excluded.last_at returning id`.execute(work.tx)
  work.record({ type: 'gap.noted', subject: { kind: 'article_gap', id: rows[0]?.id ?? 0 }, data: { words, by } })
  return { found: false }
}

type Row = {
  id: number
  words: string
  staffTimes: number
  publicTimes: number
  times: number
  firstAt: Date
  lastAt: Date
  state: 'open' | 'drafted' | 'dismissed'
  reason: string | null
  article: { id: number; title: string } | null
  decidedBy: string | null
}
type Asked = { state: 'open' | 'drafted' | 'dismissed'; limit: number; cursor?: string | undefined }

/** Searches without result, those asked for most first. */
export const gapsOf = async ({ db }: Pick<Reading, 'db'>, { state, limit, cursor }: Asked) => {
  const list = `gaps ${state}`
  const after = readCursor(list, cursor, 2)
  const { rows } =
    await sql<Row>`select g.id, g.words, g.staff_times as "staffTimes", g.public_times as "publicTimes", g.times,
      g.first_at as "firstAt", g.last_at as "lastAt", g.state, g.reason, s.name as "decidedBy",
      case when a.id is null then null else json_build_object('id', a.id, 'title', a.newest_title) end as article
    from article_gaps g left join articles a on a.id = g.article_id left join staff s on s.id = g.decided_by
    where g.state = ${state} ${after ? sql`and (g.times, g.id) < (${after[0]}::int, ${after[1]}::bigint)` : sql``}
    order by g.times desc, g.id desc limit ${limit + 1}`.execute(db)
  return pageOf(rows, limit, last => writeCursor(list, [last.times, last.id]))
}
