import { cleanText } from '../text/clean.ts'
import { redactBytes, redactText } from '../text/redact.ts'
import { type Format, formatOf } from './formats.ts'
import { textOf } from './text-of.ts'

export type Given = { name: string; type: string; content: Buffer }

export type Redacted = Given & {
  /** Something was taken out. */
  found: boolean
  /** Nothing is known of what it says: a picture, a locked or broken document. */
  unscanned: boolean
}

const notice = 'This file held card or bank numbers. It is kept as its words alone, without them.'

/** A document says what it is by how it begins, whatever it is called. */
const formatBySign = (content: Buffer): Format | null =>
  content.subarray(0, 5).equals(Buffer.from('%PDF-'))
    ? 'pdf'
    : content.subarray(0, 4).equals(Buffer.from('PK\x03\x04'))
      ? 'archive'
      : null

const mostAtOnce = 2
let reading = 0
const next: (() => void)[] = []

/** So many files are read at a time, each in a process of its own, however many are sent. */
const inTurn = async <T>(read: () => Promise<T>): Promise<T> => {
  // Whoever waits is handed the place of one that has finished: nobody comes in between.
  if (reading < mostAtOnce) reading++
  else await new Promise<void>(resolve => next.push(resolve))
  try {
    return await read()
  } finally {
    const first = next.shift()
    if (first) first()
    else reading--
  }
}

/**
 * A file without card and bank numbers. One of text stays what it is, with the numbers replaced. A document in which
 * they cannot be replaced (PDF, office, archive) gives way to its words: a text file that says so.
 * @returns the file to keep in its stead
 */
export const redactFile = async ({ name, type, content }: Given): Promise<Redacted> => {
  const plain = redactBytes(content, type, name)
  if (plain.scanned) return { name, type, content: plain.bytes, found: plain.found.length > 0, unscanned: false }
  const format = formatOf(name, type) ?? formatBySign(content)
  const said = format && (await inTurn(() => textOf(content, format)))
  if (!said || !('text' in said)) return { name, type, content, found: false, unscanned: true }
  const words = redactText(cleanText(said.text))
  if (words.found.length === 0) return { name, type, content, found: false, unscanned: false }
  const text = Buffer.from(`${notice}\n\n${words.text}`)
  return { name: `${name}.txt`, type: 'text/plain', content: text, found: true, unscanned: false }
}
