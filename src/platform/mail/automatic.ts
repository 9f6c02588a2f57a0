import { headerValues } from './headers.ts'
import type { ParsedMail } from './parse.ts'
import { withoutToken } from './threading.ts'

/** Why a mail must get no automatic answer. Whether its sender has had one lately is the caller's to know. */
export type NoAutoReply =
  | 'report'
  | 'no_sender'
  | 'empty_return_path'
  | 'auto_submitted'
  | 'precedence'
  | 'mailing_list'
  | 'suppressed'
  | 'robot_sender'
  | 'own_sender'
  | 'own_mail'
  | 'not_addressed'

export interface Ourselves {
  /** Every address that receives mail here. */
  ownAddresses: readonly string[]
  /** The domain on the right of our Message-IDs. */
  ownDomain: string
  /** The address of the mailbox that got this mail. */
  recipient: string
}

const ROBOT =
  /^(?:mailer-daemon|postmaster|(?:do[-_.]?not[-_.]?|no[-_.]?)reply.*|bounce.*|owner-.*|.*-request|.*-bounces)$/i
const SUPPRESS = /\b(?:All|OOF|AutoReply|DR|RN|NRN)\b/i

/** The first rule of RFC 3834 and of practice that forbids an automatic answer to this mail; null if none does. */
export function whyNoAutoReply(mail: ParsedMail, ourselves: Ourselves): NoAutoReply | null {
  const has = (name: string, pattern: RegExp) => headerValues(mail.headers, name).some(value => pattern.test(value))
  const own = new Set(ourselves.ownAddresses.map(plain))
  const senders = [mail.from?.address, mail.returnPath, mail.replyTo?.address].flatMap(found => (found ? [found] : []))
  const addressed = [...mail.to, ...mail.cc].some(({ address }) => plain(address) === plain(ourselves.recipient))
  const rules: [NoAutoReply, boolean][] = [
    ['report', mail.report !== null],
    ['no_sender', mail.from === null],
    ['empty_return_path', mail.returnPath === ''],
    ['auto_submitted', mail.autoSubmitted !== null && mail.autoSubmitted !== 'no'],
    ['precedence', has('precedence', /^\s*(?:bulk|junk|list)\b/i)],
    ['mailing_list', mail.headers.some(([name]) => /^list-/i.test(name))],
    ['suppressed', has('x-auto-response-suppress', SUPPRESS)],
    ['robot_sender', senders.some(address => ROBOT.test(address.slice(0, address.lastIndexOf('@'))))],
    ['own_sender', senders.some(address => own.has(plain(address)))],
    ['own_mail', isOurs(mail, ourselves, own)],
    ['not_addressed', !addressed],
  ]
  return rules.find(([, forbidden]) => forbidden)?.[0] ?? null
}

function isOurs(mail: ParsedMail, { ownDomain }: Ourselves, own: ReadonlySet<string>): boolean {
  if (mail.messageId?.toLowerCase().endsWith(`@${ownDomain.toLowerCase()}>`)) return true
  return headerValues(mail.headers, 'x-loop').some(value => own.has(plain(value)))
}

function plain(address: string): string {
  return withoutToken(address).trim().toLowerCase()
}
