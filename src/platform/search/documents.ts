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

/** The languages that texts were indexed in. */
export const languagesIndexed = async ({ db }: Pick<Reading, 'db'>): Promise<string[]> => {
  const rows = await db.selectFrom('program_facts').select('name').where('name', 'like', 'search.%').execute()
  return [...new Set(['english', 'simple', ...rows.map(row => row.name.slice('search.'.length))])]
}

/** The words of a text as SQL: a title counts more than a body. */
export const wordsOf = (config: string, title: string, body: string): RawBuilder<string> => {
  const name = sql.lit(`rapport_${config}`)
  return sql`setweight(to_tsvector(${name}::regconfig, ${title.slice(0, 1000)}), 'A') || to_tsvector(${name}::regconfig, ${body.slice(0, indexed)})`
}

/** A query stemmed in every language that texts were indexed in: a word matches in whichever it belongs to. */
export const queryOf = (configs: readonly string[], tsquery: string): RawBuilder<unknown> =>
  sql`(${sql.join(
    configs.map(config => sql`to_tsquery(${sql.lit(`rapport_${config}`)}::regconfig, ${tsquery})`),
    sql` || `,
  )})`
