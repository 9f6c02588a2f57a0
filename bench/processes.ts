import { readdirSync, readFileSync } from 'node:fs'

/** What a process and the processes below it cost: of the program itself, and of PostgreSQL that it started. */
export type Cost = { program: number; database: number }

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** Memory in MB as proportional share (PSS): pages that processes of PostgreSQL share count once in all. */
const memoryMb = (pid: string): number =>
  Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) / 1024

/** The fields of /proc/<pid>/stat from the state on: parent is the second, user and system time the 12th and 13th. */
const statOf = (pid: string): string[] =>
  read(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ')

/** Processor time so far in ms; a tick of the kernel is 10 ms. With it that of processes below that have ended. */
const cpuMs = (pid: string): number =>
  statOf(pid)
    .slice(11, 15)
    .reduce((sum, ticks) => sum + Number(ticks), 0) * 10

const costOf = (pid: number, of: (pid: string) => number): Cost => {
  const parents = new Map(
    readdirSync('/proc')
      .filter(name => /^\d+$/.test(name))
      .map(name => [name, statOf(name)[1] ?? ''] as const),
  )
  const below = (name: string): boolean => {
    const parent = parents.get(name)
    return parent !== undefined && (parent === String(pid) || below(parent))
  }
  const database = [...parents.keys()].filter(below).reduce((sum, name) => sum + of(name), 0)
  return { program: of(String(pid)), database }
}

export const memoryOf = (pid: number): Cost => costOf(pid, memoryMb)
export const cpuOf = (pid: number): Cost => costOf(pid, cpuMs)
