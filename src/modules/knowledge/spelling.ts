import { type RawBuilder, sql } from 'kysely'
import type { Query } from '../../platform/search/query.ts'
import type { Reading } from '../../platform/work.ts'

/** Below this two words are not the same one misspelt: two letters that changed places in seven leave a third. */
const alike = 0.3

/**
 * The query with words that no title has replaced by the most similar one of a title, or null where there is nothing to
 * correct.
 * @param titles the titles of those articles alone that whoever asks may read, as a query with one column `title`
 */
export const correctedBy = async (
  { db }: Pick<Reading, 'db'>,
  query: Query,
  titles: RawBuilder<unknown>,
): Promise<Query | null> => {
  const words = query.terms.filter(term => term.kind !== 'phrase' && !term.negated && /^\p{L}{4,40}$/u.test(term.text))
  if (words.length === 0) return null
  const { rows } = await sql<{ word: string; better: string }>`
    with known as (select distinct word from (${titles}) n, regexp_split_to_table(folded(n.title), '[^[:alnum:]]+') word
      where length(word) between 4 and 40)
    select w.word, b.word as better from unnest(${words.map(term => term.text)}::text[]) w (word) cross join lateral (
      select k.word from known k where similarity(k.word, folded(w.word)) >= ${alike}
      order by similarity(k.word, folded(w.word)) desc, k.word limit 1) b where b.word <> folded(w.word)`.execute(db)
  if (rows.length === 0) return null
  const better = new Map(rows.map(row => [row.word, row.better]))
  return { ...query, terms: query.terms.map(term => ({ ...term, text: better.get(term.text) ?? term.text })) }
}
