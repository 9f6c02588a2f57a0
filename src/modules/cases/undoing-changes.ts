import { sql } from 'kysely'
import { notFound, Refusal } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { type Change, customBack, type Kept } from './changes.ts'
import { carryOut } from './changing.ts'
import { withdrawCheck } from './closing.ts'
import { isOpen, type Kase, lockCase } from './loading.ts'
import { visibleSql } from './policy.ts'
import { caseById } from './reading.ts'
import { urgentFrom } from './urgency.ts'

type Fields = Record<string, unknown>
type Changed = { at: Date; data: { undo: Kept }; before: Fields; after: Fields }

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

const named = { topic: 'topicId', product: 'productId', team: 'teamId', assignee: 'assigneeId' } as const
const columns = { topic: 'topic_id', product: 'product_id', team: 'team_id', assignee: 'assignee_id' } as const
const plain = ['subject', 'kind', 'status', 'stage', 'severity', 'confidential', 'needMet'] as const

const tagsBack = (now: readonly string[], before: readonly string[], after: readonly string[]): string[] => [
  ...now.filter(tag => before.includes(tag) || !after.includes(tag)),
  ...before.filter(tag => !after.includes(tag) && !now.includes(tag)),
]

/** What goes back: only what is still as the change left it. Tags go one by one, and so do fields of one's own. */
const backFrom = (kase: Kase, { before, after, data }: Changed): Omit<Change, 'id'> => {
  const { was, is } = data.undo
  const now: Fields = { ...kase, needMet: kase.need_met }
  const back: Fields = {}
  for (const field of plain) if (field in after && same(now[field], after[field])) back[field] = before[field]
  for (const field of ['topic', 'product', 'team', 'assignee'] as const)
    if (field in after && kase[columns[field]] === is[named[field]]) back[named[field]] = was[named[field]]
  if ('tags' in after) {
    const tags = tagsBack(kase.tags, before.tags as string[], after.tags as string[])
    if (!same(tags, kase.tags)) back.tags = tags
  }
  if ('custom' in after) {
    const custom = customBack(kase.custom, before.custom as Fields, after.custom as Fields)
    if (Object.keys(custom).length > 0) back.custom = custom
  }
  return back
}

/** The notice with the way back stands for ten seconds; a slow line gets some more. */
const ownSlipSeconds = 30

const isSeen = async ({ tx, actor }: Work, id: number): Promise<boolean> =>
  (await sql`select 1 from cases c where c.id = ${id} and ${visibleSql(actor)}`.execute(tx)).rows.length > 0

/** Handing a case over may take it out of one's own sight: whoever did so a moment ago may still take that back. */
const isOwnSlip = async ({ tx, actor, now }: Work, { id, version }: { id: number; version: number }) => {
  if (actor.kind !== 'staff') return false
  const { rows } =
    await sql`select 1 from events where subject_kind = 'case' and subject_id = ${id} and type = 'case.changed'
    and actor_kind in ('staff', 'token') and actor_id = ${actor.id} and (data -> 'undo' ->> 'version')::int = ${version}
    and at > ${new Date(now.getTime() - ownSlipSeconds * 1000)}`.execute(tx)
  return rows.length > 0
}

const nothingLeft = (): never => {
  throw new Refusal('conflict', 'There is nothing to take back: somebody has changed this since.')
}

/** Nobody waited anew because of a slip of the hand: since when somebody waits, and since when it is solved, stand again. */
const turnBack = async (work: Work, id: number, status: string, { was }: Kept): Promise<void> => {
  const kase = await lockCase(work, id, sql``, sql`true`)
  const waits = isOpen(status) && status !== 'waiting_customer'
  const waitingSince = waits ? (was.waitingSince ? new Date(was.waitingSince) : null) : null
  await sql`update cases set waiting_since = ${waitingSince}, urgent_from = ${urgentFrom({ ...kase, waitingSince })},
      solved_at = ${isOpen(status) ? null : was.solvedAt}::timestamptz, closed_at = ${isOpen(status) ? null : was.closedAt}::timestamptz,
      reopened = ${was.reopened} where id = ${kase.id}`.execute(work.tx)
}

/** The question that went with the change is not asked, or counts no more. */
const withdrawAsked = async (work: Work, caseId: number, at: Date): Promise<void> => {
  const asked = await work.tx
    .selectFrom('closing_checks')
    .select('id')
    .where('case_id', '=', caseId)
    .where('asked_at', '=', at)
    .where('answered_at', 'is', null)
    .execute()
  for (const { id } of asked) await withdrawCheck(work, caseId, id)
}

const heardSince = async (work: Work, caseId: number, at: Date): Promise<boolean> => {
  const { rows } =
    await sql`select 1 from messages where case_id = ${caseId} and direction <> 'note' and at > ${at} limit 1`.execute(
      work.tx,
    )
  return rows.length > 0
}

/**
 * Takes one change of a case back, whenever it was, as far as nobody has changed the same since.
 * @param input the version of the case that the change made
 * @throws Refusal `conflict` when there is nothing left of it, or it stays out of sight
 */
export const undoChange = async (work: Work, input: { id: number; version: number }) => {
  const unseen = !(await isSeen(work, input.id)) && (await isOwnSlip(work, input))
  const itself = sql`c.id = ${input.id} and c.merged_into is null`
  const kase = await lockCase(work, input.id, sql``, unseen ? itself : undefined)
  const { rows } = await sql<Changed>`select at, data, before, after from events where subject_kind = 'case'
    and subject_id = ${kase.id} and type = 'case.changed' and (data -> 'undo' ->> 'version')::int = ${input.version}`.execute(
    work.tx,
  )
  const changed = rows[0] ?? notFound('change')
  const back = backFrom(kase, changed)
  if (Object.keys(back).length === 0) nothingLeft()
  await carryOut(work, kase, { ...back, id: kase.id }, { undoes: input.version })
  if (back.status !== undefined) {
    await withdrawAsked(work, kase.id, changed.at)
    if (!(await heardSince(work, kase.id, changed.at))) await turnBack(work, kase.id, back.status, changed.data.undo)
  }
  // It must be one's own to see again: an answer to somebody else would be a way of reading it.
  if (unseen && !(await isSeen(work, kase.id))) nothingLeft()
  return caseById({ db: work.tx, actor: work.actor, now: work.now }, kase.id, sql<boolean>`true`)
}
