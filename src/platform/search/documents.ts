import { type RawBuilder, sql } from 'kysely'
import type { Reading, Work } from '../work.ts'

/** Beyond this many characters a text is not indexed: PostgreSQL's limit for one document is 1 MB of words. */
const indexed = 100_000

const seen = new Set<string>()

/**
 * Remembers that texts of a language exist, so that queries are stemmed in it too. One write per language and process.
 * @param config name of a PostgreSQL text search configuration, e.g. `english`
 */
export const rememberLanguage = async (work: Work, config: string): Promise<void> => {
  if (seen.has(config)) return
  await sql`insert into program_facts (name, value, at) values (${`search.${config}`}, '{}', ${work.now}) on conflict do nothing`.execute(
    work.tx,
  )
  seen.add(config)
}

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
