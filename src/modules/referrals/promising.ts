import type { Work } from '../../platform/work.ts'
import { keepPromises, makePromise, withdrawPromise } from '../promises/index.ts'
import type { Goal } from './finding.ts'
import { words } from './words.ts'

/** How long a colleague has where nobody said otherwise, in minutes of working time: half a day. */
const usualMinutes = 240

/** A promise that whoever is asked will answer; what is asked outside is followed up by whoever asked. */
export const promiseAnswer = (
  work: Work,
  caseId: number,
  makerId: number,
  goal: Pick<Goal, 'name' | 'deciderId' | 'teamId' | 'person'>,
  dueAt?: Date,
): Promise<number> =>
  makePromise(work, {
    kind: 'answer_colleague',
    subject: { kind: 'case', id: caseId },
    title: words('promise.title', { name: goal.name }),
    toStaffId: makerId,
    byStaffId: goal.person ? makerId : goal.deciderId,
    byTeamId: goal.teamId,
    ...(dueAt ? { dueAt } : { withinMinutes: usualMinutes }),
  })

/** The answer came: in time or late. */
export const answerCame = async (work: Work, promiseId: number | null): Promise<void> => {
  if (promiseId === null) return
  await keepPromises(work, [{ id: promiseId }])
}

/** No answer is waited for any more, at least not from them. */
export const answerNotNeeded = async (work: Work, promiseId: number | null): Promise<void> => {
  if (promiseId === null) return
  await withdrawPromise(work, promiseId, { reason: 'no_longer_needed' })
}
