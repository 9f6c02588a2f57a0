import { createTransport, type Transporter } from 'nodemailer'
import type { Kernel } from '../../platform/kernel.ts'
import { system } from '../../platform/permissions/actor.ts'
import { noteDelivery } from '../cases/index.ts'
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
  message_ref: number | null
  attempts: number
}

const settle = (
  kernel: Kernel,
  mail: Waiting,
  state: 'sent' | 'kept' | 'failed' | 'waiting',
  error: string | null,
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
      .select(['id', 'raw', 'envelope_from', 'recipients', 'message_ref', 'attempts'])
      .where('id', '=', id)
      .where('state', '=', 'waiting')
      .executeTakeFirst(),
  )
  if (!mail?.raw) return
  if (!smtpUrl) return settle(kernel, mail, 'kept', null)
  try {
    await transporterFor(smtpUrl).sendMail({
      envelope: { from: mail.envelope_from, to: mail.recipients },
      raw: unsealMail(key, mail.raw),
    })
  } catch (error) {
    const { responseCode, message } = error as Error & { responseCode?: number }
    const forGood = (responseCode !== undefined && responseCode >= 500) || mail.attempts + 1 >= maxAttempts
    await settle(kernel, mail, forGood ? 'failed' : 'waiting', message.slice(0, 500))
    if (!forGood) throw error
    return
  }
  await settle(kernel, mail, 'sent', null)
}
