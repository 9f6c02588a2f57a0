import { sql } from 'kysely'
import type { Work } from '../work.ts'
import { titleWords } from './documents.ts'

/**
 * What was indexed belongs to another record from now on, such as the messages of a case that was merged.
 * @param kind of the documents, e.g. `message`
 */
export const moveDocuments = async (
  work: Pick<Work, 'tx'>,
  kind: string,
  moved: readonly { id: number; scopeId: number }[],
): Promise<void> => {
  if (moved.length === 0) return
  await sql`update search_documents d set scope_id = m.scope
    from unnest(${moved.map(one => one.id)}::bigint[], ${moved.map(one => one.scopeId)}::bigint[]) m (id, scope)
    where d.kind = ${kind} and d.record_id = m.id`.execute(work.tx)
}

/**
 * Gives what was indexed another title; what it says stays.
 * @param kind of the documents, e.g. `message`; @param ids which of them, all in one language
 * @param config name of a PostgreSQL text search configuration, e.g. `english`
 */
export const retitleDocuments = async (
  work: Pick<Work, 'tx'>,
  kind: string,
  ids: readonly number[],
  { config, title }: { config: string; title: string },
): Promise<void> => {
  await sql`update search_documents set words = ${titleWords(config, title)} || ts_filter(words, '{b,c,d}')
    where kind = ${kind} and record_id = any(${[...ids]}::bigint[])`.execute(work.tx)
}
