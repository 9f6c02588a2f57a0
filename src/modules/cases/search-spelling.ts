import { sql } from 'kysely'
import type { Query } from '../../platform/search/query.ts'
import type { Reading, Work } from '../../platform/work.ts'

const worthLearning = sql`length(word) between 4 and 40 and word !~ '^[0-9]+$'`

/** Notes the words of the subjects of these cases, in an order that keeps two from waiting for each other. */
export const learnWords = async (work: Pick<Work, 'tx'>, caseIds: readonly number[]): Promise<void> => {
  await sql`insert into search_words select distinct word from cases c, regexp_split_to_table(folded(c.subject), '[^[:alnum:]]+') word
    where c.id = any(${[...caseIds]}::bigint[]) and ${worthLearning} order by word on conflict do nothing`.execute(
    work.tx,
  )
}

/** Below this two words are not the same one misspelt. */
const alike = 0.35

/**
 * The query with words that no subject has replaced by the most similar one of a subject, or null where there is nothing to
 * correct. Whoever shows what it finds must ask with the permissions of whoever asked: a word alone is no secret only
 * where it leads to something they may see.
 */
export const corrected = async ({ db }: Pick<Reading, 'db'>, query: Query): Promise<Query | null> => {
  const words = query.terms.filter(term => term.kind === 'word' && !term.negated && /^\p{L}{4,40}$/u.test(term.text))
  if (words.length === 0) return null
  const { rows } = await sql<{ word: string; better: string }>`select w.word, b.word as better
    from unnest(${words.map(term => term.text)}::text[]) w (word) cross join lateral (
      select s.word from search_words s where s.word % folded(w.word) and similarity(s.word, folded(w.word)) >= ${alike}
      order by similarity(s.word, folded(w.word)) desc, s.word limit 1) b where b.word <> folded(w.word)`.execute(db)
  if (rows.length === 0) return null
  const better = new Map(rows.map(row => [row.word, row.better]))
  return { ...query, terms: query.terms.map(term => ({ ...term, text: better.get(term.text) ?? term.text })) }
}
