import { Refusal } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { done } from '../../shared/contract.ts'
import { awayAmong } from '../authority/index.ts'
import type { SkipReason } from './contract-working.ts'
import { lockCase } from './loading.ts'
import { notePresence, presentMs } from './presence.ts'
import { type ListInput, listCases } from './queries.ts'

const skippedMs = 12 * 3_600_000
const lookedThrough = 100

/** Cases of these that somebody else is looking at just now, or that I passed over today. */
const taken = async ({ tx, actor, now }: Work, ids: readonly number[]): Promise<Set<number>> => {
  const looked = await tx
    .selectFrom('case_presence')
    .select('case_id as id')
    .where('case_id', 'in', [...ids])
    .where('staff_id', '<>', actor.id ?? 0)
    .where('at', '>', new Date(now.getTime() - presentMs))
    .execute()
  const skipped = await tx
    .selectFrom('events')
    .select('subject_id as id')
    .where('subject_kind', '=', 'case')
    .where('subject_id', 'in', [...ids])
    .where('type', '=', 'case.skipped')
    .where('actor_id', '=', actor.id)
    .where('at', '>', new Date(now.getTime() - skippedMs))
    .execute()
  return new Set([...looked, ...skipped].map(row => Number(row.id)))
}

/** Whoever is away gets no work, also where they forgot to say that they are back. */
const assertHere = async (work: Work): Promise<void> => {
  const me = work.actor.id
  if (me !== null && (await awayAmong({ db: work.tx, now: work.now }, [me])).has(me))
    throw new Refusal(
      'conflict',
      'You are noted as away, so nothing is handed to you. Say on your account page that you are back.',
    )
}

/** Which of some cases may be handed to whoever asks. */
type Fit = (work: Work, ids: readonly number[]) => Promise<ReadonlySet<number>>
let fitting: Fit = async (_work, ids) => new Set(ids)

/** Lets the module that knows what people can do and hold say which cases are handed to whom. */
export const handOnly = (way: Fit): void => {
  fitting = way
}

/**
 * Hands out the next case of a view: the first in its order that nobody else has open. It counts as looked at from this
 * moment, so that two who ask at once get two cases.
 * @throws Refusal `conflict` to whoever is noted as away
 */
export const nextCase = async (work: Work, { except, ...filter }: Omit<ListInput, 'limit'> & { except: number[] }) => {
  await assertHere(work)
  const reading = { db: work.tx, actor: work.actor, now: work.now }
  const { items } = await listCases(reading, { ...filter, limit: lookedThrough })
  const left = items.map(item => item.id).filter(id => !except.includes(id))
  if (left.length === 0) return { id: null }
  const [gone, fits] = [await taken(work, left), await fitting(work, left)]
  const id = left.find(one => !gone.has(one) && fits.has(one)) ?? null
  if (id !== null) await notePresence(work, { id, doing: 'viewing' })
  return { id }
}

/** Notes that somebody passed a case over and why: what is skipped often says something about the case or the order. */
export const skipCase = async (work: Work, input: { id: number; reason: SkipReason; words: string }) => {
  const kase = await lockCase(work, input.id)
  await notePresence(work, { id: kase.id, doing: 'left' })
  const words = input.words.trim()
  work.record({
    type: 'case.skipped',
    subject: { kind: 'case', id: kase.id },
    data: { reason: input.reason, ...(words ? { words } : {}) },
  })
  return done
}
