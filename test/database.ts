import { randomBytes } from 'node:crypto'
import { cpSync } from 'node:fs'
import type { Kysely } from 'kysely'
import pg from 'pg'
import { inject } from 'vitest'
import { loadSample } from '../db/seed/sample.ts'
import { modulesOf } from '../src/app.ts'
import { openDatabase } from '../src/platform/database/pool.ts'
import { startKernel } from '../src/platform/kernel.ts'
import { type Staffed, testConfig } from './staffed.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    serverUrl: string
    staffed: Staffed
    /** Where the files of the sample organisation are kept, once it was loaded. */
    sampleFolder: string
  }
}

export const sqlAt = async (url: string, statement: string): Promise<void> => {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

const urlOf = (database: string) =>
  inject('serverUrl').replace('%7Bdatabase%7D', database).replace('{database}', database)

export type Template = 'template' | 'staffed' | 'sampled'

/** A database of its own, cloned from one that is migrated, has staff, or has the sample organisation. */
export const cloneDatabase = async (from: Template = 'template'): Promise<{ url: string; drop(): Promise<void> }> => {
  const name = `t_${randomBytes(6).toString('hex')}`
  // Two clones at once would both need the template without other users: the second waits its turn.
  await sqlAt(urlOf('postgres'), `create database ${name} template ${from} strategy file_copy`)
  return { url: urlOf(name), drop: () => sqlAt(urlOf('postgres'), `drop database ${name} with (force)`) }
}

const makeSample = async (): Promise<void> => {
  await sqlAt(urlOf('postgres'), 'create database sampling template staffed strategy file_copy')
  const modules = modulesOf({ loadSample: async () => {}, dropLive: () => {}, staffHere: () => 0 })
  const kernel = startKernel({
    url: urlOf('sampling'),
    subscriptions: modules.flatMap(module => module.subscriptions ?? []),
  })
  await loadSample(kernel, testConfig({ DATA_DIR: inject('sampleFolder') }))
  await kernel.close()
  await sqlAt(urlOf('postgres'), 'alter database sampling rename to sampled')
}

/** The sample organisation, loaded by whoever needs it first and cloned by all others, its files with it. */
export const sampleTemplate = async (dataDir: string): Promise<'sampled'> => {
  const client = new pg.Client(urlOf('postgres'))
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(7203190)')
    const { rows } = await client.query("select 1 from pg_database where datname = 'sampled'")
    if (rows.length === 0) await makeSample()
  } finally {
    await client.end()
  }
  cpSync(inject('sampleFolder'), dataDir, { recursive: true })
  return 'sampled'
}

/** A cloned database with a connection that may do everything, for tests of the platform itself. */
export const testDatabase = async () => {
  const { url, drop } = await cloneDatabase()
  const database = openDatabase(url)
  const close = async () => {
    await database.close()
    await drop()
  }
  return {
    // biome-ignore lint/suspicious/noExplicitAny: tests of the platform make tables of their own
    kysely: database.write as unknown as Kysely<any>,
    owner: database.owner,
    url,
    close,
    [Symbol.asyncDispose]: close,
  }
}
