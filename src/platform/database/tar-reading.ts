import { block, checksumOf, chunk, rest } from './tar-writing.ts'

/** Text that the reader holds in memory: longer names and records than this are not ours. */
const longestRecord = 1024 * 1024

export type Entry = {
  name: string
  kind: 'file' | 'folder' | 'other'
  size: number
  /** The content; what is not read of it is skipped. */
  body(): AsyncGenerator<Buffer>
  text(): Promise<string>
}

/** An archive that ends too early or is not one. */
export class Damaged extends Error {}

type Bytes = { some(most: number): Promise<Buffer | null>; exactly(length: number): Promise<Buffer> }

/** Reads a stream in the pieces that the format wants instead of those it came in. */
const bytesOf = (chunks: AsyncIterable<Buffer>): Bytes => {
  const iterator = chunks[Symbol.asyncIterator]()
  let held: Buffer = Buffer.alloc(0)
  const some = async (most: number): Promise<Buffer | null> => {
    while (held.length === 0) {
      const next = await iterator.next()
      if (next.done) return null
      held = next.value
    }
    const taken = held.subarray(0, most)
    held = held.subarray(taken.length)
    return taken
  }
  const exactly = async (length: number): Promise<Buffer> => {
    const parts: Buffer[] = []
    for (let left = length; left > 0; ) {
      const part = await some(left)
      if (part === null) throw new Damaged('it ends too early')
      parts.push(part)
      left -= part.length
    }
    return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts)
  }
  return { some, exactly }
}

const textOf = (field: Buffer): string => {
  const end = field.indexOf(0)
  return field.toString('utf8', 0, end === -1 ? field.length : end)
}

const numberOf = (field: Buffer): number => {
  const text = textOf(field).trim()
  if (!/^[0-7]{1,12}$/.test(text)) throw new Damaged('an entry has no readable size')
  return Number.parseInt(text, 8)
}

type Parsed = { name: string; type: string; size: number }

const parsed = (header: Buffer): Parsed => {
  if (numberOf(header.subarray(148, 156)) !== checksumOf(header)) throw new Damaged('an entry has a wrong checksum')
  const prefix = textOf(header.subarray(345, 500))
  const name = textOf(header.subarray(0, 100))
  return {
    name: prefix ? `${prefix}/${name}` : name,
    type: String.fromCharCode(header[156] ?? 0),
    size: numberOf(header.subarray(124, 136)),
  }
}

const recordsOf = (body: Buffer): Map<string, string> => {
  const records = new Map<string, string>()
  for (let at = 0; at < body.length; ) {
    const length = Number.parseInt(body.toString('latin1', at, at + 10), 10)
    const record = body.toString('utf8', at, at + length)
    const [, key, value] = /^\d+ ([^=]+)=([\s\S]*)\n$/.exec(record) ?? []
    if (key === undefined || value === undefined) throw new Damaged('an entry has an unreadable record')
    records.set(key, value)
    at += length
  }
  return records
}

const bodyOf = (bytes: Bytes, size: number) => {
  let left = size
  async function* body(): AsyncGenerator<Buffer> {
    while (left > 0) {
      const part = await bytes.some(Math.min(left, chunk))
      if (part === null) throw new Damaged('it ends too early')
      left -= part.length
      yield part
    }
  }
  const text = async () => {
    if (size > longestRecord) throw new Damaged('an entry is longer than it may be')
    return (await bytes.exactly(left).finally(() => (left = 0))).toString('utf8')
  }
  const skip = async () => {
    for await (const _ of body());
    await bytes.exactly(rest(size))
  }
  return { body, text, skip }
}

const kindOf = (type: string): Entry['kind'] =>
  type === '5' ? 'folder' : type === '0' || type === '\0' ? 'file' : 'other'

/**
 * The entries of an archive, one after the other; the stream is read to its very end, so that a checksum there counts.
 * @throws Damaged when it ends before its two empty blocks or a header is not one
 */
export async function* entriesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Entry> {
  const bytes = bytesOf(chunks)
  let records = new Map<string, string>()
  for (;;) {
    const header = await bytes.exactly(block)
    if (header.every(byte => byte === 0)) break
    const { name, type, size: short } = parsed(header)
    const size = records.has('size') ? Number(records.get('size')) : short
    if (!Number.isSafeInteger(size) || size < 0) throw new Damaged('an entry has no readable size')
    const { body, text, skip } = bodyOf(bytes, size)
    if (type === 'x') records = recordsOf(Buffer.from(await text()))
    else {
      yield { name: records.get('path') ?? name, kind: kindOf(type), size, body, text }
      records = new Map()
    }
    await skip()
  }
  await bytes.exactly(block)
  while ((await bytes.some(chunk)) !== null);
}
