import { sql } from 'kysely'
import { notFound, Refusal, refuseField } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import type { Alert, PromiseKind, PromiseReason } from '../promises/contract.ts'
import {
  factsOf,
  keepPromise,
  makePromise,
  movePromises,
  promiseById,
  promisesOf,
  whyOf,
  withdrawPromise,
} from '../promises/index.ts'
import { refreshDue } from './due.ts'
import { lockCase } from './loading.ts'
import { assertVisible } from './reading.ts'

type Given = {
  id: number
  kind: PromiseKind
  title: string
  dueAt?: string | undefined
  withinMinutes?: number | undefined
  byStaffId?: number | null | undefined
  note: string
  alerts?: Alert[] | undefined
}

const assertStaff = async (work: Work, staffId: number): Promise<void> => {
  const found = await work.tx
    .selectFrom('staff')
    .select('id')
    .where('id', '=', staffId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (!found) refuseField('byStaffId', 'There is no such member of staff')
}

/** The hours of the team that handles the case, or of the organisation. */
const calendarOf = async (work: Work, teamId: number | null): Promise<number | null> =>
  teamId === null
    ? null
    : ((await work.tx.selectFrom('teams').select('calendar_id as id').where('id', '=', teamId).executeTakeFirst())
        ?.id ?? null)

/**
 * Promises the customer of a case something: a call-back, an answer, a visit. Whoever handles the case keeps it, unless
 * somebody is named.
 * @throws Refusal naming `dueAt`, `withinMinutes` or `byStaffId`
 */
export const promiseOnCase = async (work: Work, input: Given) => {
  const kase = await lockCase(work, input.id)
  if (input.dueAt && input.withinMinutes)
    refuseField('withinMinutes', 'Say either a moment or an amount of time, not both')
  const byStaffId = input.byStaffId ?? kase.assignee_id ?? work.actor.id
  if (input.byStaffId) await assertStaff(work, input.byStaffId)
  const id = await makePromise(work, {
    kind: input.kind,
    subject: { kind: 'case', id: kase.id },
    title: input.title,
    note: input.note,
    toPersonId: kase.requester_id,
    byStaffId,
    byTeamId: kase.team_id,
    calendarId: await calendarOf(work, kase.team_id),
    ...(input.alerts ? { alerts: input.alerts } : {}),
    ...(input.dueAt ? { dueAt: new Date(input.dueAt) } : {}),
    ...(input.withinMinutes ? { withinMinutes: input.withinMinutes } : {}),
  })
  await refreshDue(work, [kase.id])
  return storyOf({ db: work.tx, now: work.now }, id)
}

/** A promise with why it is due then, and what became of it so far. */
const storyOf = async (reading: Pick<Reading, 'db' | 'now'>, id: number) => ({
  ...(await promiseById(reading, id)),
  why: await whyOf(reading, id),
  facts: await factsOf(reading, id),
})

/** What was promised in a case, and in those that were merged into it. */
export const promisesOfCase = async (reading: Reading, caseId: number) => {
  await assertVisible(reading, caseId)
  const merged = await reading.db.selectFrom('cases').select('id').where('merged_into', '=', caseId).execute()
  const rows = await promisesOf(reading, { kind: 'case', ids: [caseId, ...merged.map(({ id }) => id)] })
  return { items: rows }
}

/** One promise of a case somebody may see. @throws Refusal `not_found` */
export const promiseOfCase = async (reading: Reading, id: number) => {
  const { subject } = await promiseById(reading, id)
  if (subject.kind !== 'case') return notFound('promise')
  await assertVisible(reading, subject.id)
  return storyOf(reading, id)
}

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
