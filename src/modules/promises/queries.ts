import { type RawBuilder, sql } from 'kysely'
import { explain } from '../../platform/calendar/index.ts'
import { notFound } from '../../platform/refusal.ts'
import type { Reading } from '../../platform/work.ts'
import type { PromiseKind, PromiseReason } from './contract.ts'
import { whyDue } from './due.ts'
import { hoursAsOf } from './hours.ts'
import { type Kept, openAbout, timingOf } from './loading.ts'
import type { Subject } from './making.ts'

type Named = { id: number; name: string }
export type PromiseRow = {
  id: number
  kind: PromiseKind
  subject: Subject
  instance: number
  title: string
  to: Named | null
  by: Named | null
  team: Named | null
  madeAt: Date
  byRule: boolean
  startedAt: Date
  dueAt: Date | null
  pausedAt: Date | null
  missedAt: Date | null
  keptAt: Date | null
  closedAt: Date | null
  outcome: 'kept' | 'late' | 'broken' | 'withdrawn' | null
  lateMinutes: number | null
  reason: PromiseReason | null
  note: string
  version: number
}

/** What a promise shows; the table is read as `p`. One that was missed is missed from its due time on, timer or not. */
export const promiseColumns = (now: Date): RawBuilder<unknown> => sql`p.id, p.kind,
  json_build_object('kind', p.subject_kind, 'id', p.subject_id) as subject, p.instance, p.title,
  (select json_build_object('id', o.id, 'name', o.name) from people o where o.id = p.to_person_id
    union all select json_build_object('id', s.id, 'name', s.name) from staff s where s.id = p.to_staff_id limit 1) as "to",
  (select json_build_object('id', s.id, 'name', s.name) from staff s where s.id = p.by_staff_id) as by,
  (select json_build_object('id', t.id, 'name', t.name) from teams t where t.id = p.by_team_id) as team,
  p.made_at as "madeAt", p.policy_id is not null as "byRule", p.started_at as "startedAt", p.due_at as "dueAt", p.paused_at as "pausedAt",
  coalesce(p.breached_at, case when p.closed_at is null and p.due_at <= ${now}::timestamptz then p.due_at end) as "missedAt",
  p.kept_at as "keptAt", p.closed_at as "closedAt", p.outcome, ceil(p.late_ms / 60000.0)::int as "lateMinutes", p.reason, p.note, p.version`

/** What was promised about a record, open ones by time first, then those that ended, newest first; at most 200. */
export const promisesOf = async (
  { db, now }: Pick<Reading, 'db' | 'now'>,
  about: Subject | { kind: string; ids: readonly number[] },
) => {
  const ids = 'ids' in about ? [...about.ids] : [about.id]
  const { rows } = await sql<PromiseRow>`select ${promiseColumns(now)} from promises p
    where p.subject_kind = ${about.kind} and p.subject_id = any(${ids}::bigint[])
    order by p.closed_at desc nulls first, p.due_at, p.id limit 200`.execute(db)
  return rows
}

/** A promise by its number. @throws Refusal `not_found` */
export const promiseById = async ({ db, now }: Pick<Reading, 'db' | 'now'>, id: number): Promise<PromiseRow> => {
  const { rows } = await sql<PromiseRow>`select ${promiseColumns(now)} from promises p where p.id = ${id}`.execute(db)
  return rows[0] ?? notFound('promise')
}

const moment = (at: Date, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone: zone }).format(at)

/** Why this time, in a sentence: what was counted, which days were not, and how long the clock stood still. */
export const whyOf = async (reading: Pick<Reading, 'db' | 'now'>, id: number): Promise<string> => {
  const row = await reading.db.selectFrom('promises').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) return notFound('promise')
  const { calendar } = await hoursAsOf(reading, row.calendar_id, row.calendar_version)
  if (row.clock === 'fixed') return `Due ${moment(row.due_at as Date, calendar.zone)}: the time that was agreed.`
  const timing = timingOf(row as never)
  const pauses = await pausesSince(reading, id)
  const until = row.closed_at ?? reading.now
  const running = row.paused_at ? [{ from: row.paused_at, to: until }] : []
  const why = whyDue(timing, calendar, [...pauses, ...running])
  if (!why) return ''
  const sentence = explain(why)
  return row.paused_at
    ? `The clock stands still since ${moment(row.paused_at, calendar.zone)}. If it went on now: ${sentence}`
    : sentence
}

const pausesSince = async ({ db }: Pick<Reading, 'db'>, id: number) => {
  const { rows } = await sql<{ from: Date; to: Date }>`select f.at as "from", r.at as "to" from promise_facts f
    join lateral (select at from promise_facts r where r.promise_id = f.promise_id and r.seq > f.seq and r.fact = 'resume' order by seq limit 1) r on true
    where f.promise_id = ${id} and f.fact = 'pause' order by f.seq`.execute(db)
  return rows
}

export type Fact = {
  at: Date
  fact: 'activate' | 'pause' | 'resume' | 'fulfil' | 'breach' | 'withdraw' | 'move'
  by: string
  dueAt: Date | null
  why: string
}

/** What became of a promise, step by step. */
export const factsOf = async ({ db }: Pick<Reading, 'db'>, id: number): Promise<Fact[]> => {
  const { rows } = await sql<Fact>`select at, fact, actor_name as by, due_at as "dueAt", why from promise_facts
    where promise_id = ${id} order by seq`.execute(db)
  return rows
}

/** The open promises about records, as the planner needs them. */
export const openPromises = openAbout
export type OpenPromise = Kept
