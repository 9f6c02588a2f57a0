import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import { alertsPassed, dueOf, nextLook, type Timing } from './due.ts'
import type { Hours } from './hours.ts'
import { type Kept, lockOpen, pausesOf, timingOf } from './loading.ts'
import { answered } from './making.ts'
import { setTimer } from './timer.ts'

/** A promise as it stands after a step: what is stored, and the fact that says so. */
type Step = {
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
  why: string
}

const store = (work: Work, steps: readonly Step[]) =>
  sql`with input as (select * from jsonb_to_recordset(${JSON.stringify(steps)}::jsonb) as x(id bigint, fact text, at timestamptz, due_at timestamptz,
        paused_at timestamptz, next_at timestamptz, alerts_done int, breached_at timestamptz, clock text, target_ms bigint, calendar_id bigint, calendar_version int, why text)),
    facts as (insert into promise_facts (promise_id, seq, at, fact, actor_id, actor_name, due_at, why)
      select i.id, (select max(f.seq) + 1 from promise_facts f where f.promise_id = i.id), i.at, i.fact, ${work.actor.id}::bigint, ${work.actor.name}, i.due_at, i.why from input i)
    update promises p set due_at = i.due_at, paused_at = i.paused_at, next_at = i.next_at, alerts_done = i.alerts_done, breached_at = i.breached_at,
      clock = i.clock, target_ms = i.target_ms, calendar_id = i.calendar_id, calendar_version = i.calendar_version, version = p.version + 1
    from input i where p.id = i.id`.execute(work.tx)

const asIs = (promise: Kept) => ({
  alerts_done: promise.alerts_done,
  breached_at: promise.breached_at,
  clock: promise.clock,
  target_ms: promise.target_ms,
  calendar_id: promise.calendar_id,
  calendar_version: promise.calendar_version,
  why: '',
})

/** The clock of those that count time stands still from `at` on. A moment that was named stays where it is. */
export const pausePromises = async (work: Work, ids: readonly number[], at = work.now): Promise<void> => {
  const open = (await lockOpen(work, ids)).filter(promise => promise.clock !== 'fixed' && !promise.paused_at)
  if (open.length === 0) return
  await store(
    work,
    open.map(promise => ({
      id: promise.id,
      fact: 'pause',
      at,
      due_at: null,
      paused_at: at,
      next_at: null,
      ...asIs(promise),
    })),
  )
}

type Planned = { due: Date; timing: Timing; hours: Pick<Hours, 'calendar'>; pauses: ReturnType<typeof pausesOf> }

const planned = (work: Work, promise: Kept, { due, timing, hours }: Planned) => {
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

/** The clock goes on: the time it stood still does not count. */
export const resumePromises = async (work: Work, ids: readonly number[], at = work.now): Promise<void> => {
  const paused = (await lockOpen(work, ids)).filter(promise => promise.paused_at)
  if (paused.length === 0) return
  const steps = paused.map((promise): Step => {
    const timing = timingOf(promise)
    const pauses = [...pausesOf(promise), { from: promise.paused_at as Date, to: at }]
    const { due } = dueOf(timing, promise.calendar, pauses)
    const next = planned(work, promise, { due, timing, hours: promise, pauses })
    return { id: promise.id, fact: 'resume', at, ...asIs(promise), ...next }
  })
  await store(work, steps)
  for (const step of steps) setTimer(work, step.id, step.next_at)
}

export type Move = { dueAt?: Date; targetMs?: number; clock?: 'working' | 'elapsed'; hours?: Hours; why: string }

/**
 * Gives open promises another time: one that was agreed, another target, or other working hours.
 * @returns those that moved, with the time before and after; a paused one counts with its new hours once it goes on
 */
export const movePromises = async (work: Work, moves: ReadonlyMap<number, Move>) => {
  const open = await lockOpen(work, [...moves.keys()])
  const steps = open.map((promise): Step => {
    const move = moves.get(promise.id) as Move
    const hours = move.hours ?? {
      id: promise.calendar_id,
      version: promise.calendar_version,
      calendar: promise.calendar,
    }
    const timing = timingAfter(promise, move)
    const named = {
      id: promise.id,
      fact: 'move' as const,
      at: work.now,
      ...asIs(promise),
      why: move.why,
      clock: timing.clock,
    }
    const by = {
      target_ms: timing.clock === 'fixed' ? null : timing.targetMs,
      calendar_id: hours.id,
      calendar_version: hours.version,
    }
    if (promise.paused_at && timing.clock !== 'fixed')
      return { ...named, ...by, due_at: null, paused_at: promise.paused_at, next_at: null }
    const pauses = pausesOf(promise)
    const { due } = answered(() => dueOf(timing, hours.calendar, pauses))
    return { ...named, ...by, ...planned(work, promise, { due, timing, hours, pauses }) }
  })
  if (steps.length > 0) await store(work, steps)
  for (const step of steps) setTimer(work, step.id, step.next_at)
  return open
    .map((promise, i) => ({ promise, before: promise.due_at, after: steps[i]?.due_at ?? null }))
    .filter(({ before, after }) => before?.getTime() !== after?.getTime())
}

const timingAfter = (promise: Kept, move: Move): Timing => {
  if (move.dueAt) return { clock: 'fixed', startedAt: promise.started_at, dueAt: move.dueAt }
  if (move.targetMs === undefined) return timingOf(promise)
  const clock = move.clock ?? (promise.clock === 'fixed' ? 'working' : promise.clock)
  return { clock, startedAt: promise.started_at, targetMs: move.targetMs }
}
