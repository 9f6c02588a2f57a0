import type { Outgoing } from '../../../platform/http/outgoing.ts'
import { type Adapter, type Heard, type Media, type News, type OpenAccount, Unsent } from './adapter.ts'
import { ask, baseOf, hmac, sameText, textAt } from './asking.ts'

const usual = 'https://api.twilio.com'

/**
 * The signature of a request: HMAC-SHA1 over the address and, in the order of their names, every field with its value.
 * Source: Twilio, "Security: Validating requests".
 */
export const twilioSignature = (token: string, url: string, body: string): string => {
  const fields = [...new URLSearchParams(body)].toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return hmac('sha1', token, url + fields.map(([name, value]) => name + value).join(''), 'base64')
}

/** Whether a form was signed by Twilio with this token for this address. */
export const signedByTwilio = (token: string, url: string, body: Buffer, signature: string | undefined): boolean =>
  signature !== undefined && sameText(twilioSignature(token, url, body.toString('utf8')), signature)

const authOf = ({ settings, secrets }: OpenAccount) => ({
  authorization: `Basic ${Buffer.from(`${settings.accountSid}:${secrets.authToken}`).toString('base64')}`,
})

const states: Record<string, News['state'] | undefined> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  failed: 'failed',
  undelivered: 'failed',
}

/** WhatsApp numbers are written as `whatsapp:+44…`. */
const bare = (address: string): string => address.replace(/^whatsapp:/, '')

const mediaOf = (form: URLSearchParams): Media[] =>
  Array.from({ length: Math.min(10, Number(form.get('NumMedia') ?? 0) || 0) }, (_, index) => ({
    ref: form.get(`MediaUrl${index}`) ?? '',
    name: '',
    type: form.get(`MediaContentType${index}`) ?? '',
    size: null,
  })).filter(media => media.ref !== '')

const read = (_account: OpenAccount, body: Buffer): Heard => {
  const form = new URLSearchParams(body.toString('utf8'))
  const id = form.get('MessageSid') ?? form.get('SmsSid') ?? ''
  if (!id) throw new Error('no MessageSid')
  const status = form.get('MessageStatus')
  if (status !== null) {
    const state = states[status]
    const code = form.get('ErrorCode')
    return { said: [], news: state ? [{ id, state, at: null, reason: code ? `Twilio error ${code}` : null }] : [] }
  }
  const from = bare(form.get('From') ?? '')
  const said = { id, from, name: form.get('ProfileName') ?? '', text: form.get('Body') ?? '', at: null }
  return { said: from ? [{ ...said, media: mediaOf(form) }] : [], news: [] }
}

const accountUrl = ({ settings }: OpenAccount) =>
  `${baseOf(settings, usual)}/2010-04-01/Accounts/${encodeURIComponent(settings.accountSid ?? '')}`

/** 21610: they wrote STOP. Source: Twilio, "Error and Warning Dictionary". */
const refused = (status: number, body: unknown): never => {
  const code = textAt(body, 'code')
  throw new Unsent(textAt(body, 'message') || `Twilio answered ${status}.`, {
    forGood: true,
    stopped: code === '21610',
  })
}

const fetchMedia = async (account: OpenAccount, media: Media, outgoing: Outgoing, maxBytes: number) => {
  // What is ours to show is shown to Twilio only, whatever the form named.
  if (new URL(media.ref).origin !== new URL(baseOf(account.settings, usual)).origin)
    throw new Unsent('The file is not at Twilio.', { forGood: true })
  const answer = await outgoing.fetch(media.ref, { headers: authOf(account), maxBytes, timeoutMs: 60_000 })
  if (answer.status !== 200) throw new Unsent(`Twilio answered ${answer.status}.`, { forGood: answer.status === 404 })
  return { content: answer.body, type: answer.headers['content-type'] ?? media.type }
}

/** Twilio, for text messages and for WhatsApp: the same but for how a number is written and when one may write. */
const twilio = (whatsapp: boolean): Adapter => ({
  channel: whatsapp ? 'social' : 'text_message',
  identity: 'phone',
  settings: ['accountSid'],
  secrets: ['authToken'],
  baseUrl: usual,
  longest: 1600,
  windowHours: whatsapp ? 24 : null,
  // Twilio fetches files itself, from an address that is open to everybody; a customer's file is not put at one.
  carriesFiles: false,
  heedsStop: true,
  genuine: ({ secrets, hookUrl }, { body, headers }) =>
    signedByTwilio(secrets.authToken ?? '', hookUrl, body, headers['x-twilio-signature']),
  read,
  fetch: fetchMedia,
  send: async (account, to, part, outgoing) => {
    if (!('text' in part)) throw new Unsent('Twilio carries no files.', { forGood: true })
    const write = (address: string) => (whatsapp ? `whatsapp:${address}` : address)
    const form = new URLSearchParams({
      To: write(to),
      From: write(account.address),
      Body: part.text,
      StatusCallback: account.hookUrl,
    })
    const { status, body } = await ask(outgoing, `${accountUrl(account)}/Messages.json`, {
      method: 'POST',
      headers: { ...authOf(account), 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
    })
    const id = textAt(body, 'sid')
    return status < 300 && id ? id : refused(status, body)
  },
  check: async (account, outgoing) => {
    const { status, body } = await ask(outgoing, `${accountUrl(account)}.json`, { headers: authOf(account) })
    if (status !== 200) refused(status, body)
  },
})

export const twilioSms = twilio(false)
export const twilioWhatsapp = twilio(true)
