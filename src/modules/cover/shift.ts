import { sql } from 'kysely'
import { refuseField } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import { handOver, visibleSql } from '../cases/index.ts'
import { awayAt } from './away.ts'

type Line = {
  caseId: number
  subject: string
  person: string
  status: string
  waitingSince: Date | null
  lastNote: string
  promise: { kind: string; title: string; dueAt: string } | null
}

/** My open cases, what is promised next in each on top. */
export const shiftOf = async ({ db, actor }: Reading): Promise<{ items: Line[] }> => {
  const { rows } =
    await sql<Line>`select c.id as "caseId", c.subject, p.name as person, c.status, c.waiting_since as "waitingSince",
      coalesce((select left(m.text, 400) from messages m where m.case_id = c.id and m.direction = 'note' order by m.id desc limit 1), '') as "lastNote",
      (select json_build_object('kind', o.kind, 'title', o.title, 'dueAt', o.due_at) from promises o where o.subject_kind = 'case' and o.subject_id = c.id
        and o.closed_at is null and o.due_at is not null order by o.due_at, o.id limit 1) as promise
    from cases c join people w on w.id = c.requester_id join people p on p.id = coalesce(w.merged_into, w.id)
    where c.assignee_id = ${actor.id} and c.status in ('new', 'open', 'waiting_customer', 'waiting_other') and ${visibleSql(actor)}
    order by c.due_at nulls last, c.urgent_from, c.id limit 300`.execute(db)
  return { items: rows }
}

type Shift = {
  toStaffId?: number | undefined
  toTeamId?: number | undefined
  items: { caseId: number; note: string }[]
}

const assertTakes = async (work: Work, toStaffId: number | undefined): Promise<void> => {
  if (toStaffId === undefined) return
  if (toStaffId === work.actor.id) refuseField('toStaffId', 'These are yours already')
  if ((await awayAt({ db: work.tx }, [toStaffId], work.now)).has(toStaffId))
    refuseField('toStaffId', 'They are away themselves. Choose somebody who is here, or a team.')
}

/**
 * Hands cases of one's own to a colleague or a team at the end of a shift: all of them, or none.
 * @throws Refusal naming `toStaffId`, `toTeamId` or the case that is not mine
 */
export const handShift = async (work: Work, { toStaffId, toTeamId, items }: Shift) => {
  await assertTakes(work, toStaffId)
  const ids = items.map(({ caseId }) => caseId)
  const { rows } = await sql<{
    id: number
  }>`select id from cases where id = any(${ids}::bigint[]) and assignee_id = ${work.actor.id}
    and merged_into is null order by id for update`.execute(work.tx)
  const mine = new Set(rows.map(({ id }) => id))
  const other = items.findIndex(({ caseId }, i) => !mine.has(caseId) || ids.indexOf(caseId) !== i)
  if (other >= 0) refuseField(`items[${other}].caseId`, 'This is not your case, or it stands here twice')
  for (const { caseId, note } of items)
    await handOver(work, { id: caseId, assigneeId: toStaffId, teamId: toTeamId, note: note.trim() })
  const subject = { kind: 'staff', id: work.actor.id as number }
  work.record({ type: 'staff.shift_handed', subject, data: { handed: items.length } })
  return { handed: items.length }
}
