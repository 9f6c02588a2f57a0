import { Refusal } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { decideAlone, isLimited } from '../authority/index.ts'
import { isOpen, type Kase } from './loading.ts'

/** A change that was decided by somebody who may: it asks for no authority of its own. */
export type Decided = { decided?: boolean }

/**
 * Closing a complaint asks for authority, as soon as anybody has a limit for it, and goes into the register.
 * @throws Refusal `forbidden` beyond it, naming who decides
 */
export const authoriseClosing = async (work: Work, kase: Kase, status: string, how: Decided = {}): Promise<void> => {
  const closes = kase.kind === 'complaint' && isOpen(kase.status) && !isOpen(status)
  if (!closes || how.decided || work.actor.kind !== 'staff') return
  if (!(await isLimited({ db: work.tx }, 'closing_complaint'))) return
  const answer = await decideAlone(work, {
    act: 'closing_complaint',
    amount: 1,
    currency: null,
    reason: kase.subject,
    exception: false,
    exceptionReason: '',
    policy: '',
    subject: { kind: 'case', id: kase.id },
    personId: kase.requester_id,
  })
  if (answer.decided) return
  const { sentence, decider } = answer.beyond
  throw new Refusal('forbidden', `Closing a complaint: ${sentence}`, [{ field: 'status', message: 'refer it' }], {
    act: 'closing_complaint',
    decider,
  })
}
