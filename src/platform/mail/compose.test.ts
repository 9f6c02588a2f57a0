import { createTransport } from 'nodemailer'
import { describe, expect, test } from 'vitest'
import { composeMail, type OutgoingMail } from './compose.ts'
import { type ParsedMail, parseMail } from './parse.ts'

const MAIL: OutgoingMail = {
  from: { name: 'Shop Support', address: 'support@shop.test' },
  to: [{ name: 'Ann Lee', address: 'ann@home.test' }],
  subject: 'Your parcel',
  text: 'It is on its way.',
  html: '<p>It is on its way.</p>',
  messageId: '<c.1.2.x.mac@shop.test>',
  date: new Date('2026-11-21T10:00:00Z'),
}

/** The mail as it would leave, and its envelope. */
async function sent(mail: OutgoingMail): Promise<{ mail: ParsedMail; envelope: unknown; raw: string }> {
  const info = await createTransport({ streamTransport: true, buffer: true }).sendMail(composeMail(mail))
  const raw = info.message as Buffer
  return { mail: await parseMail(raw), envelope: info.envelope, raw: raw.toString() }
}

const header = (mail: ParsedMail, name: string) =>
  mail.headers.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1]

describe('composeMail', () => {
  test('an answer carries its thread, both texts and the way back', async () => {
    const { mail, envelope, raw } = await sent({
      ...MAIL,
      token: 'abc234',
      inReplyTo: '<q1@home.test>',
      references: ['<q0@home.test>', '<q1@home.test>'],
      cc: [{ address: 'bob@home.test' }],
      bcc: [{ address: 'log@shop.test' }],
    })
    expect(mail).toMatchObject({
      messageId: MAIL.messageId,
      inReplyTo: '<q1@home.test>',
      references: ['<q0@home.test>', '<q1@home.test>'],
      from: { name: 'Shop Support', address: 'support@shop.test' },
      replyTo: { address: 'support+abc234@shop.test' },
      cc: [{ address: 'bob@home.test' }],
      autoSubmitted: null,
    })
    expect(mail.text.trim()).toBe('It is on its way.')
    expect(mail.html?.trim()).toBe('<p>It is on its way.</p>')
    expect(raw).not.toMatch(/^(bcc|x-mailer):/im)
    expect(raw).not.toContain('log@shop.test')
    expect(envelope).toEqual({ from: 'support@shop.test', to: ['ann@home.test', 'bob@home.test', 'log@shop.test'] })
  })

  test('an acknowledgement leaves with an empty envelope sender and stops loops', async () => {
    const { mail, envelope } = await sent({ ...MAIL, automatic: 'acknowledgement' })
    expect(envelope).toEqual({ from: false, to: ['ann@home.test'] })
    expect(mail.autoSubmitted).toBe('auto-replied')
    expect(header(mail, 'precedence')).toBe('auto_reply')
    expect(header(mail, 'x-auto-response-suppress')).toBe('All')
    expect(header(mail, 'x-loop')).toBe('support@shop.test')
  })

  test('a notice says it is automatic, bulk can be ended with one click', async () => {
    const notice = await sent({ ...MAIL, automatic: 'notice', bounceTo: 'bounce+t@shop.test' })
    expect(notice.mail.autoSubmitted).toBe('auto-generated')
    expect(header(notice.mail, 'precedence')).toBeUndefined()
    expect(notice.envelope).toEqual({ from: 'bounce+t@shop.test', to: ['ann@home.test'] })
    const bulk = await sent({
      ...MAIL,
      automatic: 'bulk',
      unsubscribeUrl: 'https://shop.test/u/1',
      feedbackId: 'survey:shop',
    })
    expect(header(bulk.mail, 'list-unsubscribe')).toBe('<https://shop.test/u/1>')
    expect(header(bulk.mail, 'list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
    expect(header(bulk.mail, 'feedback-id')).toBe('survey:shop')
    expect(() => composeMail({ ...MAIL, automatic: 'bulk' })).toThrow(RangeError)
  })

  test('no header can be slipped in', async () => {
    const evil = 'x\r\nBcc: evil@x.test\nX-Evil: 1\u2028'
    const { mail, envelope } = await sent({
      ...MAIL,
      from: { name: evil, address: 'support@shop.test' },
      subject: evil,
      automatic: 'notice',
      feedbackId: evil,
      attachments: [{ name: evil, type: `text/plain${evil}`, content: Buffer.from('x'), contentId: evil }],
    })
    expect(header(mail, 'bcc')).toBeUndefined()
    expect(header(mail, 'x-evil')).toBeUndefined()
    expect(mail.subject).toBe('x Bcc: evil@x.test X-Evil: 1')
    expect(envelope).toEqual({ from: 'support@shop.test', to: ['ann@home.test'] })
    for (const address of [
      'a@b.test\r\nBcc: c@d.test',
      'a@b.test, c@d.test',
      'a b@c.test',
      '<a@b.test>',
      'ab',
      '@b.test',
    ]) {
      expect(() => composeMail({ ...MAIL, to: [{ address }] })).toThrow(RangeError)
    }
    expect(() => composeMail({ ...MAIL, messageId: '<a>\r\nX: y' })).toThrow(RangeError)
    expect(() => composeMail({ ...MAIL, references: ['no brackets'] })).toThrow(RangeError)
    expect(() => composeMail({ ...MAIL, automatic: 'bulk', unsubscribeUrl: 'https://x.test/>\r\nX: y' })).toThrow(
      RangeError,
    )
  })

  test('a long chain keeps its first and its last twenty', () => {
    const references = Array.from({ length: 50 }, (_, index) => `<${index}@x>`)
    expect(composeMail({ ...MAIL, references }).references).toEqual(['<0@x>', ...references.slice(-20)])
  })
})
