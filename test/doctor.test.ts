import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkDatabase, checkFolder, checkJobs, checkMail } from '../src/doctor/checks.ts'
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
