import { open, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { Refusal } from '../refusal.ts'

/** Next to the number that migrations take: one backup at a time, so that nobody removes the half file of another. */
const lock = 7203115

/** The connection that a base backup belongs to: when it ends, PostgreSQL forgets an unfinished one and its slot. */
export const connectForBackup = async (url: string): Promise<pg.Client> => {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    application_name: 'rapport backup',
  })
  // A lost connection fails the next query; without a listener it would end the process first.
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    throw new Refusal(
      'unavailable',
      `The database does not answer (${(error as Error).message}). No backup was made: start it and try again.`,
    )
  }
  return client
}

const first = async <Row extends pg.QueryResultRow>(
  client: pg.Client,
  query: string,
  values: unknown[] = [],
): Promise<Row> => {
  const { rows } = await client.query<Row>(query, values)
  if (rows[0] === undefined) throw new Error(`No row came back: ${query}`)
  return rows[0]
}

/** The number that initdb gave the cluster: the first eight bytes of its control file. */
const identifierIn = async (cluster: string): Promise<string> => {
  const handle = await open(join(cluster, 'global', 'pg_control'))
  try {
    const { buffer } = await handle.read(Buffer.alloc(8), 0, 8, 0)
    return buffer.readBigUInt64LE().toString()
  } finally {
    await handle.close()
  }
}

const isHere = async (cluster: string, folder: string, identifier: string): Promise<boolean> => {
  try {
    return (await realpath(cluster)) === (await realpath(folder)) && (await identifierIn(cluster)) === identifier
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}

/**
 * @throws Refusal when another backup runs, the server's files are not those of the data folder, or parts of them lie
 * outside it
 */
export const assertPossible = async (client: pg.Client, dataDir: string): Promise<void> => {
  const { mine } = await first<{ mine: boolean }>(client, 'select pg_try_advisory_lock($1) as mine', [lock])
  if (!mine) throw new Refusal('conflict', 'Another backup is being made. Try again when it has finished.')
  const { folder, identifier, outside } = await first<{ folder: string; identifier: string; outside: boolean }>(
    client,
    `select current_setting('data_directory') as folder, system_identifier::text as identifier,
       exists (select from pg_tablespace where pg_tablespace_location(oid) like '/%') as outside
     from pg_control_system()`,
  )
  if (!(await isHere(join(dataDir, 'pg'), folder, identifier)))
    throw new Refusal(
      'unsupported',
      `The database's files are not in ${join(dataDir, 'pg')}. Back up a PostgreSQL of your own with its own tools (pg_dump), and the data folder beside it.`,
    )
  if (outside) throw new Refusal('unsupported', outsideSentence)
}

const outsideSentence =
  'The database has a tablespace outside the data folder, which a backup cannot hold. Move its tables into pg_default and drop it, then try again.'

export type DatabaseFacts = { postgres: string; migrations: string[] }

export const factsOf = async (client: pg.Client): Promise<DatabaseFacts> => {
  const { postgres, migrated } = await first<{ postgres: string; migrated: boolean }>(
    client,
    `select current_setting('server_version') as postgres, to_regclass('migrations') is not null as migrated`,
  )
  if (!migrated) return { postgres, migrations: [] }
  const { rows } = await client.query<{ name: string }>('select name from migrations order by name')
  return { postgres, migrations: rows.map(row => row.name) }
}

const slot = `'rapport_backup_' || pg_backend_pid()`

/** From here on the server keeps its WAL; the slot comes first, so that none is missing. */
export const begin = async (client: pg.Client): Promise<void> => {
  await client.query(
    `select pg_create_physical_replication_slot(${slot}, immediately_reserve => true, temporary => true)`,
  )
  await client.query(`select pg_backup_start('rapport', fast => true)`)
}

/** "1A/2B3C" as a position in bytes. */
const positionOf = (lsn: string): bigint => {
  const [high = '', low = ''] = lsn.split('/')
  return (BigInt(`0x${high}`) << 32n) | BigInt(`0x${low}`)
}

const hex = (value: bigint | number): string => value.toString(16).toUpperCase().padStart(8, '0')

/**
 * The names of the WAL files that hold the bytes from `from` up to, not including, `to`.
 * @see PostgreSQL's xlog_internal.h, XLogFileName: timeline, then the segment's number in two parts of 4 GiB
 */
export const segmentNames = (timeline: string, from: string, to: string, segmentBytes: number): string[] => {
  const size = BigInt(segmentBytes)
  const perPart = 0x1_0000_0000n / size
  const last = (positionOf(to) - 1n) / size
  const names: string[] = []
  for (let segment = positionOf(from) / size; segment <= last; segment++)
    names.push(`${timeline}${hex(segment / perPart)}${hex(segment % perPart)}`)
  return names
}

export type Finished = { label: string; segments: string[] }

/** Ends the base backup; the server switches to a new WAL file by itself, so that the last one needed is complete. */
export const finish = async (client: pg.Client): Promise<Finished> => {
  const { label, map, stop, bytes } = await first<{ label: string; map: string; stop: string; bytes: number }>(
    client,
    `select labelfile as label, spcmapfile as map, lsn::text as stop, pg_size_bytes(current_setting('wal_segment_size'))::int as bytes
     from pg_backup_stop(wait_for_archive => false)`,
  )
  if (map.trim() !== '') throw new Refusal('unsupported', outsideSentence)
  const [, start, timeline] = /^START WAL LOCATION: (\S+) \(file ([0-9A-F]{8})[0-9A-F]{16}\)/.exec(label) ?? []
  if (start === undefined || timeline === undefined) throw new Error(`The backup label is not readable: ${label}`)
  return { label, segments: segmentNames(timeline, start, stop, bytes) }
}

export const releaseWal = async (client: pg.Client): Promise<void> => {
  await client.query(`select pg_drop_replication_slot(${slot})`)
}
