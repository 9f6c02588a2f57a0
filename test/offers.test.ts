import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, type RoleKey, startApp, type TestApp } from './app.ts'

let app: TestApp
let chair: number
let laptop: number
beforeAll(async () => {
  app = await startApp()
  const add = async (more: object) =>
    (await app.as('administrator')<{ id: number }>('POST', '/api/offers', { teamId: app.otherTeamId, ...more })).body.id
  chair = await add({
    name: 'Chair',
    targetMinutes: 480,
    fields: [
      { key: 'room', label: 'Room', type: 'text', required: true },
      { key: 'size', label: 'Size', type: 'choice', choices: ['low', 'high'] },
      { key: 'number', label: 'How many', type: 'number' },
      { key: 'by_day', label: 'By when', type: 'date' },
      { key: 'old', label: 'Take the old one', type: 'flag' },
    ],
  })
  laptop = await add({ name: 'Laptop', targetMinutes: 960, needsApproval: true })
})
afterAll(() => app.close())

type Request = {
  id: number
  state: string
  case: { id: number; status: string; needMet: string | null } | null
  answers: { label: string; value: string }[]
  dueAt: string | null
  outcome: string | null
  approver: { id: number } | null
  can: string[]
}
type Problem = { detail?: string; errors?: { field: string }[] }
const ask = (id: number, more: object = {}, by: RoleKey = 'driver') =>
  app.as(by)<Request & Problem>('POST', `/api/offers/${id}/requests`, more)
const requests = async (by: RoleKey, whose = 'mine') =>
  (await app.as(by)<{ items: Request[] }>('GET', `/api/offer-requests?whose=${whose}`)).body.items
const decide = (id: number, by: RoleKey, more: object = { approve: true }) =>
  app.as(by)<Request & Problem>('POST', `/api/offer-requests/${id}/decide`, more)
const managed = async (manager: RoleKey | null) => {
  const id = app.staffId('driver')
  const managerId = manager ? app.staffId(manager) : null
  return app.as('administrator')('PATCH', `/api/staff/${id}`, { managerId })
}

test('a colleague asks by a form, the department has it in its queue with a promise, and its customer is asked whether the need was met', async () => {
  const asked = await ask(chair, {
    answers: { room: '12', size: 'high', number: 2, by_day: '2026-12-01', old: true },
    note: 'Near the window',
  })
  expect(asked.status).toBe(201)
  expect(asked.body).toMatchObject({ state: 'sent', outcome: null, case: { status: 'new' } })
  expect(asked.body.dueAt).not.toBeNull()
  expect(asked.body.answers.map(one => one.value)).toEqual(['12', 'high', '2', '2026-12-01', 'yes'])
  const caseId = asked.body.case?.id ?? 0
  const views = await app.as('outsider')<{ items: { id: number; name: string }[] }>('GET', '/api/views')
  const queue = views.body.items.find(one => one.name === 'Asked of Other team')
  const listed = await app.as('outsider')<{ items: { id: number; dueKind?: string }[] }>(
    'GET',
    `/api/cases?view=${queue?.id}`,
  )
  expect(listed.body.items.map(one => one.id)).toContain(caseId)
  const said = await app.as('outsider')<{ items: { text: string }[] }>('GET', `/api/cases/${caseId}/messages`)
  expect(said.body.items[0]?.text).toContain('Room: 12\nSize: high\nHow many: 2')
  const promised = await app.as('outsider')<{ items: { kind: string; team: { id: number } }[] }>(
    'GET',
    `/api/cases/${caseId}/promises`,
  )
  expect(promised.body.items).toMatchObject([{ kind: 'answer_colleague', team: { id: app.otherTeamId } }])

  await app.as('outsider')('PATCH', `/api/cases/${caseId}`, { status: 'solved' })
  const settled = await eventually(async () => (await requests('driver')).find(one => one.outcome === 'kept'))
  expect(settled.can).toEqual(['say_met'])
  const mail = await eventually(async () => {
    const all = await app.as('administrator')<{ items: { recipients: string[]; kind: string }[] }>(
      'GET',
      '/api/mail/outgoing?limit=100',
    )
    return all.body.items.find(one => one.kind === 'closing_check' && one.recipients.includes('driver@trial.test'))
  })
  expect(mail).toBeDefined()
  await app.as('driver')('POST', `/api/requests/${caseId}/met`, { met: 'partly', remark: 'One of two' })
  const again = await eventually(async () =>
    (await requests('driver')).find(one => one.id === asked.body.id && one.outcome === null),
  )
  expect(again.case).toMatchObject({ status: 'open', needMet: 'partly' })
  const { items } = (await app.as('driver')<{ items: { id: number; figures: object }[] }>('GET', '/api/offers')).body
  expect(items.find(one => one.id === chair)?.figures).toMatchObject({ asked: 1, partly: 1 })
})

test('what needs approval goes to the line manager first; nobody approves their own, and the department sees it when it is approved', async () => {
  await managed('supervisor')
  const asked = await ask(laptop)
  expect(asked.body).toMatchObject({ state: 'waiting', case: null, approver: { id: app.staffId('supervisor') } })
  expect((await decide(asked.body.id, 'driver')).status).toBe(403)
  expect((await decide(asked.body.id, 'receptionist')).status).toBe(404)
  expect((await decide(asked.body.id, 'supervisor', { approve: false })).body.errors?.[0]?.field).toBe('reason')
  expect((await requests('supervisor', 'approve')).map(one => one.id)).toEqual([asked.body.id])
  type Told = { items: { reason: string; data: { title?: string } }[] }
  const told = (by: RoleKey, reason: string) =>
    eventually(async () =>
      (await app.as(by)<Told>('GET', '/api/notifications')).body.items.find(one => one.reason === reason),
    )
  expect(await told('supervisor', 'to_approve')).toMatchObject({ data: { title: 'Laptop' } })
  const both = await Promise.all([
    decide(asked.body.id, 'supervisor'),
    decide(asked.body.id, 'supervisor', { approve: false, reason: 'No' }),
  ])
  expect(both.map(one => one.status).toSorted((a, b) => a - b)).toEqual([200, 409])
  const [mine] = await requests('driver')
  expect(['sent', 'declined']).toContain(mine?.state)
  expect(mine?.case !== null).toBe(mine?.state === 'sent')
  expect(await told('driver', 'wish_decided')).toMatchObject({ data: { title: 'Laptop' } })

  const again = (await ask(laptop)).body
  const sent = (await decide(again.id, 'supervisor')).body.case?.id ?? 0
  expect((await app.as('outsider')('PATCH', `/api/cases/${sent}`, { status: 'solved' })).status).toBe(200)
  await eventually(async () =>
    (await requests('driver')).find(
      one => one.case?.id === sent && one.outcome === 'kept' && one.can.includes('say_met'),
    ),
  )
  const checks = await eventually(async () => {
    const all = await app.as('administrator')<{ items: { kind: string }[] }>('GET', '/api/mail/outgoing?limit=100')
    return all.body.items.filter(one => one.kind === 'closing_check').length > 1
  })
  expect(checks).toBe(true)

  const declined = (await ask(laptop)).body
  await decide(declined.id, 'supervisor', { approve: false, reason: 'Next year' })
  expect((await requests('driver'))[0]).toMatchObject({ state: 'declined', case: null, reason: 'Next year' })
  const own = (await ask(laptop)).body
  expect((await app.as('supervisor')('POST', `/api/offer-requests/${own.id}/withdraw`, {})).status).toBe(404)
  expect((await app.as('driver')('POST', `/api/offer-requests/${own.id}/withdraw`, {})).status).toBe(200)
  expect((await decide(own.id, 'supervisor')).status).toBe(409)
})

test('while the line manager is away the next in line approves', async () => {
  await managed('supervisor')
  await app.as('administrator')('PATCH', `/api/staff/${app.staffId('supervisor')}`, {
    managerId: app.staffId('line_manager'),
  })
  const before = (await ask(laptop)).body
  const absence = (await app.as('supervisor')<{ id: number }>('POST', '/api/absences', { kind: 'sick' })).body
  expect((await ask(laptop)).body.approver?.id).toBe(app.staffId('line_manager'))
  expect((await decide(before.id, 'line_manager')).body.state).toBe('sent')
  await app.as('supervisor')('POST', `/api/absences/${absence.id}/back`, {})
  await managed(null)
  expect((await ask(laptop)).body.approver?.id).toBe(app.staffId('line_manager'))
})

test('hostile forms and answers are refused, naming the field', async () => {
  const fieldOf = async (answers: object) => (await ask(chair, { answers })).body.errors?.[0]?.field
  expect(await fieldOf({})).toBe('answers.room')
  expect(await fieldOf({ room: '1', size: 'huge' })).toBe('answers.size')
  expect(await fieldOf({ room: '1', number: 'many' })).toBe('answers.number')
  expect(await fieldOf({ room: '1', by_day: '2026-02-30' })).toBe('answers.by_day')
  expect(await fieldOf({ room: '1', old: 'yes' })).toBe('answers.old')
  expect(await fieldOf({ room: '1', wage: 9 })).toBe('answers.wage')
  expect(await fieldOf({ room: 12 })).toBe('answers.room')
  expect((await ask(999_999)).status).toBe(404)
  const add = async (more: object) =>
    (await app.as('administrator')<Problem>('POST', '/api/offers', { teamId: app.teamId, name: 'X', ...more })).body
      .errors?.[0]?.field
  const field = { key: 'a', label: 'A', type: 'text' }
  expect(await add({ teamId: 999_999 })).toBe('teamId')
  expect(await add({ teamId: app.otherTeamId, name: 'chair' })).toBe('name')
  expect(await add({ fields: [field, field] })).toBe('fields[1].key')
  expect(await add({ fields: [{ ...field, type: 'choice' }] })).toBe('fields[0].choices')
  expect(await add({ targetMinutes: 0 })).toBe('targetMinutes')
  const change = await app.as('driver')('PATCH', `/api/offers/${chair}`, { name: 'Throne' })
  expect(change.status).toBe(403)
})
