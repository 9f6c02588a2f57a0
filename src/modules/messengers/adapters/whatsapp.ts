import type { Outgoing } from '../../../platform/http/outgoing.ts'
import {
  type Adapter,
  type Heard,
  type Media,
  type News,
  type OpenAccount,
  type Part,
  type Said,
  Unsent,
} from './adapter.ts'
import { ask, at, baseOf, formBody, hmac, type Json, jsonBody, listAt, momentAt, sameText, textAt } from './asking.ts'

const usual = 'https://graph.facebook.com'
const version = 'v23.0'

const address = ({ settings }: OpenAccount, path: string) => `${baseOf(settings, usual)}/${version}/${path}`
const authOf = ({ secrets }: OpenAccount) => ({ authorization: `Bearer ${secrets.accessToken}` })

const fileKinds = ['image', 'document', 'audio', 'video', 'sticker'] as const

const mediaOf = (message: Json): Media[] =>
  fileKinds.flatMap(kind => {
    const file = at(message, kind)
    const ref = textAt(file, 'id')
    return ref ? [{ ref, name: textAt(file, 'filename'), type: textAt(file, 'mime_type'), size: null }] : []
  })

/** What somebody wrote, chose from a list, said below a picture, or the place they sent. */
const wordsOf = (message: Json): string => {
  const interactive = at(message, 'interactive')
  const place = at(message, 'location')
  const chosen = textAt(at(interactive, 'button_reply'), 'title') || textAt(at(interactive, 'list_reply'), 'title')
  const caption = fileKinds.map(kind => textAt(at(message, kind), 'caption')).find(Boolean)
  const where =
    textAt(place, 'latitude') && `${textAt(place, 'name')} ${textAt(place, 'latitude')}, ${textAt(place, 'longitude')}`
  return (
    textAt(at(message, 'text'), 'body') ||
    textAt(at(message, 'button'), 'text') ||
    chosen ||
    caption ||
    textAt(at(message, 'reaction'), 'emoji') ||
    where.trim()
  )
}

const saidIn = (value: Json): Said[] => {
  const names = new Map(
    listAt(value, 'contacts').map(one => [textAt(one, 'wa_id'), textAt(at(one, 'profile'), 'name')]),
  )
  return listAt(value, 'messages').map(message => {
    const from = textAt(message, 'from')
    return {
      id: textAt(message, 'id'),
      from: `+${from}`,
      name: names.get(from) ?? '',
      text: wordsOf(message),
      at: momentAt(message, 'timestamp'),
      media: mediaOf(message),
    }
  })
}

const states = ['sent', 'delivered', 'read', 'failed'] as const

const newsIn = (value: Json): News[] =>
  listAt(value, 'statuses').flatMap(one => {
    const state = states.find(known => known === textAt(one, 'status'))
    const reason = textAt(listAt(one, 'errors')[0], 'title') || null
    return state ? [{ id: textAt(one, 'id'), state, at: momentAt(one, 'timestamp'), reason }] : []
  })

const read = ({ settings }: OpenAccount, body: Buffer): Heard => {
  const values = listAt(JSON.parse(body.toString('utf8')), 'entry')
    .flatMap(entry => listAt(entry, 'changes'))
    .map(change => at(change, 'value'))
    // One app may serve several numbers: what is for another one is not ours.
    .filter(value => textAt(at(value, 'metadata'), 'phone_number_id') === settings.phoneNumberId)
  return { said: values.flatMap(saidIn).filter(one => one.id && one.from !== '+'), news: values.flatMap(newsIn) }
}

/** 4, 80007 and 130429 are limits on how much is sent at once. Source: WhatsApp Cloud API, "Error codes". */
const passing = ['4', '80007', '130429', '131056']

const refused = (status: number, body: Json): never => {
  const error = at(body, 'error')
  const code = textAt(error, 'code')
  throw new Unsent(textAt(error, 'message') || `WhatsApp answered ${status}.`, { forGood: !passing.includes(code) })
}

const upload = async (
  account: OpenAccount,
  file: { name: string; type: string; content: Buffer },
  outgoing: Outgoing,
) => {
  const form = formBody([
    { name: 'messaging_product', value: 'whatsapp' },
    { name: 'type', value: file.type },
    { name: 'file', file },
  ])
  const { status, body } = await ask(outgoing, address(account, `${account.settings.phoneNumberId}/media`), {
    ...form,
    headers: { ...form.headers, ...authOf(account) },
  })
  return textAt(body, 'id') || refused(status, body)
}

const contentOf = async (account: OpenAccount, part: Part, outgoing: Outgoing): Promise<Json> => {
  if ('text' in part) return { type: 'text', text: { body: part.text, preview_url: false } }
  const id = await upload(account, part.file, outgoing)
  return /^image\/(png|jpeg)$/.test(part.file.type)
    ? { type: 'image', image: { id } }
    : { type: 'document', document: { id, filename: part.file.name } }
}

const fetchMedia = async (account: OpenAccount, media: Media, outgoing: Outgoing, maxBytes: number) => {
  const told = await ask(outgoing, address(account, encodeURIComponent(media.ref)), { headers: authOf(account) })
  const url = textAt(told.body, 'url')
  if (!url)
    throw new Unsent('WhatsApp does not have this file any more.', {
      forGood: told.status === 404 || told.status === 400,
    })
  const answer = await outgoing.fetch(url, { headers: authOf(account), maxBytes, timeoutMs: 60_000 })
  if (answer.status !== 200) throw new Unsent(`WhatsApp answered ${answer.status}.`, { forGood: answer.status === 404 })
  return { content: answer.body, type: media.type || (answer.headers['content-type'] ?? '') }
}

/** The WhatsApp Business Platform (Cloud API) of Meta. */
export const whatsapp: Adapter = {
  channel: 'social',
  identity: 'phone',
  settings: ['phoneNumberId'],
  secrets: ['accessToken', 'appSecret', 'verifyToken'],
  baseUrl: usual,
  longest: 4096,
  windowHours: 24,
  carriesFiles: true,
  heedsStop: false,
  genuine: ({ secrets }, { body, headers }) =>
    sameText(`sha256=${hmac('sha256', secrets.appSecret ?? '', body, 'hex')}`, headers['x-hub-signature-256'] ?? ''),
  handshake: ({ secrets }, query) =>
    query['hub.mode'] === 'subscribe' && sameText(query['hub.verify_token'] ?? '', secrets.verifyToken ?? '')
      ? (query['hub.challenge'] ?? '')
      : null,
  read,
  fetch: fetchMedia,
  send: async (account, to, part, outgoing) => {
    const content = await contentOf(account, part, outgoing)
    const asked = jsonBody({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: to.replace(/^\+/, ''),
      ...content,
    })
    const { status, body } = await ask(outgoing, address(account, `${account.settings.phoneNumberId}/messages`), {
      ...asked,
      headers: { ...asked.headers, ...authOf(account) },
    })
    return textAt(listAt(body, 'messages')[0], 'id') || refused(status, body)
  },
  check: async (account, outgoing) => {
    const { status, body } = await ask(outgoing, address(account, account.settings.phoneNumberId ?? ''), {
      headers: authOf(account),
    })
    if (status !== 200) refused(status, body)
  },
}
