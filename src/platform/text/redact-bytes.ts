import { isUtf8 } from 'node:buffer'
import { redactDeep } from './redact-deep.ts'
import { redactHtml } from './redact-html.ts'
import { type Removed, redactText } from './redact-text.ts'

/** The bytes of a file after redaction. `scanned` is false for a format that is not text: nothing is known of it. */
export interface RedactedBytes {
  bytes: Buffer
  found: Removed[]
  scanned: boolean
}

const TEXT_TYPE =
  /^(?:text\/|message\/|application\/(?:[\w.-]+\+)?(?:json|xml|csv|rtf|yaml|x-ndjson|javascript|sql)\b)/i
const TEXT_NAME = /\.(?:txt|text|log|md|csv|tsv|json|ndjson|xml|x?html?|svg|eml|rtf|ya?ml|ics|vcf|sql|ini|js)$/i
const MARKUP = /html|xml|svg/i

// Tab, line ends, form feed and escape are all that text has of these.
const NOT_TEXT = /[\x00-\x08\x0B\x0E-\x1A\x1C-\x1F]/
const ANY_TYPE = /^(?:application\/(?:octet-stream|x-[\w.-]+)|)$/i

/** Whether a file of which nobody says what it is holds plain text, as a `README` or `orders.dat` does. */
const looksLikeText = (bytes: Buffer, type: string): boolean =>
  ANY_TYPE.test(type) && !NOT_TEXT.test(bytes.toString('latin1'))

/**
 * Removes card and bank numbers from a file of text: text, CSV, JSON, XML, HTML, and as written (encodings inside
 * them not undone) mail and RTF. The character set is the byte order mark's, the declared one, UTF-8 if the bytes
 * are that, or Windows-1252; whichever it is, bytes outside a number stay as they are. A file
 * without a type or ending is text when it holds no byte that text never has. Compressed and binary formats come back
 * untouched with `scanned: false`.
 */
export function redactBytes(bytes: Buffer, contentType: string, filename: string): RedactedBytes {
  const type = contentType.split(';')[0]!.trim()
  if (!TEXT_TYPE.test(type) && !TEXT_NAME.test(filename) && !looksLikeText(bytes, type))
    return { bytes, found: [], scanned: false }
  const { text, write } = readBytes(bytes, charsetOf(bytes, contentType))
  const redacted = redactAs(text, `${type} ${filename}`)
  return { bytes: redacted.found.length > 0 ? write(redacted.text) : bytes, found: redacted.found, scanned: true }
}

function redactAs(text: string, format: string): { text: string; found: Removed[] } {
  if (MARKUP.test(format)) {
    const { html, found } = redactHtml(text)
    return { text: html, found }
  }
  if (/json/i.test(format)) {
    const parsed = parseJson(text)
    const { value, found } = redactDeep(parsed)
    if (parsed !== undefined) return { text: found.length > 0 ? JSON.stringify(value, null, 2) : text, found }
  }
  return redactText(text)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function charsetOf(bytes: Buffer, contentType: string): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const declared = /charset=["']?([\w.:-]+)/i.exec(contentType)?.[1] ?? ''
  if (/^utf-?16/i.test(declared)) return /be$/i.test(declared) ? 'utf-16be' : 'utf-16le'
  if (isUtf8(bytes)) return 'utf-8'
  const inside = /(?:charset|encoding)=["']?([\w.:-]+)/i.exec(bytes.toString('latin1', 0, 1024))?.[1]
  try {
    return new TextDecoder(declared || inside || 'windows-1252').encoding
  } catch {
    return 'windows-1252'
  }
}

/** The text of a file, and how to write a redacted text back: it holds no character the file did not have but ASCII. */
function readBytes(bytes: Buffer, charset: string): { text: string; write: (redacted: string) => Buffer } {
  const text = new TextDecoder(charset, { ignoreBOM: true }).decode(bytes)
  if (charset === 'utf-8' && isUtf8(bytes)) return { text, write: redacted => Buffer.from(redacted) }
  if (charset === 'utf-16le') return { text, write: redacted => Buffer.from(redacted, 'utf16le') }
  if (charset === 'utf-16be') return { text, write: redacted => Buffer.from(redacted, 'utf16le').swap16() }
  // A character set of several bytes still writes its digits as ASCII: read as Latin-1, every byte comes back as it was.
  if (text.length !== bytes.length) {
    return { text: bytes.toString('latin1'), write: redacted => Buffer.from(redacted, 'latin1') }
  }
  const byteOf = new Map(Array.from(bytes, (byte, index) => [text[index]!, byte]))
  return {
    text,
    write: redacted => Buffer.from(redacted.split('').map(symbol => byteOf.get(symbol) ?? symbol.charCodeAt(0))),
  }
}
