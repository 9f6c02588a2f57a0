import { sql } from 'kysely'
import { assertFresh, notFound, refuseField } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import { done } from '../../shared/contract.ts'
import { awayAmong } from '../authority/index.ts'
import { loadOf } from './available.ts'
import type { Needed, Skill, Workload } from './contract.ts'

export const allSkills = async ({ db }: Pick<Reading, 'db'>) => ({
  items: (
    await sql<Skill>`select k.id, k.name, (select count(*)::int from staff_skills o join staff s on s.id = o.staff_id and s.ended_at is null
      where o.skill_id = k.id) as people from skills k where k.ended_at is null order by lower(k.name)`.execute(db)
  ).rows,
})

const assertNew = async (work: Work, name: string, except: number): Promise<void> => {
  const { rows } =
    await sql`select 1 from skills where lower(name) = lower(${name}) and ended_at is null and id <> ${except}`.execute(
      work.tx,
    )
  if (rows.length > 0) refuseField('name', 'There is a skill of this name')
}

export const addSkill = async (work: Work, { name }: { name: string }) => {
  await assertNew(work, name, 0)
  const { id } = await work.tx.insertInto('skills').values({ name }).returning('id').executeTakeFirstOrThrow()
  work.record({ type: 'skill.added', subject: { kind: 'skill', id }, data: { name } })
  return { id, name, people: 0 }
}

/** Renames or ends a skill. @throws Refusal `conflict` where a rule needs it */
export const changeSkill = async (
  work: Work,
  input: { id: number; name?: string | undefined; ended?: true | undefined },
) => {
  const before = await work.tx
    .selectFrom('skills')
    .selectAll()
    .where('id', '=', input.id)
    .where('ended_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!before) return notFound('skill')
  if (input.name) await assertNew(work, input.name, input.id)
  const asked = JSON.stringify([{ skillId: input.id }])
  const { rows } = await sql<{
    name: string
  }>`select name from assignment_rules where ended_at is null and skills @> ${asked}::jsonb limit 1`.execute(work.tx)
  if (input.ended && rows[0]) refuseField('ended', `The rule “${rows[0].name}” needs this skill`)
  await work.tx
    .updateTable('skills')
    .set({ name: input.name ?? before.name, ended_at: input.ended ? work.now : null })
    .where('id', '=', input.id)
    .execute()
  const type = input.ended ? 'skill.ended' : 'skill.changed'
  work.record({ type, subject: { kind: 'skill', id: input.id }, data: { name: input.name ?? before.name } })
  return done
}

type Row = Omit<Workload, 'away'>

const rowsOf = async ({ db, now }: Pick<Reading, 'db' | 'now'>, only: number | null): Promise<Workload[]> => {
  const { rows } =
    await sql<Row>`select s.id, s.name, coalesce(w.capacity, 15) as capacity, coalesce(w.accepts, true) as accepts, coalesce(w.version, 0) as version,
      ${loadOf('s.id')} as load, array(select t.name from team_members m join teams t on t.id = m.team_id where m.staff_id = s.id order by t.name) as teams,
      coalesce((select json_agg(json_build_object('skillId', k.skill_id, 'level', k.level) order by k.skill_id) from staff_skills k
        join skills l on l.id = k.skill_id and l.ended_at is null where k.staff_id = s.id), '[]') as skills
    from staff s join roles r on r.id = s.role_id left join staff_work w on w.staff_id = s.id
    where s.ended_at is null and 'case.handle' = any(r.permissions) and (${only}::bigint is null or s.id = ${only}) order by s.name, s.id`.execute(
      db,
    )
  const away = await awayAmong(
    { db, now },
    rows.map(one => one.id),
  )
  return rows.map(row => ({ ...row, away: away.has(row.id) }))
}

/** What everybody who handles cases can do, takes on and holds now. */
export const workloads = async (reading: Pick<Reading, 'db' | 'now'>) => ({ items: await rowsOf(reading, null) })

type Given = { id: number; capacity: number; accepts: boolean; skills: Needed[]; version?: number | undefined }

/** @throws Refusal naming `skills` for one that does not exist or is named twice */
export const setWorkload = async (work: Work, { id, capacity, accepts, skills, version }: Given) => {
  const [before] = await rowsOf({ db: work.tx, now: work.now }, id)
  if (!before) return notFound('member of staff')
  assertFresh(before.version, version, 'workload')
  const ids = skills.map(one => one.skillId)
  const known = (await allSkills({ db: work.tx })).items
  if (new Set(ids).size < ids.length || ids.some(one => !known.some(skill => skill.id === one)))
    refuseField('skills', 'Name each skill once, and only those that are declared')
  await sql`insert into staff_work (staff_id, capacity, accepts) values (${id}, ${capacity}, ${accepts})
    on conflict (staff_id) do update set capacity = excluded.capacity, accepts = excluded.accepts, version = staff_work.version + 1`.execute(
    work.tx,
  )
  await work.tx.deleteFrom('staff_skills').where('staff_id', '=', id).execute()
  await sql`insert into staff_skills (staff_id, skill_id, level)
    select ${id}, n."skillId", n.level from jsonb_to_recordset(${JSON.stringify(skills)}::jsonb) as n("skillId" bigint, level int)`.execute(
    work.tx,
  )
  work.record({
    type: 'staff.workload_set',
    subject: { kind: 'staff', id },
    data: { name: before.name },
    before: { capacity: before.capacity, accepts: before.accepts },
    after: { capacity, accepts },
  })
  return (await rowsOf({ db: work.tx, now: work.now }, id))[0] ?? notFound('member of staff')
}
