import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, startApp, type TestApp } from './app.ts'

let app: TestApp
let now = new Date('2026-11-02T09:00:00Z')
beforeAll(async () => {
  app = await startApp({ clock: () => now })
  const levels = [
    {
      name: 'Complaints',
      kind: 'first_reply',
      condition: { field: 'kind', op: 'is', value: 'complaint' },
      targetMinutes: 60,
    },
    { name: 'Everybody', kind: 'first_reply', condition: { all: [] }, targetMinutes: 240 },
    { name: 'Next word', kind: 'next_update', condition: { all: [] }, targetMinutes: 120 },
    { name: 'Solved', kind: 'solution', condition: { all: [] }, targetMinutes: 960 },
  ]
  for (const level of levels)
    expect((await app.as('administrator')('POST', '/api/service-levels', level)).status).toBe(201)
})
afterAll(() => app.close())

type Promised = {
  id: number
  kind: string
  dueAt: string | null
  outcome: string | null
  instance: number
  pausedAt: string | null
  lateMinutes: number | null
  version: number
}
type Line = { id: number; urgency: { sentence: string; due: { at: string; kind: string } | null } }
type Problem = { errors?: { field: string }[] }

const staff = () => app.as('supervisor')
const at = (text: string) => {
  now = new Date(text)
}
const open = async (more: object = {}) =>
  (
    await staff()<{ id: number }>('POST', '/api/cases', {
      subject: 'Cold radiator',
      channel: 'email',
      requester: { name: 'Cora Cold', email: 'cora@example.org' },
      message: { text: 'It is cold.' },
      teamId: app.teamId,
      ...more,
    })
  ).body.id
const promisesOf = async (id: number) =>
  (await staff()<{ items: Promised[] }>('GET', `/api/cases/${id}/promises`)).body.items
const of = async (id: number, kind: string) => (await promisesOf(id)).filter(promise => promise.kind === kind)
const reply = (id: number, more: object = {}) =>
  staff()<{ id: number }>('POST', `/api/cases/${id}/messages`, { kind: 'reply', text: 'We are on it.', ...more })
const until = (holds: () => Promise<boolean>) => eventually(async () => (await holds()) || null)
const lineOf = async (id: number) =>
  (await staff()<{ items: Line[] }>('GET', '/api/cases?status=active')).body.items.find(line => line.id === id)

test('a case is promised what the first rule that fits says; the row and the queue’s order say why', async () => {
  at('2026-11-02T09:00:00Z')
  const [usual, complaint] = [await open(), await open({ kind: 'complaint' })]
  await until(
    async () => (await lineOf(complaint))?.urgency.due !== null && (await lineOf(usual))?.urgency.due !== null,
  )
  expect((await lineOf(complaint))?.urgency.due).toEqual({ at: '2026-11-02T10:00:00.000Z', kind: 'first_reply' })
  expect((await lineOf(usual))?.urgency).toMatchObject({
    sentence: 'Waiting 0 min; first reply due in 4 h.',
    due: { at: '2026-11-02T13:00:00.000Z', kind: 'first_reply' },
  })
  expect((await of(usual, 'solution'))[0]).toMatchObject({ dueAt: '2026-11-03T16:30:00.000Z', instance: 1 })
})

test('a reply keeps the first one, a further question starts the next, and solving keeps the last', async () => {
  at('2026-11-02T09:00:00Z')
  const id = await open()
  await until(async () => (await promisesOf(id)).length === 2)
  at('2026-11-02T14:30:00Z')
  await reply(id)
  await until(async () => (await of(id, 'first_reply'))[0]?.outcome === 'late')
  expect((await of(id, 'first_reply'))[0]).toMatchObject({ lateMinutes: 90 })
  await until(async () => (await of(id, 'solution'))[0]?.pausedAt === '2026-11-02T14:30:00.000Z')
  at('2026-11-02T15:00:00Z')
  const received = await app.as('administrator')('POST', `/api/cases/${id}/received`, {
    channel: 'phone',
    text: 'When?',
  })
  expect(received.status).toBe(201)
  await until(async () => (await of(id, 'next_update')).length === 1)
  expect((await of(id, 'next_update'))[0]).toMatchObject({ dueAt: '2026-11-02T17:00:00.000Z', outcome: null })
  // Half an hour in which nothing was due.
  await until(async () => (await of(id, 'solution'))[0]?.dueAt === '2026-11-03T17:00:00.000Z')
  at('2026-11-02T16:00:00Z')
  await reply(id, { status: 'solved' })
  await until(async () => (await promisesOf(id)).every(promise => promise.outcome !== null))
  expect(
    (await promisesOf(id))
      .map(promise => [promise.kind, promise.outcome].join(' '))
      .toSorted((a, b) => a.localeCompare(b)),
  ).toEqual(['first_reply late', 'next_update kept', 'solution kept'])
  expect(JSON.stringify((await lineOf(id))?.urgency.due ?? null)).toBe('null')
})

test('a reply that is taken back was none: the same promise goes on', async () => {
  at('2026-11-03T09:00:00Z')
  const id = await open()
  await until(async () => (await promisesOf(id)).length === 2)
  const sent = await reply(id, { sendAt: '2026-11-03T12:00:00Z' })
  await until(async () => (await of(id, 'first_reply'))[0]?.outcome === 'kept')
  expect((await staff()('POST', `/api/messages/${sent.body.id}/undo`)).status).toBe(200)
  await until(async () => (await of(id, 'first_reply'))[0]?.outcome === null)
  expect(await of(id, 'first_reply')).toMatchObject([{ instance: 1, dueAt: '2026-11-03T13:00:00.000Z' }])
})

test('a changed rule plans anew what is open, says how much moved, and a rule that ends lets go', async () => {
  at('2026-11-04T09:00:00Z')
  const id = await open({ kind: 'complaint' })
  await until(async () => (await of(id, 'first_reply')).length === 1)
  type Level = { id: number; name: string; version: number; replanned: { moved: number } | null }
  const levels = async () => (await staff()<{ items: Level[] }>('GET', '/api/service-levels')).body.items
  const complaints = (await levels()).find(level => level.name === 'Complaints') as Level
  await app.as('administrator')('PATCH', `/api/service-levels/${complaints.id}`, { targetMinutes: 30 })
  await until(async () => (await of(id, 'first_reply'))[0]?.dueAt === '2026-11-04T09:30:00.000Z')
  await until(async () => ((await levels()).find(level => level.id === complaints.id)?.replanned?.moved ?? 0) > 0)
  const stale = await app.as('administrator')('PATCH', `/api/service-levels/${complaints.id}`, {
    targetMinutes: 5,
    version: 1,
  })
  expect(stale.status).toBe(412)
  await app.as('administrator')('PATCH', `/api/service-levels/${complaints.id}`, { ended: true })
  await until(async () => (await of(id, 'first_reply'))[0]?.dueAt === '2026-11-04T13:00:00.000Z')
  await app.as('supervisor')('PATCH', `/api/cases/${id}`, { severity: 4 })
  expect(await of(id, 'first_reply')).toHaveLength(1)
})

test('a case that is older than a rule was promised nothing before there was one', async () => {
  at('2026-11-04T11:00:00Z')
  const id = await open({ tags: ['old'] })
  await until(async () => (await promisesOf(id)).length === 2)
  at('2026-11-04T15:00:00Z')
  const rule = {
    name: 'Old ones',
    kind: 'next_update',
    condition: { field: 'tags', op: 'has_any', value: ['old'] },
    targetMinutes: 60,
  }
  const added = await app.as('administrator')<{ id: number }>('POST', '/api/service-levels', rule)
  type Level = { id: number; kind: string }
  const all = (await staff()<{ items: Level[] }>('GET', '/api/service-levels')).body.items
  const ids = all.filter(level => level.kind === 'next_update').map(level => level.id)
  const first = [added.body.id, ...ids.filter(one => one !== added.body.id)]
  expect(
    (await app.as('administrator')('PUT', '/api/service-levels/order', { kind: 'next_update', ids: first })).status,
  ).toBe(200)
  await reply(id, { status: 'open' })
  await app.as('administrator')('POST', `/api/cases/${id}/received`, { channel: 'phone', text: 'And?' })
  await until(async () => (await of(id, 'next_update')).length === 1)
  expect((await of(id, 'next_update'))[0]?.dueAt).toBe('2026-11-04T16:00:00.000Z')
  await app.as('administrator')('PATCH', `/api/service-levels/${added.body.id}`, { ended: true })
})

test('a promise made by hand stands in the queue though nobody waits, and is kept, moved or taken back with its reason', async () => {
  at('2026-11-05T09:00:00Z')
  const id = await open()
  await until(async () => (await of(id, 'first_reply')).length === 1)
  await reply(id)
  await until(async () => (await of(id, 'first_reply'))[0]?.outcome === 'kept')
  const made = await staff()<Promised & Problem & { why: string }>('POST', `/api/cases/${id}/promises`, {
    kind: 'call_back',
    title: 'Say when the fitter comes',
    dueAt: '2026-11-05T11:00:00Z',
  })
  expect(made.status).toBe(201)
  expect(made.body.why).toContain('the time that was agreed')
  expect((await lineOf(id))?.urgency).toMatchObject({ sentence: 'call-back due in 2 h.' })
  const moved = await staff()<Promised>('POST', `/api/promises/${made.body.id}/move`, {
    dueAt: '2026-11-05T12:00:00Z',
    why: 'She is out until noon',
    version: made.body.version,
  })
  expect(moved.body.dueAt).toBe('2026-11-05T12:00:00.000Z')
  expect((await staff()('POST', `/api/promises/${made.body.id}/keep`, { version: made.body.version })).status).toBe(412)
  at('2026-11-05T12:20:00Z')
  const silent = await staff()<Problem>('POST', `/api/promises/${made.body.id}/keep`, {})
  expect(silent.body.errors?.[0]?.field).toBe('reason')
  const kept = await staff()<Promised>('POST', `/api/promises/${made.body.id}/keep`, { reason: 'customer_unreachable' })
  expect(kept.body).toMatchObject({ outcome: 'late', lateMinutes: 20 })
  expect((await staff()('POST', `/api/promises/${made.body.id}/keep`, {})).status).toBe(409)
  expect(JSON.stringify((await lineOf(id))?.urgency.due ?? null)).toBe('null')
})

test('the desk lists what falls due in its order, whose it is, what is late and what ended, page by page', async () => {
  at('2026-11-09T09:00:00Z')
  const id = await open({ assigneeId: app.staffId('adviser') })
  for (const hour of ['10', '11', '12'])
    await app.as('adviser')('POST', `/api/cases/${id}/promises`, {
      kind: 'follow_up',
      dueAt: `2026-11-09T${hour}:00:00Z`,
    })
  type Page = { items: (Promised & { case: { id: number } })[]; next: string | null }
  const desk = async (query: string, role: 'adviser' | 'outsider' = 'adviser') =>
    (await app.as(role)<Page>('GET', `/api/promises?${query}`)).body
  const first = await desk('of=me&kind=follow_up&limit=2')
  expect(first.items.map(promise => promise.dueAt)).toEqual(['2026-11-09T10:00:00.000Z', '2026-11-09T11:00:00.000Z'])
  const second = await desk(`of=me&kind=follow_up&limit=2&cursor=${first.next}`)
  expect(second.items.map(promise => promise.dueAt)).toEqual(['2026-11-09T12:00:00.000Z'])
  expect(second.next).toBe(null)
  at('2026-11-09T10:30:00Z')
  expect((await desk('of=me&state=late&kind=follow_up')).items).toHaveLength(1)
  await app.as('adviser')('POST', `/api/promises/${first.items[1]?.id}/withdraw`, { reason: 'customer_asked' })
  expect((await desk('state=ended&kind=follow_up')).items[0]).toMatchObject({ outcome: 'withdrawn', case: { id } })
  await app.as('supervisor')('PATCH', `/api/cases/${id}`, { teamId: app.otherTeamId, confidential: true })
  const strange = await app.as('receptionist')<Page>('GET', '/api/promises?kind=follow_up')
  expect(strange.body.items.filter(promise => promise.case.id === id)).toEqual([])
  expect((await app.as('receptionist')('GET', `/api/promises/${first.items[0]?.id}`)).status).toBe(404)
  expect((await app.as('receptionist')('POST', `/api/promises/${first.items[0]?.id}/keep`, {})).status).toBe(404)
})

test('rules that make no sense are refused, naming the field', async () => {
  const add = async (more: object) => {
    const level = { name: 'x', kind: 'solution', condition: { all: [] }, targetMinutes: 60, ...more }
    return (await app.as('administrator')<Problem>('POST', '/api/service-levels', level)).body.errors?.[0]?.field
  }
  expect(await add({ targetMinutes: 0 })).toBe('targetMinutes')
  expect(await add({ calendarId: 999_999 })).toBe('calendarId')
  expect(await add({ condition: { field: 'colour', op: 'is', value: 'red' } })).toContain('field')
  expect(await add({ alerts: [{ minutes: 0, whom: [] }] })).toBe('alerts[0].whom')
  const order = await app.as('administrator')<Problem>('PUT', '/api/service-levels/order', {
    kind: 'solution',
    ids: [1, 2, 3],
  })
  expect(order.body.errors?.[0]?.field).toBe('ids')
})
