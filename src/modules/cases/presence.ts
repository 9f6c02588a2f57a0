import type { Work } from '../../platform/work.ts'
import { done } from '../../shared/contract.ts'
import { assertVisible } from './reading.ts'

const staleMs = 45_000

/** Notes that somebody looks at or writes in a case, and says who else does. */
export const notePresence = async (work: Work, input: { id: number; doing: 'viewing' | 'writing' | 'left' }) => {
  await assertVisible({ db: work.tx, actor: work.actor }, input.id)
  const staffId = work.actor.id as number
  if (input.doing === 'left')
    await work.tx.deleteFrom('case_presence').where('case_id', '=', input.id).where('staff_id', '=', staffId).execute()
  else
    await work.tx
      .insertInto('case_presence')
      .values({ case_id: input.id, staff_id: staffId, doing: input.doing, at: work.now })
      .onConflict(conflict =>
        conflict.columns(['case_id', 'staff_id']).doUpdateSet({ doing: input.doing, at: work.now }),
      )
      .execute()
  const others = await work.tx
    .selectFrom('case_presence as e')
    .innerJoin('staff as s', 's.id', 'e.staff_id')
    .select(['e.staff_id as staffId', 's.name', 'e.doing'])
    .where('e.case_id', '=', input.id)
    .where('e.staff_id', '<>', staffId)
    .where('e.at', '>', new Date(work.now.getTime() - staleMs))
    .execute()
  return { others: others.map(other => ({ ...other, doing: other.doing as 'viewing' | 'writing' })) }
}

/** Notes up to where somebody has read: a small table of its own, so that reading never writes to the case. */
export const noteSeen = async (work: Work, input: { id: number; messageId: number }) => {
  await assertVisible({ db: work.tx, actor: work.actor }, input.id)
  await work.tx
    .insertInto('case_seen')
    .values({ staff_id: work.actor.id as number, case_id: input.id, message_id: input.messageId, at: work.now })
    .onConflict(conflict =>
      conflict
        .columns(['staff_id', 'case_id'])
        .doUpdateSet({ message_id: input.messageId, at: work.now })
        .where('case_seen.message_id', '<', input.messageId),
    )
    .execute()
  return done
}
