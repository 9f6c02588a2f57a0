import { type ChildProcess, spawn } from 'node:child_process'
import { openSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runningServer } from '../src/platform/database/embedded.ts'
import { type Cost, cpuOf, memoryOf } from './processes.ts'

export const adminToken = 'bench-administrator-token-0123456789'
export const mailbox = 'help@bench.test'

export type Program = {
  port: number
  smtpPort: number
  databaseUrl: string
  /** From the start of the process to the first answer of /readyz. */
  startMs: number
  memory(): Cost
  /** Processor time used so far, in ms. */
  cpu(): Cost
  stop(): Promise<void>
}

const freePort = (): Promise<number> =>
  new Promise((done, failed) => {
    const server = createServer()
    server.on('error', failed)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })

const root = fileURLToPath(new URL('..', import.meta.url))

const answers = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/readyz`).then(
    response => response.ok,
    () => false,
  )

const ended = (child: ChildProcess): Promise<void> => new Promise(done => child.once('exit', () => done()))

/** A kept folder of an earlier version is backed up and migrated first. */
const longestStartMs = 30 * 60_000

/** Starts Rapport as a process of its own, exactly as `npm start` does: durable, with everything on. */
export const startProgram = async (folder: string): Promise<Program> => {
  const [port, smtpPort] = [await freePort(), await freePort()]
  const env = {
    PATH: process.env.PATH,
    DATA_DIR: folder,
    PORT: String(port),
    SMTP_LISTEN: `127.0.0.1:${smtpPort}`,
    MAIL_ADDRESS: mailbox,
    LOG_LEVEL: 'warn',
    NODE_OPTIONS: process.env.BENCH_NODE_OPTIONS ?? '',
    ORGANISATION: 'Bench',
    ADMIN_EMAIL: 'admin@bench.test',
    ADMIN_PASSWORD: 'a long enough password',
    ADMIN_TOKEN: adminToken,
  }
  const log = openSync(join(folder, 'program.log'), 'a')
  const began = performance.now()
  const child = spawn(process.execPath, [join(root, 'src', 'main.ts')], { env, stdio: ['ignore', log, log] })
  const over = ended(child)
  let running = true
  void over.then(() => (running = false))
  while (!(await answers(port))) {
    if (!running || performance.now() - began > longestStartMs) throw new Error('The program does not start.')
    await new Promise(done => setTimeout(done, 20))
  }
  const startMs = performance.now() - began
  return {
    port,
    smtpPort,
    startMs,
    databaseUrl: runningServer(resolve(folder), 'rapport') ?? '',
    memory: () => memoryOf(child.pid ?? 0),
    cpu: () => cpuOf(child.pid ?? 0),
    stop: async () => {
      child.kill('SIGTERM')
      await over
    },
  }
}
