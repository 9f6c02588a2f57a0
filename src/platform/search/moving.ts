import { sql } from 'kysely'
import type { Work } from '../work.ts'

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
