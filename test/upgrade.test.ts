import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import pg from 'pg'
import { expect, inject, test } from 'vitest'
import { loadSample, sampleSignIns } from '../db/seed/sample.ts'
import { insertToken } from '../src/modules/identity/settingUp.ts'
import { readConfig } from '../src/platform/config.ts'
import { migrate, migrations } from '../src/platform/database/migrate.ts'
import { makeLog } from '../src/platform/log.ts'
import { system } from '../src/platform/permissions/actor.ts'
import { startProgram } from '../src/program.ts'
import { freePort } from './app.ts'

/**
 * What each release left behind: the sample organisation as that release had it, table by table, and the last of its
 * migrations. A release adds its own file, so that any of them can be brought up to date.
 */
const releases: Record<string, { last: string }> = { '0.1.0': { last: '20261121T1040_channels' } }

const folder = new URL('releases/', import.meta.url)
type Tables = Record<string, Record<string, unknown>[]>

const contents = (release: string): Tables =>
  JSON.parse(zstdDecompressSync(readFileSync(new URL(`${release}.json.zst`, folder))).toString()) as Tables

/** An empty database that this release would have made, filled with what it left. */
const asReleased = async (pool: pg.Pool, release: string, last: string): Promise<Tables> => {
  await migrate(
    pool,
    undefined,
    migrations().filter(migration => migration.name <= last),
  )
  const tables = contents(release)
  const client = await pool.connect()
  try {
    await client.query('set session_replication_role = replica')
    await client.query(`select ensure_event_partitions('2024-01-01'::timestamptz, 48)`)
    // What the migrations themselves put in is in the file too, as it was changed since.
    for (const table of Object.keys(tables)) await client.query(`delete from ${quoted(table)}`)
    for (const [table, rows] of Object.entries(tables)) {
      const columns = Object.keys(rows[0] ?? {})
        .map(column => `"${column}"`)
        .join(', ')
      await client.query(
        `insert into ${quoted(table)} (${columns}) overriding system value select ${columns} from jsonb_populate_recordset(null::${quoted(table)}, $1)`,
        [JSON.stringify(rows)],
      )
      if (rows[0] && typeof rows[0].id === 'number')
        await client.query(
          `select setval(pg_get_serial_sequence($1, 'id'), greatest((select max(id) from ${quoted(table)}), 1))
           where pg_get_serial_sequence($1, 'id') is not null`,
          [table],
        )
    }
  } finally {
    await client.query('set session_replication_role = default')
    client.release()
  }
  return tables
}

const quoted = (table: string) =>
  table
    .split('.')
    .map(part => `"${part}"`)
    .join('.')

const emptyDatabase = async () => {
  const name = `u_${randomBytes(6).toString('hex')}`
  const urlOf = (database: string) =>
    inject('serverUrl').replace('%7Bdatabase%7D', database).replace('{database}', database)
  const admin = new pg.Client(urlOf('postgres'))
  await admin.connect()
  await admin.query(`create database ${name}`)
  const drop = async () => {
    await admin.query(`drop database ${name} with (force)`)
    await admin.end()
  }
  return { url: urlOf(name), drop }
}

test('every release has its file and stands on the list', () => {
  expect(readdirSync(folder).map(name => name.replace('.json.zst', ''))).toEqual(Object.keys(releases))
})

test.each(Object.entries(releases))(
  'a database of release %s comes up to date with its data and works',
  async (release, { last }) => {
    const { url, drop } = await emptyDatabase()
    const pool = new pg.Pool({ connectionString: url })
    const dataDir = mkdtempSync(join(tmpdir(), 'rapport-upgrade-'))
    try {
      const before = await asReleased(pool, release, last)
      let asked = 0
      const applied = await migrate(pool, async () => void asked++)
      expect(asked, 'a backup is offered before data are touched').toBe(1)
      expect(applied).toEqual(
        migrations()
          .map(one => one.name)
          .filter(name => name > last),
      )
      for (const [table, rows] of Object.entries(before)) {
        const { rows: counted } = await pool.query<{ n: number }>(`select count(*)::int as n from ${quoted(table)}`)
        expect(counted[0]?.n, table).toBeGreaterThanOrEqual(rows.length)
      }
      await works(url, dataDir, before)
    } finally {
      await pool.end()
      await drop()
      rmSync(dataDir, { recursive: true, force: true })
    }
  },
)

/** The program of today on that database: every case opens, is found, and can be answered; staff sign in as before. */
const works = async (databaseUrl: string, dataDir: string, before: Tables): Promise<void> => {
  const port = await freePort()
  const env = {
    PORT: String(port),
    DATA_DIR: dataDir,
    SMTP_LISTEN: 'off',
    LOG_LEVEL: 'silent',
    DATABASE_URL: 'postgres://unused',
  }
  const config = readConfig(env)
  const program = await startProgram({
    config,
    databaseUrl,
    log: makeLog('silent'),
    loadSample: kernel => loadSample(kernel, config),
  })
  try {
    const url = `http://127.0.0.1:${port}`
    const admin = await program.kernel.read(system, ({ db }) =>
      db
        .selectFrom('staff as s')
        .innerJoin('roles as r', 'r.id', 's.role_id')
        .select('s.id')
        .where('r.key', '=', 'administrator')
        .executeTakeFirstOrThrow(),
    )
    const { token } = await program.kernel.work(system, work => insertToken(work, admin.id, 'upgrade', [], null))
    const ask = async <T>(path: string): Promise<T> => {
      const response = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } })
      expect(response.status, path).toBe(200)
      return (await response.json()) as T
    }
    const kept = (before['public.cases'] ?? []).filter(kase => kase.confidential === false).map(kase => Number(kase.id))
    for (const id of kept) {
      const kase = await ask<{ id: number; can: string[] }>(`/api/cases/${id}`)
      expect(kase.id).toBe(id)
      expect(kase.can).toContain('merge')
      await ask(`/api/cases/${id}/timeline`)
    }
    const word = String(before['public.cases']?.[0]?.subject).split(' ')[0]
    expect((await ask<{ items: unknown[] }>(`/api/search?q=${word}`)).items.length).toBeGreaterThan(0)
    expect((await ask<{ items: unknown[] }>('/api/people?limit=50')).items.length).toBe(50)
    await ask('/api/portal')
    const [person] = sampleSignIns
    const signedIn = await fetch(`${url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify({ email: person?.email, password: person?.password }),
    })
    expect(signedIn.status).toBe(200)
  } finally {
    await program.stop()
  }
}
