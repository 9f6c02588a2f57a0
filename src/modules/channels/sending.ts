import type { Kernel } from '../../platform/kernel.ts'
import { system } from '../../platform/permissions/actor.ts'
import { redactText } from '../../platform/text/redact.ts'
import type { Work } from '../../platform/work.ts'
import { noteDelivery } from '../cases/index.ts'
import { markUndeliverable } from '../people/index.ts'
import { attempt, type Outcome } from './attempting.ts'
import { noteDelay, noteReturn } from './bouncing.ts'

type Waiting = {
  id: number
  raw: Buffer | null
  envelope_from: string
  recipients: string[]
  /** Those who were put off while others took it. */
  recipients_left: string[] | null
  case_id: number | null
  message_ref: number | null
  attempts: number
  /** When the first of them took it. */
  sent_at: Date | null
}

/** Nobody has it: it waits or has failed as a whole. */
const settleUnsent = async (work: Work, mail: Waiting, { putOff, refused, error }: Outcome): Promise<void> => {
  const state = putOff.length > 0 ? 'waiting' : 'failed'
  await work.tx.updateTable('outgoing_mail').set({ state, last_error: error }).where('id', '=', mail.id).execute()
  if (state === 'waiting') return
  if (mail.message_ref) await noteDelivery(work, mail.message_ref, state, error ? { reason: error } : {})
  for (const { address, reason, noSuchAddress } of refused)
    if (noSuchAddress) await markUndeliverable(work, address, redactText(reason).text)
}

/** Somebody has it: the others are tried again, or told of one by one. */
const settleSent = async (work: Work, mail: Waiting, { putOff, refused, error }: Outcome): Promise<void> => {
  const first = mail.sent_at === null
  const left = putOff.map(one => one.address)
  await work.tx
    .updateTable('outgoing_mail')
    .set({
      recipients_left: left.length > 0 ? left : null,
      last_error: error,
      ...(first ? { state: 'sent', sent_at: work.now } : {}),
    })
    .where('id', '=', mail.id)
    .execute()
  if (first && mail.message_ref) await noteDelivery(work, mail.message_ref, 'sent')
  if (first) for (const { address, reason } of putOff) noteDelay(work, mail, address, reason)
  for (const { address, reason, noSuchAddress } of refused)
    await noteReturn(work, mail, { address, reason, forGood: noSuchAddress })
}

/** Without an outgoing server a mail is kept and shown. */
const keep = (kernel: Kernel, mail: Waiting): Promise<void> =>
  kernel.work(system, async work => {
    const { attempts } = mail
    await work.tx
      .updateTable('outgoing_mail')
      .set({ state: 'kept', last_error: null, attempts: attempts + 1 })
      .where('id', '=', mail.id)
      .execute()
    if (mail.message_ref) await noteDelivery(work, mail.message_ref, 'kept')
  })

/**
 * Hands a mail to the outgoing server. A refusal for good is noted on the case; a passing trouble, of the whole mail or
 * of some who should get it, is tried again, ever more slowly: the job fails for that.
 */
export const send = async (kernel: Kernel, key: Buffer, smtpUrl: string | null, id: number): Promise<void> => {
  const mail = await kernel.read(system, ({ db }) =>
    db
      .selectFrom('outgoing_mail')
      .select([
        'id',
        'raw',
        'envelope_from',
        'recipients',
        'recipients_left',
        'case_id',
        'message_ref',
        'attempts',
        'sent_at',
      ])
      .where('id', '=', id)
      .where(where => where.or([where('state', '=', 'waiting'), where('recipients_left', 'is not', null)]))
      .executeTakeFirst(),
  )
  if (!mail?.raw) return
  if (!smtpUrl) return keep(kernel, mail)
  const { raw: sealed, envelope_from: from, attempts } = mail
  const to = mail.recipients_left ?? mail.recipients
  const outcome = await attempt(smtpUrl, key, { from, to, sealed, attempts })
  await kernel.work(system, async work => {
    await work.tx
      .updateTable('outgoing_mail')
      .set({ attempts: attempts + 1 })
      .where('id', '=', id)
      .execute()
    await (outcome.taken || mail.sent_at ? settleSent : settleUnsent)(work, mail, outcome)
  })
  if (outcome.putOff.length > 0) throw new Error(`Mail ${id} is not with everybody yet; it is tried again.`)
}
