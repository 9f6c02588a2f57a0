import type { Work } from '../../platform/work.ts'
import type { Alert } from './contract.ts'
import { dueOf, inOrder, type Timing } from './due.ts'
import type { Hours } from './hours.ts'
import { type Kept, lockOpen, pausesOf, timingOf } from './loading.ts'
import { answered } from './making.ts'
import { asIs, planned, type Step, store } from './stepping.ts'
import { setTimer } from './timer.ts'

export type Move = {
  dueAt?: Date
  targetMs?: number
  clock?: 'working' | 'elapsed'
  hours?: Hours
  alerts?: readonly Alert[]
  policy?: { id: number; version: number }
  why: string
}

const moved = (work: Work, before: Kept, move: Move): Step => {
  const promise = { ...before, alerts: move.alerts ? inOrder(move.alerts) : before.alerts }
  const hours = move.hours ?? { id: promise.calendar_id, version: promise.calendar_version, calendar: promise.calendar }
  const timing = timingAfter(promise, move)
  const step = {
    ...asIs(promise),
    id: promise.id,
    fact: 'move' as const,
    at: work.now,
    why: move.why,
    clock: timing.clock,
    target_ms: timing.clock === 'fixed' ? null : timing.targetMs,
    calendar_id: hours.id,
    calendar_version: hours.version,
    ...(move.policy ? { policy_id: move.policy.id, policy_version: move.policy.version } : {}),
  }
  if (promise.paused_at && timing.clock !== 'fixed')
    return { ...step, due_at: null, paused_at: promise.paused_at, next_at: null }
  const pauses = pausesOf(promise)
  const due = answered(() => dueOf(timing, hours.calendar, pauses))
  return { ...step, ...planned(work, promise, { due, timing, hours, pauses }) }
}

/**
 * Gives open promises another time: one that was agreed, another target, or other working hours.
 * @returns those that moved, with the time before and after; a paused one counts with its new hours once it goes on
 */
export const movePromises = async (work: Work, moves: ReadonlyMap<number, Move>) => {
  const open = await lockOpen(work, [...moves.keys()])
  const steps = open.map(promise => moved(work, promise, moves.get(promise.id) as Move))
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
