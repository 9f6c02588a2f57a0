import { sql } from 'kysely'
import { notFound, Refusal, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import type { PromiseReason } from '../promises/contract.ts'
import { keepPromise, movePromises, promiseById, withdrawPromise } from '../promises/index.ts'
import { refreshDue } from './due.ts'
import { lockCase } from './loading.ts'
import { storyOf } from './promising.ts'

/** Locks the case of an open promise and answers its number. @throws Refusal `conflict` when it has ended */
const lockPromised = async (work: Work, promiseId: number, version: number | undefined): Promise<number> => {
  const promise = await promiseById({ db: work.tx, now: work.now }, promiseId)
  if (promise.subject.kind !== 'case') return notFound('promise')
  const kase = await lockCase(work, promise.subject.id)
  const { rows } = await sql<{
    closed: boolean
    version: number
  }>`select closed_at is not null as closed, version from promises where id = ${promiseId} for update`.execute(work.tx)
  if (rows[0]?.closed) throw new Refusal('conflict', 'This promise was kept or taken back already.')
  if (version !== undefined && rows[0]?.version !== version)
    throw new Refusal('stale', 'Somebody changed this promise meanwhile.', [], { version: rows[0]?.version })
  return kase.id
}

type Ending = {
  promiseId: number
  reason?: PromiseReason | undefined
  note?: string | undefined
  version?: number | undefined
}

/** Notes a promise as kept; one that is late says why. */
export const keepOnCase = async (work: Work, input: Ending) => {
  const caseId = await lockPromised(work, input.promiseId, input.version)
  await keepPromise(work, input.promiseId, { late: 'reason', reason: input.reason, note: input.note })
  await refreshDue(work, [caseId])
  return storyOf({ db: work.tx, now: work.now }, input.promiseId)
}

/** Takes a promise back, with the reason. */
export const withdrawOnCase = async (work: Work, input: Ending & { reason: PromiseReason }) => {
  const caseId = await lockPromised(work, input.promiseId, input.version)
  await withdrawPromise(work, input.promiseId, input)
  await refreshDue(work, [caseId])
  return storyOf({ db: work.tx, now: work.now }, input.promiseId)
}

/** Gives a promise another time, as agreed with the customer. */
export const moveOnCase = async (
  work: Work,
  input: { promiseId: number; dueAt: string; why: string; version?: number | undefined },
) => {
  const caseId = await lockPromised(work, input.promiseId, input.version)
  const dueAt = new Date(input.dueAt)
  if (dueAt <= work.now) refuseField('dueAt', 'That moment is over. A promise is about a time to come.')
  for (const { promise, before, after } of await movePromises(
    work,
    new Map([[input.promiseId, { dueAt, why: input.why }]]),
  ))
    work.record({
      type: 'promise.moved',
      subject: { kind: 'case', id: promise.subject_id },
      data: { promiseId: promise.id, kind: promise.kind, title: promise.title, why: input.why },
      before: { dueAt: before?.toISOString() ?? null },
      after: { dueAt: after?.toISOString() ?? null },
    })
  await refreshDue(work, [caseId])
  return storyOf({ db: work.tx, now: work.now }, input.promiseId)
}
