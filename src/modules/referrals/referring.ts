import { refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { assertAskable } from '../authority/index.ts'
import { type Kase, lockCase, openAside, write } from '../cases/index.ts'
import type { Form, How, ReferralReason, ToKind } from './contract.ts'
import { type Goal, goalOf } from './finding.ts'
import { meOf, noteIn } from './locking.ts'
import { promiseAnswer } from './promising.ts'
import { formText, words } from './words.ts'

export type NewReferral = {
  id: number
  reason: ReferralReason
  toKind: ToKind
  toId?: number | undefined
  how: How
  question: string
  said: string
  subject?: string | undefined
  form?: Form | undefined
  dueAt?: string | undefined
  tellCustomer: string
}

/** What goes to a supplier goes by mail unless it was spoken. */
const goesByMail = ({ toKind, how }: NewReferral): boolean =>
  toKind === 'supplier' && (how === 'by_message' || how === 'in_writing')

const wishOf = (form: Form, kase: Kase) => ({
  ...form,
  subject: { kind: 'case', id: kase.id },
  personId: kase.requester_id,
})

const converse = async (work: Work, kase: Kase, input: NewReferral, goal: Goal): Promise<number> => {
  const byMail = goesByMail(input)
  const firstLine = input.question.split('\n')[0]?.slice(0, 80) ?? ''
  const subject = input.subject ?? (goal.person ? firstLine : kase.subject)
  const conversationId = await openAside(work, {
    caseId: kase.id,
    kind: goal.person ? 'supplier' : 'internal',
    channel: byMail ? 'email' : 'api',
    subject,
    ...(goal.person ? { other: { personId: goal.person.id, address: goal.person.address } } : {}),
  })
  if (byMail) {
    const mail = { kind: 'reply' as const, channel: 'email', attachmentIds: [], mentionIds: [] }
    await write(work, { id: kase.id, ...mail, conversationId, text: input.question })
  }
  const lines = [
    words('note.asks', { name: goal.name, reason: words(`reason.${input.reason}`, {}).toLowerCase() }),
    ...(byMail ? [] : [input.question]),
    ...(input.form ? [formText(input.form)] : []),
    ...(input.said.trim() ? [words('note.said', { how: words(`how.${input.how}`, {}), said: input.said })] : []),
  ]
  if (!byMail || lines.length > 1)
    await noteIn(work, { caseId: kase.id, conversationId }, lines.join('\n\n'), goal.tellIds)
  return conversationId
}

/**
 * Refers a case: why, to whom and how, with the form of what is asked for. It has a conversation and a promise of its
 * own; the customer is told where a text for them is given.
 * @returns its id, whom it went to and how they were found
 * @throws Refusal naming the field
 */
export const refer = async (work: Work, input: NewReferral) => {
  const kase = await lockCase(work, input.id)
  const makerId = meOf(work)
  const spoken = input.how === 'face_to_face' || input.how === 'by_phone'
  if (spoken && input.said.trim() === '') refuseField('said', 'Note what was said')
  const form = input.form && assertForm(input, input.form)
  if (form) await assertAskable(work, wishOf(form, kase))
  const byMail = goesByMail(input)
  const goal = await goalOf(work, { ...input, personId: kase.requester_id, byMail })
  const conversationId = await converse(work, kase, input, goal)
  const dueAt = input.dueAt ? new Date(input.dueAt) : undefined
  const promiseId = await promiseAnswer(work, kase.id, makerId, goal, dueAt)
  const { id } = await work.tx
    .insertInto('referrals')
    .values({
      conversation_id: conversationId,
      reason: input.reason,
      to_kind: input.toKind,
      to_team_id: goal.teamId,
      to_person_id: goal.person?.id ?? null,
      how: input.how,
      question: input.question,
      said: input.said,
      made_by: makerId,
      made_at: work.now,
      decider_id: goal.deciderId,
      trail: JSON.stringify(goal.trail),
      form: form ? JSON.stringify(form) : null,
      worth: form && form.currency !== null ? form.amount : 0,
      promise_id: promiseId,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const data = { referralId: id, to: goal.name, reason: input.reason, ...(form ? { act: form.act } : {}) }
  work.record({ type: 'case.referred', subject: { kind: 'case', id: kase.id }, data })
  if (input.tellCustomer.trim()) {
    const reply = { kind: 'reply' as const, attachmentIds: [], mentionIds: [], status: 'waiting_other' }
    await write(work, { id: kase.id, ...reply, text: input.tellCustomer })
  }
  return { id, to: goal.name, trail: goal.trail }
}

/** @throws Refusal where a form goes to somebody who decides nothing for us, or closes what is no complaint */
const assertForm = (input: NewReferral, form: Form): Form => {
  if (input.toKind === 'supplier') refuseField('form', 'A supplier decides nothing for us')
  return form
}
