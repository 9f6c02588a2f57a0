import { createHmac, timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import * as z from 'zod'
import { type Actor, anonymous, system } from '../../platform/permissions/actor.ts'
import { notFound, Refusal, refuseField } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import { done } from '../../shared/contract.ts'
import { isOpen, type Kase, lockCase } from './loading.ts'
import { urgentFrom } from './urgency.ts'

const validDays = 30

/** The link of a closing check is signed, not stored: `<id>.<mac>`. */
export const checkToken = (key: Buffer, id: number): string =>
  `${id}.${createHmac('sha256', key).update(`closing check ${id}`).digest('base64url')}`

const checkIdOf = (key: Buffer, token: string): number => {
  const id = Number(token.split('.')[0])
  const expected = Buffer.from(checkToken(key, id))
  const given = Buffer.from(token)
  if (!Number.isSafeInteger(id) || expected.length !== given.length || !timingSafeEqual(expected, given))
    return notFound('question')
  return id
}

/**
 * Asks the customer by mail whether the need was met; the mail goes out through whoever listens to the event.
 * @param sendAt not before this moment: a reply that can still be taken back goes first. Until then nothing is on record,
 *   because nothing has been asked
 * @returns the id of the question
 * @throws Refusal `invalid` when no address is known
 */
export const askIfMet = async (work: Work, kase: Kase, sendAt: Date | null = null): Promise<number> => {
  const address = await work.tx
    .selectFrom('identities')
    .select('value')
    .where('person_id', '=', kase.requester_id)
    .where('kind', '=', 'email')
    .where('undeliverable_at', 'is', null)
    .executeTakeFirst()
  if (!address)
    refuseField('askIfMet', `No e-mail address is known for ${kase.requester}. Ask them yourself and note the answer.`)
  const { id } = await work.tx
    .insertInto('closing_checks')
    .values({ case_id: kase.id, asked_at: work.now, expires_at: new Date(work.now.getTime() + validDays * 86_400_000) })
    .returning('id')
    .executeTakeFirstOrThrow()
  if (!sendAt) recordAsked(work, kase.id, id)
  else {
    const by = { id: work.actor.id, name: work.actor.name }
    planAsking(work, { caseId: kase.id, checkId: id, by, looked: 0 }, sendAt)
  }
  return id
}

/** A question that is asked once the reply has left; in whose name, and how often we looked whether it has. */
export const PlannedCheck = z.object({
  caseId: z.number(),
  checkId: z.number(),
  by: z.object({ id: z.number().nullable(), name: z.string() }),
  looked: z.number(),
})
type PlannedCheck = z.infer<typeof PlannedCheck>

const planAsking = (work: Work, planned: PlannedCheck, at: Date): void =>
  work.enqueue({ name: 'cases:ask_if_met', payload: planned, at })

const recordAsked = (work: Work, caseId: number, checkId: number): void =>
  work.record({ type: 'case.check_asked', subject: { kind: 'case', id: caseId }, data: { checkId } })

const wasAsked = async (work: Work, caseId: number, checkId: number): Promise<boolean> => {
  const { rows } = await sql`select 1 from events where subject_kind = 'case' and subject_id = ${caseId}
    and type = 'case.check_asked' and (data ->> 'checkId')::bigint = ${checkId} limit 1`.execute(work.tx)
  return rows.length > 0
}

/** What became of the reply that a question follows; null where it goes by no mail. */
const deliveryOf = async (work: Work, { caseId, checkId }: PlannedCheck): Promise<string | null> => {
  const { rows } = await sql<{ delivery: string | null }>`select m.delivery from events e
    join messages m on m.id = (e.data ->> 'messageId')::bigint
    where e.subject_kind = 'case' and e.subject_id = ${caseId} and e.type = 'case.replied'
      and (e.data ->> 'checkId')::bigint = ${checkId}`.execute(work.tx)
  return rows[0]?.delivery ?? null
}

/**
 * Asks a question whose reply has left, once. As long as it waits, so does the question: it looks again after 1 s, 2 s,
 * 4 s, at most a minute. A reply that could not be delivered is followed by no question.
 */
export const askPlanned = async (work: Work, planned: PlannedCheck): Promise<void> => {
  const { caseId, checkId, looked } = planned
  const check = await work.tx
    .selectFrom('closing_checks')
    .select('expires_at')
    .where('id', '=', checkId)
    .forUpdate()
    .executeTakeFirst()
  if (!check || check.expires_at <= work.now || (await wasAsked(work, caseId, checkId))) return
  const delivery = await deliveryOf(work, planned)
  if (delivery === 'waiting') {
    const laterMs = Math.min(60_000, 1000 * 2 ** looked)
    return planAsking(work, { ...planned, looked: looked + 1 }, new Date(work.now.getTime() + laterMs))
  }
  if (delivery !== 'failed' && delivery !== 'bounced') recordAsked(work, caseId, checkId)
}

/** The reply that settled it was taken back, so nobody is asked. What is on record already is followed by its opposite. */
export const withdrawCheck = async (work: Work, caseId: number, id: number): Promise<void> => {
  await work.tx.updateTable('closing_checks').set({ expires_at: work.now }).where('id', '=', id).execute()
  if (await wasAsked(work, caseId, id))
    work.record({ type: 'case.check_withdrawn', subject: { kind: 'case', id: caseId }, data: { checkId: id } })
}

/** Whether a question still stands, or was withdrawn before it went out. */
export const checkStands = async ({ tx, now }: Pick<Work, 'tx' | 'now'>, id: number): Promise<boolean> =>
  (await tx
    .selectFrom('closing_checks')
    .select('id')
    .where('id', '=', id)
    .where('expires_at', '>', now)
    .executeTakeFirst()) !== undefined

const checkById = async ({ db }: Pick<Reading, 'db'>, id: number) =>
  (await db
    .selectFrom('closing_checks as k')
    .innerJoin('cases as c', 'c.id', 'k.case_id')
    .select([
      'k.id',
      'k.case_id',
      'k.met',
      'k.expires_at',
      'k.answered_at',
      'c.subject',
      'c.requester_id',
      'c.status',
      'c.confidential',
    ])
    .where('k.id', '=', id)
    .executeTakeFirst()) ?? notFound('question')

/** What the customer is asked. Reading it records nothing: mail scanners open every link. */
export const closingCheck = async (reading: Reading, key: Buffer, token: string) => {
  const check = await checkById(reading, checkIdOf(key, token))
  const organisation = await reading.db.selectFrom('organisation').select('name').executeTakeFirstOrThrow()
  if (check.expires_at < reading.now) return notFound('question')
  return {
    organisation: organisation.name,
    subject: check.subject,
    answered: check.met as 'yes' | 'partly' | 'no' | null,
  }
}

/** Whom a link speaks for: the customer it was sent to. */
export const customerOf = async (reading: Reading, key: Buffer, token: string): Promise<Actor> => {
  const check = await checkById(reading, checkIdOf(key, token))
  const person = await reading.db
    .selectFrom('people')
    .select('name')
    .where('id', '=', check.requester_id)
    .executeTakeFirstOrThrow()
  return { ...anonymous, kind: 'customer', id: check.requester_id, name: person.name }
}

/** The customer answers. Not met, or only partly: the case opens again, in their name. */
export const answerCheck = async (
  work: Work,
  key: Buffer,
  input: { token: string; met: 'yes' | 'partly' | 'no'; remark: string },
) => {
  const check = await checkById({ db: work.tx }, checkIdOf(key, input.token))
  if (check.expires_at < work.now) throw new Refusal('not_found', 'This link has expired. Please write to us instead.')
  const kase = await lockCase({ ...work, actor: system }, check.case_id)
  await work.tx
    .updateTable('closing_checks')
    .set({ met: input.met, remark: input.remark, answered_at: work.now })
    .where('id', '=', check.id)
    .execute()
  await noteMet(work, kase, input)
  return done
}

/** What the customer says of a case: not met, or only partly, opens it again. */
export const noteMet = async (
  work: Work,
  kase: Kase,
  input: { met: 'yes' | 'partly' | 'no'; remark: string },
): Promise<void> => {
  const reopen = input.met !== 'yes' && !isOpen(kase.status)
  const again = {
    status: 'open',
    waiting_since: work.now,
    urgent_from: urgentFrom({ ...kase, waitingSince: work.now }),
    solved_at: null,
    closed_at: null,
    snoozed_until: null,
    reopened: kase.reopened + 1,
  }
  await work.tx
    .updateTable('cases')
    .set({ need_met: input.met, version: kase.version + 1, ...(reopen ? again : {}) })
    .where('id', '=', kase.id)
    .execute()
  const subject = { kind: 'case', id: kase.id }
  work.record({ type: 'case.check_answered', subject, data: { met: input.met, remark: input.remark } })
  if (reopen)
    work.record({ type: 'case.reopened', subject, before: { status: kase.status }, after: { status: 'open' } })
}
