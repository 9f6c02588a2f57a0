import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkAnswering } from '../src/doctor/answering.ts'
import { checkDatabase, checkJobs } from '../src/doctor/checks.ts'
import { checkFolder } from '../src/doctor/folder.ts'
import { checkMail } from '../src/doctor/mail.ts'
import { lookInto } from '../src/platform/database/looking.ts'
import { startApp, type TestApp } from './app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp({ jobs: false })
})
afterAll(() => app.close())

const sql = (text: string) => app.program.kernel.database.owner.query(text)
const looked = async () => {
  const look = await lookInto(app.program.kernel.database.url)
  const at = new Date()
  try {
    return [
      ...(await checkDatabase(look.query, () => at)),
      ...(await checkJobs(look.query, at)),
      ...(await checkMail(look.query, at)),
    ]
  } finally {
    await look.close()
  }
}
const wrongIn = async () => (await looked()).filter(finding => finding.level === 'wrong').map(finding => finding.what)

test('an installation that works has nothing wrong, and looking changes nothing', async () => {
  expect(await wrongIn()).toEqual([])
  const look = await lookInto(app.program.kernel.database.url)
  await expect(look.query('delete from roles')).rejects.toThrow('read-only')
  await look.close()
})

test('each trouble is named with what to do: a mailbox, unread and unsent mail, a backlog, a foreign migration, a clock', async () => {
  await sql(`update mailboxes set last_error = 'The server refused the name or the password.'`)
  await sql(`insert into outgoing_mail (kind, message_id, envelope_from, recipients, subject, state, created_at)
    values ('reply', '<x@y>', '', '{a@example.org}', 'x', 'waiting', now() - interval '1 hour')`)
  await sql(`select graphile_worker.add_job('channels:sweep', '{}', run_at => now() - interval '20 minutes')`)
  const wrong = await wrongIn()
  expect(wrong.join('\n')).toContain('refused the name or the password')
  expect(wrong.join('\n')).toContain('1 mails wait to go out, the oldest for 60 minutes')
  expect(wrong.join('\n')).toContain('the oldest for 20 minutes')
  await sql(`insert into migrations (name, sha256) values ('29990101T0000_from_the_future', 'x')`)
  expect((await wrongIn()).join('\n')).toContain('newer than this program')
  const look = await lookInto(app.program.kernel.database.url)
  const skewed = await checkDatabase(look.query, () => new Date(Date.now() + 60_000))
  expect(skewed.find(finding => finding.what.includes('differ by 60 s'))?.level).toBe('wrong')
  await look.close()
})

test('what looks fine at first is named too: an account nobody reads, mail that ended unsent, errands and time that went back', async () => {
  await sql(`update mailboxes set last_error = null, kind = 'imap', last_checked_at = now() - interval '1 hour'`)
  await sql(`insert into outgoing_mail (kind, message_id, envelope_from, recipients, subject, state, created_at)
    select 'reply', '<' || state || '@y>', '', '{a@example.org}', 'x', state, now() from unnest('{kept,failed}'::text[]) state`)
  await sql(`delete from graphile_worker._private_jobs`)
  await sql(
    `insert into errands (name, payload, due_at) values ('cases:learn_words', '{}', now() - interval '30 minutes')`,
  )
  await sql(`select graphile_worker.add_job('channels:send', '{}')`)
  await sql(`update graphile_worker._private_jobs set attempts = max_attempts, last_error = 'no such host'`)
  const all = (await looked()).map(finding => `${finding.level} ${finding.what}`).join('\n')
  expect(all).toMatch(/wrong Mailbox ".+" was last looked into 60 minutes ago/)
  expect(all).toContain('note 1 mails of the last seven days could not be sent')
  expect(all).toContain('note 1 mails of the last seven days were kept and not sent')
  expect(all).toContain('wrong 1 jobs wait, the oldest for 30 minutes')
  expect(all).toContain('wrong 1 jobs "channels:send" were given up: no such host')
  const look = await lookInto(app.program.kernel.database.url)
  const earlier = await checkDatabase(look.query, () => new Date(Date.now() - 3_600_000))
  expect(earlier.some(({ level, what }) => level === 'wrong' && what.startsWith('The clock went back'))).toBe(true)
  await look.close()
})

test('whether the program answers is said', async () => {
  const { hostname, port } = new URL(app.url)
  expect(await checkAnswering({ host: hostname, port: Number(port) })).toMatchObject({ level: 'ok' })
  expect(await checkAnswering({ host: '127.0.0.1', port: 1 })).toMatchObject({ level: 'note' })
})

test('a folder that is not there is named; the command ends with 1 and says what to do', async () => {
  const [missing] = await checkFolder('/no/such/folder', true, new Date())
  expect(missing?.level).toBe('wrong')
  const folder = mkdtempSync(join(tmpdir(), 'rapport-doctor-'))
  const { DATABASE_URL: _, ...env } = process.env
  const run = spawnSync(process.execPath, ['src/doctor.ts'], {
    env: { ...env, BASE_URL: '', DATA_DIR: folder, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' },
    encoding: 'utf8',
  })
  rmSync(folder, { recursive: true, force: true })
  expect(run.stdout).toContain('The database does not answer')
  expect(run.status).toBe(1)
})
