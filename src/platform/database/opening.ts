import { existsSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { now } from '../clock.ts'
import type { Config } from '../config.ts'
import { automaticBackup } from './backup.ts'
import { type EmbeddedDatabase, startEmbedded } from './embedded.ts'
import { migrate, WrongDatabase } from './migrate.ts'

export type OpenedServer = { url: string; embedded: EmbeddedDatabase | null }

const ensureDatabase = async (embedded: EmbeddedDatabase): Promise<void> => {
  const client = new pg.Client(embedded.url)
  await client.connect()
  const { rowCount } = await client.query("select 1 from pg_database where datname = 'rapport'")
  if (!rowCount) await client.query('create database rapport')
  await client.end()
}

/** The database of the data folder, made on the first start, or the one that DATABASE_URL names; not yet migrated. */
export const openServer = async (config: Pick<Config, 'databaseUrl' | 'dataDir'>): Promise<OpenedServer> => {
  if (config.databaseUrl) return { url: config.databaseUrl, embedded: null }
  const embedded = await startEmbedded(config.dataDir)
  await ensureDatabase(embedded)
  return { url: embedded.urlOf('rapport'), embedded }
}

/** A database of somebody else's that does not answer, or not to us, is told in a sentence that never quotes the address. */
const assertAnswers = async (pool: pg.Pool): Promise<void> => {
  try {
    const client = await pool.connect()
    client.release()
  } catch (error) {
    const { message, code } = error as { message?: string; code?: string }
    throw new WrongDatabase(`DATABASE_URL: the database does not answer: ${message || code || 'no reason was given'}`)
  }
}

/** Migrates it; an embedded database with data in it is backed up first. */
export const bringUpToDate = async (
  config: Pick<Config, 'dataDir'>,
  { url, embedded }: OpenedServer,
): Promise<string[]> => {
  const pool = new pg.Pool({ connectionString: url, max: 3 })
  pool.on('error', () => {})
  pool.on('connect', client => void client.on('error', () => {}))
  try {
    if (!embedded) await assertAnswers(pool)
    return await migrate(pool, async () => {
      if (embedded && existsSync(join(config.dataDir, 'pg')))
        await automaticBackup({ dataDir: config.dataDir, url, now: now() })
    })
  } finally {
    await pool.end()
  }
}
