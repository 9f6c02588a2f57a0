import { createTransport, type Transporter } from 'nodemailer'
import type { Kernel } from '../../platform/kernel.ts'
import { system } from '../../platform/permissions/actor.ts'
import { redactText } from '../../platform/text/redact.ts'
import { noteDelivery } from '../cases/index.ts'
import { markUndeliverable } from '../people/index.ts'
import { noteReturn } from './bouncing.ts'
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
  case_id: number | null
  message_ref: number | null
  attempts: number
}

/** One of several recipients, or the only one, that the other server did not take. */
type NotTaken = { recipient: string; response?: string; message: string }

/** RFC 3463: there is no such mailbox or host. Other refusals, such as of our own server, say nothing of the address. */
const noSuchAddress = /\b5\.1\.(?:1|2|3|6|10)\b/

const settle = (
  kernel: Kernel,
  mail: Waiting,
  state: 'sent' | 'kept' | 'failed' | 'waiting',
  error: string | null,
  notTaken: readonly NotTaken[] = [],
): Promise<void> =>
  kernel.work(system, async work => {
    await work.tx
      .updateTable('outgoing_mail')
      .set({
        state,
        last_error: error,
        attempts: mail.attempts + 1,
        ...(state === 'sent' ? { sent_at: work.now } : {}),
      })
      .where('id', '=', mail.id)
      .execute()
    if (mail.message_ref && state !== 'waiting')
      await noteDelivery(work, mail.message_ref, state, error ? { reason: error } : {})
    for (const { recipient: address, response, message } of notTaken) {
      const reason = response ?? message
      const forGood = noSuchAddress.test(reason)
      // Where nobody took it, that is told of the mail as a whole already.
      if (state === 'sent') await noteReturn(work, mail, { address, reason, forGood })
      else if (state === 'failed' && forGood) await markUndeliverable(work, address, redactText(reason).text)
    }
  })

const maxAttempts = 12

/**
 * Hands a waiting mail to the outgoing server. Without one it is kept and shown. A refusal for good is noted on the
 * case; a passing trouble is tried again, ever more slowly.
 */
export const send = async (kernel: Kernel, key: Buffer, smtpUrl: string | null, id: number): Promise<void> => {
  const mail = await kernel.read(system, ({ db }) =>
    db
      .selectFrom('outgoing_mail')
      .select(['id', 'raw', 'envelope_from', 'recipients', 'case_id', 'message_ref', 'attempts'])
      .where('id', '=', id)
      .where('state', '=', 'waiting')
      .executeTakeFirst(),
  )
  if (!mail?.raw) return
  if (!smtpUrl) return settle(kernel, mail, 'kept', null)
  let notTaken: readonly NotTaken[]
  try {
    const sent = (await transporterFor(smtpUrl).sendMail({
      envelope: { from: mail.envelope_from, to: mail.recipients },
      raw: unsealMail(key, mail.raw),
    })) as { rejectedErrors?: NotTaken[] }
    notTaken = sent.rejectedErrors ?? []
  } catch (error) {
    const { responseCode, message, rejectedErrors } = error as Error & {
      responseCode?: number
      rejectedErrors?: NotTaken[]
    }
    const forGood = (responseCode !== undefined && responseCode >= 500) || mail.attempts + 1 >= maxAttempts
    await settle(kernel, mail, forGood ? 'failed' : 'waiting', message.slice(0, 500), rejectedErrors)
    if (!forGood) throw error
    return
  }
  await settle(kernel, mail, 'sent', null, notTaken)
}
