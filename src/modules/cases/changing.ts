import { sql } from 'kysely'
import { assertFresh, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { done } from '../../shared/contract.ts'
import {
  assertCustom,
  assertMay,
  type Change,
  differences,
  keptOf,
  type Next,
  namesOf,
  nextOf,
  type Raw,
  rawOf,
  rawOfNext,
} from './changes.ts'
import { askIfMet } from './closing.ts'
import { authoriseClosing, type Decided } from './complaint-closing.ts'
import { isOpen, type Kase, lockCase } from './loading.ts'
import { promiseOnCase } from './promising.ts'
import { caseById } from './reading.ts'
import { undoSecondsOf } from './scheduling.ts'
import { indexSubject } from './search-subject.ts'
import { urgentFrom } from './urgency.ts'

/** Waiting ends with the case; a case that opens again by hand waits again. */
const waitingAfter = (work: Work, kase: Kase, status: string): Date | null => {
  if (!isOpen(status) || status === 'waiting_customer') return null
  if (!isOpen(kase.status)) return work.now
  return kase.waiting_since
}

const store = async (work: Work, kase: Kase, next: Next): Promise<void> => {
  const waiting = waitingAfter(work, kase, next.status)
  await work.tx
    .updateTable('cases')
    .set({
      subject: next.subject,
      kind: next.kind,
      status: next.status,
      stage: next.stage,
      topic_id: next.topic,
      product_id: next.product,
      severity: next.severity,
      team_id: next.team,
      assignee_id: next.assignee,
      confidential: next.confidential,
      tags: next.tags,
      custom: JSON.stringify(next.custom),
      need_met: next.needMet,
      waiting_since: waiting,
      urgent_from: urgentFrom({ ...kase, ...next, waitingSince: waiting }),
      solved_at: isOpen(next.status) ? null : (kase.solved_at ?? work.now),
      closed_at: next.status === 'closed' ? (kase.closed_at ?? work.now) : null,
      reopened: kase.reopened + (isOpen(next.status) && !isOpen(kase.status) ? 1 : 0),
      version: kase.version + 1,
    })
    .where('id', '=', kase.id)
    .execute()
}

/**
 * @param of what goes into the event beside the change
 * @param how whether somebody who may has decided it
 * @returns which fields changed, as they were and as they are, and by which version it can be taken back
 */
export const carryOut = async (
  work: Work,
  kase: Kase,
  input: Change,
  of: Record<string, unknown> = {},
  how: Decided = {},
): Promise<{ before: Raw; after: Raw; version: number | null }> => {
  assertMay(work, input)
  await assertCustom(work, input.custom)
  const next = nextOf(work, kase, input)
  await authoriseClosing(work, kase, next.status, how)
  const { fields, before, after } = differences(kase, next, await namesOf(work, kase, next))
  if (fields.length > 0) {
    await store(work, kase, next)
    if (next.subject !== kase.subject) await indexSubject(work, kase.id, next.subject)
    const given = next.assignee !== kase.assignee_id ? { assigneeId: next.assignee } : {}
    const data = { ...of, ...given, undo: keptOf(kase, next) }
    work.record({ type: 'case.changed', subject: { kind: 'case', id: kase.id }, data, before, after })
  }
  const [was, is] = [rawOf(kase), rawOfNext(next)]
  const changed = (Object.keys(was) as (keyof Raw)[]).filter(
    field => JSON.stringify(was[field]) !== JSON.stringify(is[field]),
  )
  const only = (record: Raw) => Object.fromEntries(changed.map(field => [field, record[field]])) as Raw
  return { before: only(was), after: only(is), version: fields.length > 0 ? kase.version + 1 : null }
}

/**
 * Changes one of many cases, by what it is now.
 * @returns the fields that changed, as they were and as they are
 */
export const applyChange = async (work: Work, id: number, change: (now: Raw) => Partial<Change>) => {
  const kase = await lockCase(work, id)
  return carryOut(work, kase, { ...change(rawOf(kase)), id: kase.id })
}

/** Whoever clicked may take it back for a moment; a program means what it says. */
const afterUndo = async (work: Work): Promise<Date | null> => {
  const seconds = await undoSecondsOf(work)
  return seconds > 0 ? new Date(work.now.getTime() + seconds * 1000) : null
}

/** Whoever solves a case may promise to look in again: does what was done still hold? */
const promiseCheckBack = async (work: Work, { id, status }: Change, withinMinutes: number): Promise<void> => {
  if (status !== 'solved') refuseField('checkBackMinutes', 'Only with a case that is being solved one checks back')
  await promiseOnCase(work, { id, kind: 'follow_up', title: 'Check back', withinMinutes, note: '' })
}

/**
 * Changes fields of a case and records each with what it was.
 * @throws Refusal `stale` with an old version, `forbidden` beyond the role, `invalid` naming the field
 */
export const changeCase = async (work: Work, input: Change, how: Decided = {}) => {
  const kase = await lockCase(work, input.id)
  assertFresh(kase.version, input.version, 'case')
  await carryOut(work, kase, input, {}, how)
  if (input.askIfMet) await askIfMet(work, kase, await afterUndo(work))
  if (input.checkBackMinutes) await promiseCheckBack(work, input, input.checkBackMinutes)
  // Handing a case to another team may take it out of one's own sight: the answer still shows what was done.
  return caseById({ db: work.tx, actor: work.actor, now: work.now }, kase.id, sql<boolean>`true`)
}

/** Follows a case or stops following it. */
export const follow = async (work: Work, input: { id: number; following: boolean }) => {
  const kase = await lockCase(work, input.id)
  const row = { case_id: kase.id, staff_id: work.actor.id as number }
  if (input.following)
    await work.tx
      .insertInto('followers')
      .values(row)
      .onConflict(c => c.doNothing())
      .execute()
  else
    await work.tx
      .deleteFrom('followers')
      .where('case_id', '=', row.case_id)
      .where('staff_id', '=', row.staff_id)
      .execute()
  work.record({ type: input.following ? 'case.followed' : 'case.unfollowed', subject: { kind: 'case', id: kase.id } })
  return done
}
