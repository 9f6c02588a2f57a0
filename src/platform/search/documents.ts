import { type RawBuilder, sql } from 'kysely'
import type { Reading, Work } from '../work.ts'

/** Beyond this many characters a text is not indexed: PostgreSQL's limit for one document is 1 MB of words. */
const indexed = 100_000

/**
 * Remembers that texts of a language exist, so that queries are stemmed in it too: the statement that notes it, to stand
 * beside the one that adds the text. It writes once per language.
 * @param config name of a PostgreSQL text search configuration, e.g. `english`
 */
export const languageNoted = ({ now }: Pick<Work, 'now'>, config: string): RawBuilder<unknown> =>
  sql`insert into program_facts (name, value, at) select ${`search.${config}`}, '{}', ${now}::timestamptz
    where not exists (select from program_facts where name = ${`search.${config}`}) on conflict do nothing`

/**
 * A query stemmed in every language that texts were indexed in: a word matches in whichever it belongs to. Made once,
 * as a value: as calls inside the search it would be worked out again for each row that is looked at, and once more for
 * the plan, which then takes 4 ms.
 */
export const stemmedQuery = async ({ db }: Pick<Reading, 'db'>, tsquery: string): Promise<RawBuilder<unknown>> => {
  const { rows } = await sql<{ variant: string }>`
    select distinct to_tsquery(('rapport_' || config)::regconfig, ${tsquery})::text as variant from (
      select unnest(array['english', 'simple']) union select substr(name, 8) from program_facts where name like 'search.%') l (config)`.execute(
    db,
  )
  const variants = rows.map(row => row.variant).filter(variant => variant !== '')
  return sql`${variants
    .toSorted()
    .map(variant => `(${variant})`)
    .join(' | ')}::tsquery`
}

/** The words of a title as SQL: they count more than those of a text. */
export const titleWords = (config: string, title: string): RawBuilder<string> =>
  sql`setweight(to_tsvector(${sql.lit(`rapport_${config}`)}::regconfig, ${title.slice(0, 1000)}), 'A')`

/** The words of a text and its title as SQL. */
export const wordsOf = (config: string, title: string, body: string): RawBuilder<string> =>
  sql`${titleWords(config, title)} || to_tsvector(${sql.lit(`rapport_${config}`)}::regconfig, ${body.slice(0, indexed)})`

/** The words of a file's name, apart at every sign, as SQL: they count more than what it says and less than a title. */
export const nameWords = (name: string): RawBuilder<string> => {
  const words = name.slice(0, 500).replace(/[^\p{L}\p{N}]+/gu, ' ')
  return sql`setweight(to_tsvector('rapport_english', ${words}) || to_tsvector('rapport_simple', ${words}), 'B')`
}

/** The words of a long text as SQL. @param text at most 300,000 characters, which PostgreSQL's limit always allows */
export const textWords = (config: string, text: string): RawBuilder<string> =>
  sql`to_tsvector(${sql.lit(`rapport_${config}`)}::regconfig, ${text.slice(0, 300_000)})`
