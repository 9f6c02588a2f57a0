import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pause } from '../clock.ts'

const longestMs = 15_000
const impatientMs = 5_000

const lockOf = (cluster: string) => join(cluster, 'postmaster.pid')

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** A process that has ended but that nobody has asked about yet still has a number. */
const isZombie = (pid: number): boolean => /\) Z/.test(read(`/proc/${pid}/stat`))

/** The PostgreSQL server that runs in a cluster, by the lock file it keeps there; null when none does. */
export const serverOf = (cluster: string): number | null => {
  const pid = Number(read(lockOf(cluster)).split('\n')[0])
  if (!Number.isInteger(pid) || pid <= 0) return null
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? pid : null
  }
  if (!existsSync('/proc/self')) return pid
  return read(`/proc/${pid}/cmdline`).includes('postgres') && !isZombie(pid) ? pid : null
}

/** The processes that work in a cluster, also those that outlived their server for a moment. */
const workersIn = (cluster: string): number[] => {
  if (!existsSync('/proc/self')) return []
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .filter(name => {
      try {
        return readlinkSync(`/proc/${name}/cwd`) === cluster && !isZombie(Number(name))
      } catch {
        return false
      }
    })
    .map(Number)
}

const until = async (done: () => boolean, what: string, hurry: () => void = () => {}): Promise<void> => {
  for (let waited = 0; !done(); waited += 50) {
    if (waited === impatientMs) hurry()
    if (waited > longestMs) throw new Error(what)
    await pause(50)
  }
}

/**
 * Clears what a killed process left behind: a server that still runs is stopped; the lock files of one that is gone are
 * removed, but only when none of its processes works on the files any more. PostgreSQL itself would take a process
 * that nobody has buried, or a stranger with the same number, for the old server, and refuse to start.
 */
export const clearLeftover = async (cluster: string, sockets: string): Promise<void> => {
  const pid = serverOf(cluster)
  if (pid !== null) {
    process.kill(pid, 'SIGINT')
    await until(
      () => serverOf(cluster) !== pid,
      `PostgreSQL (process ${pid}) still runs in ${cluster} and does not stop.`,
      () => process.kill(pid, 'SIGQUIT'),
    )
  }
  await until(() => workersIn(cluster).length === 0, `Processes of an earlier PostgreSQL still work in ${cluster}.`)
  rmSync(lockOf(cluster), { force: true })
  for (const name of readdirSync(sockets))
    if (name.startsWith('.s.PGSQL.')) rmSync(join(sockets, name), { force: true })
}
