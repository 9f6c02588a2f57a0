import type { ParsedMail } from '../../platform/mail/parse.ts'
import { redactText } from '../../platform/text/redact.ts'
import type { Work } from '../../platform/work.ts'
import { noteDelivery } from '../cases/index.ts'
import { markUndeliverable } from '../people/index.ts'

type Finish = (state: 'done' | 'discarded', reason: string, caseId: number | null) => Promise<void>
type Sent = { id: number; case_id: number | null; message_ref: number | null }
type CameBack = {
  address: string
  reason: string
  /** The address itself is wrong: nothing will ever arrive there. */
  forGood: boolean
}

const plain = (reason: string): string => redactText(reason.trim().slice(0, 300)).text

/** Notes on the mail, its message and its case that it did not reach an address. */
export const noteReturn = async (work: Work, sent: Sent, { address, reason, forGood }: CameBack): Promise<void> => {
  const why = plain(reason)
  if (forGood) await markUndeliverable(work, address, why)
  await work.tx
    .updateTable('outgoing_mail')
    .set({ state: 'bounced', last_error: why })
    .where('id', '=', sent.id)
    .execute()
  if (sent.message_ref) await noteDelivery(work, sent.message_ref, 'bounced', { address, reason: why })
}

/** A server on the way still tries: whoever wrote should know, and nothing is given up. */
export const noteDelay = (work: Work, sent: Sent, address: string, reason: string): void => {
  if (sent.case_id)
    work.record({
      type: 'mail.delayed',
      subject: { kind: 'case', id: sent.case_id },
      data: { address, reason: plain(reason) },
    })
}

/**
 * Takes a report about a mail of ours: a failure for good marks the address and the message, a delay is only noted, a
 * complaint counts as a wish not to be written to. Reports make no cases and get no answers.
 */
export const takeReport = async (work: Work, mail: ParsedMail, finish: Finish): Promise<void> => {
  const report = mail.report
  if (!report) return
  const sent = report.originalMessageId
    ? await work.tx
        .selectFrom('outgoing_mail')
        .select(['id', 'case_id', 'message_ref', 'recipients'])
        .where('message_id', '=', report.originalMessageId)
        .executeTakeFirst()
    : undefined
  if (report.kind === 'receipt') return finish('discarded', 'reading receipt', sent?.case_id ?? null)
  if (!sent) return finish('discarded', `${report.kind} report about a mail we did not send`, null)
  for (const { address, action, status, diagnostic } of report.recipients) {
    // Only an address we wrote to: a forged report must not silence others.
    if (!sent.recipients.some(one => one.toLowerCase() === address.toLowerCase())) continue
    const reason = report.kind === 'complaint' ? 'reported as unwanted' : `${status} ${diagnostic}`
    const failed = report.kind === 'complaint' || action === 'failed' || status.startsWith('5')
    if (failed) await noteReturn(work, sent, { address, reason, forGood: true })
    else if (action === 'delayed' || status.startsWith('4')) noteDelay(work, sent, address, reason)
  }
  return finish('done', `${report.kind} report`, sent.case_id)
}
