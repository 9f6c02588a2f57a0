import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from './app.ts'

let app: TestApp
let now = new Date('2026-11-02T09:00:00Z')
beforeAll(async () => {
  app = await startApp({ clock: () => now, jobs: false })
})
afterAll(() => app.close())

type Kase = {
  status: string
  severity: number
  tags: string[]
  assignee: { id: number } | null
  waitingSince: string | null
  solvedAt: string | null
  reopened: number
  version: number
}
type Timeline = { items: { type: string; undo: number | null }[] }

const call: ReturnType<TestApp['as']> = (...args) => app.as('adviser')(...args)
const open = async (subject: string) => {
  const requester = { name: 'Ann Miller', email: 'ann@example.org' }
  const wanted = { subject, channel: 'email', requester, message: { text: 'It drips.' }, teamId: app.teamId }
  return (await call<{ id: number }>('POST', '/api/cases', wanted)).body.id
}
const get = async (id: number) => (await call<Kase>('GET', `/api/cases/${id}`)).body
const change = async (id: number, body: object) => (await call<Kase>('PATCH', `/api/cases/${id}`, body)).body
const undo = (id: number, version: number) => call<Kase>('POST', `/api/cases/${id}/undo-change`, { version })
const offered = async (id: number) =>
  (await call<Timeline>('GET', `/api/cases/${id}/timeline`)).body.items
    .filter(one => one.type === 'case.changed')
    .map(one => one.undo)
const later = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000)
}

test('a case that was solved by a slip of the hand is as it was: who waited has waited since the beginning', async () => {
  const id = await open('The kettle leaks')
  const before = await get(id)
  later(30)
  const { version } = await change(id, { status: 'solved' })
  expect(await get(id)).toMatchObject({ status: 'solved', waitingSince: null, solvedAt: expect.any(String) })
  later(1)
  expect((await undo(id, version)).status).toBe(200)
  const { status, waitingSince, solvedAt, reopened } = await get(id)
  expect({ status, waitingSince, solvedAt, reopened }).toEqual({
    status: 'new',
    waitingSince: before.waitingSince,
    solvedAt: null,
    reopened: 0,
  })
})

test('only what nobody changed since goes back, tags one by one, and a second time there is nothing left', async () => {
  const id = await open('The lamp flickers')
  const { version } = await change(id, { severity: 4, tags: ['lamp', 'fire'], assigneeId: 'me' })
  await app.as('supervisor')('PATCH', `/api/cases/${id}`, { severity: 3, tags: ['lamp', 'fire', 'mended'] })
  expect((await undo(id, version)).body).toMatchObject({ severity: 3, tags: ['mended'], assignee: null })
  const again = await undo(id, version)
  expect(again.status).toBe(409)
  expect((again.body as unknown as { detail: string }).detail).toContain('nothing to take back')
  expect((await undo(id, 99)).status).toBe(404)
})

test('the timeline says what can be taken back, until it was; and what was taken back can be done again', async () => {
  const id = await open('The door sticks')
  const { version } = await change(id, { severity: 4 })
  expect(await offered(id)).toEqual([version])
  await undo(id, version)
  const [first, second] = await offered(id)
  expect([first, second]).toEqual([null, expect.any(Number)])
  expect((await undo(id, second ?? 0)).body.severity).toBe(4)
})

test('what a macro changed, and whom a case was handed to, say how they are taken back', async () => {
  const id = await open('The tap drips')
  const macro = await call<{ id: number }>('POST', '/api/macros', { name: 'Urgent', change: { severity: 4 } })
  const used = await call<{ undo: number }>('POST', `/api/cases/${id}/macros/${macro.body.id}`, {})
  expect((await undo(id, used.body.undo)).body.severity).toBe(2)
  const given = await call<{ undo: number }>('POST', `/api/cases/${id}/hand-over`, {
    assigneeId: app.staffId('supervisor'),
    note: 'The plumber comes at four.',
  })
  expect((await undo(id, given.body.undo)).body.assignee).toBeNull()
})

test('who may not see a case takes nothing back in it', async () => {
  const id = await open('The bell is mute')
  const { version } = await change(id, { severity: 4 })
  await app.as('supervisor')('PATCH', `/api/cases/${id}`, { confidential: true })
  expect((await app.as('outsider')('POST', `/api/cases/${id}/undo-change`, { version })).status).toBe(404)
})

test('who handed a case out of their own sight takes that back for a moment, and reads it no other way', async () => {
  const asked = { requester: { name: 'Olga Berg', email: 'olga@example.org' }, message: { text: 'It hums.' } }
  const openFor = async (teamId: number) => {
    const oven = { subject: 'The oven hums', channel: 'email', ...asked, teamId, assigneeId: app.staffId('adviser') }
    return (await app.as('administrator')<{ id: number }>('POST', '/api/cases', oven)).body.id
  }
  const give = async (id: number) => {
    const given = { teamId: app.otherTeamId, note: 'Yours: it is built in.' }
    return (await call<{ undo: number }>('POST', `/api/cases/${id}/hand-over`, given)).body.undo
  }
  const [id, old, theirs] = [await openFor(app.teamId), await openFor(app.teamId), await openFor(app.otherTeamId)]
  const [version, late] = [await give(id), await give(old)]
  expect((await call('GET', `/api/cases/${id}`)).status).toBe(404)
  expect((await undo(id, version)).body.assignee).toMatchObject({ id: app.staffId('adviser') })
  expect((await call('GET', `/api/cases/${id}`)).status).toBe(200)
  // Somebody there has it by now: what is left of the change would not bring it back into sight.
  const dropped = await change(theirs, { severity: 4, assigneeId: null })
  await app.as('outsider')('PATCH', `/api/cases/${theirs}`, { assigneeId: 'me' })
  const refused = await undo(theirs, dropped.version)
  expect(refused.status).toBe(409)
  expect(JSON.stringify(refused.body)).not.toContain('oven')
  expect((await app.as('outsider')<Kase>('GET', `/api/cases/${theirs}`)).body.severity).toBe(4)
  later(5)
  expect((await undo(old, late)).status).toBe(404)
})
