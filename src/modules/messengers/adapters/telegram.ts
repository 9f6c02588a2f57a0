import type { Outgoing } from '../../../platform/http/outgoing.ts'
import { type Adapter, type Heard, type Media, type OpenAccount, type Part, Unsent } from './adapter.ts'
import {
  ask,
  at,
  baseOf,
  formBody,
  type Json,
  jsonBody,
  listAt,
  momentAt,
  numberAt,
  type Replied,
  sameText,
  textAt,
} from './asking.ts'

const usual = 'https://api.telegram.org'

const address = ({ settings, secrets }: OpenAccount, method: string) =>
  `${baseOf(settings, usual)}/bot${secrets.botToken}/${method}`

const fileKinds = ['document', 'voice', 'audio', 'video', 'video_note', 'sticker', 'animation'] as const

const mediaIn = (file: Json, type: string): Media[] => {
  const ref = textAt(file, 'file_id')
  const found = {
    ref,
    name: textAt(file, 'file_name'),
    type: textAt(file, 'mime_type') || type,
    size: numberAt(file, 'file_size'),
  }
  return ref ? [found] : []
}

/** A photograph comes in several sizes, the largest last. An animation is told as a document too. */
const mediaOf = (message: Json): Media[] => {
  const files = fileKinds.flatMap(kind => mediaIn(at(message, kind), ''))
  const once = files.filter((file, index) => files.findIndex(other => other.ref === file.ref) === index)
  const photo = listAt(message, 'photo').at(-1)
  return [...(photo ? mediaIn(photo, 'image/jpeg') : []), ...once]
}

const nameOf = (from: Json) =>
  [textAt(from, 'first_name'), textAt(from, 'last_name')].filter(Boolean).join(' ') || textAt(from, 'username')

const joined = (...parts: string[]) => parts.filter(Boolean).join(', ')

/** What a message without words is, said in words. A venue comes with its location, a file is told by its name. */
const whatItIs = (message: Json): string => {
  const contact = at(message, 'contact')
  const number = textAt(contact, 'phone_number')
  if (number) return `Contact: ${joined(nameOf(contact), number)}`
  const venue = at(message, 'venue')
  const place = at(message, 'location')
  const where = textAt(place, 'latitude') && `${textAt(place, 'latitude')}, ${textAt(place, 'longitude')}`
  if (where) return `Location: ${joined(textAt(venue, 'title'), textAt(venue, 'address'), where)}`
  const sticker = at(message, 'sticker')
  if (textAt(sticker, 'file_id')) return `Sticker ${textAt(sticker, 'emoji')}`.trim()
  const dice = at(message, 'dice')
  if (textAt(dice, 'value')) return `${textAt(dice, 'emoji')} ${textAt(dice, 'value')}`.trim()
  const question = textAt(at(message, 'poll'), 'question')
  return question && `Poll: ${question}`
}

const read = (_account: OpenAccount, body: Buffer): Heard => {
  const update: unknown = JSON.parse(body.toString('utf8'))
  const [fresh, edited] = [at(update, 'message'), at(update, 'edited_message')]
  const message = textAt(fresh, 'message_id') ? fresh : edited
  const chat = at(message, 'chat')
  // Groups and channels are conversations of others, in which a bot may stand by.
  if (textAt(chat, 'type') !== 'private') return { said: [], news: [] }
  const changed = message === edited ? `.${textAt(edited, 'edit_date')}` : ''
  const words = textAt(message, 'text') || textAt(message, 'caption') || whatItIs(message)
  const said = {
    id: `${textAt(chat, 'id')}.${textAt(message, 'message_id')}${changed}`,
    from: textAt(chat, 'id'),
    name: nameOf(at(message, 'from')),
    text: changed ? `✎ ${words}` : words,
    at: momentAt(message, changed ? 'edit_date' : 'date'),
    media: mediaOf(message),
  }
  return { said: [said], news: [] }
}

/** A refusal in Telegram's own words, without the token that stood in the address. */
const result = ({ status, body }: Replied): Json => {
  if (body.ok === true) return at(body, 'result')
  const why = textAt(body, 'description') || `Telegram answered ${status}.`
  throw new Unsent(why, { forGood: true, stopped: status === 403 && /blocked|deactivated/.test(why) })
}

const fetchMedia = async (account: OpenAccount, media: Media, outgoing: Outgoing, maxBytes: number) => {
  const told = result(await ask(outgoing, address(account, 'getFile'), jsonBody({ file_id: media.ref })))
  const path = textAt(told, 'file_path').split('/').map(encodeURIComponent).join('/')
  const url = `${baseOf(account.settings, usual)}/file/bot${account.secrets.botToken}/${path}`
  const answer = await outgoing.fetch(url, { maxBytes, timeoutMs: 60_000 })
  if (answer.status !== 200) throw new Unsent(`Telegram answered ${answer.status}.`, { forGood: answer.status === 404 })
  return { content: answer.body, type: media.type || (answer.headers['content-type'] ?? '') }
}

const sending = (to: string, part: Part) => {
  if ('text' in part) return { method: 'sendMessage', asked: jsonBody({ chat_id: to, text: part.text }) }
  const fields = [
    { name: 'chat_id', value: to },
    { name: 'document', file: part.file },
  ]
  return { method: 'sendDocument', asked: formBody(fields) }
}

/** A bot of Telegram. It says neither when a message arrived nor when it was read. */
export const telegram: Adapter = {
  channel: 'social',
  identity: 'telegram',
  settings: [],
  secrets: ['botToken'],
  baseUrl: usual,
  longest: 4096,
  windowHours: null,
  carriesFiles: true,
  heedsStop: false,
  genuine: ({ secrets }, { headers }) =>
    sameText(headers['x-telegram-bot-api-secret-token'] ?? '', secrets.hookToken || ' '),
  read,
  fetch: fetchMedia,
  send: async (account, to, part, outgoing) => {
    const { method, asked } = sending(to, part)
    return `${to}.${textAt(result(await ask(outgoing, address(account, method), asked)), 'message_id')}`
  },
  check: async (account, outgoing) => {
    const asked = jsonBody({
      url: account.hookUrl,
      secret_token: account.secrets.hookToken,
      allowed_updates: ['message', 'edited_message'],
    })
    result(await ask(outgoing, address(account, 'setWebhook'), asked))
  },
}
