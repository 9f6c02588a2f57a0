import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Logger, runMigrations } from 'graphile-worker'
import type pg from 'pg'

const folder = fileURLToPath(new URL('../../../db/migrations', import.meta.url))

type Migration = { name: string; text: string; sha256: string }

/** The migrations of this program, in the order of their names. */
export const migrations = (): Migration[] =>
  readdirSync(folder)
    .filter(file => file.endsWith('.sql'))
    .sort()
    .map(file => {
      const text = readFileSync(join(folder, file), 'utf8')
      return { name: file.slice(0, -'.sql'.length), text, sha256: createHash('sha256').update(text).digest('hex') }
    })

const silent = new Logger(() => () => {})

/** The database was written by a newer program, or is not one this program can use. */
export class WrongDatabase extends Error {}

const bookkeeping = `
  create table if not exists migrations (
    name text primary key,
    sha256 text not null,
    applied_at timestamptz not null default now()
  )`

const assertVersion = async (client: pg.ClientBase): Promise<void> => {
  const { rows } = await client.query<{ version: number }>(
    `select current_setting('server_version_num')::int as version`,
  )
  const version = rows[0]?.version ?? 0
  if (version < 180000)
    throw new WrongDatabase(`Rapport needs PostgreSQL 18 or newer; this one is ${Math.floor(version / 10000)}.`)
}

const assertKnown = (applied: Map<string, string>, known: readonly Migration[]): void => {
  const names = new Set(known.map(migration => migration.name))
  const foreign = [...applied.keys()].filter(name => !names.has(name))
  if (foreign.length > 0)
    throw new WrongDatabase(
      `The database is newer than this program (it has "${foreign[0]}"). Start the newer program, or restore a backup.`,
    )
  const changed = known.find(
    migration => applied.has(migration.name) && applied.get(migration.name) !== migration.sha256,
  )
  if (changed) throw new WrongDatabase(`Migration "${changed.name}" differs from the one this database was built with.`)
}

/**
 * Brings the database up to this program, each migration in a transaction of its own; a second process waits its turn.
 * @param before called once when a database with data is about to change: the place for a backup
 * @param known what there is to apply; all of it, except where an earlier release is rehearsed
 * @returns the names of what was applied
 * @throws WrongDatabase when the database is older than PostgreSQL 18 or newer than the program
 */
export const migrate = async (
  pool: pg.Pool,
  before: () => Promise<void> = async () => {},
  known: readonly Migration[] = migrations(),
): Promise<string[]> => {
  const client = await pool.connect()
  try {
    await assertVersion(client)
    await client.query('select pg_advisory_lock(7203114)')
    await client.query(bookkeeping)
    const { rows } = await client.query<{ name: string; sha256: string }>('select name, sha256 from migrations')
    const applied = new Map(rows.map(row => [row.name, row.sha256]))
    assertKnown(applied, known)
    const pending = known.filter(migration => !applied.has(migration.name))
    if (pending.length > 0 && applied.size > 0) await before()
    await runMigrations({ pgPool: pool, logger: silent })
    for (const migration of pending) await apply(client, migration)
    await client.query('select ensure_event_partitions(now(), 4)')
    return pending.map(migration => migration.name)
  } finally {
    await client.query('select pg_advisory_unlock(7203114)').catch(() => {})
    client.release()
  }
}

const apply = async (client: pg.ClientBase, migration: Migration): Promise<void> => {
  await client.query('begin')
  try {
    await client.query(migration.text)
    await client.query('insert into migrations (name, sha256) values ($1, $2)', [migration.name, migration.sha256])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`Migration "${migration.name}" failed: ${(error as Error).message}`, { cause: error })
  }
}
