import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { setUp } from '../src/modules/identity/index.ts'
import { readConfig } from '../src/platform/config.ts'
import { type EmbeddedDatabase, startEmbedded } from '../src/platform/database/embedded.ts'
import { bringUpToDate, openServer } from '../src/platform/database/opening.ts'
import { makeLog } from '../src/platform/log.ts'
import { system } from '../src/platform/permissions/actor.ts'
import { type Program, startProgram } from '../src/program.ts'
import { eventually, freePort } from './app.ts'

const token = 'trial-token-0123456789abcdef'
let dataDir: string
let database: EmbeddedDatabase
let program: Program
let url: string
let smtpPort: number

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'rapport-outage-'))
  const port = await freePort()
  smtpPort = await freePort()
  url = `http://127.0.0.1:${port}`
  const config = readConfig({
    PORT: String(port),
    DATA_DIR: dataDir,
    SMTP_LISTEN: `127.0.0.1:${smtpPort}`,
    MAIL_ADDRESS: 'help@trial.test',
    LOG_LEVEL: 'silent',
  })
  const server = await openServer(config)
  database = server.embedded as EmbeddedDatabase
  await bringUpToDate(config, server)
  program = await startProgram({ config, databaseUrl: server.url, log: makeLog('silent'), loadSample: async () => {} })
  await program.kernel.work(system, work =>
    setUp(work, {
      organisation: 'Trial',
      zone: 'Europe/London',
      name: 'Ada',
      email: 'ada@trial.test',
      password: 'a long enough password',
      token,
    }),
  )
})
afterAll(async () => {
  await program.stop()
  await database.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

const ask = (path: string, init: RequestInit = {}) =>
  fetch(`${url}${path}`, { ...init, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' } })
const mail = (subject: string) => {
  const transport = createTransport({ host: '127.0.0.1', port: smtpPort, secure: false, ignoreTLS: true })
  return transport
    .sendMail({ from: 'ann@example.org', to: 'help@trial.test', subject, text: 'Hello.' })
    .finally(() => transport.close())
}

test('with the database gone requests get 503 and mail 451; when it is back everything goes on', async () => {
  await mail('before')
  await eventually(async () => ((await (await ask('/api/cases')).json()) as { items: unknown[] }).items.length === 1)
  await database.stop()
  const refused = await ask('/api/cases')
  expect(refused.status).toBe(503)
  expect(refused.headers.get('retry-after')).toBe('5')
  expect(
    (
      await ask('/api/cases', {
        method: 'POST',
        body: JSON.stringify({ subject: 'x', requester: { name: 'x' }, message: { text: 'x' } }),
      })
    ).status,
  ).toBe(503)
  expect((await fetch(`${url}/readyz`)).status).toBe(503)
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
  await expect(mail('during')).rejects.toThrow(/451/)
  database = await startEmbedded(dataDir)
  await eventually(async () => (await fetch(`${url}/readyz`)).ok)
  await eventually(() =>
    mail('during').then(
      () => true,
      () => false,
    ),
  )
  const subjects = await eventually(async () => {
    const { items } = (await (await ask('/api/cases')).json()) as { items: { subject: string }[] }
    return items.length === 2 && items.map(item => item.subject)
  })
  expect(subjects.toSorted()).toEqual(['before', 'during'])
  await ask('/api/cases/1001/messages', {
    method: 'POST',
    body: JSON.stringify({ kind: 'reply', text: 'We are back.' }),
  })
  await eventually(
    async () =>
      ((await (await ask('/api/mail/outgoing')).json()) as { items: { kind: string; state: string }[] }).items.some(
        item => item.kind === 'reply' && item.state === 'kept',
      ),
    30_000,
  )
})
