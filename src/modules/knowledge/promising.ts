import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import { keepPromises, makePromise, movePromises, openPromises, withdrawPromises } from '../promises/index.ts'

type Alert = { minutes: number; whom: ('handler' | 'team' | 'supervisor')[] }
type About = { id: number; title: string; ownerId: number; reviewOn: string | null }

/** The owner is told a working week before, and when the day is over. */
const alerts: readonly Alert[] = [
  { minutes: -2400, whom: ['handler'] },
  { minutes: 0, whom: ['handler'] },
]

const subjectOf = (id: number) => ({ kind: 'article', id })

const openReviews = async (work: Work, id: number) =>
  (await openPromises({ db: work.tx }, 'article', [id])).filter(promise => promise.kind === 'review')

/** The end of that day on the organisation's own clock. */
const endOf = async (work: Work, day: string): Promise<Date> => {
  const { rows } = await sql<{
    at: Date
  }>`select (${day}::date + time '23:59') at time zone o.zone as at from organisation o`.execute(work.tx)
  return rows[0]?.at ?? new Date(`${day}T23:59:00Z`)
}

/** The review date is a promise of the owner: made, moved or taken back as it changes. A day that is over promises nothing. */
export const promiseReview = async (work: Work, { id, title, ownerId, reviewOn }: About): Promise<void> => {
  const open = await openReviews(work, id)
  const due = reviewOn ? await endOf(work, reviewOn) : null
  const wanted = due !== null && due > work.now
  const moved = wanted ? open.find(promise => promise.by_staff_id === ownerId) : undefined
  const gone = open.filter(promise => promise !== moved)
  if (gone.length > 0)
    await withdrawPromises(
      work,
      gone.map(promise => ({ id: promise.id, reason: 'no_longer_needed' as const })),
    )
  if (moved && due) await movePromises(work, new Map([[moved.id, { dueAt: due, why: 'another review date' }]]))
  else if (wanted && due)
    await makePromise(work, { kind: 'review', subject: subjectOf(id), title, byStaffId: ownerId, dueAt: due, alerts })
}

/** The article was looked through: what was promised is kept. */
export const keepReview = async (work: Work, id: number): Promise<void> => {
  const open = await openReviews(work, id)
  if (open.length > 0)
    await keepPromises(
      work,
      open.map(promise => ({ id: promise.id })),
    )
}
