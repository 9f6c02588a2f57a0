import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ABUSE_REPORT, EXIM_BOUNCE, mime, multipart, POSTFIX_DELAY, question, RECEIPT } from './fixtures.ts'
import { MailRefused } from './limits.ts'
import { parseMail } from './parse.ts'

describe('parseMail', () => {
  test('reads who, when, what and where it belongs', async () => {
    const raw = question(
      'In-Reply-To: <c.1@shop.test>',
      'References: <a@x>\r\n <c.1@shop.test>',
      'Delivered-To: support@SHOP.test',
      'Reply-To: Lee <lee@Home.test>',
      'Cc: Team: b@x.test, "C, D" <c@x.test>;',
    )
    expect(await parseMail(raw)).toMatchObject({
      messageId: '<q1@home.test>',
      inReplyTo: '<c.1@shop.test>',
      references: ['<a@x>', '<c.1@shop.test>'],
      from: { name: 'Ann Lee', address: 'ann@home.test' },
      replyTo: { name: 'Lee', address: 'lee@home.test' },
      to: [{ name: 'Support', address: 'support@shop.test' }],
      cc: [{ address: 'b@x.test' }, { name: 'C, D', address: 'c@x.test' }],
      deliveredTo: ['support@shop.test'],
      returnPath: 'ann@home.test',
      subject: 'Where is my parcel?',
      date: new Date('2026-11-21T09:00:00Z'),
      text: 'It should have come on Friday.\n',
      html: null,
      autoSubmitted: null,
      report: null,
    })
  })

  test('encoded words and encoded file names are read, and names are made safe', async () => {
    const mail = await parseMail(
      mime(
        'From: =?UTF-8?Q?Zo=C3=AB?= <zoe@b.test>',
        'Subject: =?iso-8859-1?B?5Gg=?= =?utf-8?Q?_=E2=80=AEgnp?=',
        'Content-Type: multipart/mixed; boundary=b',
        '',
        ...['../../x', 'C:\\\\temp\\\\a.txt', '=?UTF-8?Q?Beleg_=C3=84.pdf?=', '.', `${'x'.repeat(300)}.jpeg`].flatMap(
          name => [
            '--b',
            'Content-Type: application/pdf',
            `Content-Disposition: attachment; filename="${name}"`,
            '',
            'x',
          ],
        ),
        '--b',
        'Content-Type: image/png',
        "Content-Disposition: attachment; filename*0*=UTF-8''%e2%82%ac%20; filename*1=rates.png",
        '',
        'x',
        '--b--',
      ),
    )
    expect(mail.from?.name).toBe('Zoë')
    expect(mail.subject).toBe('äh gnp')
    const names = mail.attachments.map(({ name }) => name)
    expect(names.slice(0, 4)).toEqual(['x', 'a.txt', 'Beleg Ä.pdf', 'attachment.pdf'])
    expect(names[4]).toHaveLength(200)
    expect(names[4]).toMatch(/x\.jpeg$/)
    expect(names[5]).toBe('€ rates.png')
  })

  test('flowed text, HTML only, pictures within, calendars, winmail.dat', async () => {
    const flowed = await parseMail(mime('Content-Type: text/plain; format=flowed', '', 'one ', 'line', '', 'two'))
    expect(flowed.text).toBe('one line\n\ntwo\n')
    const mail = await parseMail(
      multipart([
        'Content-Type: multipart/related; boundary=r\r\n\r\n--r\r\nContent-Type: text/html\r\n\r\n<p>Hi <img src="cid:p1@x"></p>\r\n--r\r\nContent-Type: image/png; name=p.png\r\nContent-ID: <p1@x>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--r--',
        'Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR',
        'Content-Type: application/ms-tnef; name=winmail.dat\r\n\r\nxx',
      ]),
    )
    expect(mail.text).toContain('Hi')
    expect(mail.html).toContain('cid:p1@x')
    expect(mail.attachments).toMatchObject([
      { name: 'p.png', type: 'image/png', size: 8, contentId: 'p1@x', inline: true },
      { name: 'attachment.ics', type: 'text/calendar', inline: false },
      { name: 'winmail.dat', type: 'application/ms-tnef' },
    ])
  })

  test('a mail within a mail stays an attachment', async () => {
    const mail = await parseMail(
      multipart([
        'Content-Type: text/plain\r\n\r\nsee below',
        'Content-Type: message/rfc822\r\n\r\nFrom: c@d.test\r\nSubject: Inner\r\n\r\nsecret',
      ]),
    )
    expect(mail.text.trim()).toBe('see below')
    expect(mail.attachments).toMatchObject([{ name: 'attachment.eml', type: 'message/rfc822' }])
  })

  test('what is missing or broken is survived', async () => {
    expect(await parseMail(Buffer.from('just some text\nno headers'))).toMatchObject({
      from: null,
      text: 'just some text\nno headers\n',
      subject: '',
      messageId: null,
      date: null,
    })
    expect(await parseMail(Buffer.alloc(0))).toMatchObject({ from: null, text: '', attachments: [] })
    expect(await parseMail(mime('From: nobody', 'To: undisclosed-recipients:;', 'Date: soon', '', ''))).toMatchObject({
      from: null,
      to: [],
      date: null,
    })
    const odd = await parseMail(
      mime('Subject: a\0b', 'Content-Type: text/plain; charset=klingon', '', 'x\0y \xff\xed\xa0\x80'),
    )
    expect(odd.subject).toBe('ab')
    expect(odd.text).toMatch(/^xy /)
    expect(odd.text.isWellFormed()).toBe(true)
    const open = await parseMail(mime('Content-Type: multipart/mixed; boundary=b', '', '--b', '', 'never closed'))
    expect(open.text).toContain('never closed')
    expect((await parseMail(question('Return-Path: <>'))).returnPath).toBe('')
  })

  test('whatever the bytes, the outcome is a mail or a refusal', async () => {
    const line = fc.constantFrom(
      'From: a@b.test',
      'Content-Type: multipart/mixed; boundary=b',
      '--b',
      '--b--',
      '',
      'Content-Type: message/rfc822',
      'Content-Transfer-Encoding: base64',
      'Subject: =?x?Q?=?=',
      'To: <',
      'Content-Type: message/delivery-status',
      'Final-Recipient: x',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(line, fc.string({ unit: 'binary' })), { maxLength: 30 }), async lines => {
        const outcome = await parseMail(Buffer.from(lines.join('\r\n'))).catch((error: unknown) => error)
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(MailRefused)
        else expect(JSON.stringify(outcome)).not.toContain('\\u0000')
      }),
      { numRuns: 500 },
    )
  })
})

describe('reports', () => {
  test('an Exim bounce', async () => {
    const mail = await parseMail(EXIM_BOUNCE)
    expect(mail.report).toEqual({
      kind: 'delivery',
      recipients: [
        {
          address: 'nobody@gone.test',
          action: 'failed',
          status: '5.0.0',
          diagnostic: '550 5.1.1 <nobody@gone.test>: Recipient address rejected: User unknown',
        },
      ],
      originalMessageId: '<c.12.34.abc@shop.test>',
    })
    expect(mail).toMatchObject({ autoSubmitted: 'auto-replied', returnPath: '', deliveredTo: ['support@shop.test'] })
    expect(mail.text).not.toContain('on its way')
  })

  test('a Postfix delay with two recipients and headers only', async () => {
    const { report } = await parseMail(POSTFIX_DELAY)
    expect(report).toMatchObject({
      kind: 'delivery',
      recipients: [
        {
          address: 'ann@slow.test',
          action: 'delayed',
          status: '4.4.1',
          diagnostic: 'connect to mx.slow.test[203.0.113.9]:25: Connection timed out',
        },
        { address: 'bob@slow.test', action: 'delayed', status: '4.4.1', diagnostic: '' },
      ],
      originalMessageId: '<c.99.1.xyz@shop.test>',
    })
  })

  test('an abuse report and a read receipt', async () => {
    expect((await parseMail(ABUSE_REPORT)).report).toMatchObject({
      kind: 'complaint',
      recipients: [{ address: 'cross@isp.test', action: 'abuse' }],
      originalMessageId: '<s.5.6.abc@shop.test>',
    })
    expect((await parseMail(RECEIPT)).report).toMatchObject({
      kind: 'receipt',
      recipients: [{ address: 'ann@home.test', action: 'displayed' }],
      originalMessageId: '<c.12.34.abc@shop.test>',
    })
  })

  test('a bounce without a report part is known by the failed recipients', async () => {
    const raw = question('X-Failed-Recipients: a@x.test, b@x.test', 'References: <c.5.6@shop.test>')
    expect((await parseMail(raw)).report).toMatchObject({
      recipients: [{ address: 'a@x.test', action: 'failed' }, { address: 'b@x.test' }],
      originalMessageId: '<c.5.6@shop.test>',
    })
  })
})
