import { sql } from 'kysely'
import type { Reading } from '../../platform/work.ts'
import { visibleSql } from '../cases/index.ts'
import type { AbsenceKind } from './contract.ts'

type Named = { id: number; name: string }
type Row = {
  staff: Named
  role: string
  teams: string[]
  open: number
  waiting: number
  due: number
  appointments: number
  absence: {
    id: number | null
    kind: AbsenceKind | null
    startsAt: string
    endsAt: string | null
    cover: Named | null
    handedOver: boolean
  } | null
  nextAwayAt: Date | null
}

/** Who is here and who is away, with what they hold as far as one may see it. Those who are away stand on top. */
export const whoIsHere = async ({ db, actor, now }: Reading): Promise<{ items: Row[] }> => {
  const soon = new Date(now.getTime() + 86_400_000)
  const tells = actor.permissions.has('cover.edit')
  const mine = sql`(${tells}::boolean or a.staff_id = ${actor.id})`
  const { rows } =
    await sql<Row>`with held as (select c.assignee_id as id, count(*)::int as open, count(c.waiting_since)::int as waiting,
        count(*) filter (where c.due_at < ${soon})::int as due from cases c where c.assignee_id is not null
        and c.status in ('new', 'open', 'waiting_customer', 'waiting_other') and ${visibleSql(actor)} group by 1),
      booked as (select r.staff_id as id, count(*)::int as n from bookings b join booking_resources k on k.booking_id = b.id and k.active
        join resources r on r.id = k.resource_id where b.state = 'booked' and b.starts_at >= ${now} and b.starts_at < ${soon} group by 1)
    select json_build_object('id', s.id, 'name', s.name) as staff, o.name as role,
      array(select t.name from team_members m join teams t on t.id = m.team_id and t.ended_at is null where m.staff_id = s.id order by t.name) as teams,
      coalesce(h.open, 0) as open, coalesce(h.waiting, 0) as waiting, coalesce(h.due, 0) as due, coalesce(b.n, 0) as appointments,
      case when a.id is not null then json_build_object('id', case when ${mine} then a.id end, 'kind', case when ${mine} then a.kind end,
        'startsAt', a.from_at, 'endsAt', a.until_at, 'cover', case when v.id is not null then json_build_object('id', v.id, 'name', v.name) end,
        'handedOver', exists (select 1 from handovers h where h.absence_id = a.id and h.returned_at is null)) end as absence,
      (select min(n.from_at) from absences n where n.staff_id = s.id and n.cancelled_at is null and n.from_at > ${now}) as "nextAwayAt"
    from staff s join roles o on o.id = s.role_id left join held h on h.id = s.id left join booked b on b.id = s.id
      left join absences a on a.staff_id = s.id and a.cancelled_at is null and a.from_at <= ${now} and (a.until_at is null or a.until_at > ${now})
      left join staff v on v.id = a.cover_id
    where s.ended_at is null and 'case.read' = any(o.permissions) order by a.id is null, s.name, s.id limit 1000`.execute(
      db,
    )
  return { items: rows }
}
