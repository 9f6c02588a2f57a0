import { sql } from 'kysely'
import { notFound, Refusal } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { withdrawCheck } from './closing.ts'
import { type Form, joinedForms } from './draft-moving.ts'
import { forgetFiles } from './file-text.ts'
import { editable } from './formatting.ts'
import { isOpen, type Kase, lockCase } from './loading.ts'
import { urgentFrom } from './urgency.ts'

/** Where a case was before a reply; the event of the reply keeps it. */
export type Before = {
  statusBefore?: string
  waitingBefore?: string | null
  first?: boolean
  needMetBefore?: string | null
  /** The question to the customer that goes out after the reply. */
  checkId?: number
}

/** What the reply had changed, for the ledger: how it was until now, and how it is again. */
type Restored = { before: Record<string, unknown>; after: Record<string, unknown> }

/**
 * Puts the case back to where it was before a reply: the event of the reply says where that was. What the customer wrote
 * since stands: they still wait, and the case stays open.
 */
const restore = async (work: Work, kase: Kase, messageId: number): Promise<Restored> => {
  const { rows } = await sql<{
    data: Before
  }>`select data from events where subject_kind = 'case' and subject_id = ${kase.id}
    and type in ('case.replied', 'case.wrote_aside') and (data ->> 'messageId')::bigint = ${messageId}`.execute(work.tx)
  const { statusBefore = 'open', waitingBefore = null, first = false, needMetBefore, checkId } = rows[0]?.data ?? {}
  const status = kase.waiting_since ? kase.status : statusBefore
  const waitingSince = waitingBefore ? new Date(waitingBefore) : kase.waiting_since
  const urgent_from = urgentFrom({ ...kase, waitingSince })
  await work.tx
    .updateTable('cases')
    .set({
      status,
      waiting_since: waitingSince,
      urgent_from,
      version: kase.version + 1,
      ...(first ? { first_reply_at: null } : {}),
      ...(needMetBefore === undefined ? {} : { need_met: needMetBefore }),
      ...(isOpen(status) ? { solved_at: null } : {}),
    })
    .where('id', '=', kase.id)
    .execute()
  if (checkId) await withdrawCheck(work, kase.id, checkId)
  const moved = status !== kase.status
  const unmet = needMetBefore !== undefined && needMetBefore !== kase.need_met
  return {
    before: { ...(moved ? { status: kase.status } : {}), ...(unmet ? { needMet: kase.need_met } : {}) },
    after: { ...(moved ? { status } : {}), ...(unmet ? { needMet: needMetBefore } : {}) },
  }
}

/** Files of a reply that was taken back belong to the draft again. */
const freeAttachments = async (work: Work, messageId: number) => {
  const freed = await work.tx
    .updateTable('attachments')
    .set({ message_id: null, staff_id: work.actor.id, draft_kind: 'reply' })
    .where('message_id', '=', messageId)
    .returning(['id', 'name', 'type', 'size', 'inline', 'content_id as contentId'])
    .execute()
  const ids = freed.map(file => file.id)
  await forgetFiles(work, ids)
  return freed.map(file => ({ ...file, url: `/api/attachments/${file.id}` })).toSorted((a, b) => a.id - b.id)
}

/** The reply is the draft again, with the pictures in it. */
const draftAgain = async (work: Work, kase: Kase, message: Form) => {
  const key = { case_id: kase.id, staff_id: work.actor.id as number, kind: 'reply' }
  const since = await work.tx
    .selectFrom('drafts')
    .select(['text', 'html'])
    .where('case_id', '=', key.case_id)
    .where('staff_id', '=', key.staff_id)
    .where('kind', '=', 'reply')
    .forUpdate()
    .executeTakeFirst()
  const taken = { text: message.text, html: message.html === null ? null : editable(message.html) }
  // What was taken back comes first; whatever has been written since follows.
  const form = { ...joinedForms(taken, since), updated_at: work.now }
  return work.tx
    .insertInto('drafts')
    .values({ ...key, ...form, seen_message_id: kase.last_message_id })
    .onConflict(conflict =>
      conflict.columns(['case_id', 'staff_id', 'kind']).doUpdateSet(({ ref }) => ({
        ...form,
        version: sql<number>`${ref('drafts.version')} + 1`,
      })),
    )
    .returning(['kind', 'text', 'html', 'seen_message_id as seenMessageId', 'version', 'updated_at as updatedAt'])
    .executeTakeFirstOrThrow()
}

/**
 * Takes back a reply that has not gone out: it is marked, never removed; its text becomes the draft again and its files
 * are handed back.
 * @throws Refusal `conflict` when it has gone out, or is somebody else's
 */
export const undoMessage = async (work: Work, messageId: number) => {
  const found = await work.tx.selectFrom('messages').select(['case_id']).where('id', '=', messageId).executeTakeFirst()
  const kase = await lockCase(work, found?.case_id ?? notFound('message'))
  const message = await work.tx
    .updateTable('messages')
    .set({ delivery: 'cancelled' })
    .where('id', '=', messageId)
    .where('delivery', '=', 'waiting')
    .where('staff_id', '=', work.actor.id)
    .returning(['text', 'html'])
    .executeTakeFirst()
  if (!message) throw new Refusal('conflict', 'This has gone out already, or is not yours to take back.')
  const restored = await restore(work, kase, messageId)
  const attachments = await freeAttachments(work, messageId)
  work.record({ type: 'case.reply_undone', subject: { kind: 'case', id: kase.id }, data: { messageId }, ...restored })
  const kept = await draftAgain(work, kase, message)
  return { ...kept, kind: 'reply' as const, attachments }
}
