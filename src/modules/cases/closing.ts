import { createHmac, timingSafeEqual } from 'node:crypto'
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
 * @param sendAt not before this moment: a reply that can still be taken back goes first
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
  const data = { checkId: id, ...(sendAt ? { sendAt: sendAt.toISOString() } : {}) }
  work.record({ type: 'case.check_asked', subject: { kind: 'case', id: kase.id }, data })
  return id
}

/** The reply that settled it was taken back, so nobody is asked. */
export const withdrawCheck = async (work: Work, id: number): Promise<void> => {
  await work.tx.updateTable('closing_checks').set({ expires_at: work.now }).where('id', '=', id).execute()
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
  const reopen = input.met !== 'yes' && !isOpen(kase.status)
  const again = {
    status: 'open',
    waiting_since: work.now,
    urgent_from: urgentFrom({ ...kase, waitingSince: work.now }),
    solved_at: null,
    closed_at: null,
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
  return done
}
