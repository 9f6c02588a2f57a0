import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { Refusal } from '../refusal.ts'

export type StoredFile = { sha256: string; size: number }

export type FileStore = {
  /** Keeps content under its own hash; the same content twice is kept once. */
  keep(content: Buffer): Promise<StoredFile>
  open(sha256: string): Readable
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

/** Content-addressed files in a folder: written aside, flushed, then renamed, so that a half-written one is never seen. */
export const fileStore = (folder: string): FileStore => ({
  keep: async content => {
    const sha256 = createHash('sha256').update(content).digest('hex')
    const at = join(folder, sha256.slice(0, 2))
    const path = join(at, sha256)
    if (existsSync(path)) return { sha256, size: content.length }
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
})
