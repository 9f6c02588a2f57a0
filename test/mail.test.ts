import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, freePort, startApp, type TestApp } from './app.ts'

type Caught = { raw: string; to: string[]; from: string }
type Kase = { id: number; status: string; subject: string; needMet: string | null }
type Message = {
  id: number
  direction: string
  text: string
  html: string | null
  warnings: string[]
  delivery: string | null
  automatic: boolean
  from: { address: string | null }
  attachments: { name: string; url: string }[]
}

let app: TestApp
let outside: { close(done: () => void): void }
type Kept = { caseId: number | null; kind: string; state: string }

let refuse: RegExp | null = null
/** Recipients that are asked to come back later, as often as this says. */
const putOff = { who: /later-on@/, times: 0 }
const caught: Caught[] = []

/** The mail server of everybody else: real SMTP, keeps what it gets. */
const startOutside = async () => {
  const port = await freePort()
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo: (address, _session, done) =>
      done(
        refuse?.test(address.address)
          ? Object.assign(new Error('5.1.1 no such user'), { responseCode: 550 })
          : putOff.who.test(address.address) && putOff.times-- > 0
            ? Object.assign(new Error('4.2.1 come back later'), { responseCode: 451 })
            : null,
      ),
    onData: (stream, session, done) => {
      let raw = ''
      stream.on('data', chunk => (raw += chunk))
      stream.on('end', () => {
        caught.push({
          raw,
          to: session.envelope.rcptTo.map(to => to.address),
          from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
        })
        done()
      })
    },
  })
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', () => resolve()))
  return { server, port }
}

beforeAll(async () => {
  const { server, port } = await startOutside()
  outside = server
  app = await startApp({ env: { SMTP_URL: `smtp://127.0.0.1:${port}` } })
})
afterAll(async () => {
  await app.close()
  await new Promise<void>(resolve => outside.close(resolve))
})

const send = (mail: Record<string, unknown>) => {
  const transport = createTransport({ host: '127.0.0.1', port: app.smtpPort, secure: false, ignoreTLS: true })
  return transport.sendMail({ to: 'help@trial.test', ...mail }).finally(() => transport.close())
}
const call = <T>(path: string) =>
  app
    .as('administrator')<T>('GET', path)
    .then(answer => answer.body)
const cases = async () => (await call<{ items: Kase[] }>('/api/cases?limit=200')).items
const caseOf = (subject: string) => eventually(async () => (await cases()).find(kase => kase.subject === subject))
const messagesOf = async (id: number) => (await call<{ items: Message[] }>(`/api/cases/${id}/messages`)).items
const settled = () =>
  eventually(async () => (await call<{ items: unknown[] }>('/api/mail/received?state=stored')).items.length === 0)
const quarantined = async () =>
  (
    await call<{ items: { id: number; reason: string; subject: string | null; sender: string | null }[] }>(
      '/api/mail/received?state=quarantined&limit=200',
    )
  ).items
const header = (raw: string, name: string) =>
  new RegExp(`^${name}: ((?:.|\\r?\\n[ \\t])*)`, 'im').exec(raw)?.[1]?.replace(/\s+/g, ' ').trim() ?? null
const reply = (id: number, text: string, more: object = {}) =>
  app.as('adviser')<Message>('POST', `/api/cases/${id}/messages`, { kind: 'reply', text, ...more })

describe('the main job', () => {
  test('a mail becomes a case, is acknowledged once, answered with threading headers, and the answer joins the same case', async () => {
    await send({
      from: 'Ann Miller <ann@example.org>',
      subject: 'Where is my parcel',
      text: 'It has not come.',
      messageId: '<first@example.org>',
    })
    const kase = await caseOf('Where is my parcel')
    const acknowledgement = await eventually(async () =>
      caught.find(mail => mail.raw.includes('We have your message: Where is my parcel')),
    )
    expect(header(acknowledgement.raw, 'Auto-Submitted')).toBe('auto-replied')
    expect(acknowledgement.from).toBe('')
    const sent = await reply(kase.id, 'It left us on Monday.')
    expect(sent.body.delivery).toBe('waiting')
    const mail = await eventually(async () => caught.find(one => one.raw.includes('It left us on Monday.')))
    expect(header(mail.raw, 'In-Reply-To')).toBe('<first@example.org>')
    expect(header(mail.raw, 'References')).toContain('<first@example.org>')
    expect(header(mail.raw, 'Subject')).toBe(`Re: Where is my parcel [#${kase.id}]`)
    expect(header(mail.raw, 'Reply-To')).toMatch(/help\+[a-z2-7]+@trial\.test/)
    expect(mail.raw).toContain('> It has not come.')
    await eventually(async () => (await messagesOf(kase.id)).at(-1)?.delivery === 'sent')

    await send({
      from: 'Ann Miller <ann@example.org>',
      to: header(mail.raw, 'Reply-To') ?? '',
      subject: 'Something else entirely',
      text: 'It is here now!\n\n> It left us on Monday.',
      inReplyTo: header(mail.raw, 'Message-ID') ?? '',
    })
    const messages = await eventually(async () =>
      (await messagesOf(kase.id)).length === 3 ? messagesOf(kase.id) : null,
    )
    expect(messages.at(-1)).toMatchObject({ direction: 'in', text: 'It is here now!', warnings: [] })
    expect(caught.filter(one => one.raw.includes('We have your message: Where is my parcel'))).toHaveLength(1)

    await app.as('adviser')('PATCH', `/api/cases/${kase.id}`, { status: 'solved', askIfMet: true })
    const question = await eventually(async () =>
      caught.find(one => one.raw.includes('Was your need met? Where is my parcel')),
    )
    const link = /http:\/\/\S+\/c\/\S+/.exec(question.raw.replace(/=\r\n/g, '').replace(/=3D/g, '='))?.[0] ?? ''
    const page = await fetch(link)
    expect(page.status).toBe(200)
    expect((await call<Kase>(`/api/cases/${kase.id}`)).needMet).toBeNull()
    const answered = await fetch(link, { method: 'POST', body: new URLSearchParams({ met: 'yes', remark: 'thanks' }) })
    expect(answered.status).toBe(200)
    expect(await call<Kase>(`/api/cases/${kase.id}`)).toMatchObject({ needMet: 'yes', status: 'solved' })
    expect((await fetch(`${link}x`)).status).toBe(404)
  })

  test('"not met" opens the case again in the customer’s name', async () => {
    await send({ from: 'Nora No <nora@example.org>', subject: 'Still broken', text: 'It does not work.' })
    const kase = await caseOf('Still broken')
    await app.as('adviser')('PATCH', `/api/cases/${kase.id}`, { status: 'solved', askIfMet: true })
    const question = await eventually(async () =>
      caught.find(one => one.raw.includes('Was your need met? Still broken')),
    )
    const link = /http:\/\/\S+\/c\/\S+/.exec(question.raw.replace(/=\r\n/g, ''))?.[0] ?? ''
    await fetch(link, { method: 'POST', body: new URLSearchParams({ met: 'no' }) })
    expect(await call<Kase>(`/api/cases/${kase.id}`)).toMatchObject({ needMet: 'no', status: 'open' })
    const timeline = await call<{ items: { actor: string; sentence: string }[] }>(`/api/cases/${kase.id}/timeline`)
    expect(timeline.items).toContainEqual(
      expect.objectContaining({ actor: 'Nora No', sentence: 'said the need was not met' }),
    )
  })
})

describe('where a mail belongs', () => {
  test('a number in the subject counts only for somebody who takes part', async () => {
    await send({ from: 'Carl <carl@example.org>', subject: 'Carl needs help', text: 'Please.' })
    const kase = await caseOf('Carl needs help')
    await send({ from: 'Mallory <mallory@example.net>', subject: `Re: [#${kase.id}]`, text: 'Let me in.' })
    await send({ from: 'Carl <carl@example.org>', subject: `Re: [#${kase.id}]`, text: 'One more thing.' })
    await eventually(async () => (await messagesOf(kase.id)).length === 2)
    expect((await messagesOf(kase.id)).map(message => message.text)).toEqual(['Please.', 'One more thing.'])
  })

  test('a stranger who holds the token is heard, and marked', async () => {
    await send({ from: 'Dora <dora@example.org>', subject: 'Dora needs help', text: 'Please.' })
    const kase = await caseOf('Dora needs help')
    await reply(kase.id, 'We look into it, Dora.')
    const mail = await eventually(async () => caught.find(one => one.raw.includes('We look into it, Dora.')))
    await send({
      from: 'Dora at work <dora@work.example>',
      to: header(mail.raw, 'Reply-To') ?? '',
      subject: 'Re',
      text: 'From another address.',
    })
    const last = await eventually(async () =>
      (await messagesOf(kase.id)).find(message => message.text === 'From another address.'),
    )
    expect(last.warnings).toEqual(['not_participant'])
  })

  test('whoever is copied in gets the answers, and may answer', async () => {
    await send({
      from: 'Olga <olga@example.org>',
      cc: 'Pat <pat@example.org>, help@trial.test',
      subject: 'The two of us',
      text: 'We need help.',
    })
    const kase = await caseOf('The two of us')
    await reply(kase.id, 'We help you both.')
    const mail = await eventually(async () => caught.find(one => one.raw.includes('We help you both.')))
    expect(mail.to.toSorted()).toEqual(['olga@example.org', 'pat@example.org'])
    expect(header(mail.raw, 'Cc')).toContain('pat@example.org')
    await send({
      from: 'Pat <pat@example.org>',
      to: header(mail.raw, 'Reply-To') ?? '',
      subject: 'Re',
      text: 'Pat here.',
    })
    const last = await eventually(async () => (await messagesOf(kase.id)).find(message => message.text === 'Pat here.'))
    expect(last.warnings).toEqual([])
  })

  test('the same mail delivered twice is there once', async () => {
    const mail = {
      from: 'Twice <twice@example.org>',
      subject: 'Sent twice',
      text: 'Once.',
      messageId: '<twice@example.org>',
      date: new Date('2026-11-01T10:00:00Z'),
    }
    const raw = `From: Twice <twice@example.org>\r\nTo: help@trial.test\r\nSubject: Sent twice\r\nMessage-ID: ${mail.messageId}\r\nDate: Sun, 01 Nov 2026 10:00:00 +0000\r\n\r\nOnce.\r\n`
    await send({ envelope: { from: 'twice@example.org', to: 'help@trial.test' }, raw })
    await send({ envelope: { from: 'twice@example.org', to: 'help@trial.test' }, raw })
    await caseOf('Sent twice')
    await settled()
    expect((await cases()).filter(kase => kase.subject === 'Sent twice')).toHaveLength(1)
  })
})

describe('machines and attackers', () => {
  test('an automatic answer gets no acknowledgement, and does not open a solved case', async () => {
    await send({ from: 'Holiday <holiday@example.org>', subject: 'Before the holiday', text: 'Question.' })
    const kase = await caseOf('Before the holiday')
    await app.as('adviser')('PATCH', `/api/cases/${kase.id}`, { status: 'solved' })
    await send({
      from: 'Holiday <holiday@example.org>',
      subject: `Out of office [#${kase.id}]`,
      text: 'I am away.',
      headers: { 'Auto-Submitted': 'auto-replied' },
    })
    const away = await eventually(async () =>
      (await messagesOf(kase.id)).find(message => message.text === 'I am away.'),
    )
    expect(away.automatic).toBe(true)
    expect((await call<Kase>(`/api/cases/${kase.id}`)).status).toBe('solved')
    expect(caught.filter(one => one.to.includes('holiday@example.org'))).toHaveLength(1)
  })

  test('two machines that answer each other fall silent', async () => {
    const before = caught.length
    for (let round = 0; round < 6; round++)
      await send({ from: 'robot@loop.example', subject: `Machine ${round}`, text: `I got your message ${round}.` })
    await settled()
    await caseOf('Machine 5')
    expect(caught.slice(before).filter(mail => mail.to.includes('robot@loop.example')).length).toBeLessThanOrEqual(1)
  })

  test('a mail from our own address goes no further than quarantine', async () => {
    await send({ from: 'help@trial.test', subject: 'Myself', text: 'Loop.' })
    await eventually(async () =>
      (await quarantined()).find(mail => mail.subject === 'Myself' && mail.reason === 'loop_with_ourselves'),
    )
  })

  test.each([
    ['without any header', 'just text\r\n'],
    ['that is empty', '\r\n'],
    ['of bytes', Buffer.from([0, 255, 254, 13, 10, 0, 65, 13, 10])],
  ])('a mail %s is kept and shown', async (_name, raw) => {
    const before = (await call<{ items: unknown[] }>('/api/mail/received?limit=200')).items.length
    await send({ envelope: { from: 'odd@example.org', to: 'help@trial.test' }, raw })
    await settled()
    expect((await call<{ items: unknown[] }>('/api/mail/received?limit=200')).items.length).toBe(before + 1)
  })

  test('nesting, parts and recipients beyond the limits wait in quarantine, and can be made a case by hand', async () => {
    const many = Array.from({ length: 10_000 }, (_, i) => `p${i}@example.org`).join(',\r\n ')
    await send({
      envelope: { from: 'mass@example.org', to: 'help@trial.test' },
      raw: `From: mass@example.org\r\nTo: ${many}\r\nSubject: To all of you\r\n\r\nHello.\r\n`,
    })
    const parts = Array.from(
      { length: 400 },
      (_, i) =>
        `--b\r\nContent-Type: text/plain; name="a${i}.txt"\r\nContent-Disposition: attachment; filename="a${i}.txt"\r\n\r\nx\r\n`,
    ).join('')
    await send({
      envelope: { from: 'parts@example.org', to: 'help@trial.test' },
      raw: `From: parts@example.org\r\nSubject: Many parts\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${parts}--b--\r\n`,
    })
    let nested = 'Content-Type: text/plain\r\n\r\ndeep\r\n'
    for (let i = 0; i < 50; i++)
      nested = `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n${nested}\r\n--b${i}--\r\n`
    await send({
      envelope: { from: 'deep@example.org', to: 'help@trial.test' },
      raw: `From: deep@example.org\r\nSubject: Deep\r\n${nested}`,
    })
    const found = await eventually(async () => {
      const items = await quarantined()
      return (
        ['too_many_recipients', 'too_many_parts', 'too_deep'].every(reason =>
          items.some(item => item.reason === reason),
        ) && items
      )
    })
    const seen = found.map(item => [item.reason, item.subject, item.sender])
    expect(seen).toContainEqual(['too_many_recipients', 'To all of you', 'mass@example.org'])
    expect(seen).toContainEqual(['too_many_parts', 'Many parts', 'parts@example.org'])
    expect(seen).toContainEqual(['too_deep', 'Deep', 'deep@example.org'])
    const mass = found.find(item => item.reason === 'too_many_recipients')
    const made = await app.as('administrator')<{ caseId: number }>('POST', `/api/mail/received/${mass?.id}/accept`, {
      subject: 'Taken by hand',
    })
    expect(made.status).toBe(201)
    expect((await call<Kase>(`/api/cases/${made.body.caseId}`)).subject).toBe('Taken by hand')
  })

  test('HTML is harmless, an attachment keeps only its name, and remote pictures wait to be asked for', async () => {
    await send({
      from: 'Eve <eve@example.org>',
      subject: 'Pretty mail',
      html: '<p onclick="x()">Hi<script>steal()</script><svg onload=x()><img src="https://tracker.example/p.png"><a href="javascript:x()">go</a></p>',
      attachments: [{ filename: '../../etc/x.svg', content: '<svg onload="x()"/>', contentType: 'image/svg+xml' }],
    })
    const kase = await caseOf('Pretty mail')
    const message = (await messagesOf(kase.id))[0]
    expect(message?.html).not.toMatch(/script|onclick|onload|javascript:/i)
    expect(message?.attachments[0]?.name).toBe('x.svg')
    const frame = await fetch(`${app.url}/api/messages/${message?.id}/html`, {
      headers: { authorization: `Bearer ${app.token('adviser')}` },
    })
    expect(frame.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/)
    expect(await frame.text()).not.toContain(' src="https://tracker')
    const file = await fetch(`${app.url}${message?.attachments[0]?.url}`, {
      headers: { authorization: `Bearer ${app.token('adviser')}` },
    })
    expect(file.headers.get('content-disposition')).toMatch(/^attachment/)
    expect(file.headers.get('content-type')).toBe('application/octet-stream')
  })

  test('what bounces marks the address and the message; a forged report silences nobody else', async () => {
    await send({ from: 'Gone <gone@example.org>', subject: 'Soon gone', text: 'Write to me.' })
    const kase = await caseOf('Soon gone')
    await reply(kase.id, 'Hello, are you there?')
    const mail = await eventually(async () => caught.find(one => one.raw.includes('Hello, are you there?')))
    const report = (original: string, address: string) =>
      `From: MAILER-DAEMON@mx.example\r\nTo: help@trial.test\r\nSubject: Undelivered\r\nAuto-Submitted: auto-replied\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=r\r\n\r\n--r\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n--r\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; ${address}\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 no such user\r\n\r\n--r\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: ${original}\r\nSubject: x\r\n\r\n--r--\r\n`
    const original = header(mail.raw, 'Message-ID') ?? ''
    await send({ envelope: { from: '', to: 'help@trial.test' }, raw: report(original, 'ann@example.org') })
    await send({ envelope: { from: '', to: 'help@trial.test' }, raw: report(original, 'gone@example.org') })
    await eventually(async () => (await messagesOf(kase.id)).find(message => message.delivery === 'bounced'))
    const people = await call<{ items: { id: number; name: string }[] }>('/api/people?q=ann@example.org')
    const ann = await call<{ identities: { undeliverableAt: string | null }[] }>(`/api/people/${people.items[0]?.id}`)
    expect(ann.identities[0]?.undeliverableAt).toBeNull()
  })

  test('a refusal by the other server is told on the case', async () => {
    refuse = /nobody@/
    await send({ from: 'Nobody <nobody@example.org>', subject: 'Refused', text: 'Hi.' })
    const kase = await caseOf('Refused')
    await reply(kase.id, 'This will be refused.')
    await eventually(async () => (await messagesOf(kase.id)).find(message => message.delivery === 'failed'))
    refuse = null
  })

  test('of several recipients one that is refused is told on the case, and an address that does not exist is marked', async () => {
    refuse = /wrong@/
    await send({
      from: 'Carl <carl@example.org>',
      to: 'help@trial.test',
      cc: 'Wrong <wrong@example.org>',
      subject: 'With a copy',
      text: 'Hi.',
    })
    const kase = await caseOf('With a copy')
    await reply(kase.id, 'To both of you.')
    await eventually(async () => caught.find(one => one.raw.includes('To both of you.') && one.to.length === 1))
    await eventually(async () => (await messagesOf(kase.id)).find(message => message.delivery === 'bounced'))
    const timeline = await call<{ items: { sentence: string }[] }>(`/api/cases/${kase.id}/timeline`)
    expect(timeline.items.map(item => item.sentence).join('\n')).toContain('got the answer back from wrong@example.org')
    const found = await call<{ items: { id: number }[] }>('/api/people?q=wrong@example.org')
    const wrong = await call<{ identities: { undeliverableAt: string | null }[] }>(`/api/people/${found.items[0]?.id}`)
    expect(wrong.identities[0]?.undeliverableAt).not.toBeNull()
    refuse = null
    const replies = async () =>
      (await call<{ items: (Kept & { id: number })[] }>('/api/mail/outgoing')).items.filter(
        one => one.caseId === kase.id && one.kind === 'reply',
      )
    const [mail] = await replies()
    expect(mail?.state).toBe('bounced')
    await app.as('administrator')('POST', `/api/mail/outgoing/${mail?.id}/retry`)
    await eventually(async () => (await replies())[0]?.state === 'sent')
    expect(caught.filter(one => one.raw.includes('To both of you.')).at(-1)?.to).toHaveLength(2)
  })

  test('of several recipients one that is put off gets the mail later, and the others get it once', async () => {
    putOff.times = 1
    await send({
      from: 'Cora <cora@example.org>',
      to: 'help@trial.test',
      cc: 'Later <later-on@example.org>',
      subject: 'One comes later',
      text: 'Hi.',
    })
    const kase = await caseOf('One comes later')
    await reply(kase.id, 'For now and for later.')
    const copies = () => caught.filter(one => one.raw.includes('For now and for later.'))
    await eventually(async () => copies().some(one => one.to.includes('later-on@example.org')))
    expect(copies().map(one => one.to)).toEqual([['cora@example.org'], ['later-on@example.org']])
    const sentences = async () =>
      (await call<{ items: { sentence: string }[] }>(`/api/cases/${kase.id}/timeline`)).items.map(one => one.sentence)
    expect((await sentences()).join('\n')).toContain('has not reached later-on@example.org yet')
    expect((await messagesOf(kase.id)).at(-1)?.delivery).toBe('sent')
    const outgoing = await app.as('administrator')<{ items: Record<string, unknown>[] }>('GET', '/api/mail/outgoing')
    expect(outgoing.body.items.find(one => one.caseId === kase.id && one.kind === 'reply')).toMatchObject({
      state: 'sent',
      attempts: 2,
      lastError: null,
    })
  })

  test('a delay is noted on the case, and the address stays as it is', async () => {
    await send({ from: 'Slow <slow@example.org>', subject: 'Slow server', text: 'Write to me.' })
    const kase = await caseOf('Slow server')
    await reply(kase.id, 'On its way to you.')
    const mail = await eventually(async () => caught.find(one => one.raw.includes('On its way to you.')))
    const report = `From: MAILER-DAEMON@mx.example\r\nTo: help@trial.test\r\nSubject: Delayed\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=r\r\n\r\n--r\r\nContent-Type: text/plain\r\n\r\nLater.\r\n--r\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; slow@example.org\r\nAction: delayed\r\nStatus: 4.4.1\r\n\r\n--r\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: ${header(mail.raw, 'Message-ID')}\r\n\r\n--r--\r\n`
    await send({ envelope: { from: '', to: 'help@trial.test' }, raw: report })
    await eventually(async () => {
      const timeline = await call<{ items: { sentence: string }[] }>(`/api/cases/${kase.id}/timeline`)
      return timeline.items.some(item => item.sentence.startsWith('has not reached slow@example.org yet'))
    })
    expect((await messagesOf(kase.id)).at(-1)?.delivery).toBe('sent')
  })

  test('a mail with no sender in its envelope gets no automatic answer, whatever its headers say', async () => {
    await send({
      envelope: { from: '', to: 'help@trial.test' },
      raw: 'From: Empty <empty@example.org>\r\nTo: help@trial.test\r\nSubject: From nobody\r\n\r\nHi.',
    })
    await send({ from: 'Later <later@example.org>', subject: 'After nobody', text: 'Hi.' })
    await eventually(async () => caught.find(one => one.to.includes('later@example.org')))
    expect((await cases()).some(kase => kase.subject === 'From nobody')).toBe(true)
    expect(caught.filter(one => one.to.includes('empty@example.org'))).toEqual([])
  })

  test('what somebody who does not take part wrote is not quoted to the customer', async () => {
    await send({ from: 'Dora <dora@example.org>', subject: 'Only for me', text: 'My own words.' })
    const kase = await caseOf('Only for me')
    await reply(kase.id, 'First answer to Dora.')
    const mail = await eventually(async () => caught.find(one => one.raw.includes('First answer to Dora.')))
    await send({
      from: 'Stranger <stranger@example.org>',
      subject: 'Re: Only for me',
      inReplyTo: header(mail.raw, 'Message-ID'),
      text: 'Buy cheap watches.',
    })
    await eventually(async () => (await messagesOf(kase.id)).find(one => one.warnings.includes('not_participant')))
    await reply(kase.id, 'Second answer to Dora.')
    const second = await eventually(async () => caught.find(one => one.raw.includes('Second answer to Dora.')))
    expect(second.raw).toContain('> My own words.')
    expect(second.raw).not.toContain('watches')
  })

  test('an unknown recipient is refused, a mail beyond 25 MB too', async () => {
    await expect(send({ from: 'a@example.org', to: 'other@trial.test', text: 'x' })).rejects.toThrow(/550/)
    await expect(send({ from: 'a@example.org', subject: 'huge', text: 'x'.repeat(27_000_000) })).rejects.toThrow(
      /552|exceeds|larger/,
    )
  })
})

const filesBelow = (folder: string): string[] =>
  readdirSync(folder).flatMap(name => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? filesBelow(path) : [path]
  })

test('no card number stays anywhere: not in body, HTML, subject, name, attachment, original, file or database', async () => {
  const numbers = ['4242424242424242', '4111111111111111', '5555555555554444', '378282246310005']
  await send({
    from: '"4111 1111 1111 1111" <pan@example.org>',
    subject: 'Charge 4242 4242 4242 4242 please',
    text: 'number 5555-5555-5555-4444, cvv 123',
    html: '<p>number 5555<b>5555</b>5555&#52;444 and 3782&nbsp;822463&nbsp;10005</p>',
    attachments: [
      { filename: 'card 4242424242424242.txt', content: 'it is 4111 1111 1111 1111' },
      { filename: 'list.csv', content: 'name,number\nx,378282246310005' },
    ],
  })
  const kase = await eventually(async () => (await cases()).find(one => one.subject.startsWith('Charge')))
  const messages = await messagesOf(kase.id)
  const token = { headers: { authorization: `Bearer ${app.token('administrator')}` } }
  const answers = [
    JSON.stringify(messages),
    JSON.stringify(kase),
    await (await fetch(`${app.url}/api/messages/${messages[0]?.id}/source`, token)).text(),
    await (await fetch(`${app.url}/api/messages/${messages[0]?.id}/html`, token)).text(),
  ]
  for (const attachment of messages[0]?.attachments ?? [])
    answers.push(await (await fetch(`${app.url}${attachment.url}`, token)).text())
  for (const path of filesBelow(app.config.dataDir)) answers.push(readFileSync(path, 'latin1'))
  const { rows } = await app.program.kernel.database.owner.query<{ text: string }>(
    'select coalesce(string_agg(m::text, chr(10)), $1) as text from (select row_to_json(x)::text as m from messages x union all select row_to_json(e)::text from events e union all select row_to_json(c)::text from cases c union all select row_to_json(p)::text from people p union all select words::text from search_documents union all select row_to_json(a)::text from attachments a) all_rows',
    [''],
  )
  answers.push(rows[0]?.text ?? '')
  const found = numbers.filter(number =>
    answers.some(
      answer =>
        answer.replace(/[^\d]/g, ' ').replace(/ /g, '').length > 0 &&
        answer.replace(/[\s\-.]|&nbsp;|=\r?\n/g, '').includes(number),
    ),
  )
  expect(found).toEqual([])
})

describe('with settings of its own', () => {
  let other: TestApp
  beforeAll(async () => {
    other = await startApp({ env: { MAIL_AUTHSERV_ID: 'mx.trial.test', INTAKE_PER_MINUTE: '20' } })
  })
  afterAll(() => other.close())

  const deliver = (mail: Record<string, unknown>) => {
    const transport = createTransport({ host: '127.0.0.1', port: other.smtpPort, secure: false, ignoreTLS: true })
    return transport.sendMail({ to: 'help@trial.test', ...mail }).finally(() => transport.close())
  }
  const all = async () =>
    (
      await other.as('administrator')<{ items: (Kase & { requester: { id: number } })[] }>(
        'GET',
        '/api/cases?limit=200',
      )
    ).body.items
  const found = (subject: string) => eventually(async () => (await all()).find(kase => kase.subject === subject))

  test('a mail that fails DMARC is shown as not verified and reaches nobody’s history', async () => {
    await deliver({
      from: 'Vera <vera@bank.example>',
      subject: 'The real Vera',
      text: 'It is me.',
      messageId: '<vera@bank.example>',
    })
    const real = await found('The real Vera')
    await deliver({
      from: 'Vera <vera@bank.example>',
      subject: `Re: [#${real.id}]`,
      inReplyTo: '<vera@bank.example>',
      text: 'Send the money elsewhere.',
      headers: { 'Authentication-Results': 'mx.trial.test; spf=fail; dkim=none; dmarc=fail header.from=bank.example' },
    })
    const forged = await found(`Re: [#${real.id}]`)
    expect(forged.requester.id).not.toBe(real.requester.id)
    const messages = await other.as('administrator')<{ items: Message[] }>('GET', `/api/cases/${forged.id}/messages`)
    expect(messages.body.items[0]?.warnings).toEqual(['not_verified'])
    // Anybody can write such a header: only that of our own server counts.
    await deliver({
      from: 'Vera <vera@bank.example>',
      subject: 'Vera again',
      text: 'Hello.',
      headers: { 'Authentication-Results': 'evil.example; dmarc=fail' },
    })
    expect((await found('Vera again')).requester.id).toBe(real.requester.id)
  })

  test('a flood from one sender waits in quarantine, and the others get through', async () => {
    const transport = createTransport({
      host: '127.0.0.1',
      port: other.smtpPort,
      secure: false,
      ignoreTLS: true,
      pool: true,
    })
    for (let i = 0; i < 30; i++)
      await transport.sendMail({ from: 'flood@example.org', to: 'help@trial.test', subject: `Flood ${i}`, text: 'x' })
    await transport.sendMail({
      from: 'calm@example.org',
      to: 'help@trial.test',
      subject: 'A calm question',
      text: 'Hello.',
    })
    transport.close()
    await found('A calm question')
    const received = async (state: string) =>
      (
        await other.as('administrator')<{ items: { reason: string }[] }>(
          'GET',
          `/api/mail/received?state=${state}&limit=200`,
        )
      ).body.items
    await eventually(async () => (await received('stored')).length === 0)
    // Several mails are read at once, so a few more than the limit may be through before it is noticed.
    const held = (await received('quarantined')).filter(mail => mail.reason === 'too_many_from_this_sender').length
    expect(held).toBeGreaterThanOrEqual(5)
    expect((await all()).filter(kase => kase.subject.startsWith('Flood'))).toHaveLength(30 - held)
  })

  test('every member of staff is in the register as a colleague', async () => {
    const people = await eventually(async () => {
      const { body } = await other.as('adviser')<{ items: { name: string; internal: boolean }[] }>(
        'GET',
        '/api/people?q=Some supervisor',
      )
      return body.items.find(person => person.name === 'Some supervisor')
    })
    expect(people.internal).toBe(true)
  })
})
