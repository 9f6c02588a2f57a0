import { sql } from 'kysely'
import { staffIdOf } from '../../platform/permissions/actor.ts'
import { notFound, Refusal, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { allowanceOf } from './allowance.ts'
import type { Allowance, Given } from './contract.ts'

/** An act that is asked for: its form, what it belongs to, and the customer it is for. */
export type Wish = Given & { subject: { kind: string; id: number }; personId: number }

export type Decided = { id: number; outcome: Outcome; amount: number }
type Outcome = 'own' | 'approved' | 'approved_less' | 'declined'

const readingOf = (work: Work) => ({ db: work.tx, now: work.now })

/** Until this transaction ends nobody else gives to this customer, and whoever decides does nothing else. */
const lock = async (work: Work, personId: number, staffId: number): Promise<void> => {
  await sql`select authority_lock(${personId}, ${staffId})`.execute(work.tx)
}

/** @throws Refusal where somebody would give to themselves */
const assertNotOwn = async (work: Work, personId: number, staffIds: readonly number[]): Promise<void> => {
  const { rows } = await sql`select 1 from people where id in (select authority_customer(${personId}))
    and staff_id = any(${[...staffIds]}::bigint[])`.execute(work.tx)
  if (rows.length > 0) throw new Refusal('forbidden', 'Nobody gives to themselves: a colleague decides this.')
}

/** @throws Refusal naming the field of the form */
const assertForm = (wish: Wish): void => {
  if (wish.amount === 0) refuseField('amount', 'Say how much')
  const exceptional = wish.exception || wish.act === 'policy_exception'
  if (exceptional && wish.exceptionReason.trim() === '')
    refuseField('exceptionReason', 'Say why this departs from the policy')
}

type Entry = { wish: Wish; madeBy: number; decidedBy: number; outcome: Outcome; amount: number; verdict: string }

const enter = async (work: Work, { wish, madeBy, decidedBy, outcome, amount, verdict }: Entry): Promise<Decided> => {
  const exception = wish.exception || wish.act === 'policy_exception'
  const { id } = await work.tx
    .insertInto('decisions')
    .values({
      act: wish.act,
      amount,
      asked: wish.amount,
      currency: wish.currency,
      reason: wish.reason,
      exception,
      exception_reason: exception ? wish.exceptionReason.trim() : null,
      policy: wish.policy.trim(),
      subject_kind: wish.subject.kind,
      subject_id: wish.subject.id,
      person_id: wish.personId,
      made_by: madeBy,
      decided_by: decidedBy,
      verdict,
      at: work.now,
      outcome,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const data = { decisionId: id, act: wish.act, amount, asked: wish.amount, currency: wish.currency, outcome }
  work.record({ type: 'decision.made', subject: wish.subject, data })
  return { id, outcome, amount }
}

/**
 * Decides an act oneself, within one's own limit, and enters it in the register.
 * @returns the decision, or how far one may go and who decides beyond it
 */
export const decideAlone = async (
  work: Work,
  wish: Wish,
): Promise<{ decided: Decided } | { decided: null; beyond: Allowance }> => {
  assertForm(wish)
  const staffId = staffIdOf(work.actor) ?? 0
  await assertNotOwn(work, wish.personId, [staffId])
  await lock(work, wish.personId, staffId)
  const allowance = await allowanceOf(readingOf(work), staffIdOf(work.actor), wish)
  if (!allowance.allowed) return { decided: null, beyond: allowance }
  const entry = { wish, madeBy: staffId, decidedBy: staffId, outcome: 'own', amount: wish.amount, verdict: '' } as const
  return { decided: await enter(work, entry) }
}

/** Checks that what is asked for may be asked: before it goes to somebody else. @throws Refusal naming the field */
export const assertAskable = async (work: Work, wish: Wish): Promise<void> => {
  assertForm(wish)
  await assertNotOwn(work, wish.personId, [staffIdOf(work.actor) ?? 0])
}

export type Verdict = { wish: Wish; makerId: number; verdict: string; grant: number }

/**
 * Decides what somebody else asked for: all of it, less, or nothing.
 * @param grant how much is granted; 0 declines
 * @throws Refusal `forbidden` to whoever asked, and beyond the limit of whoever decides, with who decides instead
 */
export const decideFor = async (work: Work, { wish, makerId, verdict, grant }: Verdict): Promise<Decided> => {
  const staffId = staffIdOf(work.actor)
  if (staffId === null) throw new Refusal('forbidden', 'Only a member of staff decides this.')
  if (staffId === makerId) throw new Refusal('forbidden', 'You asked for this yourself: somebody else decides it.')
  if (verdict.trim() === '') refuseField('reason', 'Say why')
  if (grant > wish.amount) refuseField('amount', 'At most what was asked for')
  const outcome = grant === 0 ? 'declined' : grant < wish.amount ? 'approved_less' : 'approved'
  if (grant > 0) {
    await assertNotOwn(work, wish.personId, [staffId, makerId])
    await lock(work, wish.personId, staffId)
    const allowance = await allowanceOf(readingOf(work), staffId, { ...wish, amount: grant })
    if (!allowance.allowed)
      throw new Refusal('forbidden', allowance.sentence, [{ field: 'amount', message: 'beyond your limit' }], {
        upTo: allowance.upTo,
        decider: allowance.decider,
      })
  }
  return enter(work, { wish, madeBy: makerId, decidedBy: staffId, outcome, amount: grant, verdict: verdict.trim() })
}

/** A decision can be taken back by whoever made it as long as the notice stands, and a slow line gets some more. */
const takeBackSeconds = 60

/** Takes a decision back: the register keeps both. @throws Refusal to anybody else, and when it is too late */
export const takeBackDecision = async (work: Work, id: number): Promise<void> => {
  const row = await work.tx.selectFrom('decisions').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row || row.outcome === 'taken_back') return notFound('decision')
  const staffId = staffIdOf(work.actor)
  if (row.decided_by !== staffId) throw new Refusal('forbidden', 'Only whoever decided can take it back.')
  if (work.now.getTime() - row.at.getTime() > takeBackSeconds * 1000)
    throw new Refusal('conflict', 'This was decided more than a minute ago and stands. Note on the case what changed.')
  await lock(work, row.person_id, staffId)
  const { id: _, ...same } = row
  const { rows } = await sql`select 1 from decisions where reverses = ${id}`.execute(work.tx)
  if (rows.length > 0) throw new Refusal('conflict', 'This was taken back already.')
  await work.tx
    .insertInto('decisions')
    .values({ ...same, at: work.now, outcome: 'taken_back', reverses: id, decided_by: staffId })
    .execute()
  const data = { decisionId: id, act: row.act, amount: row.amount, currency: row.currency }
  work.record({ type: 'decision.taken_back', subject: { kind: row.subject_kind, id: row.subject_id }, data })
}
