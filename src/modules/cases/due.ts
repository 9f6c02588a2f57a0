import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import { urgentFrom, type Waiting } from './urgency.ts'

type Standing = Waiting & {
  id: number
  kind: string
  dueKind: string | null
  nextAt: Date | null
  nextKind: string | null
}

/**
 * Locks cases, and those that they were merged into. A statement of its own: one that both waits for a case and looks at
 * what belongs to it would see the case as it is after the wait, and the rest as it was before.
 */
export const lockCases = async (work: Work, ids: readonly number[]): Promise<number[]> => {
  const { rows } = await sql<{ id: number }>`select c.id from cases c
    where c.id in (select coalesce(merged_into, id) from cases where id = any(${[...ids]}::bigint[])) or c.id = any(${[...ids]}::bigint[])
    order by c.id for update`.execute(work.tx)
  return rows.map(({ id }) => id)
}

const standing = (work: Work, ids: readonly number[]) =>
  sql<Standing>`select c.id, c.kind, c.waiting_since as "waitingSince", c.severity, p.vulnerable, coalesce(y.urgency_minutes, 0) as "typeMinutes",
      c.due_at as "dueAt", c.due_kind as "dueKind", d.due_at as "nextAt", d.kind as "nextKind"
    from cases c join people p on p.id = c.requester_id left join customer_types y on y.id = p.type_id
    left join lateral (select o.due_at, o.kind from promises o where o.subject_kind = 'case' and o.closed_at is null and o.due_at is not null
        and (o.to_staff_id is null or o.to_person_id is not null)
        and o.subject_id in (select c.id union all select m.id from cases m where m.merged_into = c.id) order by o.due_at, o.id limit 1) d on true
    where c.id = any(${[...ids]}::bigint[]) order by c.id`.execute(work.tx)

/**
 * Notes on cases which promise to the customer is due next, and puts them where that belongs in the queue. What was
 * promised in a case that was merged into another counts there. Lists that show them are told.
 */
export const refreshDue = async (work: Work, ids: readonly number[]): Promise<void> => {
  if (ids.length === 0) return
  const { rows } = await standing(work, await lockCases(work, ids))
  const moved = rows.filter(row => row.dueAt?.getTime() !== row.nextAt?.getTime() || row.dueKind !== row.nextKind)
  if (moved.length === 0) return
  const next = moved.map(row => ({
    id: row.id,
    due: row.nextAt,
    kind: row.nextKind,
    urgent: urgentFrom({ ...row, dueAt: row.nextAt }),
  }))
  await sql`update cases c set due_at = n.due, due_kind = n.kind, urgent_from = n.urgent
    from jsonb_to_recordset(${JSON.stringify(next)}::jsonb) as n(id bigint, due timestamptz, kind text, urgent timestamptz) where c.id = n.id`.execute(
    work.tx,
  )
  for (const { id } of moved) work.nudge('case.due', { kind: 'case', id })
}
