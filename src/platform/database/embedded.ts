import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Binaries, embeddedBinaries } from './binaries.ts'
import { clearLeftover, serverOf } from './leftover.ts'

export type EmbeddedDatabase = {
  /** Connection address of the `rapport` database as its owner. */
  url: string
  /** Address of another database on the same server. */
  urlOf(database: string): string
  stop(): Promise<void>
  /** Settles when the server ends, wanted or not. */
  ended: Promise<void>
}

/** PostgreSQL refuses to run as root, so root hands it to this user, which every system has. */
const nobody = 65534
const isRoot = () => process.getuid?.() === 0

/**
 * How to start one of PostgreSQL's programs. As root it runs as `nobody`, keeping only the capability to pass through
 * folders that are closed to others: a data folder under /root or a private temporary folder stays where it is. The
 * secure bit keeps that true for access(2) too, with which PostgreSQL looks for its own programs.
 */
const asServer = (program: string, args: string[]): [string, string[]] =>
  isRoot()
    ? [
        'setpriv',
        [
          ...['--reuid', String(nobody), '--regid', String(nobody), '--clear-groups'],
          ...[
            '--securebits=+no_setuid_fixup',
            '--inh-caps=+dac_override',
            '--ambient-caps=+dac_override',
            program,
            ...args,
          ],
        ],
      ]
    : [program, args]

const run = (program: string, args: string[], cwd: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const [command, rest] = asServer(program, args)
    const child = spawn(command, rest, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', chunk => (output += chunk))
    child.stderr.on('data', chunk => (output += chunk))
    child.on('error', reject)
    child.on('exit', code => (code === 0 ? resolve() : reject(new Error(`${program} failed: ${output.slice(-2000)}`))))
  })

/** As root: gives a file or folder to the user the server runs as. */
export const own = (path: string) => {
  if (isRoot()) chownSync(path, nobody, nobody)
}

/** A socket's path may have 107 bytes at most, so that a deep data folder gets a short one in the temporary folder. */
const socketFolder = (folder: string): string => {
  const inside = join(folder, 'run')
  const path =
    inside.length < 80
      ? inside
      : join(tmpdir(), `rapport-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`)
  mkdirSync(path, { recursive: true, mode: 0o700 })
  own(path)
  chmodSync(path, 0o700)
  return path
}

const passwordOf = (folder: string): string => {
  const path = join(folder, 'password')
  if (!existsSync(path)) writeFileSync(path, randomBytes(24).toString('base64url'), { mode: 0o600 })
  own(path)
  return readFileSync(path, 'utf8').trim()
}

const initialise = async (binaries: Binaries, folder: string, cluster: string): Promise<void> => {
  mkdirSync(cluster, { recursive: true, mode: 0o700 })
  own(cluster)
  passwordOf(folder)
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
  const access = ['--username=rapport', `--pwfile=${join(folder, 'password')}`, '--auth=scram-sha-256']
  await run(binaries.initdb, [`--pgdata=${cluster}`, ...locale, ...access, '--no-instructions'], folder)
}

const settings = (durable: boolean): Record<string, string> => ({
  listen_addresses: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  max_connections: '80',
  shared_buffers: '128MB',
  work_mem: '8MB',
  maintenance_work_mem: '128MB',
  effective_cache_size: '1GB',
  random_page_cost: '1.1',
  max_wal_size: '2GB',
  wal_compression: 'on',
  jit: 'off',
  lc_messages: 'C',
  log_min_messages: 'warning',
  autovacuum_naptime: '30s',
  ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
})

const whenReady = (child: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    let output = ''
    child.stderr?.on('data', chunk => {
      output = (output + chunk).slice(-4000)
      if (output.includes('ready to accept connections')) resolve()
    })
    child.on('error', reject)
    child.on('exit', code => reject(new Error(`PostgreSQL ended with ${code}: ${output}`)))
  })

const assertRunnable = (binaries: Binaries) => {
  for (const program of [binaries.postgres, binaries.initdb])
    try {
      accessSync(program, constants.X_OK)
    } catch {
      chmodSync(program, statSync(program).mode | 0o555)
    }
}

/**
 * Starts the PostgreSQL that came with the program, making its files on the first start.
 * @param folder the data folder; the cluster lies in `pg` below it
 * @param durable false only in tests: faster, and lost when the machine fails
 */
export const startEmbedded = async (folder: string, durable = true): Promise<EmbeddedDatabase> => {
  const binaries = await embeddedBinaries()
  assertRunnable(binaries)
  const cluster = join(folder, 'pg')
  mkdirSync(folder, { recursive: true })
  if (!existsSync(join(cluster, 'PG_VERSION'))) await initialise(binaries, folder, cluster)
  const sockets = socketFolder(folder)
  await clearLeftover(cluster, sockets)
  const flags = Object.entries({ ...settings(durable), unix_socket_directories: sockets }).flatMap(([key, value]) => [
    '-c',
    `${key}=${value}`,
  ])
  const [command, args] = asServer(binaries.postgres, ['-D', cluster, ...flags])
  // Own process group: Ctrl-C must not stop the database before the requests that still use it have finished.
  const child = spawn(command, args, { cwd: dirname(cluster), stdio: ['ignore', 'ignore', 'pipe'], detached: true })
  const ended = new Promise<void>(resolve => child.on('exit', () => resolve()))
  await whenReady(child)
  const password = passwordOf(folder)
  const urlOf = (database: string) => `postgres://rapport:${password}@/${database}?host=${encodeURIComponent(sockets)}`
  return {
    url: urlOf('postgres'),
    urlOf,
    ended,
    stop: async () => {
      child.kill('SIGINT')
      await ended
    },
  }
}

/** Address of a database on the embedded server that another process runs in this folder, or null when none does. */
export const runningServer = (folder: string, database: string): string | null => {
  if (serverOf(join(folder, 'pg')) === null) return null
  return `postgres://rapport:${passwordOf(folder)}@/${database}?host=${encodeURIComponent(socketFolder(folder))}`
}
