import { sql } from 'kysely'
import { type Catalogue, columns, type Row } from '../../platform/conditions/index.ts'
import type { Reading } from '../../platform/work.ts'
import { rowBefore, type Told } from './before.ts'

/** A moment in the life of a case: the event it was, or that time had passed. */
export type Then = { eventId: number; caseId: number; at: Date } & Told

type Later = Told & { id: number; caseId: number; at: Date }

const changesOf = async ({ db }: Pick<Reading, 'db'>, caseIds: readonly number[]): Promise<Map<number, Later[]>> => {
  const { rows } =
    await sql<Later>`select e.id, e.subject_id as "caseId", e.at, e.type, e.data, e.before, e.after from events e
    where e.subject_kind = 'case' and e.subject_id = any(${[...caseIds]}::bigint[]) and e.type = 'case.changed'
    order by e.id desc`.execute(db)
  return Map.groupBy(rows, row => row.caseId)
}

const clocks = ['waitingSince', 'lastAt', 'solvedAt'] as const

/** What a later moment says of a case was not so yet; what is asked about those moments is then answered by "no". */
const asOf = (row: Record<string, unknown>, at: Date): Row => {
  const known = { ...row }
  for (const clock of clocks) if (known[clock] instanceof Date && known[clock] > at) known[clock] = null
  return known
}

/**
 * Cases as they were at moments of the past: as they are today, with every later change taken back by what the ledger
 * says it was before. What the ledger keeps no trace of, such as when it was last written in, is as today.
 * @returns for each moment the case right after it, in the order of the moments; null where the case is gone
 */
export const rowsThen = async (
  reading: Pick<Reading, 'db'>,
  fields: Catalogue,
  moments: readonly Then[],
): Promise<(Row | null)[]> => {
  const ids = [...new Set(moments.map(one => one.caseId))]
  if (ids.length === 0) return []
  const today = await reading.db
    .selectFrom('cases as c')
    .select(columns(fields))
    .select('c.id as caseId')
    .where('c.id', 'in', ids)
    .execute()
  const [byId, changes] = [new Map(today.map(row => [row.caseId, row as Row])), await changesOf(reading, ids)]
  return moments.map(({ caseId, eventId, at }) => {
    let row = byId.get(caseId) ?? null
    for (const change of changes.get(caseId) ?? []) {
      const later = eventId > 0 ? change.id > eventId : change.at > at
      if (row && later) row = rowBefore(row, change)
    }
    return row && asOf(row, at)
  })
}
