import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, freePort } from '../app.ts'
import { type SmallDisk, smallDisk } from './small-disk.ts'

const made = smallDisk('200m')
if (typeof made === 'string') console.log(`Left out: a full disk. The reason: ${made}.`)

const token = 'trial-token-0123456789abcdef'
const main = new URL('../../src/main.ts', import.meta.url).pathname
/** Text that does not get smaller by being compressed. */
const noise = (bytes: number) => randomBytes(bytes).toString('base64')

describe.skipIf(typeof made === 'string')('a disk that is full', () => {
  const disk = made as SmallDisk
  let program: ChildProcess
  let port: number
  let smtpPort: number
  let said = ''
  /** What we were told is safe. */
  const confirmed = new Set<string>()

  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`http://127.0.0.1:${port}${path}`, {
      ...init,
      headers: {
        authorization: `Bearer ${token}`,
        ...(init.body instanceof FormData ? {} : { 'content-type': 'application/json' }),
      },
    })
  const ready = () =>
    ask('/readyz').then(
      response => response.ok,
      () => false,
    )
  const open = async (subject: string, text = 'Hello.') => {
    const response = await ask('/api/cases', {
      method: 'POST',
      headers: {},
      body: JSON.stringify({ subject, requester: { name: subject }, message: { text } }),
    })
    if (response.status === 201) confirmed.add(subject)
    return response
  }
  /** @returns the code of the answer, and null when the mail was taken */
  const mail = async (subject: string, text = 'Hello.'): Promise<number | null> => {
    const transport = createTransport({ host: '127.0.0.1', port: smtpPort, secure: false, ignoreTLS: true })
    try {
      await transport.sendMail({
        from: `${subject}@example.org`,
        to: 'help@shop.test',
        subject,
        text,
        messageId: `<${subject}@example.org>`,
        date: new Date('2026-11-01T10:00:00Z'),
      })
      confirmed.add(subject)
      return null
    } catch (error) {
      return (error as { responseCode?: number }).responseCode ?? 0
    } finally {
      transport.close()
    }
  }
  const upload = () => {
    const form = new FormData()
    form.append('file', new File([randomBytes(2_000_000)], 'large.bin', { type: 'application/octet-stream' }))
    return ask('/api/attachments', { method: 'POST', body: form })
  }
  const subjectsThere = async (): Promise<string[]> => {
    const found: string[] = []
    for (let cursor = ''; ; ) {
      const response = await ask(`/api/cases?limit=200&sort=oldest&cursor=${cursor}`)
      const page = (await response.json()) as { items: { subject: string }[]; next: string | null }
      found.push(...page.items.map(item => item.subject))
      if (!page.next) return found
      cursor = page.next
    }
  }

  beforeAll(async () => {
    port = await freePort()
    smtpPort = await freePort()
    program = disk.start(main, {
      PATH: process.env.PATH,
      PORT: String(port),
      SMTP_LISTEN: `127.0.0.1:${smtpPort}`,
      DATA_DIR: join(disk.path, 'data'),
      ORGANISATION: 'Trial',
      ADMIN_EMAIL: 'owner@example.test',
      ADMIN_PASSWORD: 'correct horse battery 9',
      ADMIN_TOKEN: token,
      MAIL_ADDRESS: 'help@shop.test',
      LOG_LEVEL: 'warn',
    })
    program.stderr?.on('data', chunk => (said += chunk))
    await Promise.race([
      eventually(ready, 50_000),
      new Promise((_resolve, reject) =>
        program.once('exit', code => reject(new Error(`It ended with ${code}: ${said}`))),
      ),
    ])
  })
  afterAll(async () => {
    const ended = new Promise<void>(resolve => program.once('exit', () => resolve()))
    if (program.exitCode === null) {
      process.kill(program.pid as number, 'SIGTERM')
      await ended
    }
    disk.remove()
  })

  /** Writes until both doors say no. @returns what they said, and the mails that a sender would try again */
  const pushUntilRefused = async (round: string) => {
    let refused: Response | null = null
    let code: number | null = null
    const again: { subject: string; text: string }[] = []
    for (let i = 0; i < 400 && !(refused && code); i++) {
      const text = noise(90_000)
      const answer = await open(`case-${round}-${i}`, text)
      if (answer.status !== 201) refused ??= answer
      const said = await mail(`mail-${round}-${i}`, text)
      if (said === null) continue
      again.push({ subject: `mail-${round}-${i}`, text })
      code ??= said
    }
    return { refused: refused, code, again }
  }

  test.each([
    ['to the last byte', 0],
    ['so far that the database’s journal finds no room', 6_000_000],
  ])(
    'filled %s refuses in plain words, loses nothing, and goes on by itself once there is room',
    {
      timeout: 300_000,
    },
    async (_name, leave) => {
      const round = String(leave)
      for (let i = 0; i < 5; i++) {
        expect(await mail(`mail-${round}-before-${i}`)).toBeNull()
        expect((await open(`case-${round}-before-${i}`)).status).toBe(201)
      }
      const makeRoom = disk.fill(leave)
      const { refused, code, again } = await pushUntilRefused(round)
      expect(refused?.status).toBe(503)
      expect(refused?.headers.get('retry-after')).toMatch(/^\d+$/)
      const problem = (await refused?.json()) as { code: string; detail: string }
      expect(problem.code).toBe('unavailable')
      expect(problem.detail).toMatch(/is full|cannot be reached/)
      expect([451, 452]).toContain(code)
      // Reading goes on, unless the database fell over its journal: then it comes back when there is room.
      const list = await ask('/api/cases?limit=1')
      expect(leave === 0 ? [200] : [200, 503]).toContain(list.status)
      if (leave === 0) expect(problem.detail).toContain('The disk of this installation is full')
      expect((await upload()).status).toBe(503)
      expect((await ask('/healthz')).status).toBe(200)

      makeRoom()
      await eventually(ready, 60_000)
      await eventually(async () => (await open(`case-${round}-after`)).status === 201, 60_000)
      for (const { subject, text } of again) await eventually(async () => (await mail(subject, text)) === null, 60_000)
      expect(await mail(`mail-${round}-after`)).toBeNull()
      const stored = async () =>
        ((await (await ask('/api/mail/received?state=stored&limit=1')).json()) as { items: unknown[] }).items.length
      await eventually(async () => (await stored()) === 0, 120_000)
      const there = await subjectsThere()
      expect(there.toSorted()).toEqual([...confirmed].toSorted())
      expect(program.exitCode).toBeNull()
      const halves = readdirSync(join(disk.seen(), 'data', 'files'), { recursive: true, encoding: 'utf8' })
      expect(halves.filter(name => name.includes('.'))).toEqual([])
    },
  )
})
