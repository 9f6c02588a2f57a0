import type { Work } from '../../platform/work.ts'
import {
  hoursInForce,
  keepPromises,
  type Move,
  makePromises,
  movePromises,
  type NewPromise,
  pausePromises,
  reopenPromises,
  resumePromises,
  withdrawPromises,
} from '../promises/index.ts'
import type { Clock } from './clocks.ts'
import type { Level } from './queries.ts'

/** What is to happen to the clocks of some cases. */
export type Steps = {
  make: NewPromise[]
  keep: { id: number; at: Date }[]
  withdraw: { id: number; reason: 'merged' | 'no_longer_needed' }[]
  pause: number[]
  resume: number[]
  reopen: number[]
  move: { clock: Clock; level: Level; calendarId: number | null }[]
}

/** Does it, each kind of step for all cases at once. @returns the promises that moved to another time */
export const carryOut = async (work: Work, steps: Steps) => {
  await makePromises(work, steps.make)
  await keepPromises(work, steps.keep)
  await withdrawPromises(work, steps.withdraw)
  await reopenPromises(work, steps.reopen)
  await pausePromises(work, steps.pause)
  await resumePromises(work, steps.resume)
  if (steps.move.length === 0) return []
  const hours = await hoursInForce({ db: work.tx }, [...new Set(steps.move.map(move => move.calendarId))])
  const moves = steps.move.map(({ clock, level, calendarId }): [number, Move] => {
    const own = hours.get(calendarId)
    return [
      clock.id,
      {
        targetMs: level.targetMinutes * 60_000,
        clock: level.clock,
        alerts: level.alerts,
        policy: { id: level.id, version: level.version },
        why: `Rule “${level.name}”`,
        ...(own ? { hours: own } : {}),
      },
    ]
  })
  return movePromises(work, new Map(moves))
}
