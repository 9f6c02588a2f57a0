import { afterAll, beforeAll, expect, test } from 'vitest'
import { askAwayOf } from '../src/modules/authority/index.ts'
import { eventually, startApp, type TestApp } from './app.ts'

let app: TestApp
let german: number
beforeAll(async () => {
  app = await startApp()
  german = (await admin()<{ id: number }>('POST', '/api/skills', { name: 'German' })).body.id
  for (const one of (await admin()<{ items: Load[] }>('GET', '/api/workloads')).body.items)
    await workload(one.id, { accepts: false })
})
afterAll(() => app.close())

type Load = { id: number; name: string; load: number; capacity: number; version: number }
type Kase = { id: number; assignee: { id: number; name: string } | null; version: number }
type Rule = { id: number; waiting: number; version: number }

const admin = () => app.as('administrator')
const workload = async (id: number, more: object) =>
  expect(
    (await admin()('PUT', `/api/workloads/${id}`, { capacity: 15, accepts: true, skills: [], ...more })).status,
  ).toBe(200)
const loadOf = async (id: number) =>
  (await admin()<{ items: Load[] }>('GET', '/api/workloads')).body.items.find(one => one.id === id)
const rule = async (more: object) => {
  const answer = await admin()<Rule>('POST', '/api/assignment-rules', {
    name: 'Everybody',
    condition: { all: [] },
    way: 'least_loaded',
    ...more,
  })
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body.id
}
const end = (id: number) => admin()('PATCH', `/api/assignment-rules/${id}`, { ended: true })
const waiting = async (id: number) =>
  (await admin()<{ items: Rule[] }>('GET', '/api/assignment-rules')).body.items.find(one => one.id === id)?.waiting
const open = async (more: object = {}) =>
  (
    await admin()<Kase>('POST', '/api/cases', {
      subject: 'Cold radiator',
      channel: 'phone',
      requester: { name: 'Cora Cold' },
      message: { text: 'It is cold.' },
      teamId: app.teamId,
      ...more,
    })
  ).body.id
const kase = async (id: number) => (await admin()<Kase>('GET', `/api/cases/${id}`)).body
const given = (id: number) => eventually(async () => (await kase(id)).assignee)
const solve = async (id: number) => admin()('PATCH', `/api/cases/${id}`, { status: 'solved' })

test('a case goes to whoever is able and has most room, and says why; by hand it goes anywhere', async () => {
  const [adviser, supervisor] = [app.staffId('adviser'), app.staffId('supervisor')]
  await workload(adviser, { skills: [{ skillId: german, level: 2 }] })
  await workload(supervisor, { skills: [{ skillId: german, level: 1 }] })
  const id = await rule({
    condition: { field: 'subject', op: 'contains', value: 'Heizung' },
    skills: [{ skillId: german, level: 2 }],
    name: 'German',
  })
  const [german1, other] = [await open({ subject: 'Heizung kalt' }), await open()]
  expect(await given(german1)).toMatchObject({ id: adviser })
  expect((await kase(other)).assignee).toBeNull()
  const timeline = await admin()<{ items: { sentence: string }[] }>('GET', `/api/cases/${german1}/timeline`)
  expect(JSON.stringify(timeline.body)).toContain('because of “German”: most room (0 of 15)')
  expect(JSON.stringify(timeline.body)).toContain('German')
  expect((await admin()('PATCH', `/api/cases/${german1}`, { assigneeId: app.staffId('receptionist') })).status).toBe(
    200,
  )
  expect((await kase(german1)).assignee).toMatchObject({ id: app.staffId('receptionist') })
  await end(id)
})

test('in turn, cases go round; somebody away is passed over', async () => {
  const [adviser, supervisor] = [app.staffId('adviser'), app.staffId('supervisor')]
  const id = await rule({ way: 'round_robin', name: 'In turn' })
  const [one, two] = [await given(await open()), await given(await open())]
  expect(new Set([one.id, two.id])).toEqual(new Set([adviser, supervisor]))
  const back = askAwayOf(async () => new Set([adviser]))
  expect(await given(await open())).toMatchObject({ id: supervisor })
  expect(await given(await open())).toMatchObject({ id: supervisor })
  back()
  await end(id)
})

test('a confidential case is given by rule only to those who may see such cases', async () => {
  const [adviser, manager] = [app.staffId('adviser'), app.staffId('line_manager')]
  const id = await rule({ name: 'Confidential' })
  await workload(app.staffId('supervisor'), { accepts: false })
  await workload(adviser, {})
  const secret = await open({ confidential: true })
  await eventually(async () => (await waiting(id)) === 1)
  await workload(manager, {})
  await eventually(async () => (await waiting(id)) === 0)
  const { rows } = await app.program.kernel.database.owner.query('select assignee_id from cases where id = $1', [
    secret,
  ])
  expect(Number(rows[0].assignee_id)).toBe(manager)
  await workload(manager, { accepts: false })
  await end(id)
})

test('two cases at once do not both go to the last free place; the other waits for the next', async () => {
  const [adviser, supervisor] = [app.staffId('adviser'), app.staffId('supervisor')]
  await workload(supervisor, { accepts: false })
  const held = (await loadOf(adviser))?.load ?? 0
  await workload(adviser, { capacity: Math.ceil(held + 1) })
  const id = await rule({ name: 'Last place' })
  const both = await Promise.all([open(), open(), open(), open()])
  await eventually(async () => (await waiting(id)) === 3)
  const assigned = (await Promise.all(both.map(kase))).filter(one => one.assignee !== null)
  expect(assigned).toHaveLength(1)
  await solve(assigned[0]?.id ?? 0)
  await eventually(async () => (await waiting(id)) === 2)
  expect((await Promise.all(both.map(kase))).filter(one => one.assignee !== null)).toHaveLength(2)
  await end(id)
})

test('the next case is one that somebody is able to do and has room for', async () => {
  const supervisor = app.staffId('supervisor')
  const next = async (except: number[]) =>
    (await app.as('supervisor')<{ id: number | null }>('POST', '/api/cases/next', { assignee: 'none', except })).body.id
  const id = await rule({
    name: 'Pulled',
    condition: { field: 'subject', op: 'is', value: 'Heizung' },
    skills: [{ skillId: german, level: 3 }],
  })
  const [hard, easy] = [await open({ subject: 'Heizung' }), await open()]
  await workload(supervisor, { accepts: false, capacity: 500 })
  const offered: number[] = []
  for (let one = await next([]); one !== null; one = await next(offered)) offered.push(one)
  expect(offered).toContain(easy)
  expect(offered).not.toContain(hard)
  await workload(supervisor, { accepts: false, capacity: 0 })
  expect(await next([])).toBeNull()
  await end(id)
})

test('what makes no sense is refused, and a skill that a rule needs is not ended', async () => {
  const bad = async (more: object) =>
    (
      await admin()<{ errors?: { field: string }[] }>('POST', '/api/assignment-rules', {
        name: 'x',
        condition: { all: [] },
        way: 'least_loaded',
        ...more,
      })
    ).body.errors?.[0]?.field
  expect(await bad({ way: 'team' })).toBe('teamId')
  expect(await bad({ skills: [{ skillId: 9999, level: 1 }] })).toBe('skills')
  expect(await bad({ teamId: 9999 })).toBe('teamId')
  expect(
    (await admin()('PUT', `/api/workloads/${app.staffId('adviser')}`, { capacity: -1, accepts: true, skills: [] }))
      .status,
  ).toBe(422)
  expect((await admin()('POST', '/api/skills', { name: 'german' })).status).toBe(422)
  const id = await rule({ skills: [{ skillId: german, level: 1 }] })
  expect((await admin()('PATCH', `/api/skills/${german}`, { ended: true })).status).toBe(422)
  await end(id)
})
