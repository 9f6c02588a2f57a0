import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

type Holder = { pid: number; began: string; what: string }

/** When a process began, in the kernel's own ticks: tells a living process from another that got its number later. */
const beganOf = (pid: number): string => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

const alive = (holder: Holder): boolean => {
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return holder.began === beganOf(holder.pid) && !isZombie(holder.pid)
}

/** Ended, but not yet asked about by its parent. */
const isZombie = (pid: number): boolean => {
  try {
    return /\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

/** Another process works in the same data folder. */
export class FolderInUse extends Error {}

/** There is no folder, and none can be made, or nothing can be written in it. */
export class FolderUnusable extends Error {}

const unusable = (folder: string, error: unknown): FolderUnusable => {
  const { code, message } = error as NodeJS.ErrnoException
  const why: Record<string, string> = {
    EEXIST: 'it is a file',
    ENOTDIR: 'part of its path is a file',
    EACCES: 'this user may not write there',
    EPERM: 'this user may not write there',
    EROFS: 'its disk is read-only',
    ENOSPC: 'its disk is full',
  }
  return new FolderUnusable(`DATA_DIR: ${folder} cannot be used: ${why[code ?? ''] ?? message}.`)
}

const makeFolder = (folder: string): void => {
  try {
    // With `recursive` Node tries for ever where a folder that is there takes no new one, as in /proc.
    if (!existsSync(folder)) mkdirSync(folder, { recursive: !existsSync(dirname(folder)) })
    else if (!statSync(folder).isDirectory()) throw Object.assign(new Error('not a folder'), { code: 'EEXIST' })
  } catch (error) {
    throw unusable(folder, error)
  }
}

/**
 * Takes the data folder for this process alone.
 * @param what how this process calls itself to the next one, e.g. its address
 * @returns a function that gives the folder back
 * @throws FolderInUse with a sentence that names the process that holds it
 * @throws FolderUnusable with a sentence that says why
 */
export const lockFolder = (folder: string, what: string): (() => void) => {
  makeFolder(folder)
  const path = join(folder, 'rapport.lock')
  const mine: Holder = { pid: process.pid, began: beganOf(process.pid), what }
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(path, JSON.stringify(mine), { flag: 'wx', mode: 0o600 })
      return () => rmSync(path, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 5) throw unusable(folder, error)
    }
    const holder = readHolder(path)
    if (holder && alive(holder))
      throw new FolderInUse(
        `The data folder ${folder} is in use by process ${holder.pid} (${holder.what}). Stop it first, or choose another DATA_DIR.`,
      )
    rmSync(path, { force: true })
  }
}

const readHolder = (path: string): Holder | null => {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder
  } catch {
    return null
  }
}
