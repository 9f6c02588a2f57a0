import { Refusal, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { done } from '../../shared/contract.ts'
import { lockCase } from './loading.ts'

/** How long one may take back what one sent, unless one chose otherwise. */
export const defaultUndoSeconds = 10

/** How long the one who acts may take back what goes out; a program not at all. */
export const undoSecondsOf = async (work: Work): Promise<number> => {
  const { actor } = work
  if (actor.kind !== 'staff' || actor.tokenId) return 0
  const row = await work.tx.selectFrom('staff').select('preferences').where('id', '=', actor.id).executeTakeFirst()
  const chosen = (row?.preferences as { undoSeconds?: number } | undefined)?.undoSeconds
  return chosen ?? defaultUndoSeconds
}

const furthestMs = 366 * 86_400_000

/**
 * When a reply goes out: at the moment its writer chose, or once it can no longer be taken back.
 * @throws Refusal naming the field when the moment is past or more than a year away
 */
export const leavesAt = (work: Work, chosen: string | undefined, undoSeconds: number): Date => {
  if (!chosen) return new Date(work.now.getTime() + undoSeconds * 1000)
  const at = new Date(chosen)
  if (at <= work.now) refuseField('sendAt', 'This moment is past already')
  if (at.getTime() - work.now.getTime() > furthestMs) refuseField('sendAt', 'At most a year ahead')
  return at
}

/** The first answer to a customer counts from when it reaches them, not from when it was written. */
export const noteLaterFirst = async (work: Work, caseId: number, at: Date): Promise<void> => {
  await work.tx
    .updateTable('cases')
    .set({ first_reply_at: at })
    .where('id', '=', caseId)
    .where('first_reply_at', '=', work.now)
    .execute()
}

/**
 * Sends a reply that waits for its moment now.
 * @throws Refusal `conflict` when it has gone out, was taken back, or is somebody else's
 */
export const sendNow = async (work: Work, messageId: number) => {
  const found = await work.tx.selectFrom('messages').select('case_id').where('id', '=', messageId).executeTakeFirst()
  const kase = await lockCase(work, found?.case_id ?? 0)
  const message = await work.tx
    .updateTable('messages')
    .set({ send_at: work.now })
    .where('id', '=', messageId)
    .where('delivery', '=', 'waiting')
    .where('channel', '=', 'email')
    .where('staff_id', '=', work.actor.id)
    .where('send_at', '>', work.now)
    .returning('channel')
    .executeTakeFirst()
  if (!message) throw new Refusal('conflict', 'This has gone out already, or is not yours to send.')
  work.record({
    type: 'case.reply_hastened',
    subject: { kind: 'case', id: kase.id },
    data: { messageId, channel: message.channel },
  })
  return done
}
