import { afterAll, beforeAll, expect, test } from 'vitest'
import { adminPassword, eventually, startApp, type TestApp } from './app.ts'

let app: TestApp
let session: <T>(method: string, path: string, body?: object) => Promise<T>

/** Somebody who is signed in has time to take a reply back; a token has none. */
const signIn = async (undoSeconds: number) => {
  const headers = { 'content-type': 'application/json', origin: app.url }
  const entered = await fetch(`${app.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ email: 'adviser@trial.test', password: adminPassword }),
  })
  const cookie = entered.headers
    .getSetCookie()
    .map(one => one.split(';')[0])
    .join('; ')
  session = async <T>(method: string, path: string, body?: object) => {
    const response = await fetch(`${app.url}${path}`, {
      method,
      headers: { ...headers, cookie },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    if (!response.ok) throw new Error(await response.text())
    return (await response.json()) as T
  }
  await session('PATCH', '/api/me', { preferences: { undoSeconds } })
}

beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

type Entry = { type: string; sentence: string; actor: string }
const timeline = async (id: number) =>
  (await app.as('adviser')<{ items: Entry[] }>('GET', `/api/cases/${id}/timeline`)).body.items
const open = async () =>
  (
    await app.as('adviser')<{ id: number }>('POST', '/api/cases', {
      subject: 'Kettle',
      channel: 'email',
      requester: { name: 'Ann', email: 'ann@example.org' },
      message: { text: 'It leaks.' },
      teamId: app.teamId,
    })
  ).body.id
const solve = (id: number) =>
  session<{ id: number }>('POST', `/api/cases/${id}/messages`, {
    kind: 'reply',
    text: 'A new one is on its way.',
    status: 'solved',
    askIfMet: true,
  })
const mails = async (id: number, kind: string) =>
  (
    await app.as('administrator')<{ items: { caseId: number; kind: string }[] }>('GET', '/api/mail/outgoing?limit=200')
  ).body.items.filter(mail => mail.caseId === id && mail.kind === kind).length

test('“send and solve” that is taken back leaves no word that the customer was asked, and says where the case is again', async () => {
  await signIn(5)
  const id = await open()
  const sent = await solve(id)
  expect((await timeline(id)).map(entry => entry.type)).not.toContain('case.check_asked')
  await session('POST', `/api/messages/${sent.id}/undo`, {})
  const undone = (await timeline(id)).find(entry => entry.type === 'case.reply_undone')
  expect(undone?.sentence).toContain('took back a reply before it went out')
  expect(undone?.sentence).toMatch(/so that the status is “new” again/i)
  const { owner } = app.program.kernel.database
  await eventually(
    async () =>
      (await owner.query(`select 1 from graphile_worker.jobs where task_identifier = 'cases:ask_if_met'`)).rowCount ===
      0,
  )
  expect((await timeline(id)).map(entry => entry.type)).not.toContain('case.check_asked')
  expect(await mails(id, 'closing_check')).toBe(0)
})

test('left to go out, the customer is asked once, after the reply, in the name of who solved it', async () => {
  await signIn(1)
  const id = await open()
  await solve(id)
  await eventually(async () => (await mails(id, 'closing_check')) === 1)
  expect(await mails(id, 'reply')).toBe(1)
  const asked = (await timeline(id)).filter(entry => entry.type === 'case.check_asked')
  expect(asked).toMatchObject([{ actor: 'Some adviser', sentence: 'asked by e-mail whether the need was met' }])
  const { owner } = app.program.kernel.database
  const { rows } = await owner.query<{ id: number }>('select id from closing_checks where case_id = $1', [id])
  const again = { caseId: id, checkId: Number(rows[0]?.id), by: { id: 1, name: 'Somebody' }, looked: 0 }
  await owner.query(`select graphile_worker.add_job('cases:ask_if_met', $1)`, [JSON.stringify(again)])
  await eventually(
    async () =>
      (await owner.query(`select 1 from graphile_worker.jobs where task_identifier = 'cases:ask_if_met'`)).rowCount ===
      0,
  )
  expect((await timeline(id)).filter(entry => entry.type === 'case.check_asked')).toHaveLength(1)
})

test('a question that is on record when the reply is taken back is taken back on record too', async () => {
  const id = await open()
  const sent = await app.as('adviser')<{ id: number }>('POST', `/api/cases/${id}/messages`, {
    kind: 'reply',
    text: 'Done.',
    channel: 'letter',
    status: 'solved',
    askIfMet: true,
  })
  await app.program.kernel.database.owner.query(`update messages set delivery = 'waiting' where id = $1`, [
    sent.body.id,
  ])
  await app.as('adviser')('POST', `/api/messages/${sent.body.id}/undo`)
  expect((await timeline(id)).map(entry => entry.sentence)).toContain(
    'took back the question whether the need was met before it went out',
  )
})
