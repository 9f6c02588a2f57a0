import type { Work } from '../../platform/work.ts'
import { dueOf } from './due.ts'
import { lockEnded, lockOpen, pausesOf, timingOf } from './loading.ts'
import { asIs, planned, type Step, store } from './stepping.ts'
import { setTimer } from './timer.ts'

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

/** The clock goes on: the time it stood still does not count. */
export const resumePromises = async (work: Work, ids: readonly number[], at = work.now): Promise<void> => {
  const paused = (await lockOpen(work, ids)).filter(promise => promise.paused_at)
  if (paused.length === 0) return
  const steps = paused.map((promise): Step => {
    const timing = timingOf(promise)
    const pauses = [...pausesOf(promise), { from: promise.paused_at as Date, to: at }]
    const due = dueOf(timing, promise.calendar, pauses)
    const next = planned(work, promise, { due, timing, hours: promise, pauses })
    return { id: promise.id, fact: 'resume', at, ...asIs(promise), ...next }
  })
  await store(work, steps)
  for (const step of steps) setTimer(work, step.id, step.next_at)
}

/** Promises that had ended after all go on, as if nothing had been: the reply that kept them was taken back. */
export const reopenPromises = async (work: Work, ids: readonly number[]): Promise<void> => {
  const ended = await lockEnded(work, ids)
  if (ended.length === 0) return
  const steps = ended.map((promise): Step => {
    const timing = timingOf(promise)
    const pauses = pausesOf(promise)
    const due = dueOf(timing, promise.calendar, pauses)
    const next = planned(work, promise, { due, timing, hours: promise, pauses })
    return { id: promise.id, fact: 'resume', at: work.now, ...asIs(promise), ...next }
  })
  await store(work, steps)
  for (const step of steps) setTimer(work, step.id, step.next_at)
}
