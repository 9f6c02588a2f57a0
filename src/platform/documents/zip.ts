import { inflateRawSync } from 'node:zlib'

/** A file is broken, or asks for more than it may have; `reason` is what is noted of it. */
export class Unreadable extends Error {
  readonly reason: Reason
  constructor(reason: Reason, message: string = reason) {
    super(message)
    this.name = 'Unreadable'
    this.reason = reason
  }
}

/** Why nothing was read: not a format we read; damaged; locked with a password; too much of something; too slow. */
export type Reason = 'unknown' | 'broken' | 'locked' | 'too_large' | 'too_slow'

export type Entry = { name: string; size: number; read(): Buffer }

const endMark = 0x06054b50
const entryMark = 0x02014b50
const localMark = 0x04034b50
const mostEntries = 5000

const endOf = (file: Buffer): number => {
  const first = Math.max(0, file.length - 22 - 65_535)
  for (let at = file.length - 22; at >= first; at--) if (file.readUInt32LE(at) === endMark) return at
  throw new Unreadable('broken', 'no directory')
}

/**
 * The entries of a ZIP archive, from its directory. What is unpacked is bounded by the budget that all entries share,
 * and by nothing the archive says of itself.
 * Source: PKWARE APPNOTE 6.3.10, 4.3.7, 4.3.12 and 4.3.16. Methods 0 (stored) and 8 (deflate) are read, ZIP64 is not.
 * @param budget bytes that may be unpacked in all
 * @throws Unreadable
 */
export const entriesOf = (file: Buffer, budget: number): Entry[] => {
  const end = endOf(file)
  const count = file.readUInt16LE(end + 10)
  if (count > mostEntries) throw new Unreadable('too_large', 'too many entries')
  const left = { bytes: budget }
  const entries: Entry[] = []
  let at = file.readUInt32LE(end + 16)
  for (let n = 0; n < count; n++) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== entryMark) throw new Unreadable('broken', 'no entry')
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map(offset => file.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ]
    const entry = {
      flags: file.readUInt16LE(at + 8),
      method: file.readUInt16LE(at + 10),
      packed: file.readUInt32LE(at + 20),
      start: file.readUInt32LE(at + 42),
    }
    entries.push({
      name: file.toString('utf8', at + 46, at + 46 + nameLength),
      size: file.readUInt32LE(at + 24),
      read: () => unpacked(file, entry, left),
    })
    at += 46 + nameLength + extraLength + commentLength
  }
  return entries
}

type Place = { flags: number; method: number; packed: number; start: number }

const unpacked = (file: Buffer, { flags, method, packed, start }: Place, left: { bytes: number }): Buffer => {
  if (flags & 1) throw new Unreadable('locked')
  if (start + 30 > file.length || file.readUInt32LE(start) !== localMark) throw new Unreadable('broken', 'no content')
  const from = start + 30 + file.readUInt16LE(start + 26) + file.readUInt16LE(start + 28)
  const raw = file.subarray(from, from + packed)
  const content = method === 0 ? raw : method === 8 ? inflated(raw, left.bytes) : null
  if (!content) throw new Unreadable('unknown', `method ${method}`)
  left.bytes -= content.length
  if (left.bytes <= 0) throw new Unreadable('too_large', 'unpacks to too much')
  return content
}

const inflated = (raw: Buffer, most: number): Buffer => {
  try {
    return inflateRawSync(raw, { maxOutputLength: Math.max(1, most) })
  } catch (error) {
    const tooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    throw new Unreadable(tooLarge ? 'too_large' : 'broken')
  }
}
