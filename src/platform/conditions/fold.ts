import { type RawBuilder, sql } from 'kysely'

/**
 * Text without its case, in SQL and in memory alike. Both sides apply Unicode's full lower-case mapping; two things
 * keep them from agreeing by themselves:
 * - a final sigma depends on its neighbours. Both sides write it as the ordinary one, which also lets a search for
 *   ΟΔΟΣ find it inside a longer word.
 * - PostgreSQL 18 knows Unicode 16, Node 24 knows Unicode 17. The 28 capitals that differ are left as they are.
 * A test compares every code point there is.
 */
export const foldSql = (text: RawBuilder<unknown>) => sql`translate(lower((${text}) collate pg_unicode_fast), 'ς', 'σ')`

const newerCapitals = /[\uA7CE\uA7D2\uA7D4\u{16EA0}-\u{16EB8}]/u

export function fold(text: string): string {
  const lower = newerCapitals.test(text)
    ? Array.from(text, letter => (newerCapitals.test(letter) ? letter : letter.toLowerCase())).join('')
    : text.toLowerCase()
  return lower.replaceAll('ς', 'σ')
}

/** A LIKE pattern that matches the text itself, as LIKE can be served by a trigram index and strpos cannot. */
export const literally = (text: string) => text.replace(/[\\%_]/g, '\\$&')
