import { staffIdOf } from '../../platform/permissions/actor.ts'
import { assertFresh, notFound, Refusal } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { lockCase, write } from '../cases/index.ts'
import type { Referral } from './contract.ts'
import { referralById } from './queries.ts'

export const readingOf = (work: Work) => ({ db: work.tx, actor: work.actor, now: work.now })

/** Whoever does something with a referral is a member of staff. */
export const meOf = (work: Work): number => {
  const staffId = staffIdOf(work.actor)
  if (staffId === null) throw new Refusal('forbidden', 'Only a member of staff refers and answers.')
  return staffId
}

/**
 * A referral and its case, locked until the transaction ends: the case first, so that nobody waits crosswise.
 * @throws Refusal `not_found` where the case may not be seen
 */
export const lockReferral = async (work: Work, id: number, version?: number) => {
  const row = await work.tx
    .selectFrom('referrals as r')
    .innerJoin('conversations as v', 'v.id', 'r.conversation_id')
    .select('v.case_id')
    .where('r.id', '=', id)
    .executeTakeFirst()
  if (!row) return notFound('referral')
  const kase = await lockCase(work, row.case_id)
  const locked = await work.tx.selectFrom('referrals').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!locked) return notFound('referral')
  const referral = await referralById(readingOf(work), id)
  // Who was slower is told what the other did, not that something changed.
  if (locked.state === 'open') assertFresh(locked.version, version, 'referral')
  return { kase, referral, row: locked }
}

const happened = {
  open: '',
  answered: 'answered this already',
  decided: 'decided this already',
  taken_over: 'took this over already',
  handed_back: 'answered this already and handed it back',
  withdrawn: 'This was withdrawn',
} as const

/** @throws Refusal `conflict` with who answered what, where somebody was quicker */
export const assertOpen = (referral: Omit<Referral, 'madeAt' | 'answeredAt' | 'dueAt'>): void => {
  const { state, answeredBy, answer, granted, form } = referral
  if (state === 'open') return
  const said = answer ? ` They said: “${answer}”` : ''
  const sentence = answeredBy
    ? `${answeredBy.name} ${happened[state]}.${said}`
    : 'This was answered or withdrawn already.'
  throw new Refusal('conflict', sentence, [], { state, answeredBy, answer, granted, asked: form?.amount ?? null })
}

/** Notes something in the conversation of a referral; those who are named are told. */
export const noteIn = async (
  work: Work,
  at: { caseId: number; conversationId: number },
  text: string,
  mentionIds: number[] = [],
): Promise<void> => {
  const { caseId: id, conversationId } = at
  await write(work, { id, kind: 'note', text, conversationId, attachmentIds: [], mentionIds })
}
