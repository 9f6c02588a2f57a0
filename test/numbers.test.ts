import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { redactFile } from '../src/platform/documents/redacting.ts'
import { docxOf, pdfOf, zipOf } from '../src/platform/documents/samples.ts'
import { parseMail } from '../src/platform/mail/parse.ts'
import { eventually, startApp, type TestApp } from './app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

/** A card number of its own for each place, so that what stays behind tells where it came in. */
const places = new Map<string, string>()
const number = (place: string): string => {
  const body = `4539${String(73_100_000_000 + places.size * 100_003)}`
  const sum = Array.from(body).reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  const whole = `${body}${(10 - (sum % 10)) % 10}`
  places.set(whole, place)
  return whole
}
const within = (text: string): string[] =>
  [...text.matchAll(/4539\d{12}/g)].flatMap(([found]) => places.get(found) ?? [])

const filesBelow = (folder: string): string[] =>
  readdirSync(folder).flatMap(name => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? filesBelow(path) : [path]
  })

/** Every row of every table as text, and every file. */
const everythingKept = async (): Promise<string> => {
  const { owner } = app.program.kernel.database
  const { rows: tables } = await owner.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`,
  )
  let kept = ''
  for (const { name } of tables) {
    const { rows } = await owner.query<{ all: string | null }>(
      `select string_agg(t::text, e'\\n') as all from ${name} t`,
    )
    kept += `${rows[0]?.all ?? ''}\n`
  }
  return (
    kept +
    filesBelow(app.config.dataDir)
      .map(path => readFileSync(path, 'latin1'))
      .join('\n')
  )
}

const deliver = async (raw: string, from = 'ann@example.org'): Promise<void> => {
  const at = { host: '127.0.0.1', port: app.smtpPort, secure: false, ignoreTLS: true }
  const transport = createTransport({ ...at, name: `${number('greeting')}.example` })
  const envelope = { from, to: `help+${number('plus')}@trial.test` }
  await transport.sendMail({ envelope, raw }).finally(() => transport.close())
}

const head = (subject: string, more = ''): string =>
  `From: Ann ${number('from name')} <ann@example.org>\r\nTo: help@trial.test, Bo ${number('to name')} <bo@other.example>, <${number('to address')}@other.example>\r\nSubject: ${subject}\r\nMessage-ID: <${number('message id')}@example.org>\r\nReferences: <${number('references')}@example.org>\r\nX-Card: ${number('header')}\r\nX-${number('header name')}: 1\r\n${more}`

const multipart = (parts: string): string =>
  `MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\nContent-Type: text/plain\r\n\r\nHello\r\n${parts}--B--\r\n`
const base64 = (text: string) => Buffer.from(text).toString('base64')

type Message = { original: string; attachments: { name: string; url: string }[] }

/** The first message of the case that a mail of this subject became. */
const arrived = async (subject: string): Promise<{ caseId: number; message: Message }> => {
  const { id } = await eventually(async () => {
    const { body } = await app.as('supervisor')<{ items: { id: number; subject: string }[] }>('GET', '/api/cases')
    return body.items.find(one => one.subject === subject)
  })
  const { body } = await app.as('supervisor')<{ items: Message[] }>('GET', `/api/cases/${id}/messages`)
  return { caseId: id, message: body.items[0] as Message }
}

test('a mail leaves no card number behind, wherever it carried one: headers, addresses, files without a type, mails within', async () => {
  const inner = `From: bo@other.example\r\nSubject: Inner\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(`card ${number('inner mail')}`)}`
  await deliver(
    head(
      'Numbers everywhere',
      multipart(
        `--B\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=README\r\nContent-ID: <${number('content id')}@x>\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(`pay ${number('file without a type')}`)}\r\n--B\r\nContent-Type: message/rfc822\r\nContent-Disposition: attachment; filename=a.eml\r\n\r\n${inner}\r\n`,
      ),
    ),
    `${number('envelope')}@example.org`,
  )
  const { message } = await arrived('Numbers everywhere')
  const files = await Promise.all(message.attachments.map(({ url }) => app.as('supervisor')<string>('GET', url)))
  expect(files).toHaveLength(2)
  expect(String(files[1]?.body)).toContain('X-Rapport-Redacted')
  const original = await app.as('supervisor')<string>('GET', message.original)
  expect(String(original.body)).toContain('X-Rapport-Redacted')
  expect(within(await everythingKept())).toEqual([])
})

test('nor does a document: a PDF, a letter, a sheet’s archive give way to their words, by mail and by upload', async () => {
  const documents = {
    'Form.pdf': await pdfOf('Please charge', number('pdf'), 'for the kettle'),
    'Letter.docx': docxOf(`My card is ${number('docx')}, valid to May`),
    'scan without ending': await pdfOf(`Card ${number('pdf by its beginning')}`),
    'all.zip': zipOf({ 'notes/read me.txt': `Card ${number('zip')}`, 'b.docx': docxOf(`Or ${number('docx in zip')}`) }),
    'Terms.pdf': await pdfOf('Nothing secret in here'),
  }
  const part = ([name, content]: [string, Buffer]) =>
    `--B\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="${name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${content.toString('base64')}\r\n`
  await deliver(head('Documents with numbers', multipart(Object.entries(documents).map(part).join(''))))
  const { caseId, message } = await arrived('Documents with numbers')
  expect(message.attachments.map(({ name }) => name)).toEqual([
    'Form.pdf.txt',
    'Letter.docx.txt',
    'scan without ending.txt',
    'all.zip.txt',
    'Terms.pdf',
  ])
  const words = await app.as('supervisor')<string>('GET', message.attachments[0]?.url ?? '')
  expect(words.body).toMatch(/^This file held card or bank numbers.*Please charge.*for the kettle/s)

  const form = new FormData()
  const uploaded = docxOf(`Their card: ${number('upload')}`)
  form.append('file', new Blob([Uint8Array.from(uploaded)]), 'Order.docx')
  const response = await fetch(`${app.url}/api/cases/${caseId}/attachments`, {
    method: 'POST',
    body: form,
    headers: { authorization: `Bearer ${app.token('supervisor')}` },
  })
  expect(await response.json()).toMatchObject({ name: 'Order.docx.txt' })

  // What is packed cannot be seen by looking at bytes: every file that was kept is read, and every file of the source.
  const original = await app.as('supervisor')<string>('GET', message.original)
  const inSource = (await parseMail(Buffer.from(String(original.body)))).attachments.map(({ content }) => content)
  const stored = filesBelow(join(app.config.dataDir, 'files')).map(path => readFileSync(path))
  const read = await Promise.all([...inSource, ...stored].map(content => redactFile({ name: '', type: '', content })))
  expect(read.filter(({ found }) => found)).toEqual([])
  expect(read.length).toBeGreaterThan(8)
  expect(within(await everythingKept())).toEqual([])
})

test('two senders whose Message-IDs hold numbers with the same last four do not share a thread', async () => {
  const [one, two] = ['4539000000061111', '4539000000141111']
  const raw = (subject: string, from: string, more: string) =>
    `From: ${from}\r\nTo: help@trial.test\r\nSubject: ${subject}\r\n${more}\r\n\r\nHello`
  await deliver(raw('First', 'a@example.org', `Message-ID: <${one}@example.org>`))
  await deliver(raw('Second', 'b@example.org', `Message-ID: <${two}@example.org>`))
  await deliver(
    raw('Re: Second', 'b@example.org', `Message-ID: <third@example.org>\r\nIn-Reply-To: <${two}@example.org>`),
  )
  const counts = await eventually(async () => {
    const { body } = await app.as('supervisor')<{ items: { subject: string; messageCount: number }[] }>(
      'GET',
      '/api/cases',
    )
    const count = (subject: string) => body.items.find(kase => kase.subject === subject)?.messageCount
    return count('Second') === 2 && [count('First'), count('Second')]
  })
  expect(counts).toEqual([1, 2])
})

test('a mail that was set aside is shown, and taken by hand, without its numbers', async () => {
  let nested = `Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(`card ${number('deep')}`)}\r\n`
  for (let level = 0; level < 20; level++)
    nested = `Content-Type: multipart/mixed; boundary=b${level}\r\n\r\n--b${level}\r\n${nested}\r\n--b${level}--\r\n`
  await deliver(`From: deep@example.org\r\nTo: help@trial.test\r\nSubject: Deep ${number('subject')}\r\n${nested}`)
  const mail = await eventually(async () => {
    const { body } = await app.as('administrator')<{ items: { id: number; state: string }[] }>(
      'GET',
      '/api/mail/received?state=quarantined',
    )
    return body.items[0]
  })
  const source = await app.as('administrator')<string>('GET', `/api/mail/received/${mail.id}/source`)
  expect(String(source.body)).toContain('X-Rapport-Redacted')
  expect((await app.as('administrator')('POST', `/api/mail/received/${mail.id}/accept`, {})).status).toBe(201)
  const { rows } = await app.program.kernel.database.owner.query<{ redacted: boolean }>(
    `select redacted from received_mail where id = ${mail.id}`,
  )
  expect(rows[0]?.redacted).toBe(true)
  expect(within(await everythingKept())).toEqual([])
})

test('nor does a request: its key, its files, fields of one’s own by any name, and who tried to sign in', async () => {
  const admin = app.as('administrator')
  const kase = { subject: 'By hand', requester: { name: 'Ann' }, message: { text: 'Hello' } }
  for (const key of ['token', 'password'])
    expect((await admin('POST', '/api/custom-fields', { key, label: key, type: 'text' })).status).toBe(201)
  const custom = { token: `x ${number('custom token')}`, password: `x ${number('custom password')}` }
  const headers = { 'idempotency-key': number('idempotency key') }
  const made = await admin<{ id: number }>('POST', '/api/cases', { ...kase, custom }, headers)
  expect(made.status).toBe(201)
  expect((await admin<{ id: number }>('POST', '/api/cases', { ...kase, custom }, headers)).body).toEqual(made.body)
  const form = new FormData()
  form.set('file', new Blob([`pay ${number('upload')}`], { type: '' }), `${number('file name')}.txt`)
  const upload = await fetch(`${app.url}/api/attachments`, {
    method: 'POST',
    headers: { authorization: `Bearer ${app.token('administrator')}` },
    body: form,
  })
  expect(upload.status).toBe(201)
  expect(within(await upload.text())).toEqual([])
  for (const [email, password] of [
    [`${number('sign-in')}@example.org`, 'not the password'],
    ['adviser@trial.test', 'a long enough password'],
  ])
    await fetch(`${app.url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: app.url, 'user-agent': `Browser ${number('browser')}` },
      body: JSON.stringify({ email, password }),
    })
  expect(within(await everythingKept())).toEqual([])
})
