import { createHmac, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a stand-in was asked to send. */
export type Taken = { to: string; text: string; from?: string; file?: string; callback?: string; id: string }

export type StandIn = {
  url: string
  taken: Taken[]
  /** Answers 503 while set, as a provider that is down. */
  down: boolean
  /** Refuses the next message with this answer. */
  refuse: { status: number; body: unknown } | null
  /** Files by name, as the provider keeps them. */
  files: Map<string, { type: string; content: Buffer }>
  /** Asked of the account itself: the webhook it was told. */
  hook: { url?: string; secret?: string }
  close(): Promise<void>
}

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

type Answer = (status: number, body: unknown) => void
type Handle = (
  own: StandIn,
  request: IncomingMessage,
  url: URL,
  body: Buffer,
  answer: Answer,
  response: ServerResponse,
) => void

const serve = async (handle: Handle): Promise<StandIn> => {
  const own = { taken: [], down: false, refuse: null, files: new Map(), hook: {} } as unknown as StandIn
  const server = createServer((request, response) => {
    void bodyOf(request).then(body => {
      const answer: Answer = (status, value) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
      if (own.down) return answer(503, { message: 'down' })
      handle(own, request, new URL(request.url ?? '/', own.url), body, answer, response)
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  own.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  own.close = () => new Promise(resolve => server.close(() => resolve()))
  return own
}

const sendFile = (own: StandIn, name: string, answer: Answer, response: ServerResponse) => {
  const file = own.files.get(name)
  if (!file) return answer(404, { message: 'no such file' })
  return response.writeHead(200, { 'content-type': file.type }).end(file.content)
}

/** Turns a refusal away once, as set; otherwise takes the message. */
const take = (own: StandIn, message: Omit<Taken, 'id'>, id: string, answer: Answer, done: unknown) => {
  const { refuse } = own
  own.refuse = null
  if (refuse) return answer(refuse.status, refuse.body)
  own.taken.push({ ...message, id })
  return answer(200, done)
}

/** Twilio's REST API: Basic authentication, forms, media behind the same authentication. */
export const twilioStandIn = (sid: string, token: string) =>
  serve((own, request, url, body, answer, response) => {
    const expected = `Basic ${Buffer.from(`${sid}:${token}`).toString('base64')}`
    if (request.headers.authorization !== expected) return answer(401, { code: 20003, message: 'Authenticate' })
    if (url.pathname.startsWith('/media/')) return void sendFile(own, url.pathname.slice(7), answer, response)
    const account = `/2010-04-01/Accounts/${sid}`
    if (url.pathname === `${account}.json`) return answer(200, { sid, status: 'active' })
    if (url.pathname !== `${account}/Messages.json` || request.method !== 'POST')
      return answer(404, { message: 'Not found' })
    const form = new URLSearchParams(body.toString())
    const [to, from, text] = [form.get('To'), form.get('From'), form.get('Body')]
    if (!to || !from || !text) return answer(400, { code: 21604, message: "A 'To' number is required." })
    const id = `SM${randomUUID().replaceAll('-', '')}`
    const message = { to, from, text, callback: form.get('StatusCallback') ?? '' }
    return take(own, message, id, answer, { sid: id, status: 'queued' })
  })

/** Graph API of Meta, as far as WhatsApp uses it: bearer, JSON, uploads as forms, media by their number. */
export const whatsappStandIn = (phoneNumberId: string, token: string) =>
  serve((own, request, url, body, answer, response) => {
    if (request.headers.authorization !== `Bearer ${token}`)
      return answer(401, { error: { code: 190, message: 'Invalid OAuth access token' } })
    const path = url.pathname.replace(/^\/v\d+\.\d+\//, '')
    if (path.startsWith('/files/')) return void sendFile(own, path.slice(7), answer, response)
    if (path === phoneNumberId) return answer(200, { id: phoneNumberId })
    if (path === `${phoneNumberId}/media`) {
      const id = `up${own.files.size + 1}`
      own.files.set(id, { type: String(request.headers['content-type']), content: body })
      return answer(200, { id })
    }
    if (path !== `${phoneNumberId}/messages`)
      return own.files.has(path)
        ? answer(200, { url: `${own.url}/files/${path}`, id: path })
        : answer(404, { error: { code: 100, message: 'no such object' } })
    const asked = JSON.parse(body.toString()) as {
      to: string
      text?: { body: string }
      document?: { id: string }
      image?: { id: string }
      messaging_product: string
    }
    if (asked.messaging_product !== 'whatsapp')
      return answer(400, { error: { code: 100, message: 'messaging_product' } })
    const id = `wamid.${randomUUID()}`
    const file = asked.document?.id ?? asked.image?.id
    return take(own, { to: asked.to, text: asked.text?.body ?? '', ...(file ? { file } : {}) }, id, answer, {
      messages: [{ id }],
    })
  })

/** Telegram's Bot API: the token is part of the address. */
export const telegramStandIn = (token: string) =>
  serve((own, _request, url, body, answer, response) => {
    if (url.pathname.startsWith(`/file/bot${token}/`))
      return void sendFile(own, url.pathname.slice(`/file/bot${token}/`.length), answer, response)
    if (!url.pathname.startsWith(`/bot${token}/`))
      return answer(401, { ok: false, error_code: 401, description: 'Unauthorized' })
    const method = url.pathname.split('/').at(-1)
    const asked = method === 'sendDocument' ? {} : (JSON.parse(body.toString()) as Record<string, string>)
    if (method === 'setWebhook') {
      own.hook = { url: asked.url ?? '', secret: asked.secret_token ?? '' }
      return answer(200, { ok: true, result: true })
    }
    if (method === 'getFile')
      return own.files.has(asked.file_id ?? '')
        ? answer(200, { ok: true, result: { file_id: asked.file_id, file_path: asked.file_id } })
        : answer(400, { ok: false, error_code: 400, description: 'Bad Request: invalid file_id' })
    const number = own.taken.length + 500
    const to =
      method === 'sendDocument'
        ? (/name="chat_id"\r\n\r\n(\d+)/.exec(body.toString())?.[1] ?? '')
        : (asked.chat_id ?? '')
    const file = method === 'sendDocument' ? { file: body.toString('latin1') } : {}
    return take(own, { to: String(to), text: asked.text ?? '', ...file }, `${to}.${number}`, answer, {
      ok: true,
      result: { message_id: number },
    })
  })

/** Signs a form as Twilio does, written down anew so that a mistake of ours is not repeated. */
export const signForm = (token: string, url: string, form: Record<string, string>): string => {
  const text = Object.keys(form)
    .sort()
    .reduce((whole, name) => whole + name + form[name], url)
  return createHmac('sha1', token).update(Buffer.from(text, 'utf8')).digest('base64')
}

export const signBytes = (secret: string, body: string): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
