import { Refusal, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { done } from '../../shared/contract.ts'
import { deciderFor } from '../authority/index.ts'
import { changeCase } from '../cases/index.ts'
import { whatOf } from './finding.ts'
import { assertOpen, lockReferral, meOf, noteIn, readingOf } from './locking.ts'
import { answerCame, answerNotNeeded, promiseAnswer } from './promising.ts'
import { referralById } from './queries.ts'
import { words } from './words.ts'

/** Takes the case over instead of answering: from now on whoever was asked handles it. */
export const takeOver = async (work: Work, input: { id: number; reason: string; version?: number | undefined }) => {
  const { kase, referral, row } = await lockReferral(work, input.id, input.version)
  assertOpen(referral)
  const me = meOf(work)
  if (me === row.made_by) throw new Refusal('forbidden', 'You asked this yourself: somebody else answers it.')
  if (row.to_kind === 'supplier') refuseField('id', 'What was asked of a supplier cannot be taken over')
  await work.tx
    .updateTable('referrals')
    .set({
      state: 'taken_over',
      answer: input.reason,
      answered_by: me,
      answered_at: work.now,
      version: row.version + 1,
    })
    .where('id', '=', input.id)
    .execute()
  await answerCame(work, row.promise_id)
  await changeCase(work, { id: kase.id, assigneeId: 'me' })
  const text = [words('note.taken', {}), input.reason].filter(Boolean).join('\n\n')
  await noteIn(work, { caseId: kase.id, conversationId: row.conversation_id }, text, [row.made_by])
  const data = { referralId: input.id, answer: 'taken_over', makerId: row.made_by }
  work.record({ type: 'case.referral_answered', subject: { kind: 'case', id: kase.id }, data })
  return referralById(readingOf(work), input.id)
}

/** Hands a case that was taken over back to whoever asked, with where it stands now. */
export const handBack = async (work: Work, input: { id: number; note: string }) => {
  const { kase, row } = await lockReferral(work, input.id)
  if (row.state !== 'taken_over') throw new Refusal('conflict', 'Only what was taken over can be handed back.')
  if (row.answered_by !== meOf(work)) throw new Refusal('forbidden', 'Whoever took it over hands it back.')
  const maker = await work.tx
    .selectFrom('staff')
    .select('id')
    .where('id', '=', row.made_by)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (!maker) throw new Refusal('conflict', 'Whoever asked has left: give the case to somebody else instead.')
  await work.tx
    .updateTable('referrals')
    .set({ state: 'handed_back', version: row.version + 1 })
    .where('id', '=', input.id)
    .execute()
  await noteIn(work, { caseId: kase.id, conversationId: row.conversation_id }, input.note, [row.made_by])
  await changeCase(work, { id: kase.id, assigneeId: row.made_by })
  const data = { referralId: input.id, makerId: row.made_by }
  work.record({ type: 'case.referral_handed_back', subject: { kind: 'case', id: kase.id }, data })
  return referralById(readingOf(work), input.id)
}

/** Passes an open referral on: to a colleague who is named, or to the next level up. */
export const passOn = async (work: Work, input: { id: number; toStaffId?: number | undefined; note: string }) => {
  const { kase, referral, row } = await lockReferral(work, input.id)
  assertOpen(referral)
  if (row.to_kind === 'supplier') refuseField('id', 'What was asked of a supplier cannot be passed on')
  const what = whatOf(referral.form, kase.requester_id)
  const named = input.toStaffId ? { namedId: input.toStaffId } : {}
  const beyond = row.decider_id ? [row.decider_id] : []
  const asked = { makerId: row.made_by, what, beyond, ...named }
  const { decider, trail } = await deciderFor({ db: work.tx, now: work.now }, asked)
  if (!decider) throw new Refusal('conflict', 'Nobody else is here who may decide this.', [], { trail })
  await answerNotNeeded(work, row.promise_id)
  const goal = { name: decider.name, deciderId: decider.id, teamId: null, person: null }
  const due = referral.dueAt && referral.dueAt > work.now ? referral.dueAt : undefined
  await work.tx
    .updateTable('referrals')
    .set({
      decider_id: decider.id,
      trail: JSON.stringify([...referral.trail, ...trail]),
      promise_id: await promiseAnswer(work, kase.id, row.made_by, goal, due),
      version: row.version + 1,
    })
    .where('id', '=', input.id)
    .execute()
  const text = [words('note.passed', { name: decider.name }), input.note].filter(Boolean).join('\n\n')
  await noteIn(work, { caseId: kase.id, conversationId: row.conversation_id }, text, [decider.id])
  const data = { referralId: input.id, to: decider.name }
  work.record({ type: 'case.referral_passed_on', subject: { kind: 'case', id: kase.id }, data })
  return referralById(readingOf(work), input.id)
}

/** Withdraws what one asked and nobody has answered. */
export const withdraw = async (work: Work, id: number) => {
  const { kase, referral, row } = await lockReferral(work, id)
  if (row.made_by !== meOf(work)) throw new Refusal('forbidden', 'Only whoever asked can withdraw it.')
  assertOpen(referral)
  await work.tx
    .updateTable('referrals')
    .set({ state: 'withdrawn', answered_at: work.now, version: row.version + 1 })
    .where('id', '=', id)
    .execute()
  await answerNotNeeded(work, row.promise_id)
  work.record({ type: 'case.referral_withdrawn', subject: { kind: 'case', id: kase.id }, data: { referralId: id } })
  return done
}
