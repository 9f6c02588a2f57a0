import { sql } from 'kysely'
import * as z from 'zod'
import type { Work } from '../../platform/work.ts'

/** Channels whose answers go out by mail. */
const byMail = new Set(['email', 'web_form', 'portal', 'chat', 'api'])

export const goesByMail = (channel: string): boolean => byMail.has(channel)

/** A reply about to be written, as far as its way out depends on it. */
export type Leaving = { caseId: number; text: string; attachmentIds: readonly number[]; leavesAt: Date }

/**
 * How replies of a channel leave the house.
 * @returns the conversation the reply belongs to, or null where this case is not written to by this way: then the reply
 * is noted, as something said or posted
 * @throws Refusal when it could not go out now, and why
 */
export type Way = (work: Work, reply: Leaving) => Promise<{ conversationId: number } | null>

const ways = new Map<string, Way>()

/** Lets a module carry the replies of a channel out; it hears of each as `case.replied` with `sendAt`. */
export const replyBy = (channel: string, way: Way): void => void ways.set(channel, way)

/** What the job that carries a reply out reads of its event. */
export const repliedEvent = z.object({ data: z.object({ messageId: z.number() }).loose() }).loose()

/** When what an event of a case tells of goes out. @returns undefined where nothing does */
export const sendAtOf = (data: Record<string, unknown> | undefined): Date | undefined =>
  typeof data?.sendAt === 'string' ? new Date(data.sendAt) : undefined

/** Where a reply of this channel goes out, or null where it is answered by somebody speaking or writing a letter. */
export const wayOut = async (work: Work, channel: string, reply: Leaving) =>
  (await ways.get(channel)?.(work, reply)) ?? null

/** In this order only: what a provider tells late or twice takes nothing back. Failed gives way to better news. */
const steps = ['waiting', 'sending', 'sent', 'failed', 'delivered', 'read'] as const
export type Step = (typeof steps)[number]

/** Whether a message that stands at one step may go to another. */
export const isForward = (from: string, to: Step): boolean => {
  const at = (steps as readonly string[]).indexOf(from)
  return at >= 0 && at < steps.indexOf(to)
}

/** Moves a message that is carried out by a module forward. @returns false where it stood there or further already */
export const advanceDelivery = async (
  work: Work,
  messageId: number,
  to: Step,
  about: { reason?: string } = {},
): Promise<boolean> => {
  const before = steps.filter(step => isForward(step, to))
  const { rows } = await sql<{ case_id: number }>`update messages set delivery = ${to}
    where id = ${messageId} and delivery = any(${before}::text[]) returning case_id`.execute(work.tx)
  for (const { case_id } of rows) {
    const subject = { kind: 'case', id: case_id }
    if (to === 'failed') work.record({ type: 'case.delivery_failed', subject, data: { messageId, ...about } })
    else if (to !== 'sending') work.record({ type: 'case.delivered', subject, data: { messageId } })
  }
  return rows.length > 0
}

/** A message that could not be handed over yet waits again, and may be taken back meanwhile. */
export const holdDelivery = async (work: Work, messageId: number): Promise<void> => {
  await work.tx
    .updateTable('messages')
    .set({ delivery: 'waiting' })
    .where('id', '=', messageId)
    .where('delivery', '=', 'sending')
    .execute()
}

/** What became of outgoing messages. Failures are told on the timeline; success shows on the message itself. */
export const noteDelivery = async (
  work: Work,
  messageIds: number | readonly number[],
  delivery: 'sent' | 'kept' | 'failed' | 'bounced',
  about: { address?: string; reason?: string } = {},
): Promise<void> => {
  const { rows } = await sql<{ id: number; case_id: number }>`update messages set delivery = ${delivery}
    where id = any(${[messageIds].flat()}::bigint[]) and delivery is distinct from 'cancelled' returning id, case_id`.execute(
    work.tx,
  )
  const type =
    delivery === 'failed' ? 'case.delivery_failed' : delivery === 'bounced' ? 'case.bounced' : 'case.delivered'
  for (const { id, case_id } of rows)
    work.record({ type, subject: { kind: 'case', id: case_id }, data: { messageId: id, ...about } })
}
