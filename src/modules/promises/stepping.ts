import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import type { Alert } from './contract.ts'
import { alertsPassed, nextLook, type Timing } from './due.ts'
import type { Hours } from './hours.ts'
import type { Kept, pausesOf } from './loading.ts'

/** A promise as it stands after a step: what is stored, and the fact that says so. */
export type Step = {
  id: number
  fact: 'pause' | 'resume' | 'move'
  at: Date
  due_at: Date | null
  paused_at: Date | null
  next_at: Date | null
  alerts_done: number
  breached_at: Date | null
  clock: Timing['clock']
  target_ms: number | null
  calendar_id: number
  calendar_version: number
  alerts: Alert[]
  policy_id: number | null
  policy_version: number | null
  why: string
}

/** Stores steps of many promises, and the fact of each, in one statement. */
export const store = (work: Work, steps: readonly Step[]) =>
  sql`with input as (select * from jsonb_to_recordset(${JSON.stringify(steps)}::jsonb) as x(id bigint, fact text, at timestamptz, due_at timestamptz,
        paused_at timestamptz, next_at timestamptz, alerts_done int, breached_at timestamptz, clock text, target_ms bigint, calendar_id bigint, calendar_version int,
        alerts jsonb, policy_id bigint, policy_version int, why text)),
    facts as (insert into promise_facts (promise_id, seq, at, fact, actor_id, actor_name, due_at, why)
      select i.id, (select max(f.seq) + 1 from promise_facts f where f.promise_id = i.id), i.at, i.fact, ${work.actor.id}::bigint, ${work.actor.name}, i.due_at, i.why
      from input i join promises was on was.id = i.id where i.fact <> 'move' or i.due_at is distinct from was.due_at)
    update promises p set due_at = i.due_at, paused_at = i.paused_at, next_at = i.next_at, alerts_done = i.alerts_done, breached_at = i.breached_at,
      clock = i.clock, target_ms = i.target_ms, calendar_id = i.calendar_id, calendar_version = i.calendar_version, alerts = i.alerts,
      policy_id = i.policy_id, policy_version = i.policy_version, closed_at = null, outcome = null, kept_at = null, late_ms = null, version = p.version + 1
    from input i where p.id = i.id`.execute(work.tx)

/** What a step leaves as it is. */
export const asIs = (promise: Kept) => ({
  alerts_done: promise.alerts_done,
  breached_at: promise.breached_at,
  clock: promise.clock,
  target_ms: promise.target_ms,
  calendar_id: promise.calendar_id,
  calendar_version: promise.calendar_version,
  alerts: promise.alerts,
  policy_id: promise.policy_id,
  policy_version: promise.policy_version,
  why: '',
})

type Planned = { due: Date; timing: Timing; hours: Pick<Hours, 'calendar'>; pauses: ReturnType<typeof pausesOf> }

/** Due time, alerts and timer of a promise whose clock runs. */
export const planned = (work: Work, promise: Kept, { due, timing, hours }: Planned) => {
  const { calendar } = hours
  const breached_at = promise.breached_at && due > work.now ? null : promise.breached_at
  const passed = alertsPassed(promise.alerts, due, work.now, timing, calendar)
  const done = breached_at ? promise.alerts_done : passed
  return {
    due_at: due,
    paused_at: null,
    alerts_done: done,
    breached_at,
    next_at: nextLook(promise.alerts, done, breached_at !== null, due, timing, calendar),
  }
}
