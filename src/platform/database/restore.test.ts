import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sqlAt } from '../../../test/database.ts'
import { backUp } from './backup.ts'
import { completion, firstEntry, headerFor, lastEntry } from './backup-header.ts'
import { startEmbedded } from './embedded.ts'
import { readBackupHeader, restore } from './restore.ts'
import { ending, entryOf, headerOf } from './tar-writing.ts'

const now = new Date('2026-03-04T05:06:07.089Z')
const facts = { note: null, postgres: '18.4', migrations: [] }
const temporary = mkdtempSync(join(tmpdir(), 'rapport-restore-'))
const dataDir = join(temporary, 'data')
const whole = join(temporary, 'whole.rapport')
const folder = (name: string) => join(temporary, name)

beforeAll(async () => {
  const server = await startEmbedded(dataDir)
  await sqlAt(
    server.url,
    "create table migrations (name text); insert into migrations values ('0002_second'), ('0001_first')",
  )
  await backUp({ dataDir, url: server.url, target: whole, now, note: 'For the tests' })
  await server.stop()
})

afterAll(() => rmSync(temporary, { recursive: true, force: true }))

test('the header says when, by what and with which migrations a backup was made', async () => {
  expect(await readBackupHeader(whole)).toMatchObject({
    format: 1,
    madeAt: '2026-03-04T05:06:07.089Z',
    note: 'For the tests',
    postgres: expect.stringMatching(/^18/),
    migrations: ['0001_first', '0002_second'],
  })
})

/** Restores into a folder of its own and gives the sentence it was refused with; nothing may have been left there. */
const refusal = async (content: Buffer, name: string): Promise<string> => {
  writeFileSync(folder(`${name}.rapport`), content)
  const error = await restore({ source: folder(`${name}.rapport`), dataDir: folder(name) }).catch(error => error)
  expect(error).toMatchObject({ name: 'Refusal' })
  expect(existsSync(folder(name)) ? readdirSync(folder(name)) : []).toEqual([])
  return error.message
}

describe('a file that is not whole is refused', () => {
  test.each([0.001, 0.3, 0.9])('cut off at %d of its length', async part => {
    const content = readFileSync(whole)
    expect(await refusal(content.subarray(0, content.length * part), `cut${part}`)).toMatch(/damaged or incomplete/)
  })

  // Node's compressor ends with 13 bytes that hold nothing (nodejs/node#66078); the 14th belongs to the checksum.
  test('cut off in its checksum', async () => {
    expect(await refusal(readFileSync(whole).subarray(0, -14), 'cut')).toMatch(/damaged or incomplete/)
  })

  test.each([0.1, 0.5, 0.99])('a bit flipped at %d of its length', async part => {
    const content = readFileSync(whole)
    const at = Math.floor(content.length * part)
    content[at] = (content[at] ?? 0) ^ 4
    expect(await refusal(content, `flipped${part}`)).toMatch(/damaged or incomplete/)
  })

  test('packed well, but without its last entry, or with fewer files than it says', async () => {
    const start = entryOf(firstEntry, headerFor(facts, now), now)
    const cut = zstdCompressSync(Buffer.concat([start, ending()]))
    expect(await refusal(cut, 'unfinished')).toMatch(/its end is missing/)
    const fewer = zstdCompressSync(Buffer.concat([start, entryOf(lastEntry, completion(3), now), ending()]))
    expect(await refusal(fewer, 'fewer')).toMatch(/files are missing/)
  })
})

test('a file that is not a backup, or one of a newer program or another PostgreSQL, is refused', async () => {
  expect(await refusal(Buffer.from('Dear customer'), 'letter')).toMatch(/is not a backup of Rapport/)
  const packed = (text: string) => zstdCompressSync(Buffer.concat([entryOf(firstEntry, text, now), ending()]))
  expect(await refusal(zstdCompressSync(Buffer.alloc(2048, 'x')), 'other')).toMatch(/is not a backup of Rapport/)
  expect(await refusal(packed('{"format":2,"program":"9.1.0"}'), 'newer')).toMatch(/newer Rapport \(9\.1\.0\)/)
  const seventeen = headerFor({ ...facts, postgres: '17.2' }, now)
  expect(await refusal(packed(seventeen), 'older')).toMatch(/files of PostgreSQL 17/)
  await expect(restore({ source: folder('nowhere'), dataDir: folder('x') })).rejects.toThrow(/There is no file/)
})

test('a folder that holds an installation is refused, and keeps what it has', async () => {
  const full = folder('full')
  mkdirSync(full)
  writeFileSync(join(full, 'installation.key'), 'mine')
  await expect(restore({ source: whole, dataDir: full })).rejects.toThrow(
    /already holds an installation.*move the folder away/,
  )
  await expect(restore({ source: whole, dataDir })).rejects.toThrow(/already holds an installation/)
  expect(readFileSync(join(full, 'installation.key'), 'utf8')).toBe('mine')
})

describe('an archive that reaches out of its folder is refused', () => {
  const long = `files/${'x'.repeat(120)}/../../../x`
  test.each(['../../x', '/etc/x', 'files/../../x', 'pg/./x', 'pg//x', 'files\\..\\x', 'backups/x', 'pg', long])(
    '%s',
    async name => {
      const hostile = Buffer.concat([
        entryOf(firstEntry, headerFor(facts, now), now),
        entryOf(name, 'hello', now),
        entryOf(lastEntry, completion(1), now),
        ending(),
      ])
      expect(await refusal(zstdCompressSync(hostile), 'hostile')).toMatch(/does not belong in a backup/)
      expect(existsSync(join(temporary, 'x'))).toBe(false)
    },
  )

  test('a link', async () => {
    const link = headerOf({ name: 'files/x', kind: 'file', size: 0, at: now })
    // Type 2 is a symbolic link; the checksum counts the byte.
    link[156] = '2'.charCodeAt(0)
    link.write(`${(Number.parseInt(link.toString('latin1', 148, 154), 8) + 2).toString(8).padStart(6, '0')}`, 148)
    const hostile = Buffer.concat([entryOf(firstEntry, headerFor(facts, now), now), link, ending()])
    expect(await refusal(zstdCompressSync(hostile), 'link')).toMatch(/does not belong in a backup/)
  })
})
