import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, rmdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream'
import { createZstdDecompress } from 'node:zlib'
import { Refusal } from '../refusal.ts'
import { secrets } from './backup-contents.ts'
import {
  assertSamePostgres,
  type BackupHeader,
  completion,
  firstEntry,
  lastEntry,
  notOurs,
  parseHeader,
} from './backup-header.ts'
import { own } from './embedded.ts'
import { flushFolder } from './flush.ts'
import { Damaged, type Entry, entriesOf } from './tar-reading.ts'

/** The cluster comes last: when it is in place, everything is. */
const parts = ['files', ...secrets, 'pg']
const roots = ['files', 'pg']

const plainly = (error: unknown, source: string, dataDir: string): unknown => {
  const { code = '', message } = error as NodeJS.ErrnoException
  if (error instanceof Damaged || /^(Z_|ZSTD_)/.test(code))
    return new Refusal(
      'invalid',
      `${source} is damaged or incomplete (${message}). Nothing was restored. Use another backup.`,
    )
  if (['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code))
    return new Refusal(
      'unavailable',
      `The disk of ${dataDir} is full. Nothing was restored. Free some space, then restore again.`,
    )
  if (code === 'ENOENT' && (error as NodeJS.ErrnoException).path === source)
    return new Refusal('invalid', `There is no file ${source}.`)
  return error
}

/** Hands over the entries of a backup and closes the file whatever happens. */
const reading = async <Result>(
  source: string,
  use: (entries: AsyncGenerator<Entry>) => Promise<Result>,
): Promise<Result> => {
  const unpacked = createZstdDecompress({ chunkSize: 256 * 1024 })
  // Only passes the reader's errors on; they surface where the entries are read.
  pipeline(createReadStream(source, { highWaterMark: 256 * 1024 }), unpacked, () => {})
  try {
    return await use(entriesOf(unpacked))
  } finally {
    unpacked.destroy()
  }
}

const headerIn = async (entries: AsyncGenerator<Entry>, source: string): Promise<BackupHeader> => {
  const { value: entry } = await entries.next().catch(error => {
    throw error instanceof Damaged || error.code === 'ZSTD_error_prefix_unknown' ? notOurs(source) : error
  })
  if (entry?.name !== firstEntry) throw notOurs(source)
  return parseHeader(await entry.text(), source)
}

/**
 * What a backup says about itself: when it was made, by which version, with which migrations. Whether the rest of the
 * file is whole only `restore` finds out.
 * @throws Refusal when the file is not a backup, or one that only a newer program can read
 */
export const readBackupHeader = async (source: string): Promise<BackupHeader> => {
  try {
    return await reading(source, entries => headerIn(entries, source))
  } catch (error) {
    throw plainly(error, source, '')
  }
}

const assertEmpty = async (dataDir: string): Promise<void> => {
  for (const part of parts) {
    const path = join(dataDir, part)
    const existing = await stat(path).catch(() => null)
    if (existing === null || (existing.isDirectory() && (await readdir(path)).length === 0)) continue
    throw new Refusal(
      'conflict',
      `${dataDir} already holds an installation (${part}). Stop it and move the folder away, or choose another DATA_DIR, then restore again.`,
    )
  }
}

const belongs = ({ name, kind }: Entry): boolean => {
  if (secrets.includes(name)) return kind === 'file'
  const [root = '', ...inside] = name.split('/')
  if (inside.length === 0) return kind === 'folder' && roots.includes(root)
  const plain = inside.every(part => part !== '' && part !== '.' && part !== '..' && !/[\\:\0]/.test(part))
  return plain && kind !== 'other' && roots.includes(root)
}

const place = async (entry: Entry, staging: string): Promise<void> => {
  const path = join(staging, entry.name)
  if (entry.kind === 'folder') await mkdir(path, { recursive: true, mode: 0o700 })
  else {
    const handle = await open(path, 'w', 0o600)
    try {
      for await (const chunk of entry.body()) await handle.writeFile(chunk)
      await handle.sync()
    } finally {
      await handle.close()
    }
  }
  if (entry.name === 'password' || entry.name.split('/')[0] === 'pg') own(path)
}

/** Unpacks beside the final place: only at the end of the file it is known to be whole. */
const unpack = async (entries: AsyncGenerator<Entry>, source: string, staging: string): Promise<void> => {
  assertSamePostgres(await headerIn(entries, source), source)
  let files = 0
  let complete = false
  for await (const entry of entries) {
    if (complete) throw new Damaged('something follows its end')
    if (entry.name === lastEntry) {
      if ((await entry.text()) !== completion(files)) throw new Damaged('files are missing')
      complete = true
      continue
    }
    if (!belongs(entry))
      throw new Refusal(
        'invalid',
        `${source} holds ${JSON.stringify(entry.name)}, which does not belong in a backup. Nothing was restored.`,
      )
    await place(entry, staging)
    if (entry.kind === 'file') files++
  }
  if (!complete) throw new Damaged('its end is missing')
}

const flushFolders = async (folder: string): Promise<void> => {
  for (const entry of await readdir(folder, { withFileTypes: true }))
    if (entry.isDirectory()) await flushFolders(join(folder, entry.name))
  await flushFolder(folder)
}

const moveInto = async (staging: string, dataDir: string): Promise<void> => {
  await flushFolders(staging)
  const there = new Set(await readdir(staging))
  for (const part of parts.filter(name => there.has(name))) {
    await rmdir(join(dataDir, part)).catch(error => {
      if (error.code !== 'ENOENT') throw error
    })
    await rename(join(staging, part), join(dataDir, part))
  }
  await flushFolder(dataDir)
}

/**
 * Puts a backup into an empty data folder. The next start of the embedded server replays the WAL in it.
 * @throws Refusal when the folder already holds an installation, or the file is damaged, incomplete, not a backup, or
 * one of a newer program; then the folder holds nothing of it
 */
export const restore = async ({ source, dataDir }: { source: string; dataDir: string }): Promise<void> => {
  await assertEmpty(dataDir)
  await readBackupHeader(source)
  const staging = join(dataDir, 'restoring')
  try {
    await rm(staging, { recursive: true, force: true })
    await mkdir(staging, { recursive: true, mode: 0o700 })
    await reading(source, entries => unpack(entries, source, staging))
    await moveInto(staging, dataDir)
  } catch (error) {
    throw plainly(error, source, dataDir)
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}
