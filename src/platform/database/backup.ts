import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress } from 'node:zlib'
import type pg from 'pg'
import { Refusal } from '../refusal.ts'
import { type Copy, copyAttachments, copyCluster, copySecrets, copySegment } from './backup-contents.ts'
import { completion, firstEntry, headerFor, lastEntry } from './backup-header.ts'
import { assertPossible, begin, connectForBackup, factsOf, finish, releaseWal } from './base-backup.ts'
import { flushFolder } from './flush.ts'
import { isUnreachable } from './pool.ts'
import { ending, entryOf } from './tar-writing.ts'

export type BackupRequest = {
  dataDir: string
  /** The running server, as the owner of its tables. */
  url: string
  /** The file to write; one that is there already is replaced once the new one is complete. */
  target: string
  now: Date
  /** Why it was made, for whoever reads the header later. */
  note?: string
}

/** The file, its size in bytes and the number of files inside. */
export type Backup = { path: string; bytes: number; files: number }

/** File systems keep times as coarsely as this at worst (FAT). */
const coarsenessMs = 2_000

/**
 * Everything in the order that makes it consistent. Attachments are written before the row that names them, so those
 * that came after the first pass are fetched when the last WAL is in: no row of the backup lacks its file.
 */
async function* contents(client: pg.Client, request: BackupRequest, since: number, copy: Copy): AsyncGenerator<Buffer> {
  const { dataDir, now, note = null } = request
  yield entryOf(firstEntry, headerFor({ ...(await factsOf(client)), note }, now), now)
  yield* copySecrets(dataDir, copy)
  yield* copyAttachments(dataDir, copy)
  await begin(client)
  yield* copyCluster(dataDir, copy)
  const { label, segments } = await finish(client)
  yield entryOf('pg/backup_label', label, now)
  copy.files++
  for (const segment of segments) yield* copySegment(dataDir, segment, copy)
  await releaseWal(client)
  yield* copyAttachments(dataDir, copy, since)
  yield entryOf(lastEntry, completion(copy.files), now)
  yield ending()
}

const compressor = () => createZstdCompress({ chunkSize: 256 * 1024, params: { [constants.ZSTD_c_checksumFlag]: 1 } })

const write = async (client: pg.Client, request: BackupRequest, part: string): Promise<Omit<Backup, 'path'>> => {
  // What an interrupted backup left behind: the lock says that nobody writes it.
  await rm(part, { force: true })
  const handle = await open(part, 'wx', 0o600)
  try {
    const since = (await handle.stat()).mtimeMs - coarsenessMs
    const copy: Copy = { at: request.now, files: 0 }
    await pipeline(Readable.from(contents(client, request, since, copy)), compressor(), async compressed => {
      for await (const chunk of compressed) await handle.writeFile(chunk as Buffer)
    })
    await handle.sync()
    return { bytes: (await handle.stat()).size, files: copy.files }
  } finally {
    await handle.close()
  }
}

const assertTarget = async (dataDir: string, target: string): Promise<void> => {
  for (const inside of ['pg', 'files'].map(folder => resolve(dataDir, folder)))
    if (target === inside || target.startsWith(inside + sep))
      throw new Refusal('invalid', `A backup cannot lie in ${inside}, which it copies. Choose another place.`)
  const existing = await stat(target).catch(() => null)
  if (existing && !existing.isFile())
    throw new Refusal('invalid', `${target} is not a file. Choose a name for the backup.`)
}

const fullDisk = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])
const outOfReach = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOENT',
  'ENOTDIR',
  'EISDIR',
  'ELOOP',
  'EIO',
  'EBUSY',
  'EMFILE',
])

const plainly = (error: unknown, target: string): unknown => {
  const { code = '', path = target, message } = error as NodeJS.ErrnoException
  if (fullDisk.has(code))
    return new Refusal(
      'unavailable',
      `The disk is full: the backup ${target} could not be written, and nothing of it was kept. Free some space or choose another disk.`,
    )
  if (outOfReach.has(code))
    return new Refusal('unavailable', `No backup was made: ${path} cannot be read or written (${message}).`)
  if (isUnreachable(error))
    return new Refusal('unavailable', `No backup was made: the database stopped meanwhile (${message}). Try again.`)
  return error
}

/**
 * Copies the running database, the attachments and the installation's key into one file, while everybody goes on
 * working. What was committed before it began is in it.
 * @throws Refusal when the disk is full, a folder cannot be read, another backup runs, or the database is not the
 * embedded one; then nothing is left behind
 */
export const backUp = async (request: BackupRequest): Promise<Backup> => {
  const path = resolve(request.target)
  const part = `${path}.part`
  await assertTarget(request.dataDir, path)
  const client = await connectForBackup(request.url)
  try {
    await assertPossible(client, request.dataDir)
    try {
      const written = await write(client, request, part)
      await rename(part, path)
      await flushFolder(dirname(path))
      return { path, ...written }
    } finally {
      await rm(part, { force: true }).catch(() => {})
    }
  } catch (error) {
    throw plainly(error, path)
  } finally {
    await client.end().catch(() => {})
  }
}

const kept = 5
const automatic = /^before-\d{4}-\d\d-\d\dT[\d-]+Z\.rapport(\.part)?$/

/** Removes all but the newest, and what interrupted backups left behind before this one. */
const tidy = async (folder: string, newest: string): Promise<void> => {
  const names = (await readdir(folder)).filter(name => automatic.test(name)).sort()
  const complete = names.filter(name => !name.endsWith('.part'))
  const old = new Set(complete.slice(0, -kept))
  for (const name of names)
    if (name !== newest && (old.has(name) || (name.endsWith('.part') && name < newest)))
      await rm(join(folder, name), { force: true })
}

/** A backup that the program makes by itself, before it changes the database; the newest five are kept. */
export const automaticBackup = async (request: Pick<BackupRequest, 'dataDir' | 'url' | 'now'>): Promise<Backup> => {
  const folder = join(request.dataDir, 'backups')
  const target = join(folder, `before-${request.now.toISOString().replace(/[:.]/g, '-')}.rapport`)
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch(error => {
    throw plainly(error, target)
  })
  const backup = await backUp({ ...request, target, note: 'Made automatically before an update' })
  await tidy(folder, basename(target))
  return backup
}
