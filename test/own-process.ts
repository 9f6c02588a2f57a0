import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { serverOf } from '../src/platform/database/leftover.ts'
import { eventually, freePort } from './app.ts'

const src = new URL('../src/', import.meta.url).pathname

export const ownToken = 'trial-token-0123456789abcdef'
export const ownSignIn = { email: 'owner@example.test', password: 'correct horse battery 9' }

export type OwnProgram = {
  url: string
  dataDir: string
  /** Starts it, again too, and waits until it answers. */
  start(): Promise<void>
  /** Ends its process group at once, as a crash does; with it the database, which has a group of its own. */
  kill(withDatabase: boolean): Promise<void>
  /** Asks it to end; waits until it has, and ends the database of one that was killed. */
  stop(): Promise<void>
  /** Carries out `rapport backup` or `rapport restore` on its folder, as a process of its own. */
  copy(verb: 'backup' | 'restore', file: string): Promise<void>
  ask<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<{ status: number; body: T }>
}

const exited = (child: ChildProcess) =>
  new Promise<number | null>(resolve =>
    child.exitCode !== null || child.signalCode ? resolve(child.exitCode) : child.once('exit', code => resolve(code)),
  )

const goes = (child: ChildProcess | null): child is ChildProcess & { pid: number } =>
  child?.pid !== undefined && child.exitCode === null && child.signalCode === null

/** What a process says where it fails. */
const errorsOf = (child: ChildProcess): (() => string) => {
  let said = ''
  child.stderr?.on('data', chunk => (said = (said + chunk).slice(-4000)))
  return () => said
}

const runToEnd = async (args: string[], env: Record<string, string | undefined>): Promise<void> => {
  const child = spawn(process.execPath, [...args], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  const said = errorsOf(child)
  const code = await exited(child)
  if (code !== 0) throw new Error(`${args.slice(1).join(' ')} ended with ${code}: ${said()}`)
}

const asking = (url: string): OwnProgram['ask'] => {
  const authorization = `Bearer ${ownToken}`
  return async <T>(method: string, path: string, body?: unknown) => {
    const plain = body === undefined || body instanceof FormData
    const response = await fetch(`${url}${path}`, {
      method,
      headers: plain ? { authorization } : { authorization, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
    })
    return { status: response.status, body: (await response.json()) as T }
  }
}

const endDatabase = (dataDir: string, signal: 'SIGKILL' | 'SIGQUIT'): void => {
  const server = serverOf(join(dataDir, 'pg'))
  if (server !== null) process.kill(server, signal)
}

/** The program as a process of its own with the database that comes with it, as `npm start` runs it. Not started yet. */
export const ownProgram = async (dataDir: string): Promise<OwnProgram> => {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  let running: ChildProcess | null = null
  const env = {
    PATH: process.env.PATH,
    PORT: String(port),
    SMTP_LISTEN: 'off',
    DATA_DIR: dataDir,
    ORGANISATION: 'Trial',
    ADMIN_EMAIL: ownSignIn.email,
    ADMIN_PASSWORD: ownSignIn.password,
    ADMIN_TOKEN: ownToken,
    LOG_LEVEL: 'error',
  }
  const answers = () =>
    fetch(`${url}/readyz`).then(
      response => response.ok,
      () => false,
    )
  const start = async () => {
    const child = spawn(process.execPath, [join(src, 'main.ts')], {
      env,
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const said = errorsOf(child)
    running = child
    await eventually(async () => !goes(child) || (await answers()), 30_000)
    if (!goes(child)) throw new Error(`It ended with ${child.exitCode}: ${said()}`)
  }
  const kill = async (withDatabase: boolean) => {
    if (!goes(running)) return
    process.kill(-running.pid, 'SIGKILL')
    if (withDatabase) endDatabase(dataDir, 'SIGKILL')
    await exited(running)
  }
  const stop = async () => {
    if (goes(running)) {
      process.kill(running.pid, 'SIGTERM')
      await exited(running)
    } else endDatabase(dataDir, 'SIGQUIT')
    await eventually(async () => serverOf(join(dataDir, 'pg')) === null)
  }
  const copy = (verb: 'backup' | 'restore', file: string) => runToEnd([join(src, 'backup.ts'), verb, file], env)
  return { url, dataDir, start, kill, stop, copy, ask: asking(url) }
}
