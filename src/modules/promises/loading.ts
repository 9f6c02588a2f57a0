import { type RawBuilder, sql } from 'kysely'
import type { Pause } from '../../platform/calendar/index.ts'
import type { Reading, Work } from '../../platform/work.ts'
import type { WorkingCalendar } from '../../shared/calendar.ts'
import type { Alert, PromiseKind } from './contract.ts'
import type { Timing } from './due.ts'

/** A promise as the engine needs it, with its hours and pauses. */
export type Kept = {
  id: number
  kind: PromiseKind
  subject_kind: string
  subject_id: number
  title: string
  by_staff_id: number | null
  by_team_id: number | null
  to_person_id: number | null
  policy_id: number | null
  policy_version: number | null
  clock: 'working' | 'elapsed' | 'fixed'
  calendar_id: number
  calendar_version: number
  target_ms: number | null
  started_at: Date
  due_at: Date | null
  alerts: Alert[]
  alerts_done: number
  next_at: Date | null
  paused_at: Date | null
  breached_at: Date | null
  closed_at: Date | null
  version: number
  calendar: WorkingCalendar
  /** Those that ended; one that still lasts is `paused_at`. */
  pauses: { from: string; to: string }[]
}

const columns = sql`p.id, p.kind, p.subject_kind, p.subject_id, p.title, p.by_staff_id, p.by_team_id, p.to_person_id, p.policy_id, p.policy_version, p.clock,
  p.calendar_id, p.calendar_version, p.target_ms, p.started_at, p.due_at, p.alerts, p.alerts_done, p.next_at, p.paused_at, p.breached_at,
  p.closed_at, p.version, json_build_object('zone', k.zone, 'week', k.week, 'holidays', k.holidays) as calendar,
  coalesce((select json_agg(json_build_object('from', f.at, 'to', (select r.at from promise_facts r
      where r.promise_id = f.promise_id and r.seq > f.seq and r.fact = 'resume' order by r.seq limit 1)) order by f.seq)
    from promise_facts f where f.promise_id = p.id and f.fact = 'pause'
      and exists (select 1 from promise_facts r where r.promise_id = p.id and r.seq > f.seq and r.fact = 'resume')), '[]') as pauses`

const from = sql`promises p join calendar_versions k on k.calendar_id = p.calendar_id and k.version = p.calendar_version`

const lock = async (work: Work, ids: readonly number[], closed: RawBuilder<unknown>): Promise<Kept[]> => {
  if (ids.length === 0) return []
  // Locked first, read then: what one statement reads while it waits for a lock is from before the wait.
  await sql`select 1 from promises where id = any(${[...ids]}::bigint[]) order by id for update`.execute(work.tx)
  const { rows } =
    await sql<Kept>`select ${columns} from ${from} where p.id = any(${[...ids]}::bigint[]) and p.closed_at is ${closed}
    order by p.id`.execute(work.tx)
  return rows
}

/** Open promises by id, locked until the transaction ends. Those that are closed by now are left out. */
export const lockOpen = (work: Work, ids: readonly number[]) => lock(work, ids, sql`null`)

/** Those that have ended, for one that goes on after all. */
export const lockEnded = (work: Work, ids: readonly number[]) => lock(work, ids, sql`not null`)

/** The open promises about some records of one kind. */
export const openAbout = async ({ db }: Pick<Reading, 'db'>, kind: string, ids: readonly number[]): Promise<Kept[]> => {
  const { rows } = await sql<Kept>`select ${columns} from ${from}
    where p.subject_kind = ${kind} and p.subject_id = any(${[...ids]}::bigint[]) and p.closed_at is null order by p.id`.execute(
    db,
  )
  return rows
}

export const timingOf = (promise: Pick<Kept, 'clock' | 'started_at' | 'target_ms' | 'due_at'>): Timing =>
  promise.clock === 'fixed'
    ? { clock: 'fixed', startedAt: promise.started_at, dueAt: promise.due_at as Date }
    : { clock: promise.clock, startedAt: promise.started_at, targetMs: promise.target_ms as number }

export const pausesOf = (promise: Pick<Kept, 'pauses'>): Pause[] =>
  promise.pauses.map(pause => ({ from: new Date(pause.from), to: new Date(pause.to) }))
