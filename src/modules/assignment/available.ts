import { sql } from 'kysely'
import type { Reading } from '../../platform/work.ts'
import { awayAmong } from '../authority/index.ts'
import type { Needed } from './contract.ts'

type Db = Pick<Reading, 'db' | 'now'>

export type Free = { id: number; name: string; load: number; capacity: number; lastGivenAt: Date | null }

/** What one case weighs for whoever holds it. The same figures as `Workload.load` in the contract. */
export const weight = sql`case when c.snoozed_until is not null then 0 when c.status = 'waiting_customer' then 0.5
  when c.severity >= 4 then 2 else 1 end`

/** What somebody holds, weighed. @param staff the column that names them */
export const loadOf = (staff: string) => sql`(select coalesce(sum(${weight}), 0)::float8 from cases c
  where c.assignee_id = ${sql.ref(staff)} and c.status in ('new', 'open', 'waiting_customer', 'waiting_other') and c.merged_into is null)`

const usualCapacity = 15

/**
 * Who may be given work now: members of a team who handle cases, are not away, take cases by rule, have a place free and
 * can do what is needed. The one place where that is asked.
 * @param teamId whose members; null is everybody
 * @param confidential only those who may see what is: whoever is given a case sees it
 */
export const whoMayBeGiven = async (
  reading: Db,
  { teamId, skills, confidential }: { teamId: number | null; skills: readonly Needed[]; confidential: boolean },
): Promise<Free[]> => {
  const needed = JSON.stringify(skills)
  const { rows } = await sql<Free>`
    select s.id, s.name, coalesce(w.capacity, ${usualCapacity}) as capacity, w.last_given_at as "lastGivenAt", ${loadOf('s.id')} as load
    from staff s join roles r on r.id = s.role_id left join staff_work w on w.staff_id = s.id
    where s.ended_at is null and coalesce(w.accepts, true) and 'case.handle' = any(r.permissions) and r.visibility <> 'none'
      and (not ${confidential}::boolean or 'case.confidential' = any(r.permissions))
      and (${teamId}::bigint is null or exists (select 1 from team_members t where t.team_id = ${teamId} and t.staff_id = s.id))
      and not exists (select 1 from jsonb_to_recordset(${needed}::jsonb) as n("skillId" bigint, level int)
        where not exists (select 1 from staff_skills k where k.staff_id = s.id and k.skill_id = n."skillId" and k.level >= n.level))
    order by s.id`.execute(reading.db)
  const away = await awayAmong(
    reading,
    rows.map(one => one.id),
  )
  return rows.filter(one => !away.has(one.id) && one.load < one.capacity)
}
