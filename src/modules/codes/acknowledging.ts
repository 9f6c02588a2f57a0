import { sql } from 'kysely'
import { staffIdOf } from '../../platform/permissions/actor.ts'
import { Refusal, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { keepPromises, makePromises } from '../promises/index.ts'
import { endOf, type Locked, lockCode, todayOf } from './loading.ts'
import { subject, writerOf } from './writing.ts'

type Alert = { minutes: number; whom: ('handler' | 'team' | 'supervisor')[] }
/** Reminded three days before, on the day before, and when the day is over. */
const alerts: readonly Alert[] = [
  { minutes: -4320, whom: ['handler'] },
  { minutes: -1440, whom: ['handler'] },
  { minutes: 0, whom: ['handler'] },
]

type Campaign = { id: number; dueOn: string; roleIds: number[]; teamIds: number[] }

const publishedOf = ({ published_version: number, archived_at }: Locked): number => {
  if (number === null || archived_at) throw new Refusal('conflict', 'Only a published code is read. Publish it first.')
  return number
}

const assertThere = async (work: Work, { roleIds, teamIds }: Campaign): Promise<void> => {
  const { rows } = await sql<{ role: number | null; team: number | null }>`select
    (select x from unnest(${roleIds}::bigint[]) x where not exists (select 1 from roles where id = x) limit 1) as role,
    (select x from unnest(${teamIds}::bigint[]) x where not exists (select 1 from teams where id = x) limit 1) as team`.execute(
    work.tx,
  )
  if (rows[0]?.role != null) refuseField('roleIds', 'There is no such role')
  if (rows[0]?.team != null) refuseField('teamIds', 'There is no such team')
}

/** Staff of some roles or teams, everybody where neither is named: who may read codes and has not read this version. */
const audience = async (work: Work, id: number, number: number, { roleIds, teamIds }: Campaign): Promise<number[]> => {
  const everybody = roleIds.length + teamIds.length === 0
  const { rows } = await sql<{ id: number }>`select s.id from staff s join roles r on r.id = s.role_id
    where s.ended_at is null and 'knowledge.read' = any(r.permissions)
      and (${everybody} or s.role_id = any(${roleIds}::bigint[])
        or exists (select 1 from team_members t where t.staff_id = s.id and t.team_id = any(${teamIds}::bigint[])))
      and not exists (select 1 from code_readings x where x.code_id = ${id} and x.number = ${number} and x.staff_id = s.id
        and (x.read_at is not null or x.promise_id is not null))
    order by s.id`.execute(work.tx)
  return rows.map(row => row.id)
}

/**
 * Asks staff to read what is published by a day, each with a promise. Whoever has read it or was asked already is not
 * asked again, so that beginning it once more asks those who came since.
 * @throws Refusal `conflict` where nothing is published, or naming `dueOn`, `roleIds`, `teamIds`
 */
export const startCampaign = async (work: Work, input: Campaign): Promise<{ asked: number }> => {
  const code = await lockCode(work, input.id)
  const number = publishedOf(code)
  if (input.dueOn < (await todayOf({ db: work.tx, now: work.now })))
    refuseField('dueOn', 'That day is over. Give people time to read it.')
  await assertThere(work, input)
  const staff = await audience(work, code.id, number, input)
  if (staff.length === 0) return { asked: 0 }
  const dueAt = await endOf(work, input.dueOn)
  if (dueAt <= work.now) refuseField('dueOn', 'That day is over. Give people time to read it.')
  const { rows } = await sql<{
    id: number
  }>`insert into code_campaigns (code_id, number, due_on, role_ids, team_ids, started_at, started_by)
    values (${code.id}, ${number}, ${input.dueOn}::date, ${input.roleIds}::bigint[], ${input.teamIds}::bigint[], ${work.now}, ${writerOf(work)})
    returning id`.execute(work.tx)
  const title = code.draft.name
  const promises = await makePromises(
    work,
    staff.map(byStaffId => ({
      kind: 'acknowledge' as const,
      subject: subject(code.id),
      title,
      byStaffId,
      dueAt,
      alerts,
    })),
  )
  await sql`insert into code_readings (code_id, number, staff_id, campaign_id, asked_at, promise_id)
    select ${code.id}, ${number}, x.staff, ${rows[0]?.id ?? 0}, ${work.now}, x.promise
    from unnest(${staff}::bigint[], ${promises}::bigint[]) as x(staff, promise)`.execute(work.tx)
  work.record({
    type: 'code.campaign_started',
    subject: subject(code.id),
    data: { name: title, count: staff.length, dueOn: input.dueOn, staffIds: staff },
  })
  return { asked: staff.length }
}

/** Somebody has read and understood a version. Once said, it stays. @throws Refusal naming `number` */
export const acknowledge = async (work: Work, { id, number }: { id: number; number: number }): Promise<number> => {
  const code = await lockCode(work, id)
  const staffId = staffIdOf(work.actor)
  if (staffId === null) throw new Refusal('forbidden', 'Codes are acknowledged by members of staff themselves.')
  if (publishedOf(code) !== number) refuseField('number', 'Another version is published now. Read that one.')
  const { rows } = await sql<{ promise: number | null }>`insert into code_readings (code_id, number, staff_id, read_at)
    values (${id}, ${number}, ${staffId}, ${work.now})
    on conflict (code_id, number, staff_id) do update set read_at = ${work.now} where code_readings.read_at is null
    returning promise_id as promise`.execute(work.tx)
  const [noted] = rows
  if (!noted) return id
  if (noted.promise) await keepPromises(work, [{ id: noted.promise }])
  work.record({ type: 'code.read', subject: subject(id), data: { name: code.draft.name, number } })
  return id
}
