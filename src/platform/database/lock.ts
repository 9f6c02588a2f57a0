import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

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

/**
 * Takes the data folder for this process alone.
 * @param what how this process calls itself to the next one, e.g. its address
 * @returns a function that gives the folder back
 * @throws FolderInUse with a sentence that names the process that holds it
 */
export const lockFolder = (folder: string, what: string): (() => void) => {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'rapport.lock')
  const mine: Holder = { pid: process.pid, began: beganOf(process.pid), what }
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(path, JSON.stringify(mine), { flag: 'wx', mode: 0o600 })
      return () => rmSync(path, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 5) throw error
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
