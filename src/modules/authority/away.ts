import type { Reading } from '../../platform/work.ts'

type Db = Pick<Reading, 'db' | 'now'>

/** Who of some members of staff is away now. */
export type AskAway = (reading: Db, staffIds: readonly number[]) => Promise<ReadonlySet<number>>

let ask: AskAway = async () => new Set()

/**
 * The one place where absence is asked: whoever keeps absences says here how. Until somebody does, nobody is away; those
 * who have left are passed over in any case.
 * @returns takes the way back
 */
export const askAwayOf = (way: AskAway): (() => void) => {
  const before = ask
  ask = way
  return () => {
    ask = before
  }
}

export const awayAmong: AskAway = (reading, staffIds) => ask(reading, staffIds)
