import { createTransport, type Transporter } from 'nodemailer'
import type { Kernel } from '../../platform/kernel.ts'
import { system } from '../../platform/permissions/actor.ts'
import { redactText } from '../../platform/text/redact.ts'
import type { Work } from '../../platform/work.ts'
import { noteDelivery } from '../cases/index.ts'
import { markUndeliverable } from '../people/index.ts'
import { noteDelay, noteReturn } from './bouncing.ts'
import { unsealMail } from './storing.ts'

let transport: { url: string; transporter: Transporter } | null = null

const transporterFor = (url: string): Transporter => {
  if (transport?.url !== url)
    transport = {
      url,
      transporter: createTransport(url, {
        pool: true,
        maxConnections: 4,
        connectionTimeout: 20_000,
        greetingTimeout: 20_000,
        socketTimeout: 60_000,
      } as object),
    }
  return transport.transporter
}

export const closeTransport = (): void => {
  transport?.transporter.close()
  transport = null
}

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

/** One of several recipients, or the only one, that the other server did not take. */
type NotTaken = { address: string; reason: string; code: number | undefined; noSuchAddress: boolean }

/** What became of one attempt. */
type Outcome = {
  /** Somebody took it. */
  taken: boolean
  /** Who is tried again, since the trouble may pass. */
  putOff: readonly NotTaken[]
  refused: readonly NotTaken[]
  error: string | null
}

/** RFC 3463: there is no such mailbox or host. Other refusals, such as of our own server, say nothing of the address. */
const noSuchAddress = /\b5\.1\.(?:1|2|3|6|10)\b/
const isForGood = ({ code }: NotTaken): boolean => code !== undefined && code >= 500

/** What nodemailer throws, and keeps of each recipient that was not taken. */
type SmtpError = Error & { recipient?: string; responseCode?: number; response?: string; rejectedErrors?: SmtpError[] }

const notTaken = (error: SmtpError, address = error.recipient ?? '', isAboutThem = true): NotTaken => {
  const reason = (error.response ?? error.message).slice(0, 500)
  return { address, reason, code: error.responseCode, noSuchAddress: isAboutThem && noSuchAddress.test(reason) }
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

const maxAttempts = 12

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

/** Tries once; where the server speaks of single recipients, each has its own verdict, else all share one. */
const attempt = async (transporter: Transporter, key: Buffer, raw: Buffer, mail: Waiting): Promise<Outcome> => {
  const to = mail.recipients_left ?? mail.recipients
  const isLast = mail.attempts + 1 >= maxAttempts
  const outcome = (missed: readonly NotTaken[], error: string | null): Outcome => {
    const refused = missed.filter(one => isLast || isForGood(one))
    const putOff = missed.filter(one => !refused.includes(one))
    return { taken: missed.length < to.length, putOff, refused, error }
  }
  try {
    const envelope = { from: mail.envelope_from, to }
    const sent = await transporter.sendMail({ envelope, raw: unsealMail(key, raw) })
    const { rejectedErrors = [] } = sent as { rejectedErrors?: SmtpError[] }
    const missed = rejectedErrors.map(one => notTaken(one))
    return outcome(missed, missed[0]?.reason ?? null)
  } catch (thrown) {
    const error = thrown as SmtpError
    const single = error.rejectedErrors ?? []
    const all =
      single.length === to.length
        ? single.map(one => notTaken(one))
        : to.map(address => notTaken(error, address, to.length === 1))
    return outcome(all, error.message.slice(0, 500))
  }
}

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
  const outcome = await attempt(transporterFor(smtpUrl), key, mail.raw, mail)
  await kernel.work(system, async work => {
    await work.tx
      .updateTable('outgoing_mail')
      .set({ attempts: mail.attempts + 1 })
      .where('id', '=', id)
      .execute()
    await (outcome.taken || mail.sent_at ? settleSent : settleUnsent)(work, mail, outcome)
  })
  if (outcome.putOff.length > 0) throw new Error(`Mail ${id} is not with everybody yet; it is tried again.`)
}
