import { type RawBuilder, sql } from 'kysely'
import { Refusal } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { carryOut } from './changing.ts'
import { isOpen, lockCase } from './loading.ts'

/**
 * Gives an open case from one member of staff to another, as part of something larger.
 * @param within which cases; what the actor may see, where nothing is said
 * @throws Refusal `conflict` when it is closed, or somebody else has it by now
 */
export const giveCase = async (
  work: Work,
  { id, from, to }: { id: number; from: number; to: number },
  within?: RawBuilder<unknown>,
): Promise<void> => {
  const kase = await lockCase(work, id, sql``, within)
  if (!isOpen(kase.status)) throw new Refusal('conflict', 'This case is closed by now.')
  if (kase.assignee_id !== from) throw new Refusal('conflict', 'Somebody else has this case by now.')
  await carryOut(work, kase, { id: kase.id, assigneeId: to })
}
