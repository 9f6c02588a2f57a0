import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'

/** Cases that may need somebody: each is looked at in a job of its own, where there is any rule by which to give it. */
export const seek = async (work: Work, caseIds: readonly number[]): Promise<void> => {
  const { rows } = await sql<{
    any: boolean
  }>`select exists (select 1 from assignment_rules where ended_at is null and enabled) as any`.execute(work.tx)
  if (!rows[0]?.any) return
  for (const id of new Set(caseIds))
    work.enqueue({ name: 'assignment:give', payload: { subject: { id } }, key: `give:${id}` })
}

/** Somebody may have room again: those that wait are tried once, however many cases were changed at the same time. */
export const makeRoom = async (work: Work): Promise<void> => {
  const { rows } = await sql<{ any: boolean }>`select exists (select 1 from assignment_waiting) as any`.execute(work.tx)
  if (rows[0]?.any) work.enqueue({ name: 'assignment:catch_up', payload: {}, key: 'assignment:catch_up' })
}
