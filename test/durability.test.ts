import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { eventually, freePort } from './app.ts'

const token = 'trial-token-0123456789abcdef'
let dataDir: string
let port: number
let smtpPort: number
let running: ChildProcess | null = null
const killed = new Set<ChildProcess>()

const main = new URL('../src/main.ts', import.meta.url).pathname
const environment = (more: Record<string, string> = {}) => ({
  PATH: process.env.PATH,
  PORT: String(port),
  SMTP_LISTEN: `127.0.0.1:${smtpPort}`,
  DATA_DIR: dataDir,
  ORGANISATION: 'Trial',
  ADMIN_EMAIL: 'owner@example.test',
  ADMIN_PASSWORD: 'correct horse battery 9',
  ADMIN_TOKEN: token,
  MAIL_ADDRESS: 'help@shop.test',
  LOG_LEVEL: 'error',
  ...more,
})

const ready = () =>
  fetch(`http://127.0.0.1:${port}/readyz`).then(
    response => response.ok,
    () => false,
  )

const start = async (): Promise<ChildProcess> => {
  const child = spawn(process.execPath, [main], {
    env: environment(),
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  running = child
  let said = ''
  child.stderr.on('data', chunk => (said += chunk))
  const ended = exited(child).then(code => {
    if (running === child && !killed.has(child)) throw new Error(`It ended with ${code}: ${said}`)
  })
  await Promise.race([eventually(ready, 30_000), ended])
  ended.catch(() => {})
  return child
}

const exited = (child: ChildProcess) =>
  new Promise<number | null>(resolve =>
    child.exitCode !== null || child.signalCode ? resolve(child.exitCode) : child.once('exit', code => resolve(code)),
  )
const databaseProcess = () => Number(readFileSync(join(dataDir, 'pg', 'postmaster.pid'), 'utf8').split('\n')[0])

const killGroup = async (withDatabase: boolean): Promise<void> => {
  const child = running
  if (!child?.pid) return
  const database = databaseProcess()
  killed.add(child)
  process.kill(-child.pid, 'SIGKILL')
  if (withDatabase) process.kill(database, 'SIGKILL')
  await exited(child)
}

const stop = async (): Promise<number | null> => {
  const child = running
  if (!child?.pid || child.exitCode !== null || child.signalCode) return null
  process.kill(child.pid, 'SIGTERM')
  return exited(child)
}

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'rapport-kill-'))
  port = await freePort()
  smtpPort = await freePort()
})
afterEach(async () => {
  await stop()
  const lock = join(dataDir, 'pg', 'postmaster.pid')
  if (existsSync(lock))
    try {
      process.kill(databaseProcess(), 'SIGQUIT')
    } catch {
      // It has ended already.
    }
  await eventually(async () => !existsSync(lock) || true)
  rmSync(dataDir, { recursive: true, force: true })
})

/** Sends until told 250 or the connection breaks. @returns the subjects that were confirmed */
const sendAll = async (subjects: string[], sleep: () => Promise<void>): Promise<Set<string>> => {
  const confirmed = new Set<string>()
  const queue = [...subjects]
  const sender = async () => {
    for (let subject = queue.shift(); subject; subject = queue.shift()) {
      const transport = createTransport({
        host: '127.0.0.1',
        port: smtpPort,
        secure: false,
        ignoreTLS: true,
        connectionTimeout: 2_000,
        greetingTimeout: 2_000,
        socketTimeout: 5_000,
      })
      try {
        await transport.sendMail({
          from: `${subject}@example.org`,
          to: 'help@shop.test',
          subject,
          text: `Mail ${subject}.`,
          messageId: `<${subject}@example.org>`,
          date: new Date('2026-11-01T10:00:00Z'),
        })
        confirmed.add(subject)
      } catch {
        // Not confirmed: a real server would keep it and try again, with the very same bytes.
        queue.push(subject)
        await sleep()
      } finally {
        transport.close()
      }
    }
  }
  await Promise.all(Array.from({ length: 6 }, sender))
  return confirmed
}

const subjectsThere = async (): Promise<string[]> => {
  const found: string[] = []
  for (let cursor = ''; ; ) {
    const response = await fetch(`http://127.0.0.1:${port}/api/cases?limit=200&sort=oldest&cursor=${cursor}`, {
      headers: { authorization: `Bearer ${token}` },
    })
    const page = (await response.json()) as { items: { subject: string }[]; next: string | null }
    found.push(...page.items.map(item => item.subject))
    if (!page.next) return found
    cursor = page.next
  }
}

test('a thousand mails while everything is killed five times: each one confirmed is there exactly once', {
  timeout: 240_000,
}, async () => {
  await start()
  const subjects = Array.from({ length: 1000 }, (_, i) => `m${i}`)
  let sending = true
  const killing = (async () => {
    for (let round = 0; round < 5 && sending; round++) {
      await new Promise(resolve => setTimeout(resolve, 300 + Math.random() * 900))
      await killGroup(round % 2 === 1)
      await start()
    }
  })()
  const confirmed = await sendAll(subjects, () => new Promise(resolve => setTimeout(resolve, 100)))
  sending = false
  await killing
  expect(confirmed.size).toBe(1000)
  await eventually(async () => {
    const response = await fetch(`http://127.0.0.1:${port}/api/mail/received?state=stored&limit=1`, {
      headers: { authorization: `Bearer ${token}` },
    })
    return ((await response.json()) as { items: unknown[] }).items.length === 0
  }, 90_000)
  const there = await subjectsThere()
  expect(there.filter(subject => subject.startsWith('m')).toSorted()).toEqual(subjects.toSorted())
})

test('a database that dies is started again by itself', async () => {
  await start()
  const before = databaseProcess()
  process.kill(before, 'SIGKILL')
  await eventually(
    async () => existsSync(join(dataDir, 'pg', 'postmaster.pid')) && databaseProcess() !== before && (await ready()),
    30_000,
  )
  const answer = await fetch(`http://127.0.0.1:${port}/api/cases`, { headers: { authorization: `Bearer ${token}` } })
  expect(answer.status).toBe(200)
})

test('a second process on the same folder is refused with a sentence that names the first', async () => {
  const first = await start()
  const second = spawn(process.execPath, [main], {
    env: environment({ PORT: String(await freePort()), SMTP_LISTEN: 'off' }),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  second.stderr.on('data', chunk => (said += chunk))
  expect(await exited(second)).toBe(1)
  expect(said).toContain(`in use by process ${first.pid}`)
  expect(said).not.toContain('    at ')
})

test('asked to stop, it ends by itself, leaves no database behind and starts again', async () => {
  await start()
  expect(await stop()).toBe(0)
  expect(existsSync(join(dataDir, 'pg', 'postmaster.pid'))).toBe(false)
  expect(existsSync(join(dataDir, 'rapport.lock'))).toBe(false)
  await start()
})

test('mistakes in the environment are told one per line, naming the variable', async () => {
  const child = spawn(process.execPath, [main], {
    env: environment({ PORT: 'abc', SMTP_URL: 'http://x', ADMIN_PASSWORD: 'short' }),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', chunk => (said += chunk))
  expect(await exited(child)).toBe(1)
  expect(
    said
      .trim()
      .split('\n')
      .map(line => line.split(':')[0]),
  ).toEqual(['PORT', 'SMTP_URL', 'ADMIN_PASSWORD'])
})
