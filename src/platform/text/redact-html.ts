import { BLOCK } from './digits.ts'
import { type Removed, redactText } from './redact-text.ts'

const INLINE = new Set(
  'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark o:p q s samp small span strike strong sub sup tt u var wbr'.split(
    ' ',
  ),
)
const NAMED: Readonly<Record<string, string>> = {
  nbsp: '\u00A0',
  ensp: '\u2002',
  emsp: '\u2003',
  thinsp: '\u2009',
  shy: '\u00AD',
  zwj: '\u200D',
  zwnj: '\u200C',
  ndash: '\u2013',
  mdash: '\u2014',
  hyphen: '\u2010',
  minus: '\u2212',
  period: '.',
  sol: '/',
  Tab: '\t',
  NewLine: '\n',
}
const ENTITY = /&(?:#(?<decimal>\d{1,9});?|#[xX](?<hex>[0-9a-fA-F]{1,8});?|(?<named>[A-Za-z]{3,7});)/y
const PERCENT = /(?:%[0-9a-fA-F]{2}){1,4}/y

/** What stands at `start`..`end` of a source, read: itself, an escape decoded, or a block boundary (which is nowhere). */
interface Piece {
  text: string
  start: number
  end: number
}

/**
 * Removes card and bank numbers from HTML or XML and leaves the markup as it is. A number is found across inline
 * tags, entities and line breaks, in attributes and URLs (percent encoding read), in comments, scripts and styles.
 */
export function redactHtml(html: string): { html: string; found: Removed[] } {
  if (!/\p{N}/u.test(html)) return { html, found: [] }
  const found: Removed[] = []
  const parts = Array.from(splitMarkup(html), part => ({ ...part, pieces: part.markup ? [] : read(html, part, /&/g) }))
  for (const part of parts) {
    const { start, end } = part
    if (part.markup && isBlock(html, start)) part.pieces.push({ text: BLOCK, start: end, end })
  }
  const texts = redactPieces(html, parts, found)
  return {
    html: parts.map((part, index) => (part.markup ? redactUrl(texts[index]!, found) : texts[index])).join(''),
    found,
  }
}

/** Redacts a source in which entities and percent encoding may hide a number: a tag, an address in a log. */
export function redactEscaped(source: string): { text: string; found: Removed[] } {
  const found: Removed[] = []
  return { text: redactUrl(source, found), found }
}

function redactUrl(source: string, found: Removed[]): string {
  if (!/\p{N}/u.test(source)) return source
  const whole = { start: 0, end: source.length, markup: false }
  return redactPieces(source, [{ ...whole, pieces: read(source, whole, /[&%]/g) }], found)[0]!
}

interface Part {
  start: number
  end: number
  markup: boolean
}

/** Redacts the parts as one text and writes each back: markup as it was, other pieces as they were unless masked. */
function redactPieces(source: string, parts: readonly (Part & { pieces: Piece[] })[], found: Removed[]): string[] {
  const text = parts.flatMap(part => part.pieces.map(piece => piece.text)).join('')
  const redacted = redactText(text)
  for (const one of redacted.found) found.push(one)
  let at = 0
  return parts.map(part => {
    const written = part.pieces.map(piece => {
      const masked = redacted.text.slice(at, at + piece.text.length)
      at += piece.text.length
      return masked === piece.text || piece.start === piece.end ? source.slice(piece.start, piece.end) : masked
    })
    return part.markup ? source.slice(part.start, part.end) : written.join('')
  })
}

function* splitMarkup(html: string): Generator<Part> {
  let at = 0
  const lastComment = html.lastIndexOf('-->')
  const lastTag = html.lastIndexOf('>')
  for (let start = html.indexOf('<'); start >= 0; start = html.indexOf('<', at)) {
    if (start > at) yield { start: at, end: start, markup: false }
    at = start
    let end = start + 1
    let markup = false
    if (html.startsWith('<!--', start) && lastComment >= start + 4) {
      end = html.indexOf('-->', start + 4) + 3
      markup = true
    } else if (/[A-Za-z/!?]/.test(html[start + 1] ?? '') && lastTag > start) {
      end = html.indexOf('>', start) + 1
      markup = true
    }
    yield { start, end, markup }
    at = end
  }
  if (at < html.length) yield { start: at, end: html.length, markup: false }
}

function isBlock(html: string, start: number): boolean {
  if (html.startsWith('<!--', start)) return false
  const name = /^<\/?([A-Za-z][\w:]{0,15})/.exec(html.slice(start, start + 20))?.[1]
  return name === undefined || !INLINE.has(name.toLowerCase())
}

function read(source: string, part: Part, escapes: RegExp): Piece[] {
  // Cut out first: a search in the whole source would run to its end for every part (39 s for 5 MB of short tags).
  const text = source.slice(part.start, part.end)
  const pieces: Piece[] = []
  const piece = (written: string, start: number, end: number) =>
    pieces.push({ text: written, start: part.start + start, end: part.start + end })
  let done = 0
  for (const { index } of text.matchAll(escapes)) {
    if (index < done) continue
    const decoded = text[index] === '&' ? entityAt(text, index) : percentAt(text, index)
    if (!decoded) continue
    if (index > done) piece(text.slice(done, index), done, index)
    done = index + decoded.length
    piece(decoded.text, index, done)
  }
  if (text.length > done) piece(text.slice(done), done, text.length)
  return pieces
}

function entityAt(source: string, at: number): { text: string; length: number } | null {
  ENTITY.lastIndex = at
  const found = ENTITY.exec(source)
  if (!found) return null
  const { decimal, hex, named } = found.groups!
  const point = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : null
  if (point !== null) return point > 0x10ffff ? null : { text: String.fromCodePoint(point), length: found[0].length }
  const text = NAMED[named!]
  return text === undefined ? null : { text, length: found[0].length }
}

function percentAt(source: string, at: number): { text: string; length: number } | null {
  PERCENT.lastIndex = at
  const written = PERCENT.exec(source)?.[0] ?? ''
  for (let length = 3; length <= written.length; length += 3) {
    try {
      return { text: decodeURIComponent(written.slice(0, length)), length }
    } catch {
      // A character of more bytes: read on.
    }
  }
  return null
}
