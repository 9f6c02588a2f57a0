import { sql } from 'kysely'
import type { Reading } from '../../platform/work.ts'
import { visibleSql } from '../cases/index.ts'
import { awayAt } from './away.ts'
import type { ItemKind } from './contract.ts'
import type { Colleague } from './spreading.ts'

/** As much as one person can hold and one person can look through. */
const most = 500
const days = (n: number) => n * 86_400_000

export type Held = {
  kind: ItemKind
  id: number
  caseId: number
  title: string
  person: string
  team: string | null
  teamId: number | null
  topicId: number | null
  confidential: boolean
  dueAt: Date | null
  endsAt: Date | null
}

type Whose = { staffId: number; from: Date; until: Date | null }

/**
 * What somebody holds, as far as whoever asks may see it: open cases, promises they made themselves, appointments while
 * they are away. What breaks first stands first. Promises of appointments go with those, and those of referrals with theirs.
 */
export const holdingsOf = async (reading: Reading, { staffId, from, until }: Whose): Promise<Held[]> => {
  const seen = visibleSql(reading.actor)
  const last = until ?? new Date('9999-01-01')
  const { rows } = await sql<Held>`with held as (
      (select 'case' as kind, c.id, c.id as case_id, c.subject as title, c.due_at, null::timestamptz as ends_at, c.urgent_from
        from cases c where c.assignee_id = ${staffId} and c.status in ('new', 'open', 'waiting_customer', 'waiting_other') and ${seen} limit ${most})
      union all
      (select 'promise', p.id, c.id, coalesce(nullif(p.title, ''), c.subject), p.due_at, null, p.made_at
        from promises p join cases own on own.id = p.subject_id join cases c on c.id = coalesce(own.merged_into, own.id)
        where p.by_staff_id = ${staffId} and p.closed_at is null and p.subject_kind = 'case' and (p.due_at is null or p.due_at < ${last})
          and ${seen} and not exists (select 1 from bookings b where b.promise_id = p.id)
          and not exists (select 1 from referrals r where r.promise_id = p.id) limit ${most})
      union all
      (select 'booking', b.id, c.id, b.title, b.starts_at, b.ends_at, b.starts_at
        from resources r join booking_resources k on k.resource_id = r.id and k.active join bookings b on b.id = k.booking_id
          join cases own on own.id = b.case_id join cases c on c.id = coalesce(own.merged_into, own.id)
        where r.staff_id = ${staffId} and b.state = 'booked' and b.starts_at > ${reading.now} and b.starts_at < ${last} and b.ends_at > ${from}
          and ${seen} limit ${most}))
    select h.kind, h.id, h.case_id as "caseId", h.title, p.name as person, t.name as team, c.team_id as "teamId", c.topic_id as "topicId", c.confidential,
      h.due_at as "dueAt", h.ends_at as "endsAt"
    from held h join cases c on c.id = h.case_id join people w on w.id = c.requester_id join people p on p.id = coalesce(w.merged_into, w.id)
      left join teams t on t.id = c.team_id
    order by h.due_at nulls last, h.urgent_from, h.kind, h.id`.execute(reading.db)
  return rows
}

type Row = Omit<Colleague, 'busy'> & { busy: { from: string; to: string }[] }

/** Who is here and may handle cases, with how much they have and what they know; least busy first. */
export const colleaguesOf = async (reading: Reading, { staffId, from }: Whose): Promise<Colleague[]> => {
  const since = new Date(reading.now.getTime() - days(180))
  const { rows } = await sql<Row>`select s.id, s.name, (select count(*)::int from cases c where c.assignee_id = s.id
        and c.status in ('new', 'open', 'waiting_customer', 'waiting_other') and c.merged_into is null) as open,
      array(select m.team_id from team_members m where m.staff_id = s.id) as "teamIds",
      coalesce((select json_object_agg(k.topic_id, k.n) from (select c.topic_id, count(*) as n from cases c where c.assignee_id = s.id
        and c.topic_id is not null and c.solved_at > ${since} group by 1) k), '{}') as topics,
      exists (select 1 from resources r where r.staff_id = s.id and r.ended_at is null) as "hasDiary",
      'cover.edit' = any(o.permissions) as "runsTheDay", 'case.confidential' = any(o.permissions) as "seesConfidential",
      coalesce((select json_agg(json_build_object('from', lower(k.busy), 'to', upper(k.busy))) from resources r join booking_resources k
        on k.resource_id = r.id and k.active where r.staff_id = s.id and upper(k.busy) > ${reading.now}), '[]') as busy
    from staff s join roles o on o.id = s.role_id where s.ended_at is null and s.id <> ${staffId} and 'case.handle' = any(o.permissions)
    order by open, s.name, s.id limit 500`.execute(reading.db)
  const ids = rows.map(({ id }) => id)
  const begins = from > reading.now ? from : reading.now
  const away = await awayAt(reading, ids, begins)
  return rows
    .filter(({ id }) => !away.has(id))
    .map(row => ({ ...row, busy: row.busy.map(one => ({ from: new Date(one.from), to: new Date(one.to) })) }))
}

/** Referrals that wait for their answer. */
export const referralsWith = async ({ db }: Pick<Reading, 'db'>, staffId: number): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from referrals where decider_id = ${staffId}
    and state = 'open'`.execute(db)
  return rows[0]?.n ?? 0
}

/** Whoever covers, or whoever covers for them while they are away themselves. Nobody where that leads to nobody. */
export const coverOf = async (reading: Reading, coverId: number | null, at: Date): Promise<number | null> => {
  let id = coverId
  // Rings are refused where absences are noted; ten who are all away at once are none who covers.
  for (let step = 0; id !== null && step < 10; step++) {
    const away = (await awayAt(reading, [id], at)).get(id)
    if (!away) return id
    id = away.cover?.id ?? null
  }
  return null
}
