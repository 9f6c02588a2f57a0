import { open, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { entryOf, fileEntry, headerOf } from './tar-writing.ts'

/** What the archive keeps beside the cluster and the attachments; both are made once and never change. */
export const secrets = ['installation.key', 'password']

/** The time that entries carry, and how many files there are so far. */
export type Copy = { at: Date; files: number }

/** The server makes these folders' content anew, or it belongs to the running server only. */
const emptied = new Set(
  ['pg_wal', 'pg_replslot', 'pg_dynshmem', 'pg_notify', 'pg_serial', 'pg_snapshots', 'pg_stat_tmp', 'pg_subtrans'].map(
    folder => `pg/${folder}`,
  ),
)

/** Written by the backup itself at the end, or of the running server only. */
const skippedFiles = new Set(
  [
    ...['postmaster.pid', 'postmaster.opts', 'postgresql.auto.conf.tmp', 'current_logfiles', 'backup_manifest'],
    ...['backup_label', 'backup_label.old', 'tablespace_map', 'tablespace_map.old', 'global/pg_control'],
  ].map(file => `pg/${file}`),
)

/** Temporary files and tables (`t3_16384`), and caches of the catalogue: gone after a start. */
const passing = /^(pgsql_tmp.*|pg_internal\.init.*|t\d+_\d+(_\w+)?(\.\d+)?)$/
/** An attachment that is just being written, before its rename. */
const halfWritten = /^[0-9a-f]{64}\.[0-9a-f]{8}$/

const vanished = (error: unknown): null => {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  return null
}

/** True for the files of an unlogged table but its `_init` one: recovery empties such a table anyway. */
const isUnlogged = (name: string, unlogged: Set<string>): boolean => {
  const [, table, init] = /^(\d+)(?:_(?:fsm|vm|(init)))?(?:\.\d+)?$/.exec(name) ?? []
  return table !== undefined && init === undefined && unlogged.has(table)
}

const unloggedIn = (names: string[]): Set<string> =>
  new Set(names.filter(name => /^\d+_init$/.test(name)).map(name => name.slice(0, -'_init'.length)))

const belongs = (name: string, base: string, unlogged: Set<string>): boolean =>
  name.startsWith('pg/')
    ? !skippedFiles.has(name) && !passing.test(base) && !isUnlogged(base, unlogged)
    : !halfWritten.test(base)

/** One file; nothing when it has vanished meanwhile, or did not change since `changedSince` (ms). */
async function* copyFile(path: string, name: string, copy: Copy, changedSince = 0): AsyncGenerator<Buffer> {
  const handle = await open(path).catch(vanished)
  if (handle === null) return
  try {
    const { size, ctimeMs } = await handle.stat()
    if (ctimeMs < changedSince) return
    copy.files++
    const read = async (into: Buffer, position: number) => (await handle.read(into, 0, into.length, position)).bytesRead
    yield* fileEntry(name, { size, at: copy.at, read })
  } finally {
    await handle.close()
  }
}

async function* copyFolder(path: string, name: string, copy: Copy, changedSince = 0): AsyncGenerator<Buffer> {
  const found = await readdir(path, { withFileTypes: true }).catch(vanished)
  if (found === null) return
  yield headerOf({ name, kind: 'folder', size: 0, at: copy.at })
  if (emptied.has(name)) return
  const unlogged = unloggedIn(found.map(({ name: base }) => base))
  for (const entry of found) {
    const inside = `${name}/${entry.name}`
    if (!belongs(inside, entry.name, unlogged)) continue
    if (entry.isFile()) yield* copyFile(join(path, entry.name), inside, copy, changedSince)
    // A WAL folder that was moved elsewhere is a link here, and none of its content is wanted.
    else if (entry.isDirectory() || emptied.has(inside))
      yield* copyFolder(join(path, entry.name), inside, copy, changedSince)
  }
}

/** The control file may be read while the server writes it: it is whole when two reads agree. */
const controlFile = async (path: string): Promise<Buffer> => {
  for (let before = await readFile(path), attempt = 0; attempt < 100; attempt++) {
    const again = await readFile(path)
    if (again.equals(before)) return again
    before = again
  }
  throw new Error(`${path} does not keep still.`)
}

/** The cluster while it runs. The control file comes last, as in PostgreSQL's own base backup. */
export async function* copyCluster(dataDir: string, copy: Copy): AsyncGenerator<Buffer> {
  yield* copyFolder(join(dataDir, 'pg'), 'pg', copy)
  yield entryOf('pg/global/pg_control', await controlFile(join(dataDir, 'pg', 'global', 'pg_control')), copy.at)
  copy.files++
}

export async function* copySecrets(dataDir: string, copy: Copy): AsyncGenerator<Buffer> {
  for (const name of secrets) yield* copyFile(join(dataDir, name), name, copy)
}

/** The attachments, or only those that came since a time (ms). */
export const copyAttachments = (dataDir: string, copy: Copy, changedSince = 0): AsyncGenerator<Buffer> =>
  copyFolder(join(dataDir, 'files'), 'files', copy, changedSince)

/** WAL that the slot holds: a missing segment is a fault. */
export async function* copySegment(dataDir: string, segment: string, copy: Copy): AsyncGenerator<Buffer> {
  const path = join(dataDir, 'pg', 'pg_wal', segment)
  await stat(path)
  yield* copyFile(path, `pg/pg_wal/${segment}`, copy)
}
