import { sql } from 'kysely'
import type * as z from 'zod'
import type { Reading, Work } from '../../platform/work.ts'
import type { Draft } from './contract.ts'
import { lateForm } from './draft-moving.ts'
import { nudgeOthers } from './presence.ts'
import { assertVisible } from './reading.ts'
import { keepVersion } from './versions.ts'

type Mine = Omit<z.output<typeof Draft>, 'updatedAt'> & { updatedAt: Date }

/** My drafts: text, files, or both. A draft of files alone has version 0. */
const mineIn = async ({ db, actor }: Reading, caseId: number): Promise<Mine[]> =>
  (
    await sql<Mine>`select k.kind, coalesce(d.text, '') as text, d.html, d.seen_message_id as "seenMessageId",
      coalesce(d.version, 0) as version, coalesce(d.updated_at, f.at) as "updatedAt", coalesce(f.files, '[]') as attachments
    from (values ('reply'), ('note')) k (kind)
    left join drafts d on d.case_id = ${caseId} and d.staff_id = ${actor.id} and d.kind = k.kind
    left join lateral (select max(a.at) as at, json_agg(json_build_object('id', a.id, 'name', a.name, 'type', a.type,
        'size', a.size, 'inline', a.inline, 'contentId', a.content_id, 'url', '/api/attachments/' || a.id) order by a.id) as files
      from attachments a where a.case_id = ${caseId} and a.staff_id = ${actor.id} and a.message_id is null
        and a.draft_kind = k.kind) f on true
    where d.case_id is not null or f.files is not null`.execute(db)
  ).rows

/** My drafts in a case, and who else is writing one; what others write stays theirs. */
export const draftsOf = async (reading: Reading, asked: number) => {
  const { id } = await assertVisible(reading, asked)
  const others = await reading.db
    .selectFrom('drafts as d')
    .innerJoin('staff as s', 's.id', 'd.staff_id')
    .select(['s.name', 'd.kind', 'd.updated_at as updatedAt'])
    .where('d.case_id', '=', id)
    .where('d.staff_id', 'is distinct from', reading.actor.id)
    .execute()
  return {
    items: await mineIn(reading, id),
    others: others.map(other => ({ ...other, kind: other.kind as 'reply' | 'note' })),
  }
}

type Key = { case_id: number; staff_id: number; kind: 'reply' | 'note' }

const draftAt = (work: Work, key: Key) =>
  work.tx
    .selectFrom('drafts')
    .select(['text', 'html'])
    .where('case_id', '=', key.case_id)
    .where('staff_id', '=', key.staff_id)
    .where('kind', '=', key.kind)
    .forUpdate()
    .executeTakeFirst()

/** Keeps what somebody is writing. Not an event: nothing has happened yet. */
export const saveDraft = async (
  work: Work,
  input: { id: number; kind: 'reply' | 'note'; text: string; html: string | null; seenMessageId: number | null },
) => {
  const { id } = await assertVisible({ db: work.tx, actor: work.actor }, input.id)
  const key = { case_id: id, staff_id: work.actor.id as number, kind: input.kind }
  const there = id === input.id ? undefined : await draftAt(work, key)
  // A window that still shows the case that was merged away knows nothing of what is written here.
  const { text, html } = there ? lateForm(there, input) : input
  await keepVersion(work, key, text)
  if (text.trim() === '') {
    await work.tx
      .deleteFrom('drafts')
      .where('case_id', '=', key.case_id)
      .where('staff_id', '=', key.staff_id)
      .where('kind', '=', key.kind)
      .execute()
    await nudgeOthers(work, id, 'case.draft')
    return { saved: true, version: null }
  }
  const { version } = await work.tx
    .insertInto('drafts')
    .values({ ...key, text, html, seen_message_id: input.seenMessageId, updated_at: work.now })
    .onConflict(conflict =>
      conflict.columns(['case_id', 'staff_id', 'kind']).doUpdateSet({
        text,
        html,
        seen_message_id: input.seenMessageId,
        updated_at: work.now,
        version: sql<number>`drafts.version + 1`,
      }),
    )
    .returning('version')
    .executeTakeFirstOrThrow()
  if (version === 1) await nudgeOthers(work, id, 'case.draft')
  return { saved: true, version }
}
