import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { DB } from './rows.ts'
import { quickPool } from './statements.ts'

// Ids are bigints in the database and numbers here: they stay far below 2^53. Counts likewise.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)
// An array of them, which the driver has no name for: `select array(select id ...)`.
const bigintArray = 1016 as Parameters<typeof pg.types.getTypeParser>[0]
const textsOf = pg.types.getTypeParser(bigintArray) as (value: string) => string[]
pg.types.setTypeParser(bigintArray, (value: string) => textsOf(value).map(Number))
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number)
// A calendar date has no zone and no time: it stays the text it is.
pg.types.setTypeParser(pg.types.builtins.DATE, value => value)

/** The role the program works as: it may add events, never change or remove one. */
export const applicationRole = 'rapport_app'

export type Database = {
  /** Reading and writing, for `work` only. */
  write: Kysely<DB>
  /** Every transaction on it is READ ONLY. */
  read: Kysely<DB>
  /** The bare pool as the owner of the tables, for jobs and migrations. */
  owner: pg.Pool
  url: string
  close(): Promise<void>
}

type PoolOptions = {
  url: string
  max: number
  role?: string
  readOnly?: boolean
  pipeline?: boolean
  onError: (error: Error) => void
}

const poolOf = ({ url, max, role, readOnly, pipeline = false, onError }: PoolOptions): pg.Pool => {
  const start = [
    ...(role ? [`set role ${role}`] : []),
    ...(readOnly ? ['set default_transaction_read_only = on'] : []),
    "set statement_timeout = '30s'",
    "set idle_in_transaction_session_timeout = '60s'",
    // To start helpers takes 5 ms and the cores that other requests need; everything that is asked is small.
    'set max_parallel_workers_per_gather = 0',
  ].join('; ')
  const pool = new pg.Pool({
    connectionString: url,
    max,
    pipeline,
    connectionTimeoutMillis: 5_000,
    // A server that is frozen rather than gone must not hold a request for ever.
    query_timeout: 35_000,
    idleTimeoutMillis: 60_000,
    application_name: readOnly ? 'rapport read' : 'rapport',
    onConnect: async client => {
      await client.query(start)
    },
  })
  // Without a listener a connection that the server drops while idle would end the process.
  pool.on('error', onError)
  pool.on('connect', client => void client.on('error', onError))
  return pool
}

const kyselyOn = (pool: pg.Pool) => new Kysely<DB>({ dialect: new PostgresDialect({ pool: quickPool(pool) }) })

/** Opens the pools; nothing connects before the first query. */
export const openDatabase = (url: string, onError: (error: Error) => void = () => {}): Database => {
  const write = kyselyOn(poolOf({ url, max: 12, role: applicationRole, pipeline: true, onError }))
  const read = kyselyOn(poolOf({ url, max: 12, role: applicationRole, readOnly: true, pipeline: true, onError }))
  const owner = poolOf({ url, max: 8, onError })
  return {
    write,
    read,
    owner,
    url,
    close: async () => {
      await Promise.all([write.destroy(), read.destroy(), owner.end()])
    },
  }
}

/** True for the errors of a database that cannot be reached just now, as against a mistake in a query. */
export const isUnreachable = (error: unknown): boolean => {
  const code = (error as { code?: string } | null)?.code ?? ''
  const message = (error as Error | null)?.message ?? ''
  return (
    [
      'ECONNREFUSED',
      'ECONNRESET',
      'ENOENT',
      'EPIPE',
      'ETIMEDOUT',
      '57P01',
      '57P02',
      '57P03',
      '08006',
      '08001',
      '08003',
      '53300',
      // The disk is full: nothing can be written until somebody makes room.
      '53100',
      'ENOSPC',
      'EDQUOT',
    ].includes(code) ||
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|server closed the connection/i.test(
      message,
    )
  )
}

/** A pool whose unqualified names mean one schema, for a library that brings its own queries. */
export const poolInSchema = (url: string, schema: string, onError: (error: Error) => void): pg.Pool => {
  const pool = new pg.Pool({
    connectionString: url,
    max: 4,
    connectionTimeoutMillis: 5_000,
    options: `-c search_path=${schema}`,
  })
  pool.on('error', onError)
  return pool
}
