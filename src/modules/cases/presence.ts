import type { Work } from '../../platform/work.ts'
import { done } from '../../shared/contract.ts'
import { assertVisible } from './reading.ts'

/** Somebody is in a case while they were heard of within this time. */
export const presentMs = 45_000

const presentIn = async (work: Work, caseId: number) => {
  const there = await work.tx
    .selectFrom('case_presence as e')
    .innerJoin('staff as s', 's.id', 'e.staff_id')
    .select(['e.staff_id as staffId', 's.name', 'e.doing'])
    .where('e.case_id', '=', caseId)
    .where('e.at', '>', new Date(work.now.getTime() - presentMs))
    .execute()
  return there.map(one => ({ ...one, doing: one.doing as 'viewing' | 'writing' }))
}

/** Those who are in the same case see at once what changed there that is no event: who came, and who writes. */
export const nudgeOthers = async (
  work: Work,
  caseId: number,
  what: 'case.presence' | 'case.draft' | 'case.moved',
): Promise<void> => {
  for (const { staffId } of await presentIn(work, caseId))
    if (staffId !== work.actor.id) work.nudge(what, { kind: 'staff', id: staffId })
}

/** Notes that somebody looks at or writes in a case, and says who else does. */
export const notePresence = async (work: Work, input: { id: number; doing: 'viewing' | 'writing' | 'left' }) => {
  await assertVisible({ db: work.tx, actor: work.actor }, input.id)
  const staffId = work.actor.id as number
  const before = await presentIn(work, input.id)
  const others = before.filter(one => one.staffId !== staffId)
  const was = before.find(one => one.staffId === staffId)?.doing ?? 'left'
  if (was !== input.doing) for (const other of others) work.nudge('case.presence', { kind: 'staff', id: other.staffId })
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
  return { others }
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
