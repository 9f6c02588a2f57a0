import { type RawBuilder, sql } from 'kysely'
import type { Reading } from '../../platform/work.ts'
import { type Distance, reachedBy, type Worked, workedAround } from './clock.ts'
import type { Anchor, When } from './contract-rules.ts'
import type { Then } from './past.ts'

type Span = { since: Date; until: Date }
/** How far a trial has looked. */
export type Place = { at: Date; id: number }

const onEvent = (event: string, { since, until }: Span): RawBuilder<unknown> =>
  sql`select e.id as "eventId", e.id as key, e.subject_id as "caseId", e.at, e.type, e.data, e.before, e.after from events e
    where e.at >= ${since} and e.at < ${until} and e.type = ${event} and e.subject_kind = 'case'`

/** Since when something was so in each case, and until when, by what the ledger says. */
const stretches: Record<Anchor, (from: Span) => RawBuilder<unknown>> = {
  openedAt: () => sql`select c.id as case_id, c.opened_at as began, c.solved_at as ended from cases c`,
  dueAt: () => sql`select p.subject_id as case_id, p.due_at as began, p.closed_at as ended from promises p
    where p.subject_kind = 'case' and p.due_at is not null`,
  solvedAt: span =>
    turns(
      sql`e.type in ('case.changed', 'case.reopened') and e.after ? 'status'`,
      sql`e.after ->> 'status' in ('solved', 'closed')`,
      span,
    ),
  waitingSince: span =>
    turns(
      sql`(e.type in ('case.opened', 'case.received', 'case.replied') or (e.type = 'case.changed' and e.after ->> 'status' in ('solved', 'closed', 'waiting_customer')))`,
      sql`e.type in ('case.opened', 'case.received')`,
      span,
    ),
  lastAt: span =>
    turns(sql`e.type in ('case.opened', 'case.received', 'case.replied', 'case.noted')`, sql`true`, span, true),
}

/** Stretches that begin with one of some events and end with the next of them that does not go on the same way. */
const turns = (which: RawBuilder<unknown>, begins: RawBuilder<unknown>, { since, until }: Span, each = false) => sql`
  select case_id, at as began, lead(at) over (partition by case_id order by id) as ended, begins from (
    select e.subject_id as case_id, e.id, e.at, ${begins} as begins,
      lag(${begins}) over (partition by e.subject_id order by e.id) as began_before from events e
    where e.subject_kind = 'case' and e.at >= ${since} and e.at < ${until} and ${which}) t
  where ${each} or begins is distinct from began_before`

/** When a distance after `s.began` is reached. Of working time: by how much was worked before, found among the open spans. */
const reachedAt = ({ minutes }: Distance, worked: Worked | null): RawBuilder<Date> =>
  worked === null
    ? sql<Date>`s.began + make_interval(mins => ${minutes})`
    : sql<Date>`(select w."from" + make_interval(secs => t.target - w.before) from (
        select ${minutes * 60}::float8 + coalesce((select o.before + extract(epoch from least(s.began, o."to") - o."from")
          from worked o where o."from" <= s.began order by o."from" desc limit 1), 0) as target) t, worked w
      where w.before ${minutes < 0 ? sql`<=` : sql`<`} t.target order by w.before desc limit 1)`

/** Within an object: a builder that is waited for by itself complains. */
type Moments = { all: RawBuilder<unknown> }

const onTime = async (
  reading: Pick<Reading, 'db'>,
  { anchor, ...distance }: Extract<When, { anchor: Anchor }>,
  span: Span,
): Promise<Moments> => {
  const from = await reachedBy(reading, distance, span.since)
  const to = await reachedBy(reading, distance, span.until)
  const worked = distance.working ? await workedAround(reading, [from, to, span.since, span.until]) : null
  const begins = anchor === 'openedAt' || anchor === 'dueAt' ? sql`` : sql`and s.begins`
  const all = sql`${worked ? sql`with worked as (select * from jsonb_to_recordset(${JSON.stringify(worked)}::jsonb) as w("from" timestamptz, "to" timestamptz, before float8))` : sql``}
    select 0 as "eventId", s.case_id as key, s.case_id as "caseId", s.at, 'time passed' as type,
      '{}'::jsonb as data, null::jsonb as before, null::jsonb as after
    from (select s.*, ${reachedAt(distance, worked)} as at from (${stretches[anchor]({ since: from, until: span.until })}) s
      where s.began >= ${from} and s.began < ${to} ${begins}) s where s.ended is null or s.ended > s.at`
  return { all }
}

const momentsOf = async (reading: Pick<Reading, 'db'>, when: When, span: Span): Promise<Moments> =>
  'anchor' in when ? onTime(reading, when, span) : { all: onEvent(when.event, span) }

/** How many moments there are at which a rule would have been asked. */
export const countMoments = async ({ db }: Pick<Reading, 'db'>, when: When, span: Span) => {
  const { all } = await momentsOf({ db }, when, span)
  return (await sql<{ n: number }>`select count(*)::int as n from (${all}) m`.execute(db)).rows[0]?.n ?? 0
}

/** The next moments at which a rule would have been asked, earliest first. */
export const nextMoments = async (
  { db }: Pick<Reading, 'db'>,
  when: When,
  span: Span,
  after: Place | null,
  limit: number,
): Promise<(Then & { key: number })[]> => {
  const { all } = await momentsOf({ db }, when, span)
  const { rows } = await sql<Then & { key: number }>`select * from (${all}) m
    ${after ? sql`where (m.at, m.key) > (${after.at}, ${after.id})` : sql``} order by m.at, m.key limit ${limit}`.execute(
    db,
  )
  return rows
}
