import type { MailAttachment } from './attachments.ts'
import { type Headers, headerFields, headerLength, messageIds } from './headers.ts'

/** What happened to one recipient of a mail that was sent. */
export interface RecipientReport {
  address: string
  /** failed, delayed, delivered, relayed, expanded; displayed, deleted and the like for a receipt; the type of a complaint. */
  action: string
  /** Enhanced status code such as 5.1.1; '' if none was given. */
  status: string
  /** The words of the server that refused. */
  diagnostic: string
}

/** A machine's report about a mail: delivery (RFC 3464), reading (RFC 8098), or a complaint about it (RFC 5965). */
export interface MailReport {
  kind: 'delivery' | 'receipt' | 'complaint'
  recipients: RecipientReport[]
  /** The Message-ID of the mail the report is about, with angle brackets. */
  originalMessageId: string | null
}

const KINDS: Readonly<Record<string, MailReport['kind']>> = {
  'message/delivery-status': 'delivery',
  'message/global-delivery-status': 'delivery',
  'message/disposition-notification': 'receipt',
  'message/global-disposition-notification': 'receipt',
  'message/feedback-report': 'complaint',
}
const ORIGINAL = /^(?:message\/(?:rfc822|global)(?:-headers)?|text\/rfc822-headers)$/

interface Reporting {
  headers: Headers
  attachments: MailAttachment[]
  inReplyTo: string | null
  references: string[]
}

/** The report a mail carries, or null. A bounce without a report part is known by Exim's X-Failed-Recipients. */
export function reportOf(mail: Reporting): MailReport | null {
  const part = mail.attachments.find(({ type }) => KINDS[type])
  const kind = part && KINDS[part.type]
  if (!part || !kind) return bareBounce(mail)
  const blocks = fieldBlocks(part.content.toString('utf8'))
  const recipients = blocks.flatMap(block => recipientOf(kind, block))
  const named = blocks.map(block => block.get('original-message-id')).find(Boolean)
  const originalMessageId = (named && messageIds(named)[0]) || originalOf(mail)
  return { kind, recipients, originalMessageId }
}

function bareBounce(mail: Reporting): MailReport | null {
  const failed = mail.headers.find(([name]) => name.toLowerCase() === 'x-failed-recipients')?.[1]
  if (!failed) return null
  const recipients = failed.split(',').map(address => ({
    address: address.trim(),
    action: 'failed',
    status: '',
    diagnostic: '',
  }))
  return { kind: 'delivery', recipients, originalMessageId: originalOf(mail) }
}

/** The groups of fields of a report part: first about the message, then one for each recipient. */
function fieldBlocks(content: string): Map<string, string>[] {
  const blocks = content.replace(/\r\n/g, '\n').split(/\n[ \t]*\n/)
  return blocks.map(block => new Map(headerFields(block).map(([name, value]) => [name.toLowerCase(), value])))
}

function recipientOf(kind: MailReport['kind'], block: Map<string, string>): RecipientReport[] {
  const written =
    block.get(kind === 'complaint' ? 'original-rcpt-to' : 'final-recipient') ?? block.get('original-recipient')
  const address = withoutType(written ?? '').replace(/^<|>$/g, '')
  if (!address && kind !== 'complaint') return []
  return [
    {
      address,
      action: actionOf(kind, block),
      status: /\d\.\d{1,3}\.\d{1,3}/.exec(block.get('status') ?? '')?.[0] ?? '',
      diagnostic: withoutType(block.get('diagnostic-code') ?? '').slice(0, 2000),
    },
  ]
}

function actionOf(kind: MailReport['kind'], block: Map<string, string>): string {
  if (kind === 'complaint') return (block.get('feedback-type') ?? 'abuse').toLowerCase()
  if (kind === 'delivery') return /[a-z]+/i.exec(block.get('action') ?? '')?.[0].toLowerCase() ?? 'failed'
  return /;\s*([a-z]+)/i.exec(block.get('disposition') ?? '')?.[1]?.toLowerCase() ?? 'displayed'
}

/** `rfc822; a@b.test` and `smtp; 550 no` without the type in front. */
function withoutType(value: string): string {
  return value.replace(/^\s*[\w-]+\s*;\s*/, '').trim()
}

function originalOf(mail: Reporting): string | null {
  const original = mail.attachments.find(({ type }) => ORIGINAL.test(type))
  const text = original?.content.toString('latin1').trimStart() ?? ''
  const fields = headerFields(text.slice(0, headerLength(text)))
  const id = fields.find(([name]) => name.toLowerCase() === 'message-id')?.[1]
  return (id && messageIds(id)[0]) || mail.inReplyTo || mail.references.at(-1) || null
}
