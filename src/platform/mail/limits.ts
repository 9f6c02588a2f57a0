import { type Headers, headerFields, headerLength } from './headers.ts'

/** How big a mail may be. Bytes unless said otherwise. */
export interface MailLimits {
  size: number
  /** Lines: the parser keeps an object for each, so 24 MB of empty lines took more than 4 GB. Base64 of 25 MB has 345,000. */
  lines: number
  headers: number
  parts: number
  depth: number
  recipients: number
}

export const MAIL_LIMITS: MailLimits = {
  size: 25 * 1024 * 1024,
  lines: 500_000,
  headers: 256 * 1024,
  parts: 200,
  depth: 10,
  recipients: 1000,
}

export type RefusalReason =
  | 'too_large'
  | 'too_many_parts'
  | 'too_deep'
  | 'headers_too_long'
  | 'too_many_recipients'
  | 'unreadable'

/** A mail that is not worth parsing, or cannot be. Keep the raw message: a person decides. */
export class MailRefused extends Error {
  readonly reason: RefusalReason

  constructor(reason: RefusalReason, options?: ErrorOptions) {
    super(`Mail refused: ${reason.replaceAll('_', ' ')}`, options)
    this.name = 'MailRefused'
    this.reason = reason
  }
}

const RECIPIENTS = /^(?:to|cc|bcc)$/i
const BOUNDARY = /;\s*boundary\s*=\s*(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i

/**
 * Counts what a mail is made of in one cheap pass over its lines, before anything is decoded.
 * Throws `MailRefused` for the first limit that is passed.
 */
export function checkLimits(raw: Buffer, limits: MailLimits): void {
  if (raw.length > limits.size || linesOf(raw, limits.lines) > limits.lines) throw new MailRefused('too_large')
  // Latin-1 gives one unit per byte, without decoding anything.
  const scan: Scan = { text: raw.toString('latin1'), limits, boundaries: [], parts: 0, embedded: 0 }
  const top = readHeaders(scan, 0)
  const recipients = top.fields.filter(([name]) => RECIPIENTS.test(name))
  const count = recipients.reduce((sum, [, value]) => sum + value.split('@').length - 1, 0)
  if (count > limits.recipients) throw new MailRefused('too_many_recipients')
  enter(scan, top)
  for (let at = scan.text.indexOf('\n--', top.end - 1); at >= 0; at = scan.text.indexOf('\n--', at + 1)) {
    if (opensPart(scan, at + 1)) enter(scan, readHeaders(scan, lineEnd(scan.text, at + 1)))
  }
}

/** Counts lines as far as `most`. */
function linesOf(raw: Buffer, most: number): number {
  let lines = 0
  for (let at = raw.indexOf(10); at >= 0 && lines <= most; at = raw.indexOf(10, at + 1)) lines++
  return lines
}

interface Scan {
  text: string
  limits: MailLimits
  boundaries: string[]
  parts: number
  embedded: number
}

interface HeaderBlock {
  fields: Headers
  end: number
}

/** Reads the headers that begin at `from`; refuses a block that is longer than all headers may be. */
function readHeaders(scan: Scan, from: number): HeaderBlock {
  const most = scan.limits.headers
  const window = scan.text.slice(from, from + most + 4)
  const length = headerLength(window)
  if (length > most) throw new MailRefused('headers_too_long')
  return { fields: headerFields(window.slice(0, length)), end: from + length }
}

/** Goes into a multipart, or into a message within the message. */
function enter(scan: Scan, block: HeaderBlock): void {
  const type = block.fields.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  if (/^multipart\//i.test(type)) {
    const found = BOUNDARY.exec(type)
    if (found) scan.boundaries.push((found[1] ?? found[2])!)
  }
  if (scan.boundaries.length + scan.embedded > scan.limits.depth) throw new MailRefused('too_deep')
  if (!/^message\/(?:rfc822|global)\b/i.test(type)) return
  scan.embedded++
  const inner = /^(?:\r?\n){0,2}/.exec(scan.text.slice(block.end, block.end + 4))![0].length
  enter(scan, readHeaders(scan, block.end + inner))
  scan.embedded--
}

/** Whether the line at `at` begins a part. A boundary of an outer multipart ends the inner ones. */
function opensPart(scan: Scan, at: number): boolean {
  for (let level = scan.boundaries.length - 1; level >= 0; level--) {
    const boundary = scan.boundaries[level]!
    if (!scan.text.startsWith(boundary, at + 2)) continue
    const rest = scan.text.slice(at + 2 + boundary.length, lineEnd(scan.text, at)).trimEnd()
    if (rest !== '' && rest !== '--') continue
    scan.boundaries.length = rest === '' ? level + 1 : level
    if (rest === '' && ++scan.parts > scan.limits.parts) throw new MailRefused('too_many_parts')
    return rest === ''
  }
  return false
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end + 1
}
