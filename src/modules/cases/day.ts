import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import type { Reading } from '../../platform/work.ts'
import { zoneOf } from '../identity/index.ts'
import type { CaseKind, Met } from './contract.ts'
import { openStatuses } from './ordering.ts'
import { visibleSql } from './policy.ts'
import { presentMs } from './presence.ts'

/** Midnight before and after a moment, by the clock on the organisation's wall. */
const dayAround = (now: Date, zone: string): { from: Date; to: Date } => {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone).startOfDay()
  return { from: new Date(today.epochMilliseconds), to: new Date(today.add({ days: 1 }).epochMilliseconds) }
}

type Short = { id: number; subject: string; requester: string; kind: CaseKind; at: Date | null }

const shortOf = (moment: 'waiting_since' | 'snoozed_until') =>
  sql`c.id, c.subject, p.name as requester, c.kind, c.${sql.ref(moment)} as at from cases c join people p on p.id = c.requester_id`

type Figures = {
  open: number
  waiting: number
  oldestWaiting: Date | null
  solvedToday: number
  repliesToday: number
  yes: number
  partly: number
  no: number
}

const figuresOf = async ({ db, actor, now }: Reading, today: { from: Date }): Promise<Figures> => {
  const month = new Date(now.getTime() - 30 * 86_400_000)
  const { rows } = await sql<Figures>`
    with mine as (select status, waiting_since from cases where assignee_id = ${actor.id} and status in ${openStatuses} and snoozed_until is null and merged_into is null),
    met as (select c.need_met, count(*)::int as n from cases c where c.assignee_id = ${actor.id} and c.need_met is not null and c.solved_at > ${month} group by 1)
    select (select count(*)::int from mine) as open, (select count(*)::int from mine where waiting_since is not null) as waiting,
      (select min(waiting_since) from mine) as "oldestWaiting",
      (select count(*)::int from cases where assignee_id = ${actor.id} and status in ('solved', 'closed') and solved_at >= ${today.from} and merged_into is null) as "solvedToday",
      (select count(*)::int from events where at >= ${today.from} and type = 'case.replied' and actor_kind in ('staff', 'token') and actor_id = ${actor.id}) as "repliesToday",
      coalesce((select n from met where need_met = 'yes'), 0) as yes, coalesce((select n from met where need_met = 'partly'), 0) as partly,
      coalesce((select n from met where need_met = 'no'), 0) as no`.execute(db)
  return rows[0] as Figures
}

type Steps = Record<'hours' | 'team' | 'staff' | 'mailbox' | 'portal' | 'case' | 'macro', boolean>

/** What a new installation still has to do, read from what is there. */
const firstSteps = async ({ db, actor }: Reading) => {
  if (!actor.permissions.has('settings.edit')) return []
  const { rows } = await sql<Steps>`select
    exists (select 1 from events where type in ('calendar.changed', 'calendar.added')) as hours,
    (select count(*) > 1 from teams where ended_at is null) as team, (select count(*) > 1 from staff where ended_at is null) as staff,
    exists (select 1 from mailboxes where ended_at is null) as mailbox,
    exists (select 1 from portal_settings where version > 1) as portal, exists (select 1 from cases) as case,
    exists (select 1 from macros where ended_at is null) as macro`.execute(db)
  return Object.entries(rows[0] ?? {}).map(([key, done]) => ({ key: key as keyof Steps, done }))
}

/** What somebody begins the day with, and what they settled. */
export const dayOf = async (reading: Reading) => {
  const { db, actor, now } = reading
  const today = dayAround(now, await zoneOf(reading))
  const { open, waiting, oldestWaiting, solvedToday, repliesToday, yes, partly, no } = await figuresOf(reading, today)
  const next =
    await sql<Short>`select ${shortOf('waiting_since')} where c.assignee_id = ${actor.id} and c.status in ${openStatuses}
    and c.waiting_since is not null and c.snoozed_until is null and ${visibleSql(actor)} order by c.urgent_from, c.id limit 5`.execute(
      db,
    )
  const waking =
    await sql<Short>`select ${shortOf('snoozed_until')} where c.assignee_id = ${actor.id} and c.snoozed_until < ${today.to}
    and ${visibleSql(actor)} order by c.snoozed_until limit 10`.execute(db)
  const praise = await sql<{ caseId: number; remark: string; met: Met; at: Date }>`
    select k.case_id as "caseId", k.remark, k.met, k.answered_at as at from closing_checks k join cases c on c.id = k.case_id
    where c.assignee_id = ${actor.id} and k.met = 'yes' and btrim(coalesce(k.remark, '')) <> '' and ${visibleSql(actor)}
    order by k.answered_at desc limit 5`.execute(db)
  return {
    mine: { open, waiting, oldestWaiting },
    next: next.rows,
    wakingToday: waking.rows,
    solvedToday,
    repliesToday,
    met: { yes, partly, no },
    praise: praise.rows,
    firstSteps: await firstSteps(reading),
  }
}

type TeamRow = {
  id: number | null
  name: string
  waiting: number
  unassigned: number
  open: number
  oldestWaiting: Date | null
  solvedToday: number
}

/** The screen on the wall: figures of teams, and of nobody in particular. What the role may not see is not counted. */
export const wallOf = async (reading: Reading) => {
  const { from } = dayAround(reading.now, await zoneOf(reading))
  const { rows } = await sql<TeamRow>`
    with active as (select c.team_id, count(*) filter (where c.waiting_since is not null)::int as waiting,
        count(*) filter (where c.assignee_id is null)::int as unassigned, count(*)::int as open, min(c.waiting_since) as oldest
      from cases c where c.status in ${openStatuses} and c.snoozed_until is null and ${visibleSql(reading.actor)} group by 1),
    done as (select c.team_id, count(*)::int as solved from cases c where c.status in ('solved', 'closed') and c.last_at >= ${from} and c.solved_at >= ${from}
        and ${visibleSql(reading.actor)} group by 1)
    select t.id, coalesce(t.name, '') as name, coalesce(a.waiting, 0) as waiting, coalesce(a.unassigned, 0) as unassigned, coalesce(a.open, 0) as open,
      a.oldest as "oldestWaiting", coalesce(d.solved, 0) as "solvedToday"
    from (select id, name from teams where ended_at is null union all select null, null) t
    left join active a on a.team_id is not distinct from t.id left join done d on d.team_id is not distinct from t.id
    where t.id is not null or a.open > 0 order by t.name nulls last`.execute(reading.db)
  return { at: reading.now, teams: rows }
}

/** Which of the cases one may see colleagues have open. */
export const whoIsWhere = async ({ db, actor, now }: Reading) => {
  const { rows } = await sql<{ caseId: number; staffId: number; name: string; doing: 'viewing' | 'writing' }>`
    select e.case_id as "caseId", e.staff_id as "staffId", s.name, e.doing from case_presence e join staff s on s.id = e.staff_id
    join cases c on c.id = e.case_id where e.at > ${new Date(now.getTime() - presentMs)} and e.staff_id <> ${actor.id} and ${visibleSql(actor)}
    order by e.at desc limit 500`.execute(db)
  return { items: rows }
}
