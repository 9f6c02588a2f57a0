import { notFound, Refusal } from '../../platform/refusal.ts'
import { cleanText } from '../../platform/text/clean.ts'
import type { Work } from '../../platform/work.ts'
import { done } from '../../shared/contract.ts'
import { openCase } from '../cases/index.ts'
import { maskSetAside, maskSource } from './masking.ts'
import { outgoingById, receivedById } from './queries.ts'
import { sealMail, unsealMail } from './storing.ts'

const quarantined = async (work: Work, id: number) => {
  const mail = await work.tx.selectFrom('received_mail').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!mail) return notFound('mail')
  if (mail.state !== 'quarantined') throw new Refusal('conflict', 'This mail is not in quarantine any more.')
  return mail
}

/** Gives a quarantined mail back to the intake. */
export const retryReceived = async (work: Work, id: number) => {
  await quarantined(work, id)
  await work.tx.updateTable('received_mail').set({ state: 'stored', reason: null }).where('id', '=', id).execute()
  work.record({ type: 'mail.retried', subject: { kind: 'mail', id } })
  return receivedById({ db: work.tx }, id)
}

export const discardReceived = async (work: Work, id: number) => {
  await quarantined(work, id)
  await work.tx
    .updateTable('received_mail')
    .set({ state: 'discarded', processed_at: work.now })
    .where('id', '=', id)
    .execute()
  work.record({ type: 'mail.discarded', subject: { kind: 'mail', id } })
  return done
}

/** Makes a case of a mail that no rule would take, with what can be read of it; the original stays downloadable, without numbers. */
export const acceptReceived = async (
  work: Work,
  key: Buffer,
  input: { id: number; subject?: string | undefined; from?: string | undefined },
) => {
  const mail = await quarantined(work, input.id)
  const raw = unsealMail(key, mail.raw)
  const masked = await maskSetAside(raw)
  const parsed = masked?.mail
  const source = maskSource(raw, masked)
  const text = (masked?.text ?? cleanText(source.subarray(0, 20_000).toString('latin1'))).slice(0, 200_000)
  const email = input.from ?? parsed?.from?.address
  const mailbox = await work.tx
    .selectFrom('mailboxes')
    .select(['id', 'team_id'])
    .where('id', '=', mail.mailbox_id)
    .executeTakeFirstOrThrow()
  const made = await openCase(work, {
    subject: input.subject ?? (parsed?.subject.slice(0, 300) || 'Mail from quarantine'),
    kind: 'enquiry',
    channel: 'email',
    requester: email ? { email, name: parsed?.from?.name || undefined } : { name: 'Unknown sender' },
    mailboxId: mailbox.id,
    teamId: mailbox.team_id,
    message: { text: text.trim() || '(nothing readable)', mailId: mail.id },
  })
  await work.tx
    .updateTable('received_mail')
    .set({
      state: 'done',
      case_id: made.id,
      processed_at: work.now,
      ...(source.equals(raw) ? {} : { raw: sealMail(key, source), redacted: true }),
    })
    .where('id', '=', mail.id)
    .execute()
  work.record({ type: 'mail.accepted', subject: { kind: 'mail', id: mail.id }, data: { caseId: made.id } })
  return { caseId: made.id }
}

/** Sends a failed or kept mail again. */
export const retryOutgoing = async (work: Work, id: number) => {
  const row = await work.tx
    .updateTable('outgoing_mail')
    .set({ state: 'waiting', last_error: null, attempts: 0, sent_at: null, recipients_left: null })
    .where('id', '=', id)
    .where('state', 'in', ['failed', 'kept', 'bounced'])
    .returning('id')
    .executeTakeFirst()
  if (!row) throw new Refusal('conflict', 'This mail has gone out, or is waiting to.')
  work.enqueue({ name: 'channels:send', payload: { id }, key: `send:${id}` })
  work.record({ type: 'mail.resent', subject: { kind: 'outgoing_mail', id } })
  return outgoingById({ db: work.tx }, id)
}
