import { sql } from 'kysely'
import type { Reading, Work } from '../../platform/work.ts'
import { advanceDelivery, holdDelivery } from '../cases/index.ts'
import { sessionHash } from './uploading.ts'

/** A visitor counts as there while the window was heard of within this time. */
const hereMs = 60_000
/** An answer that nobody has seen after this time goes out by mail. */
const mailAfterMs = 45_000

/** The visitor's window was there just now. */
export const noteHere = async (work: Work, sessions: readonly string[]): Promise<void> => {
  if (sessions.length === 0) return
  await sql`update widget_talks set seen_at = ${work.now} where sha256 = any(${sessions.map(sessionHash)}::text[])`.execute(
    work.tx,
  )
}

/** Whether an answer may go to the visitor's window: they were there within the last minute. */
export const isHere = async ({ db, now }: Pick<Reading, 'db' | 'now'>, caseId: number) => {
  const since = new Date(now.getTime() - hereMs)
  const row = await db
    .selectFrom('widget_talks as t')
    .innerJoin('conversations as v', 'v.id', 't.conversation_id')
    .select('t.conversation_id as conversationId')
    .where('v.case_id', '=', caseId)
    .where('t.seen_at', '>', since)
    .orderBy('t.seen_at', 'desc')
    .executeTakeFirst()
  return row ?? null
}

/** An answer is on its way to the window. */
export const showReply = async (work: Work, messageId: number): Promise<void> => {
  await advanceDelivery(work, messageId, 'sending')
  work.enqueue({
    name: 'widget:mail_unseen',
    payload: { messageId },
    at: new Date(work.now.getTime() + mailAfterMs),
  })
}

/** Nobody saw the answer: the visitor has left, so it goes out by mail. */
export const mailUnseen = async (work: Work, messageId: number): Promise<void> => {
  const row = await work.tx.selectFrom('messages').select('delivery').where('id', '=', messageId).executeTakeFirst()
  if (row?.delivery !== 'sending') return
  await holdDelivery(work, messageId)
  work.enqueue({ name: 'channels:deliver', payload: { data: { messageId } } })
}
