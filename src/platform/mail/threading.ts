import { createHmac, timingSafeEqual } from 'node:crypto'
import { decodeBase32, encodeBase32 } from './base32.ts'
import type { ParsedMail } from './parse.ts'

/** A signing secret. Whoever has it can address any thread. */
export type ThreadKey = string | Buffer

/** What a token or a signed Message-ID points to: a kind of one letter, and an id (a whole number or a UUID, in text). */
export interface ThreadTarget {
  kind: string
  id: string
}

/** Where a mail may belong, surest first. An unsigned reference is for the table of known Message-IDs to judge. */
export type ThreadingHint =
  | ({ by: 'token'; address: string } & ThreadTarget)
  | { by: 'reference'; messageId: string; target: SignedMessageId | null }
  | { by: 'number'; number: number }

/** The parts of a Message-ID of ours. */
export interface SignedMessageId extends ThreadTarget {
  message: string
}

/** 80 bits: 2^40 guesses by mail for an even chance are out of reach, and the address stays within 64 characters. */
const MAC_BYTES = 10
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/
const KIND = /^[a-z]$/

/**
 * A token for a reply address: base32 in lower case, since some servers change the case of an address.
 * 23 characters for small numbers, 44 for a UUID. Throws RangeError for any other kind or id.
 */
export function replyToken(key: ThreadKey, kind: string, id: string): string {
  const body = Buffer.concat([kindByte(kind), idBytes(id)])
  return encodeBase32(Buffer.concat([body, mac(key, 'reply', body)]))
}

/** What a token points to; null if it was not made with this key. */
export function readReplyToken(key: ThreadKey, token: string): ThreadTarget | null {
  const bytes = decodeBase32(token)
  if (!bytes || bytes.length <= MAC_BYTES + 1) return null
  const body = bytes.subarray(0, -MAC_BYTES)
  if (!timingSafeEqual(bytes.subarray(-MAC_BYTES), mac(key, 'reply', body))) return null
  const kind = String.fromCharCode(body[0]!)
  return KIND.test(kind) ? { kind, id: idOf(body.subarray(1)) } : null
}

/** `support@shop.test` with the token: `support+<token>@shop.test`. */
export function plusAddress(address: string, token: string): string {
  const at = address.lastIndexOf('@')
  return `${address.slice(0, at)}+${token}${address.slice(at)}`
}

/** The base address and the part after the last plus sign; null if there is none. */
export function splitPlusAddress(address: string): { base: string; token: string } | null {
  const found = /^(.+)\+([^+@]+)(@[^@]+)$/.exec(address)
  return found ? { base: found[1]! + found[3]!, token: found[2]! } : null
}

/** The address without what follows a plus sign. */
export function withoutToken(address: string): string {
  return splitPlusAddress(address)?.base ?? address
}

/**
 * A Message-ID that says and proves what it belongs to: `<c.<id>.<message>.<random>.<mac>@domain>`.
 * `random` is the caller's (letters and digits), since a mail sent twice must not have one id.
 */
export function signedMessageId(key: ThreadKey, target: SignedMessageId & { random: string; domain: string }): string {
  const { kind, id, message, random, domain } = target
  const parts = [kind, id, message, random]
  if (!KIND.test(kind) || !parts.every(part => /^[0-9A-Za-z-]{1,64}$/.test(part)) || !/^[\w.-]+$/.test(domain)) {
    throw new RangeError('A Message-ID is made of letters, digits and hyphens')
  }
  return `<${parts.join('.')}.${idMac(key, parts.join('.'), domain)}@${domain}>`
}

/** What a Message-ID of ours belongs to; null if it was not made with this key. */
export function readMessageId(key: ThreadKey, messageId: string): SignedMessageId | null {
  const found =
    /^<(([a-z])\.([0-9A-Za-z-]{1,64})\.([0-9A-Za-z-]{1,64})\.[0-9A-Za-z-]{1,64})\.([a-z2-7]{16})@([\w.-]+)>$/.exec(
      messageId,
    )
  if (!found) return null
  const [, body, kind, id, message, written, domain] = found as unknown as string[]
  if (!timingSafeEqual(Buffer.from(written!), Buffer.from(idMac(key, body!, domain!)))) return null
  return { kind: kind!, id: id!, message: message! }
}

/** The number in a subject such as `Re: [#1234] Broken`; null if there is none. */
export function subjectNumber(subject: string): number | null {
  const found = /\[#(\d{1,15})\]/.exec(subject)
  return found ? Number(found[1]) : null
}

/**
 * Where a mail may belong, in the order to try: tokens in the addresses it came to, then the messages it answers
 * (nearest first), then a number in the subject. A number proves nothing: only follow it for one who takes part.
 */
export function threadingHints(mail: ParsedMail, key: ThreadKey, ownAddresses: readonly string[]): ThreadingHint[] {
  const own = new Set(ownAddresses.map(address => address.toLowerCase()))
  const reached = [...mail.deliveredTo, ...[...mail.to, ...mail.cc].map(({ address }) => address)]
  const tokens = Array.from(new Set(reached.map(address => address.toLowerCase()))).flatMap(
    (address): ThreadingHint[] => {
      const plus = splitPlusAddress(address)
      const target = plus && own.has(plus.base) ? readReplyToken(key, plus.token) : null
      return target ? [{ by: 'token', address, ...target }] : []
    },
  )
  const answered = new Set([mail.inReplyTo, ...mail.references.toReversed()].filter(id => id !== null))
  const references = Array.from(answered, (messageId): ThreadingHint => {
    return { by: 'reference', messageId, target: readMessageId(key, messageId) }
  })
  const number = subjectNumber(mail.subject)
  return [...tokens, ...references, ...(number === null ? [] : [{ by: 'number', number } as const])]
}

function mac(key: ThreadKey, purpose: string, body: Buffer | string): Buffer {
  return createHmac('sha256', key).update(`${purpose}\0`).update(body).digest().subarray(0, MAC_BYTES)
}

function idMac(key: ThreadKey, body: string, domain: string): string {
  return encodeBase32(mac(key, 'message-id', `${body}@${domain.toLowerCase()}`))
}

function kindByte(kind: string): Buffer {
  if (!KIND.test(kind)) throw new RangeError('A kind is one letter a-z')
  return Buffer.from(kind)
}

function idBytes(id: string): Buffer {
  if (UUID.test(id)) return Buffer.from(id.replaceAll('-', ''), 'hex')
  if (!/^(?:0|[1-9]\d{0,18})$/.test(id)) throw new RangeError('An id is a whole number or a UUID')
  const hex = BigInt(id).toString(16)
  return Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex')
}

function idOf(bytes: Buffer): string {
  const hex = bytes.toString('hex')
  if (bytes.length < 16) return BigInt(`0x${hex}`).toString()
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
