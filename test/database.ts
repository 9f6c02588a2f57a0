import { randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import pg from 'pg'
import { inject } from 'vitest'
import { openDatabase } from '../src/platform/database/pool.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    serverUrl: string
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

/** A database of its own, cloned from the migrated template. */
export const cloneDatabase = async (): Promise<{ url: string; drop(): Promise<void> }> => {
  const name = `t_${randomBytes(6).toString('hex')}`
  // Two clones at once would both need the template without other users: the second waits its turn.
  await sqlAt(urlOf('postgres'), `create database ${name} template template strategy file_copy`)
  return { url: urlOf(name), drop: () => sqlAt(urlOf('postgres'), `drop database ${name} with (force)`) }
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
