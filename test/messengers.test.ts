import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, startApp, type TestApp } from './app.ts'
import { type StandIn, signBytes, signForm, telegramStandIn, twilioStandIn, whatsappStandIn } from './stand-ins.ts'

const sid = 'AC0123456789abcdef0123456789abcdef'
const authToken = 'twilio-auth-token-0123'
const meta = { accessToken: 'meta-access-token', appSecret: 'meta-app-secret', verifyToken: 'a word we made up' }
const botToken = '123456:telegram-bot-token'

type Account = { id: number; hookUrl: string; version: number; lastError: string | null }
type Line = { id: number; subject: string; channel: string; status: string; requester: { id: number; name: string } }
type Message = {
  id: number
  direction: string
  text: string
  delivery: string | null
  warnings: string[]
  automatic: boolean
  attachments: { id: number; name: string; type: string; url: string }[]
}

let app: TestApp
let [twilio, graph, telegramApi] = [] as unknown as [StandIn, StandIn, StandIn]
let [sms, twilioWhatsapp, whatsapp, telegram] = [] as unknown as [Account, Account, Account, Account]

const admin = () => app.as('administrator')
const addAccount = async (body: object) => {
  const made = await admin()<Account>('POST', '/api/messengers', { teamId: app.teamId, ...body })
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  return made.body
}

beforeAll(async () => {
  app = await startApp({ env: { OUTGOING_ALLOW: '127.0.0.0/8' } })
  twilio = await twilioStandIn(sid, authToken)
  graph = await whatsappStandIn('10001', meta.accessToken)
  telegramApi = await telegramStandIn(botToken)
  const atTwilio = { settings: { accountSid: sid, baseUrl: twilio.url }, token: { authToken } }
  sms = await addAccount({ kind: 'twilio_sms', name: 'Shop number', address: '020 7946 0000', ...atTwilio })
  twilioWhatsapp = await addAccount({
    kind: 'twilio_whatsapp',
    name: 'Shop WhatsApp',
    address: '+442079460000',
    ...atTwilio,
  })
  whatsapp = await addAccount({
    kind: 'whatsapp',
    name: 'WhatsApp',
    address: '+44 20 7946 0001',
    settings: { phoneNumberId: '10001', baseUrl: graph.url },
    token: meta,
  })
  telegram = await addAccount({
    kind: 'telegram',
    name: 'Bot',
    address: '@shop_bot',
    settings: { baseUrl: telegramApi.url },
    token: { botToken },
  })
})
afterAll(async () => {
  await app.close()
  for (const one of [twilio, graph, telegramApi]) await one.close()
})

const post = (url: string, body: string, headers: Record<string, string>) =>
  fetch(url, { method: 'POST', body, headers })

/** A form of Twilio, signed for the address it was told. */
const fromTwilio = (account: Account, form: Record<string, string>, token = authToken) =>
  post(account.hookUrl, new URLSearchParams(form).toString(), {
    'content-type': 'application/x-www-form-urlencoded',
    'x-twilio-signature': signForm(token, account.hookUrl, form),
  })

let numbers = 0
const text = (account: Account, from: string, body: string, more: Record<string, string> = {}) =>
  fromTwilio(account, {
    MessageSid: `SM${String(numbers++).padStart(32, '0')}`,
    From: from,
    To: '+442079460000',
    Body: body,
    NumMedia: '0',
    ...more,
  })

const fromMeta = (value: object, secret = meta.appSecret) => {
  const body = JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '1',
        changes: [
          {
            field: 'messages',
            value: { messaging_product: 'whatsapp', metadata: { phone_number_id: '10001' }, ...value },
          },
        ],
      },
    ],
  })
  return post(whatsapp.hookUrl, body, {
    'content-type': 'application/json',
    'x-hub-signature-256': signBytes(secret, body),
  })
}

const seconds = (ago: number) => String(Math.floor(Date.now() / 1000) - ago)
const whatsappText = (id: string, from: string, body: string, ago = 5) => ({
  contacts: [{ wa_id: from, profile: { name: 'Wanda App' } }],
  messages: [{ id, from, timestamp: seconds(ago), type: 'text', text: { body } }],
})

const fromTelegram = async (message: object, secret?: string) =>
  post(telegram.hookUrl, JSON.stringify({ update_id: numbers++, message }), {
    'content-type': 'application/json',
    'x-telegram-bot-api-secret-token': secret ?? telegramApi.hook.secret ?? '',
  })

const casesOf = async (subject: string) => {
  const { body } = await admin()<{ items: Line[] }>('GET', '/api/cases?sort=recent&limit=200')
  return body.items.filter(line => line.subject === subject)
}
const caseOf = (subject: string) => eventually(async () => (await casesOf(subject))[0])
const messagesOf = async (id: number) =>
  (await admin()<{ items: Message[] }>('GET', `/api/cases/${id}/messages`)).body.items
const heard = (id: number, count: number) =>
  eventually(async () => {
    const items = await messagesOf(id)
    return items.length >= count ? items : null
  })
const reply = (id: number, words: string, more: object = {}) =>
  admin()<Message & { detail?: string; errors?: { field: string }[] }>('POST', `/api/cases/${id}/messages`, {
    kind: 'reply',
    text: words,
    ...more,
  })
const delivered = (id: number, messageId: number, state: string) =>
  eventually(async () => (await messagesOf(id)).find(one => one.id === messageId)?.delivery === state, 30_000)
/** Everything that was going to be taken in, or sent, has been. */
const quiet = () =>
  eventually(async () => {
    const { rows } = await app.program.kernel.database.owner.query<{ n: number }>(
      `select (select count(*) from graphile_worker.jobs where task_identifier like 'messengers:%' and attempts < max_attempts)::int
        + (select count(*) from errands)::int as n`,
    )
    return rows[0]?.n === 0
  })

describe('who calls', () => {
  test('a wrong signature, a signature for another address and an unknown address are refused', async () => {
    expect((await text(sms, '+447700900001', 'Forged', {})).status).toBe(200)
    const form = { MessageSid: 'SMforged', From: '+447700900001', To: '+442079460000', Body: 'Forged again' }
    expect((await fromTwilio(sms, form, 'another token')).status).toBe(403)
    const elsewhere = signForm(authToken, twilioWhatsapp.hookUrl, form)
    const body = new URLSearchParams(form).toString()
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': elsewhere }
    expect((await post(sms.hookUrl, body, headers)).status).toBe(403)
    expect((await post(`${sms.hookUrl}0`, body, headers)).status).toBe(404)
    expect((await post(sms.hookUrl, body, {})).status).toBe(403)
    expect((await fromMeta(whatsappText('wamid.forged', '447700900002', 'Forged'), 'wrong')).status).toBe(403)
    expect((await fromTelegram({ message_id: 1 }, 'wrong')).status).toBe(403)
    expect((await fromTelegram({ message_id: 1 }, '')).status).toBe(403)
    await quiet()
    expect(await casesOf('Forged again')).toEqual([])
  })

  test('a changed byte breaks the signature', async () => {
    const body = JSON.stringify({ entry: [] })
    const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signBytes(meta.appSecret, body) }
    expect((await post(whatsapp.hookUrl, body, headers)).status).toBe(200)
    expect((await post(whatsapp.hookUrl, `${body} `, headers)).status).toBe(403)
  })

  test('Meta’s challenge is answered for the right verify token only', async () => {
    const greet = (word: string) =>
      fetch(`${whatsapp.hookUrl}?hub.mode=subscribe&hub.challenge=4711&hub.verify_token=${encodeURIComponent(word)}`)
    expect(await (await greet(meta.verifyToken)).text()).toBe('4711')
    expect((await greet('guess')).status).toBe(403)
  })

  test('secrets are never shown again, and stay when a change leaves them out', async () => {
    const listed = await admin()<{ items: Account[] }>('GET', '/api/messengers')
    for (const secret of [authToken, botToken, ...Object.values(meta)])
      expect(JSON.stringify(listed.body)).not.toContain(secret)
    const { version } = listed.body.items.find(one => one.id === sms.id) as Account
    const changed = await admin()<Account>('PATCH', `/api/messengers/${sms.id}`, { name: 'Shop mobile', version })
    expect(changed.status).toBe(200)
    expect((await admin()('POST', `/api/messengers/${sms.id}/check`)).status).toBe(200)
    expect((await admin()('PATCH', `/api/messengers/${sms.id}`, { name: 'Old', version })).status).toBe(412)
  })

  test('checking an account says what the provider says, and tells Telegram where to call', async () => {
    expect((await admin()('POST', `/api/messengers/${telegram.id}/check`)).status).toBe(200)
    expect(telegramApi.hook.url).toBe(telegram.hookUrl)
    const wrong = await addAccount({
      kind: 'twilio_sms',
      name: 'Wrong',
      address: '+442079460099',
      settings: { accountSid: sid, baseUrl: twilio.url },
      token: { authToken: 'mistyped' },
    })
    const checked = await admin()<{ detail: string }>('POST', `/api/messengers/${wrong.id}/check`)
    expect(checked.status).toBe(409)
    expect(checked.body.detail).toContain('Authenticate')
    await admin()('PATCH', `/api/messengers/${wrong.id}`, { ended: true })
    const inside = await admin()('POST', '/api/messengers', {
      kind: 'telegram',
      name: 'Inside',
      address: '@inside',
      settings: { baseUrl: 'http://169.254.169.254/' },
      token: { botToken },
    })
    expect(inside.status).toBe(422)
  })
})

describe('text messages by Twilio', () => {
  test('open a case, join it while it is open, and are answered the same way', async () => {
    const person = await admin()<{ id: number }>('POST', '/api/people', {
      name: 'Rosa Delgado',
      identities: [{ kind: 'phone', value: '07700 900100' }],
    })
    await text(sms, '+447700900100', 'The lamp flickers')
    const kase = await caseOf('The lamp flickers')
    expect(kase).toMatchObject({ channel: 'text_message', requester: { id: person.body.id, name: 'Rosa Delgado' } })
    await text(sms, '+447700900100', 'Since yesterday, card 4242 4242 4242 4242')
    const items = await heard(kase.id, 2)
    expect(items[1]?.text).toContain('Since yesterday')
    expect(items[1]?.text).not.toContain('4242 4242')
    const sent = await reply(kase.id, 'Bring it in.')
    expect(sent.body).toMatchObject({ delivery: 'waiting' })
    await delivered(kase.id, sent.body.id, 'sent')
    const [taken] = twilio.taken.filter(one => one.text === 'Bring it in.')
    expect(taken).toMatchObject({ to: '+447700900100', from: '+442079460000', callback: sms.hookUrl })
    await admin()('PATCH', `/api/cases/${kase.id}`, { status: 'solved' })
    await text(sms, '+447700900100', 'Another thing')
    expect((await caseOf('Another thing')).id).not.toBe(kase.id)
  })

  test('a message delivered twice or replayed is taken in once', async () => {
    const form = {
      MessageSid: 'SMreplayed',
      From: '+447700900101',
      To: '+442079460000',
      Body: 'Only once',
      NumMedia: '0',
    }
    expect((await fromTwilio(sms, form)).status).toBe(200)
    expect((await fromTwilio(sms, form)).status).toBe(200)
    const kase = await caseOf('Only once')
    expect((await fromTwilio(sms, form)).status).toBe(200)
    await quiet()
    expect(await messagesOf(kase.id)).toHaveLength(1)
    expect(await casesOf('Only once')).toHaveLength(1)
  })

  test('states only go forward, whatever order they are told in', async () => {
    await text(sms, '+447700900102', 'Tell me when')
    const kase = await caseOf('Tell me when')
    const { body } = await reply(kase.id, 'At noon.')
    await delivered(kase.id, body.id, 'sent')
    const MessageSid = twilio.taken.find(one => one.text === 'At noon.')?.id ?? ''
    const tell = (MessageStatus: string) => fromTwilio(sms, { MessageSid, MessageStatus })
    await tell('delivered')
    await delivered(kase.id, body.id, 'delivered')
    await tell('sent')
    await tell('failed')
    await tell('delivered')
    await quiet()
    expect((await messagesOf(kase.id)).find(one => one.id === body.id)?.delivery).toBe('delivered')
    const other = await reply(kase.id, 'Or at one.')
    await delivered(kase.id, other.body.id, 'sent')
    const failed = {
      MessageSid: twilio.taken.find(one => one.text === 'Or at one.')?.id ?? '',
      MessageStatus: 'undelivered',
    }
    await fromTwilio(sms, { ...failed, ErrorCode: '30003' })
    await delivered(kase.id, other.body.id, 'failed')
    const timeline = await admin()<{ items: { sentence: string }[] }>('GET', `/api/cases/${kase.id}/timeline`)
    expect(timeline.body.items.some(one => one.sentence.includes('Twilio error 30003'))).toBe(true)
  })

  test('a provider that is down is asked again, and the message goes out once', async () => {
    await text(sms, '+447700900103', 'Are you there')
    const kase = await caseOf('Are you there')
    twilio.down = true
    const { body } = await reply(kase.id, 'Yes we are.')
    await eventually(async () => {
      const { items } = (await admin()<{ items: Account[] }>('GET', '/api/messengers')).body
      return items.find(one => one.id === sms.id)?.lastError?.includes('503')
    })
    twilio.down = false
    await delivered(kase.id, body.id, 'sent')
    expect(twilio.taken.filter(one => one.text === 'Yes we are.')).toHaveLength(1)
  })

  test('a refusal for good shows on the case and is not tried again', async () => {
    await text(sms, '+447700900104', 'Landline')
    const kase = await caseOf('Landline')
    twilio.refuse = { status: 400, body: { code: 21614, message: 'This number is not a mobile number' } }
    const { body } = await reply(kase.id, 'Hello?')
    await delivered(kase.id, body.id, 'failed')
    await quiet()
    expect(twilio.taken.filter(one => one.text === 'Hello?')).toEqual([])
  })

  test('STOP is heeded until START', async () => {
    await text(sms, '+447700900105', 'Where is my chair')
    const kase = await caseOf('Where is my chair')
    await text(sms, '+447700900105', ' stop. ')
    const items = await heard(kase.id, 2)
    expect(items[1]).toMatchObject({ automatic: true, warnings: ['asked_to_stop'] })
    const way = `/api/cases/${kase.id}/messenger`
    expect((await admin()<{ state: string }>('GET', way)).body.state).toBe('stopped')
    const refused = await reply(kase.id, 'One more thing')
    expect(refused.status).toBe(409)
    expect(refused.body.detail).toContain('asked for no more messages')
    expect((await reply(kase.id, 'Told them by phone', { channel: 'phone' })).status).toBe(201)
    await text(sms, '+447700900105', 'START')
    await eventually(async () => (await admin()<{ state: string }>('GET', way)).body.state === 'open')
    expect((await reply(kase.id, 'It is on its way')).status).toBe(201)
    // What waits to go out when they ask for silence stays here.
    const soon = new Date(Date.now() + 3000).toISOString()
    expect((await reply(kase.id, 'Not any more', { sendAt: soon })).status).toBe(201)
    await text(sms, '+447700900105', 'STOP')
    await eventually(
      async () => (await messagesOf(kase.id)).find(one => one.text === 'Not any more')?.delivery === 'failed',
    )
    expect(twilio.taken.filter(one => one.text === 'Not any more')).toEqual([])
    // Out of the blue it is no contact.
    await text(sms, '+447700900106', 'STOP')
    await quiet()
    expect(await casesOf('STOP')).toEqual([])
  })

  test('media is fetched with our token and kept; what is too big or not Twilio’s is left out and said', async () => {
    twilio.files.set('lamp.png', { type: 'image/png', content: Buffer.from('89504e470d0a1a0a', 'hex') })
    twilio.files.set('film.mp4', { type: 'video/mp4', content: Buffer.alloc(26_214_401) })
    await text(sms, '+447700900107', 'Three files', {
      NumMedia: '3',
      MediaUrl0: `${twilio.url}/media/lamp.png`,
      MediaContentType0: 'image/png',
      MediaUrl1: `${twilio.url}/media/film.mp4`,
      MediaContentType1: 'video/mp4',
      MediaUrl2: `${graph.url}/media/steal-the-token`,
      MediaContentType2: 'image/png',
    })
    const kase = await caseOf('Three files')
    const [message] = await heard(kase.id, 1)
    expect(message?.attachments.map(file => [file.name, file.type])).toEqual([['attachment.png', 'image/png']])
    expect(message?.warnings).toEqual(['media_too_large', 'media_missing'])
  })

  test('what cannot go this way is refused before it is sent', async () => {
    await text(sms, '+447700900108', 'Long story')
    const kase = await caseOf('Long story')
    const long = await reply(kase.id, 'x'.repeat(1601))
    expect(long.status).toBe(422)
    expect(long.body.detail).toContain('1600')
    const form = new FormData()
    form.append('file', new Blob(['a']), 'a.txt')
    const headers = { authorization: `Bearer ${app.token('administrator')}` }
    const file = (await (
      await fetch(`${app.url}/api/cases/${kase.id}/attachments`, { method: 'POST', body: form, headers })
    ).json()) as { id: number }
    expect((await reply(kase.id, 'With a file', { attachmentIds: [file.id] })).status).toBe(422)
  })

  test('somebody who takes a reply back in time is heeded', async () => {
    await text(sms, '+447700900109', 'Undo me')
    const kase = await caseOf('Undo me')
    const { kernel } = app.program
    const actor = {
      kind: 'staff',
      id: app.staffId('administrator'),
      name: 'Ada',
      role: 'administrator',
      visibility: 'all',
      teams: [],
      language: 'en',
    } as const
    const { write } = await import('../src/modules/cases/index.ts')
    const { undoMessage } = await import('../src/modules/cases/undoing.ts')
    await kernel.database.owner.query(`update staff set preferences = '{"undoSeconds": 3}' where id = $1`, [actor.id])
    const permissions = new Set(['case.read', 'case.handle'])
    const made = await kernel.work({ ...actor, permissions }, work =>
      write(work, { id: kase.id, kind: 'reply', text: 'Too hasty', attachmentIds: [], mentionIds: [] }),
    )
    await kernel.work({ ...actor, permissions }, work => undoMessage(work, made.id))
    await new Promise(resolve => setTimeout(resolve, 5000))
    expect(twilio.taken.some(one => one.text === 'Too hasty')).toBe(false)
  })
})

describe('WhatsApp', () => {
  test('what came in the wrong order stands in the right one', async () => {
    await fromMeta(whatsappText('wamid.2', '447700900200', 'Second', 10))
    await fromMeta(whatsappText('wamid.3', '447700900200', 'Third', 5))
    await fromMeta(whatsappText('wamid.1', '447700900200', 'First', 20))
    const kase = await caseOf('First')
    const items = await heard(kase.id, 3)
    expect(items.map(one => one.text)).toEqual(['First', 'Second', 'Third'])
    expect(kase).toMatchObject({ channel: 'social', requester: { name: 'Wanda App' } })
  })

  test('one may write for 24 hours after their last message; that is shown before and enforced after', async () => {
    await fromMeta(whatsappText('wamid.fresh', '447700900201', 'Fresh', 60))
    const fresh = await caseOf('Fresh')
    const way = await admin()<{ state: string; until: string }>('GET', `/api/cases/${fresh.id}/messenger`)
    expect(way.body.state).toBe('open')
    expect(Math.round((Date.parse(way.body.until) - Date.now()) / 3_600_000)).toBe(24)
    await fromMeta(whatsappText('wamid.stale', '447700900202', 'Stale', 25 * 3600))
    const stale = await caseOf('Stale')
    expect((await admin()<{ state: string }>('GET', `/api/cases/${stale.id}/messenger`)).body.state).toBe('closed')
    const refused = await reply(stale.id, 'Too late')
    expect(refused.status).toBe(409)
    expect(refused.body.detail).toContain('24 hours')
    await fromMeta(whatsappText('wamid.again', '447700900202', 'Still here', 1))
    await heard(stale.id, 2)
    expect((await reply(stale.id, 'In time')).status).toBe(201)
    const later = await reply(stale.id, 'Much later', { sendAt: new Date(Date.now() + 25 * 3_600_000).toISOString() })
    expect([later.status, later.body.errors?.[0]?.field]).toEqual([422, 'sendAt'])
    // A clock that runs ahead opens no window for longer.
    await fromMeta(whatsappText('wamid.ahead', '447700900208', 'Ahead', -86_400))
    const ahead = await caseOf('Ahead')
    const told = await admin()<{ until: string }>('GET', `/api/cases/${ahead.id}/messenger`)
    expect(Date.parse(told.body.until) - Date.now()).toBeLessThanOrEqual(24 * 3_600_000)
  })

  test('pictures come in, text and files go out, and read receipts show', async () => {
    graph.files.set('555', { type: 'image/jpeg', content: Buffer.from('ffd8ffe0', 'hex') })
    await fromMeta({
      contacts: [{ wa_id: '447700900203', profile: { name: 'Pia Picture' } }],
      messages: [
        {
          id: 'wamid.pic',
          from: '447700900203',
          timestamp: seconds(3),
          type: 'image',
          image: { id: '555', mime_type: 'image/jpeg', caption: 'Broken here' },
        },
      ],
    })
    const kase = await caseOf('Broken here')
    expect((await messagesOf(kase.id))[0]?.attachments[0]?.type).toBe('image/jpeg')
    const form = new FormData()
    form.append('file', new Blob(['manual']), 'manual.txt')
    const headers = { authorization: `Bearer ${app.token('administrator')}` }
    const file = (await (
      await fetch(`${app.url}/api/cases/${kase.id}/attachments`, { method: 'POST', body: form, headers })
    ).json()) as { id: number }
    const { body } = await reply(kase.id, 'See the manual.', { attachmentIds: [file.id] })
    await delivered(kase.id, body.id, 'sent')
    const sent = graph.taken.filter(one => one.to === '447700900203')
    expect(sent.map(one => [one.text, Boolean(one.file)])).toEqual([
      ['See the manual.', false],
      ['', true],
    ])
    await fromMeta({
      statuses: sent.map(one => ({ id: one.id, status: 'read', timestamp: seconds(0), recipient_id: '447700900203' })),
    })
    await delivered(kase.id, body.id, 'read')
  })

  test('messages for another number of the same app are not ours', async () => {
    await fromMeta({
      ...whatsappText('wamid.other', '447700900204', 'Not yours'),
      metadata: { phone_number_id: '20002' },
    })
    await quiet()
    expect(await casesOf('Not yours')).toEqual([])
  })

  test('by Twilio numbers are written its own way', async () => {
    await text(twilioWhatsapp, 'whatsapp:+447700900205', 'Hello by Twilio', { ProfileName: 'Tilda' })
    const kase = await caseOf('Hello by Twilio')
    const { body } = await reply(kase.id, 'Hello Tilda')
    await delivered(kase.id, body.id, 'sent')
    expect(twilio.taken.find(one => one.text === 'Hello Tilda')).toMatchObject({
      to: 'whatsapp:+447700900205',
      from: 'whatsapp:+442079460000',
    })
  })
})

describe('Telegram', () => {
  const say = (id: number, words: string, more: object = {}) =>
    fromTelegram({
      message_id: id,
      date: Number(seconds(5)),
      from: { id: 77, first_name: 'Tessa', last_name: 'Gram' },
      chat: { id: 77, type: 'private' },
      text: words,
      ...more,
    })

  test('a chat becomes a case with its files, and is answered', async () => {
    telegramApi.files.set('docs/bill', { type: 'application/pdf', content: Buffer.from('%PDF-1.4') })
    await say(1, 'My bill', {
      document: { file_id: 'docs/bill', file_name: 'bill.pdf', mime_type: 'application/pdf', file_size: 8 },
    })
    const kase = await caseOf('My bill')
    expect(kase).toMatchObject({ channel: 'social', requester: { name: 'Tessa Gram' } })
    expect((await messagesOf(kase.id))[0]?.attachments[0]?.name).toBe('bill.pdf')
    const person = await admin()<{ identities: { kind: string; value: string; verifiedAt: string | null }[] }>(
      'GET',
      `/api/people/${kase.requester.id}`,
    )
    expect(person.body.identities).toMatchObject([{ kind: 'telegram', value: '77' }])
    expect(person.body.identities[0]?.verifiedAt).toEqual(expect.any(String))
    const { body } = await reply(kase.id, 'It is paid.')
    await delivered(kase.id, body.id, 'sent')
    expect(telegramApi.taken.find(one => one.text === 'It is paid.')?.to).toBe('77')
  })

  test('whoever blocked us is not written to until they write again', async () => {
    const kase = await caseOf('My bill')
    telegramApi.refuse = {
      status: 403,
      body: { ok: false, error_code: 403, description: 'Forbidden: bot was blocked by the user' },
    }
    const { body } = await reply(kase.id, 'Anything else?')
    await delivered(kase.id, body.id, 'failed')
    expect((await reply(kase.id, 'Hello?')).status).toBe(409)
    await say(2, 'I am back')
    await heard(kase.id, 4)
    expect((await reply(kase.id, 'Welcome back')).status).toBe(201)
  })

  test('a contact, a place and a sticker say what they are', async () => {
    const id = (await caseOf('My bill')).id
    const place = { latitude: 51.5007, longitude: -0.1246 }
    await say(21, '', {
      text: undefined,
      contact: { phone_number: '+44 20 7946 0000', first_name: 'Nick', last_name: 'Neighbour' },
    })
    await say(22, '', { text: undefined, location: place })
    await say(23, '', {
      text: undefined,
      location: place,
      venue: { location: place, title: 'The Clock', address: 'Bridge Street' },
    })
    telegramApi.files.set('stickers/1', { type: 'image/webp', content: Buffer.from('RIFF') })
    await say(24, '', { text: undefined, sticker: { file_id: 'stickers/1', emoji: '👍', file_size: 4 } })
    const told = await eventually(async () => {
      const texts = (await messagesOf(id)).map(one => one.text)
      return texts.some(text => text.startsWith('Sticker')) ? texts : null
    })
    expect(told.slice(-4)).toEqual([
      'Contact: Nick Neighbour, +44 20 7946 0000',
      'Location: 51.5007, -0.1246',
      'Location: The Clock, Bridge Street, 51.5007, -0.1246',
      'Sticker 👍',
    ])
  })

  test('groups are conversations of others', async () => {
    await fromTelegram({
      message_id: 9,
      date: Number(seconds(1)),
      chat: { id: -5, type: 'group' },
      from: { id: 77 },
      text: 'Chatter',
    })
    await quiet()
    expect(await casesOf('Chatter')).toEqual([])
  })
})
