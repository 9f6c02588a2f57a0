import * as z from 'zod'
import type { Work } from '../../platform/work.ts'
import { answerCame } from './promising.ts'

/** Something was said in a conversation beside the customer's. */
export const SaidAside = z
  .object({
    subject: z.object({ id: z.number() }).loose(),
    data: z.object({ messageId: z.number(), conversationId: z.number() }).loose(),
  })
  .loose()
type SaidAside = z.infer<typeof SaidAside>

/** What a supplier answers by mail answers the referral: once, whatever they write after it. */
export const hearAnswer = async (work: Work, { subject, data }: SaidAside): Promise<void> => {
  const row = await work.tx
    .selectFrom('referrals')
    .selectAll()
    .where('conversation_id', '=', data.conversationId)
    .where('to_kind', '=', 'supplier')
    .where('state', '=', 'open')
    .forUpdate()
    .executeTakeFirst()
  if (!row) return
  const message = await work.tx
    .selectFrom('messages')
    .select(['text', 'automatic'])
    .where('id', '=', data.messageId)
    .executeTakeFirst()
  // An answer of a machine says that nobody is there.
  if (!message || message.automatic) return
  await work.tx
    .updateTable('referrals')
    .set({ state: 'answered', answer: message.text.slice(0, 2000), answered_at: work.now, version: row.version + 1 })
    .where('id', '=', row.id)
    .execute()
  await answerCame(work, row.promise_id)
  work.record({
    type: 'case.referral_answered',
    subject: { kind: 'case', id: subject.id },
    data: { referralId: row.id, answer: 'supplier', makerId: row.made_by },
  })
}
