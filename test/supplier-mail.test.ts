import { createTransport } from 'nodemailer'
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
        caught.push({ raw, to: session.envelope.rcptTo.map(to => to.address) })
        done()
      })
    },
  })
  await new Promise<void>(resolve => outside.listen(port, '127.0.0.1', () => resolve()))
  app = await startApp({ env: { SMTP_URL: `smtp://127.0.0.1:${port}` } })
})
afterAll(async () => {
  await app.close()
  await new Promise<void>(resolve => outside.close(() => resolve()))
})

const send = (mail: Record<string, unknown>) => {
  const transport = createTransport({ host: '127.0.0.1', port: app.smtpPort, secure: false, ignoreTLS: true })
  return transport.sendMail({ to: 'help@trial.test', ...mail }).finally(() => transport.close())
}
const header = (raw: string, name: string) =>
  new RegExp(`^${name}: ((?:.|\\r?\\n[ \\t])*)`, 'im').exec(raw)?.[1]?.replace(/\s+/g, ' ').trim() ?? ''

type Message = {
  id: number
  conversationId: number
  direction: string
  text: string
  delivery: string | null
  channel: string
}
type Kase = {
  id: number
  subject: string
  conversations: { id: number; kind: string; participants: { address: string }[] }[]
}
type Referral = { id: number; state: string; answer: string; conversationId: number }

const adviser = () => app.as('adviser')
const messages = async (id: number) =>
  (await adviser()<{ items: Message[] }>('GET', `/api/cases/${id}/messages`)).body.items
const referrals = async (id: number) =>
  (await adviser()<{ items: Referral[] }>('GET', `/api/cases/${id}/referrals`)).body.items
const customer = 'secret.customer@example.org'

test('a supplier is asked by mail, and the answers thread into that conversation and never into the customer’s', async () => {
  await send({
    from: `Ann Miller <${customer}>`,
    subject: 'Ann Miller: kettle leaks',
    text: 'It leaks onto my table.',
    messageId: '<c1@example.org>',
  })
  const kase = await eventually(async () =>
    (await adviser()<{ items: Kase[] }>('GET', '/api/cases?limit=200')).body.items.find(one =>
      one.subject.includes('kettle leaks'),
    ),
  )
  const types = await adviser()<{ items: { id: number; key: string }[] }>('GET', '/api/customer-types')
  const typeId = types.body.items.find(one => one.key === 'supplier')?.id
  const hugo = await adviser()<{ id: number }>('POST', '/api/people', {
    name: 'Hugo Supplier',
    typeId,
    identities: [{ kind: 'email', value: 'hugo@kettles.example' }],
  })
  const ask = (toId: number) =>
    adviser()<{ id: number; errors?: { field: string }[] }>('POST', `/api/cases/${kase.id}/referrals`, {
      reason: 'outside_expertise',
      toKind: 'supplier',
      toId,
      how: 'in_writing',
      question: 'Batch 2231 leaks at the base.\nIs that known?',
    })
  const { requester } = (await adviser()<{ requester: { id: number } }>('GET', `/api/cases/${kase.id}`)).body
  expect((await ask(requester.id)).body.errors?.[0]?.field).toBe('toId')
  const { body } = await ask(hugo.body.id)
  const out = await eventually(async () => caught.find(mail => mail.to.includes('hugo@kettles.example')))
  // Signed so that the answer finds back, and nothing of the customer in it: neither address, name, words nor thread.
  expect(header(out.raw, 'Reply-To')).toMatch(/help\+[a-z2-7]+@trial\.test/)
  expect(header(out.raw, 'Subject')).toBe(`Re: Batch 2231 leaks at the base. [#${kase.id}]`)
  for (const secret of [customer, 'Ann Miller', 'onto my table', 'c1@example.org'])
    expect(out.raw).not.toContain(secret)
  expect(out.to).toEqual(['hugo@kettles.example'])

  await send({
    from: 'Hugo Supplier <hugo@kettles.example>',
    to: /<?([^<>\s]+@trial\.test)>?/.exec(header(out.raw, 'Reply-To'))?.[1],
    subject: `Re: Batch 2231 [#${kase.id}]`,
    text: 'Yes: send them back, we pay.',
    inReplyTo: header(out.raw, 'Message-ID'),
    messageId: '<s1@kettles.example>',
  })
  const referral = await eventually(async () => (await referrals(kase.id)).find(one => one.state === 'answered'))
  expect(referral).toMatchObject({ id: body.id, answer: 'Yes: send them back, we pay.' })
  const said = await messages(kase.id)
  const theirs = said.find(one => one.text === 'Yes: send them back, we pay.')
  expect(theirs?.conversationId).toBe(referral.conversationId)
  const full = (await adviser()<Kase>('GET', `/api/cases/${kase.id}`)).body
  const [ours, supplier] = [
    full.conversations.find(one => one.kind === 'customer'),
    full.conversations.find(one => one.kind === 'supplier'),
  ]
  expect(supplier?.id).toBe(referral.conversationId)
  expect(ours?.participants.map(one => one.address)).toEqual([customer])
  expect(supplier?.participants.map(one => one.address)).toEqual(['hugo@kettles.example'])

  // A later mail that only has the number in its subject goes there too: they take part nowhere else.
  await send({ from: 'hugo@kettles.example', subject: `Collection [#${kase.id}]`, text: 'Collected on Friday.' })
  const later = await eventually(async () => (await messages(kase.id)).find(one => one.text === 'Collected on Friday.'))
  expect(later.conversationId).toBe(referral.conversationId)

  // The customer is answered: nothing the supplier said or is called goes along.
  await adviser()('POST', `/api/cases/${kase.id}/messages`, { kind: 'reply', text: 'We collect it on Friday.' })
  const answered = await eventually(async () =>
    caught.find(mail => mail.to.includes(customer) && mail.raw.includes('We collect it')),
  )
  for (const secret of ['hugo', 'Hugo', 'we pay', 's1@kettles.example']) expect(answered.raw).not.toContain(secret)
  expect(header(answered.raw, 'References')).toBe('<c1@example.org>')
})
