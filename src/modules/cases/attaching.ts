import { sql } from 'kysely'
import { type Incoming, type Kept, keepFile, refuseBomb } from '../../platform/files/keeping.ts'
import { noteFile } from '../../platform/files/noting.ts'
import type { FileStore } from '../../platform/files/store.ts'
import type { Kernel } from '../../platform/kernel.ts'
import type { Actor } from '../../platform/permissions/actor.ts'
import { notFound, refuseField } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import { done } from '../../shared/contract.ts'
import { indexFiles } from './file-text.ts'
import { contentIdOf } from './formatting.ts'
import { visibleSql } from './policy.ts'

/** Notes a kept file; it belongs to the case, to a draft until that is sent, and to a message once that is written. */
export const insertAttachment = async (
  work: Work,
  kept: Kept,
  caseId: number | null,
  messageId: number | null,
  draftKind: 'reply' | 'note' | null = null,
) => {
  await noteFile(work, kept)
  const row = await work.tx
    .insertInto('attachments')
    .values({
      case_id: caseId,
      message_id: messageId,
      draft_kind: draftKind,
      staff_id: work.actor.kind === 'staff' ? work.actor.id : null,
      sha256: kept.sha256,
      name: kept.name,
      type: kept.type,
      size: kept.size,
      content_id: kept.contentId,
      inline: kept.inline,
      unscanned: kept.unscanned,
      at: work.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  if (caseId && messageId && !kept.inline) await indexFiles(work, [{ ...kept, id: row.id }], caseId)
  return {
    id: row.id,
    name: kept.name,
    type: kept.type,
    size: kept.size,
    inline: kept.inline,
    contentId: kept.contentId,
    url: `/api/attachments/${row.id}`,
  }
}

/**
 * Binds uploaded files to the message they were uploaded for.
 * @param inlineIds those that stand within the text, as pictures
 * @throws Refusal when one is not the writer's to use
 */
export const claimAttachments = async (
  work: Work,
  ids: number[],
  caseId: number,
  messageId: number,
  inlineIds: readonly number[] = [],
): Promise<void> => {
  const claimed = await work.tx
    .updateTable('attachments')
    .set({ case_id: caseId, message_id: messageId, draft_kind: null })
    .where('id', 'in', ids)
    .where('message_id', 'is', null)
    .where('staff_id', '=', work.actor.id)
    .where(({ or, eb }) => or([eb('case_id', 'is', null), eb('case_id', '=', caseId)]))
    .returning(['id', 'name', 'type'])
    .execute()
  if (claimed.length !== new Set(ids).size)
    refuseField('attachmentIds', 'One of these files is not there, or not yours to attach')
  const apart = claimed.filter(file => !inlineIds.includes(file.id))
  await indexFiles(work, apart, caseId)
  for (const id of inlineIds)
    await work.tx
      .updateTable('attachments')
      .set({ inline: true, content_id: contentIdOf(id) })
      .where('id', '=', id)
      .execute()
}

/** The attachment, if it was sent in a case that may be seen, or is the asker's own and not sent yet. */
export const attachmentById = async ({ db, actor }: Reading, id: number) => {
  const { rows } = await sql<{ sha256: string; name: string; type: string; size: number }>`
    select a.sha256, a.name, a.type, a.size from attachments a left join cases c on c.id = a.case_id
    where a.id = ${id} and (a.message_id is not null or a.staff_id = ${actor.id}) and (a.case_id is null or ${visibleSql(actor)})`.execute(
    db,
  )
  return rows[0] ?? notFound('attachment')
}

/** Removes a file that has not been sent. Only its writer can. @throws Refusal `not_found` when it is not theirs, or sent */
export const detach = async (work: Work, id: number) => {
  const removed = await work.tx
    .deleteFrom('attachments')
    .where('id', '=', id)
    .where('message_id', 'is', null)
    .where('staff_id', '=', work.actor.id)
    .returning('id')
    .execute()
  return removed.length > 0 ? done : notFound('attachment')
}

/**
 * Keeps an upload and notes it for what is being written in a case, for the case itself, or for one yet to be opened.
 * @throws Refusal `too_large` for more than 25 MB, or a picture of more than 50 megapixels, told by its header
 */
export const attach = async (
  kernel: Kernel,
  files: FileStore,
  actor: Actor,
  file: Incoming,
  place: { caseId: number | null; draftKind?: 'reply' | 'note' },
  cause: string,
) => {
  refuseBomb(file.content)
  const kept = await keepFile(files, file)
  return kernel.work(actor, work => insertAttachment(work, kept, place.caseId, null, place.draftKind), cause)
}
