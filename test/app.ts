import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import type { Config } from '../src/platform/config.ts'
import { makeLog } from '../src/platform/log.ts'
import { type Program, startProgram } from '../src/program.ts'
import { cloneDatabase, sampleTemplate } from './database.ts'
import { type RoleKey, testConfig } from './staffed.ts'

export { adminPassword, type RoleKey, roles } from './staffed.ts'

const portsFrom = 20_000
const ports = 12_000

/** A port below those that the system gives to outgoing connections, which would take it before it is listened on. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const port = portsFrom + Math.floor(Math.random() * ports)
    const server = createServer()
    server.on('error', error =>
      (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? resolve(freePort()) : reject(error),
    )
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(port)))
  })

export type Answer<T = Record<string, unknown>> = { status: number; body: T; headers: Headers }
export type Caller = <T = Record<string, unknown>>(
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answer<T>>

export type TestApp = {
  program: Program
  url: string
  config: Config
  smtpPort: number
  /** Asks as somebody of a role in the first team. */
  as(role: RoleKey | 'outsider' | 'nobody'): Caller
  staffId(role: RoleKey | 'outsider'): number
  token(role: RoleKey | 'outsider'): string
  teamId: number
  otherTeamId: number
  close(): Promise<void>
}

const callerAt =
  (url: string, token: string | null): Caller =>
  async (method, path, body, headers = {}) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') ?? false
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson && !response.headers.get('content-type')?.includes('ndjson') ? JSON.parse(text) : text) as never,
    }
  }

type Options = {
  env?: Record<string, string>
  clock?: () => Date
  jobs?: boolean
  /** With the sample organisation in it. */
  sample?: boolean
}

/** The whole program on a cloned database, with its web server and mail listener on free ports. */
export const startApp = async ({ env = {}, clock, jobs = true, sample = false }: Options = {}): Promise<TestApp> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'rapport-app-'))
  const { url: databaseUrl, drop } = await cloneDatabase(sample ? await sampleTemplate(dataDir) : 'staffed')
  const [port, smtpPort] = [await freePort(), await freePort()]
  const config = testConfig(
    {
      PORT: String(port),
      DATA_DIR: dataDir,
      SMTP_LISTEN: `127.0.0.1:${smtpPort}`,
      MAIL_ADDRESS: 'help@trial.test',
      ...env,
    },
    jobs ? [] : ['--roles=http'],
  )
  const program = await startProgram({
    config,
    databaseUrl,
    log: makeLog(config.logLevel),
    ...(clock ? { clock } : {}),
    loadSample: async () => {},
  })
  const { ids, tokens, teamId, otherTeamId } = inject('staffed')
  const url = `http://127.0.0.1:${port}`
  return {
    program,
    url,
    config,
    smtpPort,
    as: role => callerAt(url, role === 'nobody' ? null : (tokens[role] ?? '')),
    staffId: role => ids[role] ?? 0,
    token: role => tokens[role] ?? '',
    teamId,
    otherTeamId,
    close: async () => {
      await program.stop()
      await drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Waits until something holds; for what happens in the background. */
export const eventually = async <T>(
  what: () => Promise<T | null | undefined | false>,
  withinMs = 30_000,
): Promise<T> => {
  const until = performance.now() + withinMs
  for (;;) {
    const value = await what()
    if (value) return value
    if (performance.now() > until) throw new Error('It did not happen in time.')
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}
