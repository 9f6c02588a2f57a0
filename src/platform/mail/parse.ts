import PostalMime, { addressParser, type Email } from 'postal-mime'
import { cleanText } from '../text/clean.ts'
import { htmlToText } from '../text/html.ts'
import { type MailAttachment, safeAttachment } from './attachments.ts'
import { type Headers, headerLength, headerValues, messageIds } from './headers.ts'
import { checkLimits, MAIL_LIMITS, type MailLimits, MailRefused } from './limits.ts'
import { type MailReport, reportOf } from './reports.ts'

export interface MailAddress {
  name: string
  /** As written; the domain in lower case. */
  address: string
}

/** A mail as it was sent, made safe to keep: no NUL, no lone surrogate, no path in a file name. HTML is not sanitized. */
export interface ParsedMail {
  /** With angle brackets, as every id here. */
  messageId: string | null
  inReplyTo: string | null
  /** Oldest first. */
  references: string[]
  from: MailAddress | null
  replyTo: MailAddress | null
  to: MailAddress[]
  cc: MailAddress[]
  /** Addresses the receiving servers noted: Delivered-To, X-Original-To, Envelope-To. */
  deliveredTo: string[]
  /** The envelope sender: '' for `<>`, null if unknown. */
  returnPath: string | null
  subject: string
  date: Date | null
  /** Always there: made from the HTML if the mail has no text. */
  text: string
  html: string | null
  attachments: MailAttachment[]
  /** As sent, unfolded; encoded words are not decoded. */
  headers: Headers
  /** The value of Auto-Submitted in lower case, without parameters; null if absent. */
  autoSubmitted: string | null
  report: MailReport | null
}

/**
 * Reads a raw mail. Limits are checked first by a cheap scan. A mail within a mail stays an attachment.
 * Throws `MailRefused`: past a limit, or `unreadable`.
 */
export async function parseMail(raw: Buffer, limits: Partial<MailLimits> = {}): Promise<ParsedMail> {
  const most = { ...MAIL_LIMITS, ...limits }
  checkLimits(raw, most)
  const email = await read(raw, most)
  if (email.attachments.length > most.parts) throw new MailRefused('too_many_parts')
  const headers = email.headers.map(({ originalKey, value }): [string, string] => [
    cleanText(originalKey, { singleLine: true }),
    cleanText(value, { singleLine: true }),
  ])
  const html = email.html ? cleanText(email.html) : null
  const attachments = email.attachments.map(safeAttachment)
  const mail = { ...addressesOf(headers), ...threadOf(headers), headers, attachments }
  return {
    ...mail,
    subject: cleanText(email.subject ?? '', { singleLine: true }),
    date: dateOf(email.date),
    text: textOf(email, html),
    html,
    autoSubmitted:
      first(headers, 'auto-submitted')
        ?.split(/[;\s(]/)[0]
        ?.toLowerCase() ?? null,
    report: reportOf(mail),
  }
}

async function read(raw: Buffer, limits: MailLimits): Promise<Email> {
  // Without headers the parser would take the text for headers and lose it.
  const bare = headerLength(raw.toString('latin1', 0, 1000)) === 0
  try {
    return await PostalMime.parse(bare ? Buffer.concat([Buffer.from('\r\n'), raw]) : raw, {
      forceRfc822Attachments: true,
      maxNestingDepth: limits.depth + 1,
      maxHeadersSize: limits.headers * 2,
    })
  } catch (error) {
    throw new MailRefused('unreadable', { cause: error })
  }
}

function first(headers: Headers, name: string): string | null {
  return headerValues(headers, name)[0] ?? null
}

function addressesOf(headers: Headers) {
  const read = (...names: string[]) => names.flatMap(name => headerValues(headers, name).flatMap(mailboxes))
  const path = first(headers, 'return-path')
  return {
    from: read('from')[0] ?? read('sender')[0] ?? null,
    replyTo: read('reply-to')[0] ?? null,
    to: read('to'),
    cc: read('cc'),
    deliveredTo: read(...NOTED_RECIPIENT).map(({ address }) => address),
    returnPath: path === null ? null : (mailboxes(path)[0]?.address ?? ''),
  }
}

const NOTED_RECIPIENT = ['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'x-delivered-to']

function mailboxes(value: string): MailAddress[] {
  return addressParser(value, { flatten: true }).flatMap(({ name, address = '' }) => {
    const clean = cleanText(address, { singleLine: true }).replace(/\s/g, '')
    const at = clean.lastIndexOf('@')
    if (at < 1) return []
    const domain = clean.slice(at).toLowerCase()
    return [{ name: cleanText(name, { singleLine: true }), address: clean.slice(0, at) + domain }]
  })
}

function threadOf(headers: Headers) {
  const ids = (name: string) => headerValues(headers, name).flatMap(messageIds)
  return {
    messageId: ids('message-id')[0] ?? null,
    inReplyTo: ids('in-reply-to')[0] ?? null,
    references: ids('references').slice(-100),
  }
}

function dateOf(written: string | undefined): Date | null {
  const date = new Date(written ?? '')
  return date.getTime() > 0 && date.getUTCFullYear() < 10_000 ? date : null
}

function textOf(email: Email, html: string | null): string {
  return cleanText(email.text ?? (html ? htmlToText(html) : ''))
}
