import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, startApp, type TestApp } from './app.ts'

let app: TestApp
const now = new Date('2026-11-02T10:00:00Z')
beforeAll(async () => {
  app = await startApp({ clock: () => now })
})
afterAll(() => app.close())

type Day = {
  mine: { open: number; waiting: number; oldestWaiting: string | null }
  next: { id: number }[]
  wakingToday: { id: number }[]
  solvedToday: number
  repliesToday: number
  firstSteps: { key: string; done: boolean }[]
}
type Wall = { teams: { id: number | null; waiting: number; unassigned: number; open: number; solvedToday: number }[] }
type Problem = { errors?: { field: string }[] }

const open = async (more: object = {}) =>
  (
    await app.as('supervisor')<{ id: number }>('POST', '/api/cases', {
      subject: 'Wet carpet',
      channel: 'email',
      requester: { name: 'Wanda Orr', email: 'wanda@example.org' },
      message: { text: 'It is wet.' },
      teamId: app.teamId,
      ...more,
    })
  ).body.id
const dayOf = async (role: 'adviser' | 'administrator' | 'receptionist') =>
  (await app.as(role)<Day>('GET', '/api/day')).body

test('my day holds what waits for me, what wakes today and what I settled, and nothing of others', async () => {
  const mine = { assigneeId: app.staffId('adviser') }
  const [a, b, c] = [await open(mine), await open({ ...mine, severity: 4 }), await open(mine)]
  await open()
  await app.as('adviser')('PUT', `/api/cases/${c}/snooze`, { until: '2026-11-02T16:00:00Z' })
  expect(await dayOf('adviser')).toMatchObject({
    mine: { open: 2, waiting: 2, oldestWaiting: now.toISOString() },
    next: [{ id: b }, { id: a }],
    wakingToday: [{ id: c }],
    solvedToday: 0,
    firstSteps: [],
  })
  await app.as('adviser')('POST', `/api/cases/${a}/messages`, { kind: 'reply', text: 'Dry now.', status: 'solved' })
  expect(await dayOf('adviser')).toMatchObject({ mine: { open: 1 }, solvedToday: 1, repliesToday: 1 })
  expect(await dayOf('receptionist')).toMatchObject({ mine: { open: 0 }, next: [], solvedToday: 0 })
  const steps = (await dayOf('administrator')).firstSteps
  expect(steps.find(step => step.key === 'case')?.done).toBe(true)
  expect(steps.find(step => step.key === 'macro')?.done).toBe(false)
})

test('the wall counts teams within one’s reach and names nobody', async () => {
  const { body } = await app.as('supervisor')<Wall>('GET', '/api/wall')
  const team = body.teams.find(one => one.id === app.teamId)
  expect(team).toMatchObject({ waiting: 2, unassigned: 1, open: 2, solvedToday: 1 })
  expect(JSON.stringify(body)).not.toContain('Wanda')
  const outside = await app.as('outsider')<Wall>('GET', '/api/wall')
  expect(outside.body.teams.find(one => one.id === app.teamId)?.open ?? 0).toBe(0)
})

test('a case is handed over with a note: the colleague is told, a team takes it as nobody’s', async () => {
  const id = await open({ assigneeId: app.staffId('supervisor') })
  const call = app.as('supervisor')
  const empty = await call<Problem>('POST', `/api/cases/${id}/hand-over`, {
    assigneeId: app.staffId('adviser'),
    note: ' ',
  })
  expect(empty.body.errors?.[0]?.field).toBe('note')
  const nobody = await call<Problem>('POST', `/api/cases/${id}/hand-over`, { note: 'To whom?' })
  expect(nobody.body.errors?.[0]?.field).toBe('assigneeId')
  await call('POST', `/api/cases/${id}/hand-over`, {
    assigneeId: app.staffId('adviser'),
    note: 'The plumber comes at four.',
  })
  const kase = async () =>
    (await call<{ assignee: { id: number } | null; team: { id: number } }>('GET', `/api/cases/${id}`)).body
  expect((await kase()).assignee?.id).toBe(app.staffId('adviser'))
  await eventually(async () => {
    const { items } = (await app.as('adviser')<{ items: { case: { id: number } }[] }>('GET', '/api/notifications')).body
    return items.some(one => one.case?.id === id)
  })
  await call('POST', `/api/cases/${id}/hand-over`, { teamId: app.otherTeamId, note: 'Yours: the pipe is outside.' })
  const { items } = (await app.as('outsider')<{ items: { text: string }[] }>('GET', `/api/cases/${id}/messages`)).body
  expect(items.at(-1)?.text).toBe('Yours: the pipe is outside.')
  expect((await app.as('outsider')<{ assignee: null }>('GET', `/api/cases/${id}`)).body.assignee).toBeNull()
})

test('who has a case open is told to those who may see it', async () => {
  const id = await open()
  await app.as('adviser')('POST', `/api/cases/${id}/presence`, { doing: 'writing' })
  const seen = await app.as('supervisor')<{ items: object[] }>('GET', '/api/presence')
  expect(seen.body.items).toMatchObject([{ caseId: id, staffId: app.staffId('adviser'), doing: 'writing' }])
  expect((await app.as('outsider')<{ items: object[] }>('GET', '/api/presence')).body.items).toEqual([])
})
