import { Refusal, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { decideFor, takeBackDecision } from '../authority/index.ts'
import { changeCase, type Kase } from '../cases/index.ts'
import type { AnswerKind, Form, Referral } from './contract.ts'
import { assertOpen, lockReferral, meOf, noteIn, readingOf } from './locking.ts'
import { answerCame, promiseAnswer } from './promising.ts'
import { referralById } from './queries.ts'
import { actLine, words } from './words.ts'

export type Answer = {
  id: number
  answer: AnswerKind
  amount?: number | undefined
  reason: string
  version?: number | undefined
}

/** How much is granted by an answer. @throws Refusal naming the field */
const grantOf = ({ answer, amount }: Answer, form: Form): number => {
  if (answer === 'approve') return form.amount
  if (answer === 'decline') return 0
  if (amount === undefined || amount <= 0) return refuseField('amount', 'Say how much')
  if (amount >= form.amount) return refuseField('amount', 'Less than what was asked for')
  return amount
}

type Locked = Awaited<ReturnType<typeof lockReferral>>

const decide = async (work: Work, { kase, referral }: Locked, input: Answer): Promise<number> => {
  const form = referral.form ?? refuseField('answer', 'Nothing is asked for that could be approved: advise instead')
  const grant = grantOf(input, form)
  const wish = { ...form, subject: { kind: 'case', id: kase.id }, personId: kase.requester_id }
  const { id } = await decideFor(work, { wish, makerId: referral.madeBy.id, verdict: input.reason, grant })
  // Closing a complaint is done with the decision; everything else is done where it is paid or sent.
  if (form.act === 'closing_complaint' && grant > 0) {
    const met = form.needMet ? { needMet: form.needMet } : {}
    await changeCase(work, { id: kase.id, status: 'solved', ...met }, { decided: true })
  }
  return id
}

const answerLine = (input: Answer, form: Form | null): string =>
  form && input.answer !== 'advise'
    ? words(`note.${input.answer}`, { what: actLine(form, input.amount ?? form.amount) })
    : words('note.advise', {})

/** @throws Refusal to whoever asked: who asks does not answer */
const assertOther = (work: Work, makerId: number): number => {
  const me = meOf(work)
  if (me === makerId) throw new Refusal('forbidden', 'You asked this yourself: somebody else answers it.')
  return me
}

/**
 * Answers a referral: approves what is asked for, approves less, declines, or advises. Whoever asked is told.
 * @throws Refusal `conflict` with what the other said where somebody was quicker; `forbidden` to whoever asked, and
 *   beyond one's own limit
 */
export const answer = async (work: Work, input: Answer) => {
  const locked = await lockReferral(work, input.id, input.version)
  const { kase, referral, row } = locked
  assertOpen(referral)
  const me = assertOther(work, referral.madeBy.id)
  const decisionId = input.answer === 'advise' ? null : await decide(work, locked, input)
  await work.tx
    .updateTable('referrals')
    .set({
      state: decisionId === null ? 'answered' : 'decided',
      answer: input.reason,
      answered_by: me,
      answered_at: work.now,
      decision_id: decisionId,
      version: row.version + 1,
    })
    .where('id', '=', input.id)
    .execute()
  await answerCame(work, row.promise_id)
  const text = `${answerLine(input, referral.form)}\n\n${input.reason}`
  await noteIn(work, at(kase, referral), text, [referral.madeBy.id])
  const data = { referralId: input.id, answer: input.answer, makerId: referral.madeBy.id }
  work.record({ type: 'case.referral_answered', subject: { kind: 'case', id: kase.id }, data })
  return referralById(readingOf(work), input.id)
}

const at = (kase: Kase, referral: Pick<Referral, 'conversationId'>) => ({
  caseId: kase.id,
  conversationId: referral.conversationId,
})

const undoSeconds = 60

/**
 * Takes one's answer back within a minute: the referral is open again. The register keeps the decision and that it was
 * taken back; a complaint that was closed by it is open again.
 */
export const undoAnswer = async (work: Work, id: number) => {
  const { kase, referral, row } = await lockReferral(work, id)
  const me = meOf(work)
  if (row.answered_by !== me || !row.answered_at || !['answered', 'decided'].includes(row.state))
    throw new Refusal('forbidden', 'Only whoever answered can take the answer back.')
  if (work.now.getTime() - row.answered_at.getTime() > undoSeconds * 1000)
    throw new Refusal('conflict', 'This was answered more than a minute ago and stands.')
  if (row.decision_id) await takeBackDecision(work, row.decision_id)
  if (referral.form?.act === 'closing_complaint' && kase.status === 'solved')
    await changeCase(work, { id: kase.id, status: 'open' })
  const goal = { name: work.actor.name, deciderId: row.decider_id, teamId: row.to_team_id, person: null }
  const due = referral.dueAt && referral.dueAt > work.now ? referral.dueAt : undefined
  const promiseId = await promiseAnswer(work, kase.id, row.made_by, goal, due)
  await work.tx
    .updateTable('referrals')
    .set({
      state: 'open',
      answer: '',
      answered_by: null,
      answered_at: null,
      decision_id: null,
      promise_id: promiseId,
      version: row.version + 1,
    })
    .where('id', '=', id)
    .execute()
  await noteIn(work, at(kase, referral), words('note.undone', {}), [row.made_by])
  work.record({ type: 'case.referral_reopened', subject: { kind: 'case', id: kase.id }, data: { referralId: id } })
  return referralById(readingOf(work), id)
}
