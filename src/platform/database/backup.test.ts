import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fileStore } from '../files/store.ts'
import { installationKey } from '../key.ts'
import { automaticBackup, backUp } from './backup.ts'
import { segmentNames } from './base-backup.ts'
import { type EmbeddedDatabase, startEmbedded } from './embedded.ts'
import { restore } from './restore.ts'

const now = new Date('2026-03-04T05:06:07.089Z')
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

/** What the writer does in one transaction is there together or not at all. */
const expectAgreement = async (copy: pg.Client): Promise<void> => {
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
}

const expectAttachments = async (copy: pg.Client, data: string): Promise<void> => {
  const { rows } = await copy.query<{ sha256: string }>('select sha256 from letters')
  for (const { sha256 } of rows) {
    const content = readFileSync(join(data, 'files', sha256.slice(0, 2), sha256))
    expect(createHash('sha256').update(content).digest('hex')).toBe(sha256)
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
    await expectAgreement(copy)
    expect(await numberIn(copy, 'select max(id) from letters')).toBeGreaterThanOrEqual(before)
    await expectAttachments(copy, folder('busy'))
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

const attempt = (target: string, of = dataDir) => backUp({ dataDir: of, url: server.url, target, now })

test('no backup is made where the target cannot be written, and nothing is left behind', async () => {
  await expect(attempt(join(temporary, 'missing', 'x'))).rejects.toThrow(
    /No backup was made: .*cannot be read or written/,
  )
  await expect(attempt(join(dataDir, 'files', 'x'))).rejects.toThrow(/cannot lie in/)
  await expect(attempt(temporary)).rejects.toThrow(/is not a file/)
})

test('no backup is made where a folder cannot be read, and nothing is left behind', async () => {
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
  await expect(backUp({ dataDir: elsewhere, url: other.url, target, now })).rejects.toThrow(/database does not answer/)
})

test('no backup is made where the database goes away meanwhile, and nothing is left behind', async () => {
  const target = folder('cut.rapport')
  const refused = expect(attempt(target)).rejects.toThrow(/the database (stopped meanwhile|does not answer)/i)
  const end = `select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = 'rapport backup'`
  while ((await numberIn(client, end)) === 0) await new Promise(resolve => setTimeout(resolve, 5))
  await refused
  expect(readdirSync(temporary).filter(name => name.startsWith('cut'))).toEqual([])
})

test('no backup is made while another one is being made', async () => {
  const attempts = await Promise.allSettled([attempt(folder('one')), attempt(folder('one')), attempt(folder('one'))])
  expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(existsSync(folder('one'))).toBe(true)
})

test('WAL files are named by timeline and position', () => {
  expect(segmentNames('00000001', '0/2000028', '0/3000000', 16 * 1024 ** 2)).toEqual(['000000010000000000000002'])
  expect(segmentNames('00000001', '0/FF000028', '1/1000001', 16 * 1024 ** 2)).toEqual([
    '0000000100000000000000FF',
    '000000010000000100000000',
    '000000010000000100000001',
  ])
})
