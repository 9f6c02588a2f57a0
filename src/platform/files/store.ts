import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { Refusal } from '../refusal.ts'

export type StoredFile = { sha256: string; size: number }

export type FileStore = {
  /** Keeps content under its own hash; the same content twice is kept once. */
  keep(content: Buffer): Promise<StoredFile>
  open(sha256: string): Readable
  /** Names of contents that were last kept before then, a folder at a time; half-written ones of that age are removed. */
  olderThan(until: Date): AsyncIterable<string[]>
  /** Removes a content, unless it was kept again since then; @returns whether it is gone */
  drop(sha256: string, until: Date): Promise<boolean>
}

/** Types a browser may show by itself. Everything else is only ever downloaded. */
export const shownInline = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'application/pdf',
  'text/plain',
])

const writeAside = async (path: string, content: Buffer): Promise<void> => {
  await using handle = await open(path, 'wx', 0o600)
  await handle.writeFile(content)
  await handle.sync()
}

/** Says that a content is wanted again, so that it is not swept; @returns whether it is there */
const touched = (path: string): Promise<boolean> => {
  const now = new Date()
  return utimes(path, now, now).then(
    () => true,
    () => false,
  )
}

const isOlder = async (path: string, until: Date): Promise<boolean> =>
  stat(path).then(
    ({ mtime }) => mtime < until,
    () => false,
  )

const contentName = /^[0-9a-f]{64}$/

/** Of the contents in one folder, those of that age. */
const oldIn = async (at: string, until: Date): Promise<string[]> => {
  const old: string[] = []
  for (const name of await readdir(at)) {
    const path = join(at, name)
    if (!(await isOlder(path, until))) continue
    if (contentName.test(name)) old.push(name)
    else await rm(path, { force: true })
  }
  return old
}

/** Content-addressed files in a folder: written aside, flushed, then renamed, so that a half-written one is never seen. */
export const fileStore = (folder: string): FileStore => ({
  keep: async content => {
    const sha256 = createHash('sha256').update(content).digest('hex')
    const at = join(folder, sha256.slice(0, 2))
    const path = join(at, sha256)
    if (await touched(path)) return { sha256, size: content.length }
    await mkdir(at, { recursive: true })
    const aside = `${path}.${randomBytes(4).toString('hex')}`
    try {
      await writeAside(aside, content)
      await rename(aside, path)
    } catch (error) {
      // On a full disk the half that was written must not take up what room is left.
      await rm(aside, { force: true }).catch(() => {})
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC')
        throw new Refusal('unavailable', 'The disk is full: the file could not be kept. Nothing else was lost.')
      throw error
    }
    return { sha256, size: content.length }
  },
  open: sha256 => createReadStream(join(folder, sha256.slice(0, 2), sha256)),
  olderThan: async function* (until) {
    const parts = await readdir(folder).catch(() => [])
    for (const part of parts) {
      const old = /^[0-9a-f]{2}$/.test(part) ? await oldIn(join(folder, part), until) : []
      if (old.length > 0) yield old
    }
  },
  drop: async (sha256, until) => {
    const path = join(folder, sha256.slice(0, 2), sha256)
    // Moved out of sight first: whoever keeps it from here on writes it anew, and whoever kept it before left the time.
    const aside = `${path}.${randomBytes(4).toString('hex')}`
    if (
      !(await rename(path, aside).then(
        () => true,
        () => false,
      ))
    )
      return false
    const old = await isOlder(aside, until)
    await (old ? rm(aside, { force: true }) : rename(aside, path))
    return old
  },
})
