import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zstdCompressSync } from 'node:zlib'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fileStore } from '../files/store.ts'
import { installationKey } from '../key.ts'
import { automaticBackup, backUp } from './backup.ts'
import { completion, firstEntry, headerFor, lastEntry } from './backup-header.ts'
import { segmentNames } from './base-backup.ts'
import { type EmbeddedDatabase, startEmbedded } from './embedded.ts'
import { readBackupHeader, restore } from './restore.ts'
import { ending, entryOf, headerOf } from './tar-writing.ts'

const now = new Date('2026-03-04T05:06:07.089Z')
const facts = { note: null, postgres: '18.4', migrations: [] }
const temporary = mkdtempSync(join(tmpdir(), 'rapport-backup-'))
const dataDir = join(temporary, 'data')
const whole = join(temporary, 'whole.rapport')
const folder = (name: string) => join(temporary, name)

let server: EmbeddedDatabase
let client: pg.Client

const connected = async (url: string): Promise<pg.Client> => {
  const made = new pg.Client(url)
  await made.connect()
  return made
}

const numberIn = async (on: pg.Client, query: string): Promise<number> => {
  const { rows } = await on.query<{ n: number }>(`select (${query})::int as n`)
  return rows[0]?.n ?? Number.NaN
}

/** Runs something against a restored copy, started as the program starts it. */
const inCopy = async (source: string, name: string, use: (copy: pg.Client) => Promise<void>): Promise<void> => {
  await restore({ source, dataDir: folder(name) })
  const copy = await startEmbedded(folder(name))
  const copied = await connected(copy.url)
  try {
    await use(copied)
  } finally {
    await copied.end()
    await copy.stop()
  }
}

beforeAll(async () => {
  server = await startEmbedded(dataDir)
  installationKey(dataDir)
  client = await connected(server.url)
  await client.query(`
    create table migrations (name text primary key);
    insert into migrations values ('0002_second'), ('0001_first');
    create table letters (id int primary key, sha256 text not null, body text not null);
    create table copies (id int primary key, sha256 text not null);
    create table counters (id int primary key, value int not null default 0);
    insert into counters select g, 0 from generate_series(1, 2000) g;
    create unlogged table passing as select g as id from generate_series(1, 1000) g`)
  await fileStore(join(dataDir, 'files')).keep(Buffer.from('an attachment'))
  await backUp({ dataDir, url: server.url, target: whole, now, note: 'For the tests' })
})

afterAll(async () => {
  await client.end()
  await server.stop()
  rmSync(temporary, { recursive: true, force: true })
})

/** Writes letters, their attachments and their copies in one transaction each until told to stop. */
const writer = async () => {
  const on = await connected(server.url)
  const files = fileStore(join(dataDir, 'files'))
  let last = 0
  let stopping = false
  const writeOne = async () => {
    const { sha256 } = await files.keep(randomBytes(500))
    await on.query('begin')
    await on.query('insert into letters values ($1, $2, $3)', [last + 1, sha256, randomBytes(1500).toString('hex')])
    await on.query('update counters set value = value + 1 where id % 100 = $1', [last % 100])
    await on.query('insert into copies values ($1, $2)', [last + 1, sha256])
    await on.query('commit')
    last++
  }
  const running = (async () => {
    while (!stopping) await writeOne()
    await on.end()
  })()
  return {
    written: () => last,
    until: async (number: number) => {
      while (last < number) await new Promise(resolve => setTimeout(resolve, 5))
    },
    stop: async () => {
      stopping = true
      await running
    },
  }
}

test('a backup made while everybody writes starts elsewhere with all that was committed before, and agrees with itself', async () => {
  const writing = await writer()
  await writing.until(200)
  const before = writing.written()
  const target = folder('busy.rapport')
  const { bytes, files } = await backUp({ dataDir, url: server.url, target, now })
  const during = writing.written() - before
  await writing.stop()
  expect(during).toBeGreaterThan(0)
  expect(statSync(target)).toMatchObject({ size: bytes, mode: expect.any(Number) })
  expect(statSync(target).mode & 0o777).toBe(0o600)
  expect(files).toBeGreaterThan(before)
  await inCopy(target, 'busy', async copy => {
    expect(await numberIn(copy, 'select max(id) from letters')).toBeGreaterThanOrEqual(before)
    expect(await numberIn(copy, 'select count(*) - max(id) from letters')).toBe(0)
    expect(
      await numberIn(
        copy,
        'select count(*) from letters full join copies using (id, sha256) where letters.id is null or copies.id is null',
      ),
    ).toBe(0)
    expect(await numberIn(copy, 'select sum(value) - 20 * (select count(*) from letters) from counters')).toBe(0)
    expect(await numberIn(copy, 'select count(*) from passing')).toBe(0)
    expect(await numberIn(copy, 'select count(*) from pg_replication_slots')).toBe(0)
    expect(await numberIn(copy, 'select sum(checksum_failures) from pg_stat_database')).toBe(0)
    const { rows } = await copy.query<{ sha256: string }>('select sha256 from letters')
    for (const { sha256 } of rows) {
      const content = readFileSync(join(folder('busy'), 'files', sha256.slice(0, 2), sha256))
      expect(createHash('sha256').update(content).digest('hex')).toBe(sha256)
    }
    await copy.query("insert into copies values (0, 'the copy takes new rows')")
  })
  for (const name of ['installation.key', 'password'])
    expect(readFileSync(join(folder('busy'), name))).toEqual(readFileSync(join(dataDir, name)))
  expect(readdirSync(folder('busy'))).not.toContain('restoring')
})

test('a backup leaves nothing on the server and can be made again', async () => {
  expect(await numberIn(client, 'select count(*) from pg_replication_slots')).toBe(0)
  expect(existsSync(`${whole}.part`)).toBe(false)
  await backUp({ dataDir, url: server.url, target: whole, now, note: 'For the tests' })
})

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

test('of the backups that the program makes by itself the newest five are kept', async () => {
  const backups = join(dataDir, 'backups')
  mkdirSync(backups)
  writeFileSync(join(backups, 'before-2020-01-01T00-00-00-000Z.rapport.part'), 'interrupted')
  writeFileSync(join(backups, 'mine.rapport'), 'made by hand')
  for (let day = 1; day <= 7; day++)
    await automaticBackup({ dataDir, url: server.url, now: new Date(Date.UTC(2026, 0, day)) })
  expect(readdirSync(backups).sort()).toEqual([
    ...[3, 4, 5, 6, 7].map(day => `before-2026-01-0${day}T00-00-00-000Z.rapport`),
    'mine.rapport',
  ])
})

describe('a backup that cannot be made says so and leaves nothing behind', () => {
  const attempt = (target: string, of = dataDir) => backUp({ dataDir: of, url: server.url, target, now })

  test('where the target cannot be written', async () => {
    await expect(attempt(join(temporary, 'missing', 'x'))).rejects.toThrow(
      /No backup was made: .*cannot be read or written/,
    )
    await expect(attempt(join(dataDir, 'files', 'x'))).rejects.toThrow(/cannot lie in/)
    await expect(attempt(temporary)).rejects.toThrow(/is not a file/)
  })

  test('where a folder cannot be read', async () => {
    const elsewhere = folder('elsewhere')
    await restore({ source: whole, dataDir: elsewhere })
    const other = await startEmbedded(elsewhere)
    rmSync(join(elsewhere, 'files'), { recursive: true })
    writeFileSync(join(elsewhere, 'files'), 'not a folder')
    const target = folder('unreadable.rapport')
    await expect(backUp({ dataDir: elsewhere, url: other.url, target, now })).rejects.toThrow(
      /No backup was made: .*files cannot/,
    )
    await expect(attempt(target, elsewhere)).rejects.toThrow(/database's files are not in/)
    expect(readdirSync(temporary).filter(name => name.startsWith('unreadable'))).toEqual([])
    await other.stop()
    await expect(backUp({ dataDir: elsewhere, url: other.url, target, now })).rejects.toThrow(
      /database does not answer/,
    )
  })

  test('while another one is being made', async () => {
    const attempts = await Promise.allSettled([attempt(folder('one')), attempt(folder('one')), attempt(folder('one'))])
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(existsSync(folder('one'))).toBe(true)
  })
})

test('WAL files are named by timeline and position', () => {
  expect(segmentNames('00000001', '0/2000028', '0/3000000', 16 * 1024 ** 2)).toEqual(['000000010000000000000002'])
  expect(segmentNames('00000001', '0/FF000028', '1/1000001', 16 * 1024 ** 2)).toEqual([
    '0000000100000000000000FF',
    '000000010000000100000000',
    '000000010000000100000001',
  ])
})
