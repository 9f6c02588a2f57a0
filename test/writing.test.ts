import { deflateSync } from 'node:zlib'
import { createTransport } from 'nodemailer'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, freePort, startApp, type TestApp } from './app.ts'

let app: TestApp
let outside: SMTPServer
const caught: { raw: string; to: string[] }[] = []

beforeAll(async () => {
  const port = await freePort()
  outside = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData: (stream, session, done) => {
      let raw = ''
      stream.on('data', chunk => (raw += chunk))
      stream.on('end', () => {
        caught.push({ raw, to: session.envelope.rcptTo.map(one => one.address) })
        done()
      })
    },
  })
  await new Promise<void>(resolve => outside.listen(port, '127.0.0.1', () => resolve()))
  app = await startApp({ env: { SMTP_URL: `smtp://127.0.0.1:${port}` } })
  await adviser()('PATCH', '/api/me', { preferences: { undoSeconds: 0 } })
})
afterAll(async () => {
  await app.close()
  await new Promise<void>(resolve => outside.close(resolve))
})

const adviser = () => app.as('adviser')
type Kase = {
  id: number
  status: string
  firstReplyAt: string | null
  conversations: {
    id: number
    kind: string
    participants: { personId: number; name: string; part: string; address: string; internal: boolean }[]
  }[]
}
const openCase = async (email = 'ann@example.org') =>
  (
    await adviser()<{ id: number }>('POST', '/api/cases', {
      subject: 'The kettle leaks',
      channel: 'email',
      requester: { name: 'Ann Miller', email },
      message: { text: 'What can you do?' },
      teamId: app.teamId,
    })
  ).body.id
const get = async (id: number) => (await adviser()<Kase>('GET', `/api/cases/${id}`)).body
const write = (id: number, body: Record<string, unknown>) =>
  adviser()<{ id: number; text: string; html: string; delivery: string; attachments: { inline: boolean }[] }>(
    'POST',
    `/api/cases/${id}/messages`,
    { kind: 'reply', ...body },
  )
const mailWith = (words: string) =>
  eventually(async () => caught.find(mail => mail.raw.replace(/=\r\n/g, '').includes(words)), 30_000)

/** A PNG of this size in pixels, a few bytes long whatever it would unpack to. */
const png = (width: number, height: number): Buffer => {
  const chunk = (name: string, data: Buffer) => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(data.length)
    return Buffer.concat([length, Buffer.from(name), data, Buffer.alloc(4)])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.alloc(64))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
const upload = async (id: number, content: Buffer, name = 'leak.png') => {
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(content)], { type: 'image/png' }), name)
  const response = await fetch(`${app.url}/api/cases/${id}/drafts/reply/attachments`, {
    method: 'POST',
    body: form,
    headers: { authorization: `Bearer ${app.token('adviser')}` },
  })
  return { status: response.status, body: (await response.json()) as { id: number; detail: string } }
}

test('a formatted reply is cleaned, keeps its text, and goes out as both, with its picture inside', async () => {
  const id = await openCase()
  const picture = await upload(id, png(40, 30))
  const sent = await write(id, {
    html: `<p onclick="x()">We <strong>repair</strong> it.<script>alert(1)</script></p><ul><li>Pack it</li></ul>
      <p><a href="javascript:x">no</a> <a href="https://trial.test/return">here</a></p>
      <img src="/api/attachments/${picture.body.id}" alt="The leak"><img src="https://evil.test/pixel.gif">`,
    attachmentIds: [picture.body.id],
  })
  expect(sent.status).toBe(201)
  expect(sent.body.html).not.toMatch(/script|onclick|evil/)
  expect(sent.body.html).toContain('<strong>repair</strong>')
  expect(sent.body.html).toContain(`data-cid="a${picture.body.id}@rapport"`)
  expect(sent.body.text).toContain('We repair it.')
  expect(sent.body.text).toContain('* Pack it')
  expect(sent.body.attachments).toMatchObject([{ inline: true }])
  const mail = await PostalMime.parse((await mailWith('We repair it.')).raw)
  expect(mail.text).toContain('We repair it.')
  expect(mail.html).toContain('<strong>repair</strong>')
  expect(mail.html).toContain(`cid:a${picture.body.id}@rapport`)
  expect(mail.html).toContain('What can you do?')
  expect(mail.attachments[0]).toMatchObject({ contentId: `<a${picture.body.id}@rapport>`, related: true })
})

test('a card number is taken out of the form too, however it is cut up', async () => {
  const id = await openCase()
  const sent = await write(id, { html: '<p>Card 4242 4242 <b>4242 4242</b></p>' })
  expect(sent.body.html).not.toContain('4242 4242')
  expect(sent.body.text).not.toMatch(/4242.*4242/)
})

test('a picture that would take more memory than anybody has is refused by its header', async () => {
  const id = await openCase()
  const refused = await upload(id, png(20_000, 20_000))
  expect(refused.status).toBe(413)
  expect(refused.body.detail).toContain('50 megapixels')
})

test('a draft keeps its form, and its last ten versions can be had again', async () => {
  const id = await openCase()
  const save = (text: string) =>
    adviser()('PUT', `/api/cases/${id}/drafts/reply`, { text, html: text && `<p><em>${text}</em></p>` })
  const long = 'We are sorry for the trouble this has made for you. '.repeat(3)
  for (let i = 0; i < 13; i++) {
    await save(`${long}${i}`)
    await save('')
  }
  const { items } = (
    await adviser()<{ items: { text: string; html: string }[] }>('GET', `/api/cases/${id}/drafts/reply/versions`)
  ).body
  expect(items).toHaveLength(10)
  expect(items[0]).toMatchObject({ text: `${long}12`, html: `<p><em>${long}12</em></p>` })
  const other = await app.as('supervisor')<{ items: unknown[] }>('GET', `/api/cases/${id}/drafts/reply/versions`)
  expect(other.body.items).toEqual([])
})

test('of several conversations the chosen one gets the reply, without whoever was left out, with whoever was added', async () => {
  const [id, other] = [await openCase(), await openCase('bob@example.org')]
  await adviser()('POST', `/api/cases/${id}/merge`, { sourceId: other, share: 'separate' })
  const [first, second] = (await get(id)).conversations
  if (!first || !second) throw new Error('two conversations are expected')
  const added = await write(id, {
    text: 'To Bob alone',
    conversationId: second.id,
    copyTo: [{ address: 'carla@example.org' }, { address: 'dan@example.org' }],
  })
  expect(added.status).toBe(201)
  expect((await mailWith('To Bob alone')).to).toEqual(['bob@example.org', 'carla@example.org', 'dan@example.org'])
  const dan = (await get(id)).conversations[1]?.participants.find(part => part.address === 'dan@example.org')
  expect(dan).toMatchObject({ part: 'copied', internal: false })
  await write(id, { text: 'Without Carla', conversationId: second.id, copiedIds: [dan?.personId] })
  expect((await mailWith('Without Carla')).to).toEqual(['bob@example.org', 'dan@example.org'])
  const foreign = (await get(await openCase('eve@example.org'))).conversations[0]?.id
  expect((await write(id, { text: 'Nowhere', conversationId: foreign })).status).toBe(422)
  expect((await write(id, { text: 'Nobody', conversationId: first.id, copiedIds: [dan?.personId] })).status).toBe(422)
})

test('a reply waits for its moment, and goes out once when that is brought forward', async () => {
  const id = await openCase()
  const at = new Date(Date.now() + 86_400_000).toISOString()
  const sent = await write(id, { text: 'Tomorrow morning', sendAt: at })
  expect(sent.body).toMatchObject({ delivery: 'waiting', sendAt: at })
  expect((await get(id)).firstReplyAt).toBe(at)
  expect((await write(id, { text: 'Too late', sendAt: '2020-01-01T00:00:00Z' })).status).toBe(422)
  expect((await app.as('supervisor')('POST', `/api/messages/${sent.body.id}/send-now`, {})).status).toBe(409)
  expect((await adviser()('POST', `/api/messages/${sent.body.id}/send-now`, {})).status).toBe(200)
  await mailWith('Tomorrow morning')
  expect((await adviser()('POST', `/api/messages/${sent.body.id}/send-now`, {})).status).toBe(409)
  await app.program.kernel.database.owner.query("update errands set due_at = now() - interval '1 hour'")
  await write(id, { text: 'The one after' })
  await mailWith('The one after')
  expect(
    caught.filter(mail => mail.raw.includes('Tomorrow morning') && !mail.raw.includes('The one after')),
  ).toHaveLength(1)
})

test('somebody outside is asked by mail, and neither the status nor who waits changes for it', async () => {
  const id = await openCase()
  const before = await get(id)
  const asked = await adviser()<{ conversationId: number }>('POST', `/api/cases/${id}/forward`, {
    address: 'parts@maker.example',
    text: 'Have you got this seal?',
  })
  expect(asked.status).toBe(201)
  const mail = await mailWith('Have you got this seal?')
  expect(mail.to).toEqual(['parts@maker.example'])
  expect(mail.raw).toContain('> What can you do?')
  const after = await get(id)
  expect(after.status).toBe(before.status)
  expect(after.conversations).toHaveLength(2)
  expect(after.conversations[1]).toMatchObject({ id: asked.body.conversationId, kind: 'supplier' })
  const transport = createTransport({ host: '127.0.0.1', port: app.smtpPort, secure: false, ignoreTLS: true })
  const replyTo = /^Reply-To: .*<(.+)>/im.exec(mail.raw)?.[1]
  await transport.sendMail({ from: 'parts@maker.example', to: replyTo, subject: 'Re: seal', text: 'Yes, two of them' })
  transport.close()
  await eventually(async () => {
    const { items } = (
      await adviser()<{ items: { text: string; conversationId: number }[] }>('GET', `/api/cases/${id}/messages`)
    ).body
    return items.find(one => one.text.includes('two of them'))?.conversationId === asked.body.conversationId
  })
})

test('the next case is one that nobody else has open and that was not skipped', async () => {
  const next = (role: 'adviser' | 'supervisor', except: number[] = []) =>
    app.as(role)<{ id: number }>('POST', '/api/cases/next', { status: 'active', waiting: 'true', except })
  const first = (await next('adviser')).body.id
  const second = (await next('supervisor')).body.id
  expect(second).not.toBe(first)
  expect((await adviser()('POST', `/api/cases/${first}/skip`, { reason: 'senior', words: 'A refund' })).status).toBe(
    200,
  )
  expect((await next('adviser')).body.id).not.toBe(first)
  const { items } = (
    await adviser()<{ items: { type: string; sentence: string }[] }>('GET', `/api/cases/${first}/timeline`)
  ).body
  expect(items.find(item => item.type === 'case.skipped')?.sentence).toBe(
    'passed the case over: it needs somebody senior, “A refund”',
  )
})
