import { createTransport, type Transporter } from 'nodemailer'
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

/** One of several recipients, or the only one, that the other server did not take. */
type NotTaken = { address: string; reason: string; code: number | undefined; noSuchAddress: boolean }

/** What became of one attempt. */
export type Outcome = {
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

const maxAttempts = 12

type Letter = { from: string; to: readonly string[]; sealed: Buffer; attempts: number }

/**
 * Tries once to hand a mail over. Where the server speaks of single recipients, each has its own verdict, else all share
 * one; never throws because of the server.
 * @param key what the mail is sealed with
 */
export const attempt = async (url: string, key: Buffer, { from, to, sealed, attempts }: Letter): Promise<Outcome> => {
  const isLast = attempts + 1 >= maxAttempts
  const outcome = (missed: readonly NotTaken[], error: string | null): Outcome => {
    const refused = missed.filter(one => isLast || isForGood(one))
    const putOff = missed.filter(one => !refused.includes(one))
    return { taken: missed.length < to.length, putOff, refused, error }
  }
  try {
    const raw = unsealMail(key, sealed)
    const sent = await transporterFor(url).sendMail({ envelope: { from, to: [...to] }, raw })
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
