import { sql } from 'kysely'
import { staffIdOf } from '../../platform/permissions/actor.ts'
import { assertFresh, Refusal, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { keepPromises, makePromise, movePromises, withdrawPromises } from '../promises/index.ts'
import { assertContent } from './checking.ts'
import type { Content } from './contract-shapes.ts'
import { endOf, lockCode, openOf } from './loading.ts'
import { starters } from './starters.ts'

export const writerOf = (work: Work): number => {
  const id = staffIdOf(work.actor)
  if (id === null) throw new Refusal('forbidden', 'Codes of practice are written by members of staff.')
  return id
}

export const subject = (id: number) => ({ kind: 'code', id })

type Alert = { minutes: number; whom: ('handler' | 'team' | 'supervisor')[] }
/** The owner is told a week before, and when the day is over. */
const alerts: readonly Alert[] = [
  { minutes: -10_080, whom: ['handler'] },
  { minutes: 0, whom: ['handler'] },
]

type About = { id: number; name: string; ownerId: number; reviewOn: string | null }

/** The review date is a promise of the owner: made, moved or taken back as it changes. A day that is over promises nothing. */
const promiseReview = async (work: Work, { id, name, ownerId, reviewOn }: About): Promise<void> => {
  const open = await openOf(work, id, 'review')
  const due = reviewOn ? await endOf(work, reviewOn) : null
  const wanted = due !== null && due > work.now
  const moved = wanted ? open.find(one => one.byStaffId === ownerId) : undefined
  const gone = open.filter(one => one !== moved)
  if (gone.length > 0)
    await withdrawPromises(
      work,
      gone.map(one => ({ id: one.id, reason: 'no_longer_needed' as const })),
    )
  if (moved && due) await movePromises(work, new Map([[moved.id, { dueAt: due, why: 'another review date' }]]))
  else if (wanted && due)
    await makePromise(work, {
      kind: 'review',
      subject: subject(id),
      title: name,
      byStaffId: ownerId,
      dueAt: due,
      alerts,
    })
}

const assertOwner = async (work: Work, ownerId: number): Promise<void> => {
  const found = await work.tx
    .selectFrom('staff')
    .select('id')
    .where('id', '=', ownerId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (!found) refuseField('ownerId', 'There is no such member of staff, or they have left')
}

type Placing = { ownerId?: number | undefined; reviewOn?: string | null | undefined }

const insert = async (
  work: Work,
  content: Content,
  placing: Placing,
  starter: string | null,
): Promise<number | null> => {
  const ownerId = placing.ownerId ?? writerOf(work)
  const { rows } = await sql<{
    id: number
  }>`insert into codes (draft, name, level, owner_id, review_on, starter, updated_at)
    values (${JSON.stringify(content)}::jsonb, ${content.name}, ${content.level}, ${ownerId}, ${placing.reviewOn ?? null}, ${starter}, ${work.now})
    on conflict (starter) do nothing returning id`.execute(work.tx)
  const id = rows[0]?.id
  if (id === undefined) return null
  await promiseReview(work, { id, name: content.name, ownerId, reviewOn: placing.reviewOn ?? null })
  work.record({ type: 'code.drafted', subject: subject(id), data: { name: content.name } })
  return id
}

/** Begins a code as a draft. @throws Refusal naming the part that makes no sense */
export const addCode = async (work: Work, { ownerId, reviewOn, ...content }: Content & Placing): Promise<number> => {
  writerOf(work)
  await assertContent(work, content)
  if (ownerId !== undefined) await assertOwner(work, ownerId)
  return (await insert(work, content, { ownerId, reviewOn }, null)) as number
}

/** Adds the ready-made codes that are not there yet, as drafts of whoever asks. */
export const addStarters = async (work: Work): Promise<{ added: number }> => {
  writerOf(work)
  const made: (number | null)[] = []
  for (const { key, content } of starters) made.push(await insert(work, content, {}, key))
  return { added: made.filter(id => id !== null).length }
}

type Change = Placing & {
  id: number
  version?: number | undefined
  content?: Content | undefined
  archived?: boolean | undefined
}

/** Changes the draft and who answers for it; what is published stays. @throws Refusal `stale`, or naming the part */
export const changeCode = async (work: Work, input: Change): Promise<number> => {
  const before = await lockCode(work, input.id)
  assertFresh(before.version, input.version, 'code')
  const content = input.content ?? before.draft
  if (input.content) await assertContent(work, content)
  if (input.ownerId !== undefined) await assertOwner(work, input.ownerId)
  const ownerId = input.ownerId ?? before.owner_id
  const archived = input.archived ?? before.archived_at !== null
  const reviewOn = input.reviewOn === undefined ? before.review_on : input.reviewOn
  await sql`update codes set draft = ${JSON.stringify(content)}::jsonb, name = ${content.name}, level = ${content.level}, owner_id = ${ownerId},
    review_on = ${reviewOn}, archived_at = ${archived ? (before.archived_at ?? work.now) : null}, updated_at = ${work.now},
    version = version + 1 where id = ${before.id}`.execute(work.tx)
  const turned = archived !== (before.archived_at !== null)
  if (turned && archived) await withdrawOpen(work, before.id)
  if (turned || reviewOn !== before.review_on || ownerId !== before.owner_id)
    await promiseReview(work, { id: before.id, name: content.name, ownerId, reviewOn: archived ? null : reviewOn })
  const type = turned ? (archived ? 'code.archived' : 'code.restored') : 'code.changed'
  work.record({ type, subject: subject(before.id), data: { name: content.name } })
  return before.id
}

/** Whoever was still to read it need not any more. */
const withdrawOpen = async (work: Work, id: number): Promise<void> => {
  const open = await openOf(work, id, 'acknowledge')
  if (open.length > 0)
    await withdrawPromises(
      work,
      open.map(one => ({ id: one.id, reason: 'no_longer_needed' as const })),
    )
  await sql`update code_campaigns set ended_at = ${work.now} where code_id = ${id} and ended_at is null`.execute(
    work.tx,
  )
}

/** Publishes the draft as the next version. @throws Refusal `conflict` where nothing is new, or naming `clauses` */
export const publishCode = async (
  work: Work,
  { id, version, note }: { id: number; version?: number | undefined; note: string },
): Promise<number> => {
  const before = await lockCode(work, id)
  assertFresh(before.version, version, 'code')
  if (before.archived_at) throw new Refusal('conflict', 'This code is in the archive. Bring it back first.')
  if (before.draft.clauses.length === 0) refuseField('clauses', 'A code needs at least one clause')
  await assertContent(work, before.draft)
  const number = (before.published_version ?? 0) + 1
  const { numAffectedRows } =
    await sql`insert into code_versions (code_id, number, content, note, published_at, published_by)
    select ${id}, ${number}::int, c.draft, ${note}, ${work.now}::timestamptz, ${writerOf(work)}::bigint from codes c
    where c.id = ${id} and not exists (select 1 from code_versions v where v.code_id = c.id and v.number = c.published_version
      and v.content = c.draft)`.execute(work.tx)
  if (!numAffectedRows) throw new Refusal('conflict', 'Nothing has changed since it was published.')
  await withdrawOpen(work, id)
  await sql`update codes set published_version = ${number}, updated_at = ${work.now}, version = version + 1 where id = ${id}`.execute(
    work.tx,
  )
  work.record({ type: 'code.published', subject: subject(id), data: { name: before.draft.name, number, note } })
  return id
}

/** The code was looked through: the promise to do so is kept, and the next one made. */
export const noteReviewed = async (
  work: Work,
  { id, version, reviewOn }: { id: number; version?: number | undefined; reviewOn: string | null },
): Promise<number> => {
  const before = await lockCode(work, id)
  assertFresh(before.version, version, 'code')
  const open = await openOf(work, id, 'review')
  if (open.length > 0)
    await keepPromises(
      work,
      open.map(one => ({ id: one.id })),
    )
  await sql`update codes set review_on = ${reviewOn}, updated_at = ${work.now}, version = version + 1 where id = ${id}`.execute(
    work.tx,
  )
  await promiseReview(work, { id, name: before.draft.name, ownerId: before.owner_id, reviewOn })
  work.record({ type: 'code.reviewed', subject: subject(id), data: { name: before.draft.name } })
  return id
}
