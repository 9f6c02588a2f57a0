import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import { lockCase } from './loading.ts'

/**
 * Keeps a case from members of staff whom it is about: they see nothing of it from now on, and work on it no more. Who
 * they are is not told in its history, which others read.
 */
export const hideFrom = async (work: Work, caseId: number, staffIds: readonly number[]): Promise<void> => {
  const kase = await lockCase(work, caseId)
  const ids = staffIds.map(String)
  const hidden = [...new Set([...kase.hidden_from, ...ids])]
  if (hidden.length === kase.hidden_from.length) return
  await work.tx
    .updateTable('cases')
    .set({
      hidden_from: hidden,
      shared_with: kase.shared_with.filter(id => !ids.includes(id)),
      ...(kase.assignee_id !== null && staffIds.includes(kase.assignee_id) ? { assignee_id: null } : {}),
      version: kase.version + 1,
    })
    .where('id', '=', kase.id)
    .execute()
  await sql`delete from followers where case_id = ${kase.id} and staff_id = any(${[...staffIds]}::bigint[])`.execute(
    work.tx,
  )
  work.record({ type: 'case.withheld', subject: { kind: 'case', id: kase.id } })
}
