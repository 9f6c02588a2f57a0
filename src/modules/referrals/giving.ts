import { Refusal } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import type { Given } from '../authority/contract.ts'
import { decideAlone } from '../authority/index.ts'
import { lockCase, write } from '../cases/index.ts'
import { formText, words } from './words.ts'

/**
 * Gives something in a case within one's own limit: it goes into the register and is noted on the case. The money itself
 * is paid elsewhere.
 * @throws Refusal `forbidden` beyond the limit, with how far one may go and who decides: what was filled in can be referred
 */
export const give = async (work: Work, { id, ...form }: Given & { id: number }) => {
  const kase = await lockCase(work, id)
  if (form.act === 'closing_complaint')
    throw new Refusal('invalid', 'A complaint is closed by solving its case.', [{ field: 'act', message: 'solve it' }])
  const wish = { ...form, subject: { kind: 'case', id: kase.id }, personId: kase.requester_id }
  const answer = await decideAlone(work, wish)
  if (!answer.decided) {
    const { sentence, upTo, decider, trail } = answer.beyond
    throw new Refusal('forbidden', sentence, [{ field: 'amount', message: 'beyond your limit: refer it' }], {
      upTo,
      decider,
      trail,
    })
  }
  const text = `${words('note.given', { name: work.actor.name })}\n${formText({ ...form })}`
  await write(work, { id: kase.id, kind: 'note', text, attachmentIds: [], mentionIds: [] })
  return { decisionId: answer.decided.id }
}
