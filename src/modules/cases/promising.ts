import { notFound, refuseField } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import type { Alert, PromiseKind } from '../promises/contract.ts'
import { factsOf, makePromise, promiseById, promisesOf, whyOf } from '../promises/index.ts'
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
export const storyOf = async (reading: Pick<Reading, 'db' | 'now'>, id: number) => ({
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
