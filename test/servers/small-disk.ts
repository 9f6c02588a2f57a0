import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A file system of a few megabytes on which a program can be started, filled, and freed again. */
export type SmallDisk = {
  /** Where the program finds it. */
  path: string
  /** Where it is found from here, once the program runs. */
  seen(): string
  start(script: string, env: Record<string, string | undefined>): ChildProcess
  /** Fills it until nothing more goes in, but for this much. @returns how to make room again */
  fill(leaveBytes: number): () => void
  remove(): void
}

const inNamespace = 'mount -t tmpfs -o size=$SIZE tmpfs "$DISK"'
const asOneself = 'exec unshare --user --map-user="$ID" --map-group="$ID" "$0" "$@"'

const mountHere = (path: string, size: string): boolean =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=0755`, 'tmpfs', path], { stdio: 'ignore' }).status === 0

/** Somebody who is not root may mount in a name space of their own, and there be who they are again. */
const mayInNamespace = (path: string): boolean =>
  spawnSync('unshare', ['--user', '--map-root-user', '--mount', 'sh', '-c', `${inNamespace} && ${asOneself}`, 'true'], {
    stdio: 'ignore',
    env: { ...process.env, DISK: path, SIZE: '1m', ID: '1000' },
  }).status === 0

const block = 1_048_576

/** Takes all the room there is, in ever smaller pieces. */
const takeAll = (path: string): void => {
  const file = openSync(path, 'w')
  for (let size = block; size >= 512; )
    try {
      writeSync(file, Buffer.alloc(size, 1))
    } catch {
      size /= 2
    }
  closeSync(file)
}

const filler =
  (root: () => string) =>
  (leaveBytes: number): (() => void) => {
    const [kept, full] = [join(root(), 'kept-free'), join(root(), 'filler')]
    if (leaveBytes > 0) {
      const file = openSync(kept, 'w')
      writeSync(file, Buffer.alloc(leaveBytes, 1))
      closeSync(file)
    }
    takeAll(full)
    rmSync(kept, { force: true })
    return () => rmSync(full, { force: true })
  }

/** @returns the disk, or a sentence that says why there can be none here */
export const smallDisk = (size: string): SmallDisk | string => {
  const path = mkdtempSync(join(tmpdir(), 'rapport-disk-'))
  if (process.getuid?.() === 0 && mountHere(path, size))
    return {
      path,
      seen: () => path,
      start: (script, env) =>
        spawn(process.execPath, [script], { env, detached: true, stdio: ['ignore', 'ignore', 'pipe'] }),
      fill: filler(() => path),
      remove: () => {
        spawnSync('umount', ['--lazy', path], { stdio: 'ignore' })
        rmSync(path, { recursive: true, force: true })
      },
    }
  if (!mayInNamespace(path)) {
    rmSync(path, { recursive: true, force: true })
    return 'mounting a small file system needs root, or user name spaces that are open to everybody'
  }
  let pid = 0
  const seen = () => join('/proc', String(pid), 'root', path)
  return {
    path,
    seen,
    start: (script, env) => {
      const wrapped = ['-c', `${inNamespace} && ${asOneself}`, process.execPath, script]
      const child = spawn('unshare', ['--user', '--map-root-user', '--mount', 'sh', ...wrapped], {
        env: { ...env, DISK: path, SIZE: size, ID: '1000' },
        detached: true,
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      pid = child.pid ?? 0
      return child
    },
    fill: filler(seen),
    remove: () => rmSync(path, { recursive: true, force: true }),
  }
}
