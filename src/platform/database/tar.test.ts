import { expect, test } from 'vitest'
import { Damaged, entriesOf } from './tar-reading.ts'
import { ending, entryOf, fileEntry, headerOf } from './tar-writing.ts'

const at = new Date('2026-03-04T05:06:07Z')

const joined = async (parts: AsyncIterable<Buffer>): Promise<Buffer> => {
  const all: Buffer[] = []
  for await (const part of parts) all.push(part)
  return Buffer.concat(all)
}

/** An archive in pieces of a length that fits no block. */
async function* pieces(archive: Buffer, length = 77): AsyncGenerator<Buffer> {
  for (let from = 0; from < archive.length; from += length) yield archive.subarray(from, from + length)
}

const read = async (archive: Buffer) => {
  const found: { name: string; kind: string; content: string }[] = []
  for await (const { name, kind, body } of entriesOf(pieces(archive)))
    found.push({ name, kind, content: (await joined(body())).toString('latin1') })
  return found
}

const fileOf = (size: number, content: string) =>
  joined(fileEntry('x', { size, at, read: async (into, from) => Buffer.from(content).copy(into, 0, from) }))

test('names and contents of every length come back as they were', async () => {
  const files = [0, 1, 98, 99, 100, 101, 490, 511, 512, 513, 998, 1024].map(length => ({
    name: `files/${'n'.repeat(length)}`,
    kind: 'file',
    content: 'c'.repeat(length),
  }))
  const folder = headerOf({ name: 'files', kind: 'folder', size: 0, at })
  const entries = files.map(({ name, content }) => entryOf(name, content, at))
  const archive = Buffer.concat([folder, ...entries, ending()])
  expect(await read(archive)).toEqual([{ name: 'files', kind: 'folder', content: '' }, ...files])
})

test('what is not read of an entry is skipped', async () => {
  const names: string[] = []
  const archive = Buffer.concat([entryOf('a', 'x'.repeat(2000), at), entryOf('b', '', at), ending()])
  for await (const entry of entriesOf(pieces(archive))) names.push(entry.name)
  expect(names).toEqual(['a', 'b'])
})

test('a file that becomes shorter or longer while it is read keeps the size it had', async () => {
  const shorter = await fileOf(600, 'short')
  expect(await read(Buffer.concat([shorter, ending()]))).toEqual([
    { name: 'x', kind: 'file', content: `short${'\0'.repeat(595)}` },
  ])
  const longer = await fileOf(3, 'longer')
  expect(await read(Buffer.concat([longer, ending()]))).toEqual([{ name: 'x', kind: 'file', content: 'lon' }])
})

test('an archive without its end, or with a changed header, is refused', async () => {
  const archive = Buffer.concat([entryOf('a', 'content', at), ending()])
  for (const length of [0, 511, 600, 1024, 1536, 2047])
    await expect(read(archive.subarray(0, length))).rejects.toThrow(Damaged)
  archive[0] = 'b'.charCodeAt(0)
  await expect(read(archive)).rejects.toThrow(/wrong checksum/)
})
