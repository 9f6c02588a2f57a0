import { refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import type { Kase } from './loading.ts'

/** Somebody who is mentioned follows the case and may see it. @throws Refusal `invalid` for ids of nobody */
export const mention = async (work: Work, kase: Kase, ids: number[]): Promise<void> => {
  if (ids.length === 0) return
  const known = await work.tx
    .selectFrom('staff')
    .select('id')
    .where('id', 'in', ids)
    .where('ended_at', 'is', null)
    .execute()
  if (known.length !== new Set(ids).size) refuseField('mentionIds', 'One of these is not a member of staff')
  await work.tx
    .insertInto('followers')
    .values(known.map(staff => ({ case_id: kase.id, staff_id: staff.id })))
    .onConflict(c => c.doNothing())
    .execute()
  const shared = [...new Set([...kase.shared_with, ...ids.map(String)])]
  await work.tx.updateTable('cases').set({ shared_with: shared }).where('id', '=', kase.id).execute()
}
