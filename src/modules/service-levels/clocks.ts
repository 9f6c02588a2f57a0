import type { CaseFacts } from '../cases/index.ts'
import type { OpenPromise } from '../promises/index.ts'
import type { Level } from './queries.ts'

/** An open promise that a rule made. */
export type Clock = OpenPromise
/** The newest promise of a kind that a rule made and that has ended. */
export type LastOf = {
  id: number
  caseId: number
  kind: Level['kind']
  startedAt: Date
  closedAt: Date
  outcome: string
}

const isOpen = ({ status }: CaseFacts): boolean => status !== 'solved' && status !== 'closed'

/** Within this time an end that is taken back, such as a reply that was undone, is a slip: the same clock goes on. */
const slipMs = 10 * 60_000

const slipped = (last: LastOf | undefined, now: Date): boolean =>
  last !== undefined && last.outcome !== 'broken' && now.getTime() - last.closedAt.getTime() < slipMs

/**
 * Since when a clock of a kind should run in a case that has none running: null where none should, `again` where the
 * one that ended goes on.
 */
export const startOf = (
  kind: Level['kind'],
  kase: CaseFacts,
  last: LastOf | undefined,
  now: Date,
): Date | 'again' | null => {
  if (!isOpen(kase) || kase.mergedInto) return null
  if (kind === 'solution') return last ? (slipped(last, now) ? 'again' : now) : kase.openedAt
  if (!kase.waitingSince) return null
  if (kind === 'first_reply') {
    if (kase.firstReplyAt) return null
    return last ? (slipped(last, now) ? 'again' : kase.waitingSince) : kase.openedAt
  }
  if (!kase.firstReplyAt) return null
  const handled = last && last.startedAt.getTime() >= kase.waitingSince.getTime()
  return handled ? (slipped(last, now) ? 'again' : null) : kase.waitingSince
}

type End = { keptAt: Date } | { reason: 'merged' | 'no_longer_needed' } | null

const answeredSince = (kase: CaseFacts, since: Date): Date | null =>
  kase.answeredAt && kase.answeredAt >= since ? kase.answeredAt : null

/** How a running clock ends, by what the case says: kept at a moment, no longer needed, or not yet. */
export const endOf = (kind: Level['kind'], kase: CaseFacts, clock: Clock): End => {
  if (kase.mergedInto) return { reason: 'merged' }
  if (kind === 'solution') return isOpen(kase) ? null : { keptAt: kase.solvedAt ?? clock.started_at }
  if (kind === 'first_reply') {
    if (kase.firstReplyAt) return { keptAt: kase.firstReplyAt }
    return isOpen(kase) && kase.waitingSince ? null : { reason: 'no_longer_needed' }
  }
  if (kase.waitingSince && kase.waitingSince.getTime() <= clock.started_at.getTime()) return null
  const answered = answeredSince(kase, clock.started_at)
  if (answered) return { keptAt: answered }
  return kase.solvedAt ? { keptAt: kase.solvedAt } : { reason: 'no_longer_needed' }
}

/** Whether the clock of a solution stands still. */
export const stands = (kase: CaseFacts, pauses: readonly string[]): boolean =>
  pauses.includes(kase.status) || (kase.asleep && pauses.includes('asleep'))
