import { sql } from 'kysely'
import { system } from '../../platform/permissions/actor.ts'
import type { Work } from '../../platform/work.ts'
import { askIfMet, lockCase, refreshDue } from '../cases/index.ts'
import { keepPromises, reopenPromises, withdrawPromises } from '../promises/index.ts'

type Row = {
  caseId: number
  promiseId: number | null
  outcome: string | null
  over: boolean
  solvedAt: Date | null
  /** They were asked, or have said it. */
  asked: boolean
  reachable: boolean
}

const requestsIn = async (work: Work, caseId: number): Promise<Row[]> => {
  const { rows } = await sql<Row>`select c.id as "caseId", r.promise_id as "promiseId", p.outcome,
      c.status in ('solved', 'closed') as over, c.solved_at as "solvedAt",
      c.need_met is not null or exists (select 1 from closing_checks k where k.case_id = c.id and k.asked_at >= c.solved_at) as asked,
      exists (select 1 from identities i where i.person_id = c.requester_id and i.kind = 'email' and i.undeliverable_at is null) as reachable
    from offer_requests r join cases own on own.id = r.case_id join cases c on c.id = coalesce(own.merged_into, own.id)
      left join promises p on p.id = r.promise_id where own.id = ${caseId} or own.merged_into = ${caseId} for update of r`.execute(
    work.tx,
  )
  return rows
}

/**
 * What a department settled is a promise kept, and the colleague is asked whether the need was met, as customers are.
 * One that was withdrawn is not needed any more; one that is open again is promised again.
 */
export const settle = async (work: Work, caseId: number, type: string): Promise<void> => {
  const rows = await requestsIn(work, caseId)
  if (rows.length === 0) return
  for (const { promiseId, over, outcome, solvedAt } of rows) {
    if (promiseId === null) continue
    if (over && outcome === null && type === 'case.withdrawn')
      await withdrawPromises(work, [{ id: promiseId, reason: 'customer_asked' }])
    else if (over && outcome === null)
      await keepPromises(work, [{ id: promiseId, ...(solvedAt ? { at: solvedAt } : {}) }])
    else if (!over && (outcome === 'kept' || outcome === 'late')) await reopenPromises(work, [promiseId])
  }
  await refreshDue(work, [caseId])
  const [row] = rows
  if (row?.over && !row.asked && row.reachable && type !== 'case.withdrawn')
    await askIfMet(work, await lockCase({ ...work, actor: system }, row.caseId))
}

type Changed = { type: string; subject: { id: number } }

/** The same for many cases at once: those in which nothing was requested, which are nearly all, are left out by one look. */
export const settleAll = async (work: Work, changed: readonly Changed[]): Promise<void> => {
  const { rows } = await sql<{
    id: number
  }>`select c.id from cases c where c.id = any(${changed.map(one => one.subject.id)}::bigint[])
    and exists (select 1 from offer_requests r where r.case_id = c.id or r.case_id in (select m.id from cases m where m.merged_into = c.id))`.execute(
    work.tx,
  )
  const ours = new Set(rows.map(row => row.id))
  for (const { type, subject } of changed) if (ours.has(subject.id)) await settle(work, subject.id, type)
}
