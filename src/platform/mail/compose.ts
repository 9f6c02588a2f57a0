import type { SendMailOptions } from 'nodemailer'
import { cleanText } from '../text/clean.ts'
import { safeFileName } from './attachments.ts'
import { plusAddress } from './threading.ts'

export interface Mailbox {
  name?: string
  address: string
}

export interface OutgoingMail {
  from: Mailbox
  to: readonly Mailbox[]
  cc?: readonly Mailbox[]
  bcc?: readonly Mailbox[]
  subject: string
  text: string
  html?: string
  /** With angle brackets, as all ids. */
  messageId: string
  date: Date
  inReplyTo?: string | null
  /** Oldest first. The last 20 and the first are sent: long chains are cut by servers anyway. */
  references?: readonly string[]
  /** Added to the sender's address in Reply-To, so that the answer finds its way back. */
  token?: string
  /** Whose doing the mail is: a person's, or by which automatism. */
  automatic?: 'acknowledgement' | 'notice' | 'bulk'
  /** Envelope sender of notices and bulk mail, to which failures come back. An acknowledgement has none. */
  bounceTo?: string
  /** Where one click ends bulk mail: an https address that takes a POST (RFC 8058). Required for bulk. */
  unsubscribeUrl?: string
  /** Says to complaint reports what this was (Feedback-ID). */
  feedbackId?: string
  /** An invitation that calendar programs understand. */
  calendar?: { method: string; content: string }
  attachments?: readonly { name: string; type: string; content: Buffer; contentId?: string }[]
}

/**
 * The mail as nodemailer takes it; who gets a blind copy stands in the envelope alone. Line breaks in names, subjects and headers become blanks, so no header can be
 * slipped in. Throws RangeError for an address, id or URL that no well-formed mail can carry.
 */
export function composeMail(mail: OutgoingMail): SendMailOptions {
  const from = mailbox(mail.from)
  const to = mail.to.map(mailbox)
  const cc = (mail.cc ?? []).map(mailbox)
  const bcc = (mail.bcc ?? []).map(mailbox)
  const sender = mail.automatic === 'acknowledgement' ? '' : address(mail.bounceTo ?? from.address)
  return {
    from,
    to,
    cc,
    replyTo: mail.token ? { name: from.name, address: address(plusAddress(from.address, mail.token)) } : from,
    subject: line(mail.subject),
    text: cleanText(mail.text),
    ...(mail.html === undefined ? {} : { html: cleanText(mail.html) }),
    date: mail.date,
    messageId: id(mail.messageId),
    ...(mail.inReplyTo ? { inReplyTo: id(mail.inReplyTo) } : {}),
    references: chain(mail),
    headers: headersFor(mail, from.address),
    envelope: { from: sender, to: [...to, ...cc, ...bcc].map(recipient => recipient.address) },
    attachments: (mail.attachments ?? []).map(attachment),
    ...(mail.calendar
      ? { icalEvent: { method: line(mail.calendar.method), content: mail.calendar.content, filename: 'invite.ics' } }
      : {}),
    disableFileAccess: true,
    disableUrlAccess: true,
    xMailer: false,
  }
}

function headersFor(mail: OutgoingMail, from: string): Record<string, string> {
  if (!mail.automatic) return {}
  const headers: Record<string, string> = {
    'Auto-Submitted': mail.automatic === 'acknowledgement' ? 'auto-replied' : 'auto-generated',
    'X-Auto-Response-Suppress': 'All',
    'X-Loop': from,
  }
  if (mail.automatic === 'acknowledgement') headers.Precedence = 'auto_reply'
  if (mail.feedbackId) headers['Feedback-ID'] = line(mail.feedbackId)
  if (mail.automatic === 'bulk') {
    headers['List-Unsubscribe'] = `<${webAddress(mail.unsubscribeUrl)}>`
    headers['List-Unsubscribe-Post'] = 'List-Unsubscribe=One-Click'
  }
  return headers
}

function chain({ references = [], inReplyTo }: OutgoingMail): string[] {
  const ids = Array.from(new Set([...references, ...(inReplyTo ? [inReplyTo] : [])].map(id)))
  return ids.length > 21 ? [ids[0]!, ...ids.slice(-20)] : ids
}

function attachment({ name, type, content, contentId }: NonNullable<OutgoingMail['attachments']>[number]) {
  const filename = safeFileName(name, type)
  return { filename, contentType: line(type), content, ...(contentId ? { cid: line(contentId) } : {}) }
}

function mailbox({ name = '', address: written }: Mailbox): { name: string; address: string } {
  return { name: line(name), address: address(written) }
}

function line(text: string): string {
  return cleanText(text, { singleLine: true })
}

function address(written: string): string {
  if (!/^[^\s<>@,;:"()[\]\\]{1,64}@[^\s<>@,;:"()\\]{1,255}$/.test(written) || /\p{Cc}/u.test(written)) {
    throw new RangeError('Not a mail address that can be written to')
  }
  return written
}

function id(written: string): string {
  if (!/^<[^<>\s\p{Cc}]{1,900}>$/u.test(written)) throw new RangeError('A message id stands in angle brackets')
  return written
}

function webAddress(written: string | undefined): string {
  if (!written || !/^https?:\/\/[^\s<>\p{Cc}]{1,1000}$/u.test(written))
    throw new RangeError('Bulk mail needs an unsubscribe address')
  return written
}
