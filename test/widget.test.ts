import { randomBytes } from 'node:crypto'
import { Script } from 'node:vm'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, startApp, type TestApp } from './app.ts'

let app: TestApp
type Site = { id: number; key: string; secret: string; snippet: string; version: number }
let shop: Site
let other: Site

beforeAll(async () => {
  app = await startApp()
  const add = async (name: string, origin: string) =>
    (await app.as('administrator')<Site>('POST', '/api/widget-sites', { name, origin, teamId: app.teamId })).body
  shop = await add('Shop', 'https://shop.example')
  other = await add('Other', 'https://other.example')
})
afterAll(() => app.close())

type Problem = { detail: string; errors?: { field: string; message: string }[] }
type Talk = {
  id: number
  byMail: boolean
  messages: {
    id: number
    fromUs: boolean
    from: string | null
    text: string
    attachments: { id: number; name: string }[]
  }[]
}

const nobody: ReturnType<TestApp['as']> = (...args) => app.as('nobody')(...args)
const begin = (body: object, key = shop.key) =>
  nobody<{ session: string; number: number } & Problem>('POST', `/api/widget/${key}/talks`, body)
const talk = async (session: string) =>
  (await nobody<Talk>('GET', '/api/widget-talk', undefined, { 'x-widget-session': session })).body

/** A visitor's open window: what the stream has said so far. */
const open = async (session: string) => {
  const stop = new AbortController()
  const response = await fetch(`${app.url}/api/widget-stream?session=${session}`, { signal: stop.signal })
  let heard = ''
  let ended = false
  const read = async () => {
    const decoder = new TextDecoder()
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) heard += decoder.decode(chunk)
    ended = true
  }
  read().catch(() => {})
  return { status: response.status, heard: () => heard, ended: () => ended, close: () => stop.abort() }
}

type Mails = { items: { kind: string; recipients: string[] }[] }

/** Waits until an answer went to an address by mail. */
const isMailed = async (address: string): Promise<boolean> => {
  const { items } = (await app.as('administrator')<Mails>('GET', '/api/mail/outgoing?limit=20')).body
  return items.some(one => one.kind === 'reply' && one.recipients.includes(address))
}
const mailed = (address: string) => eventually(() => isMailed(address))

const sign = (site: Site, claims: object, secret = site.secret) =>
  new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setAudience(site.key)
    .setIssuedAt()
    .setExpirationTime('10 minutes')
    .sign(new TextEncoder().encode(secret))

describe('the window on a website', () => {
  test('may be framed by its own site alone, and the script may stand on any page', async () => {
    const frame = await fetch(`${app.url}/widget/${shop.key}`)
    expect(frame.headers.get('content-security-policy')).toContain('frame-ancestors https://shop.example')
    expect(frame.headers.get('x-frame-options')).toBeNull()
    expect(frame.headers.get('set-cookie')).toBeNull()
    const script = await fetch(`${app.url}/widget.js`)
    expect(script.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect(await script.text()).not.toContain(': HTMLIFrameElement')
    // What is joined from several parts is a script that a browser can read.
    for (const name of ['widget.js', 'widget-frame.js']) {
      const text = await (await fetch(`${app.url}/${name}`)).text()
      expect(() => new Script(text), name).not.toThrow()
    }
    expect((await fetch(`${app.url}/widget/no-such-site-key`)).status).toBe(404)
    expect(shop.snippet).toContain(shop.key)
  })

  test('a conversation is answered live while the visitor is there, and goes on by mail when they have left', async () => {
    const begun = await begin({ text: 'Do you have blue lamps?', name: 'Xenia Rau', email: 'xenia@example.org' })
    expect(begun.status).toBe(201)
    const { session, number } = begun.body
    const window = await open(session)
    const reply = await app.as('adviser')<{ channel: string }>('POST', `/api/cases/${number}/messages`, {
      kind: 'reply',
      text: 'Yes, two kinds.',
    })
    expect(reply.body.channel).toBe('chat')
    await eventually(async () => window.heard().includes('event: change'))
    const said = await eventually(async () => {
      const { messages } = await talk(session)
      return messages.length === 2 ? messages : null
    })
    expect(said[1]).toMatchObject({ fromUs: true, text: 'Yes, two kinds.' })
    await nobody('POST', '/api/widget-talk/seen', { messageId: said[1]?.id }, { 'x-widget-session': session })
    const messages = await app.as('adviser')<{ items: { delivery: string }[] }>('GET', `/api/cases/${number}/messages`)
    expect(messages.body.items[1]?.delivery).toBe('read')
    window.close()
    await app.program.kernel.database.owner.query(`update widget_talks set seen_at = now() - interval '5 minutes'`)
    const later = await app.as('adviser')<{ channel: string }>('POST', `/api/cases/${number}/messages`, {
      kind: 'reply',
      text: 'They are back in stock.',
    })
    expect(later.body.channel).toBe('email')
    await mailed('xenia@example.org')
  })

  test('an answer nobody saw goes out by mail', async () => {
    const { session, number } = (await begin({ text: 'Hello?', email: 'yan@example.org' })).body
    const window = await open(session)
    await app.as('adviser')('POST', `/api/cases/${number}/messages`, { kind: 'reply', text: 'Here we are.' })
    await eventually(async () => (await talk(session)).messages.length === 2)
    window.close()
    // The answer may be in the window a moment before the job that watches over it is there, and others have theirs.
    await eventually(async () => {
      await app.program.kernel.database.owner.query(
        `update graphile_worker._private_jobs set run_at = now() where task_id = (select id from graphile_worker._private_tasks where identifier = 'widget:mail_unseen')`,
      )
      return isMailed('yan@example.org')
    })
  })

  test('the website vouches for its customer; a token of another site, a forged or an expired one is refused', async () => {
    const email = 'zoe@example.org'
    const good = await begin({ text: 'It is me.', identity: await sign(shop, { email, name: 'Zoe Ash' }) })
    expect(good.status).toBe(201)
    const kase = await app.as('administrator')<{
      person: { name: string; identities: { value: string; verified: boolean }[] }
    }>('GET', `/api/cases/${good.body.number}`)
    expect(kase.body.person).toMatchObject({ name: 'Zoe Ash', identities: [{ value: email, verified: true }] })
    const refused = async (identity: string) => {
      const { status, body } = await begin({ text: 'Let me in.', identity })
      expect(status).toBe(422)
      expect(body.errors?.[0]?.field).toBe('identity')
      return body.detail
    }
    expect(await refused(await sign(other, { email }))).toContain('signed with the secret of this site')
    expect(await refused(await sign(other, { email }, shop.secret))).toContain('another site')
    expect(await refused(await sign(shop, { email }, 'guessed-secret-guessed-secret-123'))).toContain('signed')
    expect(await refused('not.a.token')).toContain('cannot be read')
    const old = await new SignJWT({ email })
      .setProtectedHeader({ alg: 'HS256' })
      .setAudience(shop.key)
      .setIssuedAt(1_700_000_000)
      .setExpirationTime(1_700_000_600)
      .sign(new TextEncoder().encode(shop.secret))
    expect(await refused(old)).toContain('expired')
  })

  test('one session opens one conversation and nothing else', async () => {
    const { session } = (await begin({ text: 'Mine.' })).body
    expect((await nobody('GET', '/api/widget-talk', undefined, { 'x-widget-session': `${session}x` })).status).toBe(404)
    expect((await nobody('GET', '/api/widget-talk')).status).toBe(404)
    expect((await open('guessed')).status).toBe(404)
    const said = await nobody<Problem>(
      'POST',
      '/api/widget-talk/messages',
      { text: '' },
      { 'x-widget-session': session },
    )
    expect(said.body.errors?.[0]?.field).toBe('text')
    expect((await begin({ text: 'x' }, 'no-such-site-key')).status).toBe(404)
  })

  test('who types somebody’s address learns neither their name nor what is said with them, also when the cases are merged', async () => {
    const adviser = app.as('adviser')
    const theirs = await adviser<{ id: number }>('POST', '/api/cases', {
      requester: { name: 'Vera Quince', email: 'vera@example.org' },
      message: { text: 'By mail.' },
      subject: 'Private',
      channel: 'email',
      teamId: app.teamId,
    })
    const { session, number } = (await begin({ text: 'It is me, honestly.', email: 'vera@example.org' })).body
    const window = await open(session)
    expect(JSON.stringify(await talk(session))).not.toContain('Quince')
    const { status } = await adviser('POST', `/api/cases/${theirs.body.id}/merge`, { sourceId: number })
    expect(status).toBe(201)
    // The window looks for its conversation anew, so that answers in the other case reach it.
    await eventually(async () => window.ended())
    const messages = `/api/cases/${theirs.body.id}/messages`
    const all = (await adviser<{ items: { conversationId: number; text: string }[] }>('GET', messages)).body.items
    const place = (text: string) => all.find(one => one.text === text)?.conversationId
    await adviser('POST', messages, { kind: 'reply', text: 'For Vera alone.', conversationId: place('By mail.') })
    await app.program.kernel.database.owner.query(`update messages set send_at = now() where send_at > now()`)
    const seen = await talk(session)
    expect(seen.messages.map(one => one.text)).toEqual(['It is me, honestly.'])
    expect(seen.id).toBe(theirs.body.id)
    const said = { 'x-widget-session': session }
    await nobody('POST', '/api/widget-talk/messages', { text: 'And one more thing.' }, said)
    const after = (await adviser<{ items: { conversationId: number; text: string }[] }>('GET', messages)).body.items
    expect(after.find(one => one.text === 'And one more thing.')?.conversationId).toBe(place('It is me, honestly.'))
    expect((await talk(session)).messages.map(one => one.text)).toEqual(['It is me, honestly.', 'And one more thing.'])
  })

  test('a file in an answer is had by the session of the conversation and by nobody else', async () => {
    const { session, number } = (await begin({ text: 'Send me the plan.' })).body
    const stranger = (await begin({ text: 'Me too.' })).body.session
    const window = await open(session)
    const form = new FormData()
    form.append('file', new File(['the plan'], 'plan.txt', { type: 'text/plain' }))
    const headers = { authorization: `Bearer ${app.token('adviser')}` }
    const kept = await fetch(`${app.url}/api/cases/${number}/attachments`, { method: 'POST', body: form, headers })
    const { id } = (await kept.json()) as { id: number }
    const reply = { kind: 'reply', text: 'Here it is.', attachmentIds: [id] }
    await app.as('adviser')('POST', `/api/cases/${number}/messages`, reply)
    const { messages, byMail } = await eventually(async () => {
      const now = await talk(session)
      return now.messages.length === 2 ? now : null
    })
    expect(byMail).toBe(false)
    expect(messages[1]?.attachments).toMatchObject([{ name: 'plan.txt' }])
    const asked = (who: string) =>
      fetch(`${app.url}/api/widget-talk/files/${id}`, { headers: { 'x-widget-session': who } })
    expect(await (await asked(session)).text()).toBe('the plan')
    expect((await asked(stranger)).status).toBe(404)
    await nobody('POST', '/api/widget-talk/address', { email: 'zac@example.org' }, { 'x-widget-session': session })
    expect((await talk(session)).byMail).toBe(true)
    window.close()
  })

  const newSession = () => randomBytes(32).toString('base64url')
  const upload = async (
    session: string,
    name: string,
    content: string | Uint8Array<ArrayBuffer>,
    type = 'text/plain',
  ) => {
    const form = new FormData()
    form.append('file', new File([content], name, { type }))
    const response = await fetch(`${app.url}/api/widget/${shop.key}/files`, {
      method: 'POST',
      body: form,
      headers: { 'x-widget-session': session },
    })
    return { status: response.status, body: (await response.json()) as { id: number; size: number } & Problem }
  }

  test('files go with the first message and with later ones, without card numbers, to the session and to staff who see the case', async () => {
    const session = newSession()
    const png = await upload(session, 'lamp.png', new Uint8Array([137, 80, 78, 71]), 'image/png')
    const bill = await upload(session, 'bill.txt', 'Paid with 4111 1111 1111 1111.')
    expect([png.status, bill.status]).toEqual([201, 201])
    const stranger = (await begin({ text: 'Not mine.', fileIds: [bill.body.id] })).body
    expect(stranger.errors?.[0]?.field).toBe('fileIds')
    const begun = await begin({ text: '', fileIds: [png.body.id, bill.body.id], session })
    expect(begun.body.session).toBe(session)
    const [first] = (await talk(session)).messages
    expect(first?.text).toBe('lamp.png, bill.txt')
    expect(first?.attachments.map(file => file.name)).toEqual(['lamp.png', 'bill.txt'])
    const kept = first?.attachments[1]?.id ?? 0
    const had = (who: string) =>
      fetch(`${app.url}/api/widget-talk/files/${kept}`, { headers: { 'x-widget-session': who } })
    const text = await (await had(session)).text()
    expect(text).toContain('Paid with')
    expect(text).not.toContain('4111 1111')
    expect((await had((await begin({ text: 'Another.' })).body.session)).status).toBe(404)
    expect((await app.as('adviser')<string>('GET', `/api/attachments/${kept}`)).body).toBe(text)
    expect((await app.as('outsider')('GET', `/api/attachments/${kept}`)).status).toBe(404)

    const said = { 'x-widget-session': session }
    const [more, wrong] = [await upload(session, 'more.txt', 'More.'), await upload(session, 'wrong.txt', 'Wrong.')]
    const wrongPath = `/api/widget/${shop.key}/files/${wrong.body.id}`
    expect((await nobody('DELETE', wrongPath, undefined, { 'x-widget-session': newSession() })).status).toBe(404)
    expect((await nobody('DELETE', wrongPath, undefined, said)).status).toBe(200)
    const both = { text: 'Here is more.', fileIds: [more.body.id, wrong.body.id] }
    expect((await nobody('POST', '/api/widget-talk/messages', both, said)).status).toBe(422)
    const one = { text: 'Here is more.', fileIds: [more.body.id] }
    expect((await nobody('POST', '/api/widget-talk/messages', one, said)).status).toBe(201)
    expect((await nobody('POST', '/api/widget-talk/messages', one, said)).status).toBe(422)
    expect((await talk(session)).messages[1]?.attachments.map(file => file.name)).toEqual(['more.txt'])
  })

  test('what is sent again because its answer was lost is said once, also when it begins the conversation', async () => {
    const session = newSession()
    const file = await upload(session, 'plan.txt', 'The plan.')
    const first = { text: 'Once, please.', session, fileIds: [file.body.id] }
    const [one, other] = await Promise.all([begin(first), begin(first)])
    expect(other.body).toEqual(one.body)
    expect((await begin({ ...first, text: 'Something else.' })).status).toBe(409)
    const headers = { 'x-widget-session': session, 'idempotency-key': 'the-window-made-this' }
    const say = (text: string) =>
      nobody<{ id: number }>('POST', '/api/widget-talk/messages', { text, fileIds: [] }, headers)
    const [said, again] = await Promise.all([say('And this.'), say('And this.')])
    expect(again.body.id).toBe(said.body.id)
    expect((await say('Other words.')).status).toBe(409)
    // The same key of another session is another one.
    const stranger = (await begin({ text: 'Me.' })).body.session
    const theirs = { ...headers, 'x-widget-session': stranger }
    await nobody('POST', '/api/widget-talk/messages', { text: 'And this.', fileIds: [] }, theirs)
    expect((await talk(session)).messages.map(message => message.text)).toEqual(['Once, please.', 'And this.'])
    expect((await talk(stranger)).messages.map(message => message.text)).toEqual(['Me.', 'And this.'])
    const { rows } = await app.program.kernel.database.owner.query('select answer::text from idempotency_keys')
    expect(JSON.stringify(rows)).not.toContain(session)
    // Keys are forgotten after a while; the session still begins no second conversation.
    await app.program.kernel.database.owner.query('delete from idempotency_keys')
    expect((await begin({ text: 'Once, please.', session })).status).toBe(409)
  })

  test('what nobody in particular uploads is bounded, in one session and from one network, and by size', async () => {
    const { owner } = app.program.kernel.database
    await owner.query('delete from widget_uploads')
    const session = newSession()
    const tooLarge = await upload(session, 'film.mov', new Uint8Array(26_214_401))
    expect([tooLarge.status, tooLarge.body.errors?.[0]?.field]).toEqual([413, 'file'])
    expect((await upload('guessed', 'a.txt', 'a')).status).toBe(404)
    for (let n = 0; n < 20; n++) expect((await upload(session, `${n}.txt`, `${n}`)).status).toBe(201)
    const full = await upload(session, 'one-more.txt', 'x')
    expect([full.status, full.body.errors?.[0]?.field]).toEqual([429, 'file'])
    expect((await upload(newSession(), 'other.txt', 'x')).status).toBe(201)
    await owner.query(`update widget_uploads set size = 300000000 where name = 'other.txt'`)
    expect((await upload(newSession(), 'big.txt', 'x'.repeat(20_000_000))).status).toBe(429)
    await owner.query(`update widget_uploads set at = at - interval '61 minutes'`)
    expect((await upload(session, 'later.txt', 'x')).status).toBe(201)
    await owner.query(`update widget_uploads set at = at - interval '7 hours' where name = '3.txt'`)
    const { rows } = await owner.query<{ id: number }>(`select id from widget_uploads where name = '3.txt'`)
    const old = await begin({ text: 'Here.', session, fileIds: [Number(rows[0]?.id)] })
    expect(old.body.errors?.[0]?.field).toBe('fileIds')
    await owner.query('delete from widget_uploads')
  })

  test('whatever colour a site has, what stands on it can be read', async () => {
    const admin = app.as('administrator')
    for (const [colour, ink] of [
      ['#FFE000', '#000'],
      ['#156c5f', '#fff'],
      ['#777777', '#000'],
    ]) {
      const { body } = await admin<Site>('PATCH', `/api/widget-sites/${shop.id}`, { colour })
      expect(body.snippet).toContain(`data-colour="${colour?.toLowerCase()}" data-ink="${ink}"`)
      expect(await (await fetch(`${app.url}/widget/${shop.key}`)).text()).toContain(`--ink:${ink}`)
    }
  })

  test('a site is changed, its secret renewed, and ended', async () => {
    const admin = app.as('administrator')
    const wrong = await admin<Problem>('POST', '/api/widget-sites', {
      name: 'Path',
      origin: 'https://shop.example/path',
    })
    expect(wrong.body.errors?.[0]?.field).toBe('origin')
    const renewed = await admin<Site>('PATCH', `/api/widget-sites/${other.id}`, { newSecret: true })
    expect(renewed.body.secret).not.toBe(other.secret)
    const old = await begin({ text: 'x', identity: await sign(other, { email: 'a@example.org' }) }, other.key)
    expect(old.status).toBe(422)
    await admin('PATCH', `/api/widget-sites/${other.id}`, { ended: true })
    expect((await fetch(`${app.url}/widget/${other.key}`)).status).toBe(404)
    expect(
      (await app.as('adviser')('POST', '/api/widget-sites', { name: 'x', origin: 'https://x.example' })).status,
    ).toBe(403)
  })
})
