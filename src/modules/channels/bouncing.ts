import type { ParsedMail } from '../../platform/mail/parse.ts'
import { redactText } from '../../platform/text/redact.ts'
import type { Work } from '../../platform/work.ts'
import { noteDelivery } from '../cases/index.ts'
import { markUndeliverable } from '../people/index.ts'

type Finish = (state: 'done' | 'discarded', reason: string, caseId: number | null) => Promise<void>

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
  for (const recipient of report.recipients) {
    // Only an address we wrote to: a forged report must not silence others.
    const ours = sent.recipients.some(address => address.toLowerCase() === recipient.address.toLowerCase())
    const failed = report.kind === 'complaint' || recipient.action === 'failed' || recipient.status.startsWith('5')
    if (!ours || !failed) continue
    const reason =
      report.kind === 'complaint'
        ? 'reported as unwanted'
        : redactText(`${recipient.status} ${recipient.diagnostic}`.trim().slice(0, 300)).text
    await markUndeliverable(work, recipient.address, reason)
    await work.tx
      .updateTable('outgoing_mail')
      .set({ state: 'bounced', last_error: reason })
      .where('id', '=', sent.id)
      .execute()
    if (sent.message_ref) await noteDelivery(work, sent.message_ref, 'bounced', { address: recipient.address, reason })
  }
  return finish('done', `${report.kind} report`, sent.case_id)
}
