import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addStaff, addTeam, setUp } from '../src/modules/identity/index.ts'
import { type Config, readConfig } from '../src/platform/config.ts'
import { makeLog } from '../src/platform/log.ts'
import { system } from '../src/platform/permissions/actor.ts'
import { type Program, startProgram } from '../src/program.ts'
import { cloneDatabase } from './database.ts'

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

export const roles = [
  'administrator',
  'line_manager',
  'supervisor',
  'account_manager',
  'adviser',
  'receptionist',
  'driver',
  'auditor',
  'mystery_shopper',
] as const
export type RoleKey = (typeof roles)[number]

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

const password = 'a long enough password'
export const adminPassword = password

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

/** One member of staff per role, all in the first team, and an adviser of another team, each with a token. */
const staffUp = async (program: Program, adminToken: string) => {
  const { kernel } = program
  const { staffId } = await kernel.work(system, work =>
    setUp(work, {
      organisation: 'Trial',
      zone: 'Europe/London',
      name: 'Ada Admin',
      email: 'admin@trial.test',
      password,
      token: adminToken,
    }),
  )
  const teamId = await kernel.read(
    system,
    async ({ db }) => (await db.selectFrom('teams').select('id').executeTakeFirstOrThrow()).id,
  )
  const other = await kernel.work(system, work =>
    addTeam(work, { name: 'Other team', description: '', calendarId: null }),
  )
  const roleIds = await kernel.read(system, ({ db }) => db.selectFrom('roles').select(['id', 'key']).execute())
  const ids = new Map<string, number>([['administrator', staffId]])
  const add = async (key: string, role: string, team: number) => {
    const roleId = roleIds.find(one => one.key === role)?.id ?? 0
    const staff = await kernel.work(system, work =>
      addStaff(work, {
        name: `Some ${key.replace('_', ' ')}`,
        email: `${key}@trial.test`,
        password,
        roleId,
        teamIds: [team],
      }),
    )
    ids.set(key, staff.id)
  }
  for (const role of roles) if (role !== 'administrator') await add(role, role, teamId)
  await add('outsider', 'adviser', other.id)
  return { ids, teamId, otherTeamId: other.id }
}

type Options = { env?: Record<string, string>; clock?: () => Date; jobs?: boolean }

/** The whole program on a cloned database, with its web server and mail listener on free ports. */
export const startApp = async ({ env = {}, clock, jobs = true }: Options = {}): Promise<TestApp> => {
  const { url: databaseUrl, drop } = await cloneDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), 'rapport-app-'))
  const [port, smtpPort] = [await freePort(), await freePort()]
  const config = readConfig(
    {
      PORT: String(port),
      DATA_DIR: dataDir,
      SMTP_LISTEN: `127.0.0.1:${smtpPort}`,
      MAIL_ADDRESS: 'help@trial.test',
      LOG_LEVEL: 'silent',
      DATABASE_URL: 'postgres://unused',
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
  const adminToken = 'administrator-token-0123456789'
  const { ids, teamId, otherTeamId } = await staffUp(program, adminToken)
  const tokens = new Map<string, string>([['administrator', adminToken]])
  const { insertToken } = await import('../src/modules/identity/settingUp.ts')
  for (const [key, id] of ids)
    if (key !== 'administrator')
      tokens.set(key, (await program.kernel.work(system, work => insertToken(work, id, 'test', [], null))).token)
  const url = `http://127.0.0.1:${port}`
  return {
    program,
    url,
    config,
    smtpPort,
    as: role => callerAt(url, role === 'nobody' ? null : (tokens.get(role) ?? '')),
    staffId: role => ids.get(role) ?? 0,
    token: role => tokens.get(role) ?? '',
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
