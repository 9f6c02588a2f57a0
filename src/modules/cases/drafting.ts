import { sql } from 'kysely'
import type { Reading, Work } from '../../platform/work.ts'
import { assertVisible } from './reading.ts'

/** My drafts in a case, and who else is writing one; what others write stays theirs. */
export const draftsOf = async (reading: Reading, caseId: number) => {
  await assertVisible(reading, caseId)
  const rows = await reading.db
    .selectFrom('drafts as d')
    .innerJoin('staff as s', 's.id', 'd.staff_id')
    .select([
      'd.staff_id',
      's.name',
      'd.kind',
      'd.text',
      'd.seen_message_id as seenMessageId',
      'd.version',
      'd.updated_at as updatedAt',
    ])
    .where('d.case_id', '=', caseId)
    .execute()
  const typed = rows.map(row => ({ ...row, kind: row.kind as 'reply' | 'note' }))
  return {
    items: typed.filter(row => row.staff_id === reading.actor.id),
    others: typed
      .filter(row => row.staff_id !== reading.actor.id)
      .map(({ name, kind, updatedAt }) => ({ name, kind, updatedAt })),
  }
}

/** Keeps what somebody is writing. Not an event: nothing has happened yet. */
export const saveDraft = async (
  work: Work,
  input: { id: number; kind: 'reply' | 'note'; text: string; seenMessageId: number | null },
) => {
  await assertVisible({ db: work.tx, actor: work.actor }, input.id)
  const key = { case_id: input.id, staff_id: work.actor.id as number, kind: input.kind }
  if (input.text.trim() === '') {
    await work.tx
      .deleteFrom('drafts')
      .where('case_id', '=', key.case_id)
      .where('staff_id', '=', key.staff_id)
      .where('kind', '=', key.kind)
      .execute()
    return { saved: true, version: null }
  }
  const { version } = await work.tx
    .insertInto('drafts')
    .values({ ...key, text: input.text, seen_message_id: input.seenMessageId, updated_at: work.now })
    .onConflict(conflict =>
      conflict.columns(['case_id', 'staff_id', 'kind']).doUpdateSet({
        text: input.text,
        seen_message_id: input.seenMessageId,
        updated_at: work.now,
        version: sql<number>`drafts.version + 1`,
      }),
    )
    .returning('version')
    .executeTakeFirstOrThrow()
  return { saved: true, version }
}
