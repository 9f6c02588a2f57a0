import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from './app.ts'

let app: TestApp
let now = new Date('2026-11-02T09:00:00Z')
beforeAll(async () => {
  app = await startApp({ clock: () => now, jobs: false })
})
afterAll(() => app.close())

type Report = {
  written: boolean
  added: number
  changed: number
  unchanged: number
  wrong: number
  errors: { line: number; field: string; message: string }[]
}
type Problem = { errors?: { field: string }[] }
const tell = (items: object[], mode = 'all') =>
  app.as('adviser')<Report & Problem>('POST', '/api/deliveries', { mode, items })
const bring = async (text: string, mode: string) => {
  const form = new FormData()
  form.append('file', new Blob([text]), 'deliveries.csv')
  const response = await fetch(`${app.url}/api/deliveries/import/${mode}`, {
    method: 'POST',
    body: form,
    headers: { authorization: `Bearer ${app.token('adviser')}` },
  })
  return (await response.json()) as Report & Problem
}
const speed = async () => (await app.as('adviser')<Record<string, number | null>>('GET', '/api/deliveries/speed')).body
const listed = async (state: string, by: 'adviser' | 'outsider' = 'adviser') =>
  (await app.as(by)<{ items: { externalId: string; late: boolean }[] }>('GET', `/api/deliveries?state=${state}`)).body
    .items
const promisesOf = async (id: number) =>
  (
    await app.as('adviser')<{
      items: { kind: string; outcome: string | null; dueAt: string; lateMinutes: number | null }[]
    }>('GET', `/api/cases/${id}/promises`)
  ).body.items

test('a delivery is a promise: told twice it is one, another time moves it, and what came late is late', async () => {
  const kase = await app.as('adviser')<{ id: number }>('POST', '/api/cases', {
    subject: 'Wardrobe',
    channel: 'phone',
    requester: { name: 'Bea Long', email: 'bea@example.org' },
    message: { text: 'When does it come?' },
    teamId: app.teamId,
  })
  const id = kase.body.id
  const one = {
    externalId: 'D-1',
    reference: 'Order 7',
    what: 'Wardrobe',
    caseId: id,
    promisedAt: '2026-11-04T12:00:00Z',
  }
  expect((await tell([one], 'try')).body).toMatchObject({ written: false, added: 1 })
  expect(await listed('open')).toEqual([])
  expect((await tell([one])).body).toMatchObject({ written: true, added: 1, changed: 0 })
  expect((await tell([one])).body).toMatchObject({ written: false, added: 0, unchanged: 1 })
  expect(await promisesOf(id)).toMatchObject([{ kind: 'delivery', dueAt: '2026-11-04T12:00:00.000Z', outcome: null }])
  const both = await Promise.all([tell([{ ...one, externalId: 'D-2' }]), tell([{ ...one, externalId: 'D-2' }])])
  expect(both.map(({ body }) => body.added).toSorted((a, b) => a - b)).toEqual([0, 1])
  await tell([{ ...one, promisedAt: '2026-11-05T12:00:00Z' }])
  expect((await promisesOf(id)).map(promise => promise.dueAt).toSorted()).toEqual([
    '2026-11-04T12:00:00.000Z',
    '2026-11-05T12:00:00.000Z',
  ])
  now = new Date('2026-11-06T09:00:00Z')
  expect((await listed('open')).every(delivery => delivery.late)).toBe(true)
  await tell([{ ...one, promisedAt: '2026-11-05T12:00:00Z', deliveredAt: '2026-11-05T14:30:00Z' }])
  expect((await promisesOf(id)).find(promise => promise.outcome)).toMatchObject({ outcome: 'late', lateMinutes: 150 })
  expect((await listed('open')).map(delivery => delivery.externalId)).toEqual(['D-2'])
  await app.as('line_manager')('PATCH', `/api/cases/${id}`, { confidential: true })
  expect(await listed('open', 'outsider')).toEqual([])
  expect(await listed('delivered', 'outsider')).toEqual([])
})

test('speed is told as median, 90th percentile and share on time, with how many it is of', async () => {
  now = new Date('2026-11-20T09:00:00Z')
  const hours = [1, 2, 3, 4, 5, 6, 7, 8, 9, 30]
  const items = hours.map((took, i) => ({
    externalId: `S-${i}`,
    orderedAt: '2026-11-18T00:00:00Z',
    promisedAt: '2026-11-18T08:00:00Z',
    deliveredAt: new Date(Date.parse('2026-11-18T00:00:00Z') + took * 3_600_000).toISOString(),
  }))
  const before = await speed()
  expect((await tell(items)).body.added).toBe(10)
  const after = await speed()
  expect(after.n).toBe((before.n ?? 0) + 10)
  expect(after.onTime).toBe((before.onTime ?? 0) + 8)
  const only = await app.as('adviser')<Record<string, number>>('GET', '/api/deliveries/speed?days=10')
  // percentile_cont: half way between the 5th and the 6th, and a tenth of the way from the 9th to the 10th.
  expect(only.body).toMatchObject({ n: 10, medianMinutes: 330, p90Minutes: 666, onTime: 8, medianLateMinutes: 690 })
})

test('a table is tried first, and mistakes are told by line and field; nothing is written half', async () => {
  now = new Date('2026-11-20T09:00:00Z')
  const text = [
    'id;order;promised;delivered;case;colour',
    'T-1;O-1;2026-11-25 10:00+00:00;;;red',
    'T-2;O-2;tomorrow;;;',
    ';O-3;2026-11-25T10:00Z;;;',
    'T-1;O-4;2026-11-25T10:00Z;;;',
    'T-5;O-5;2026-11-25T10:00Z;2026-11-30T10:00Z;;',
    'T-6;O-6;2026-11-25T10:00Z;;999999;',
    'T-7;O-7;2026-11-25;;;',
    'T-8;=1+1;2026-11-25T10:00Z;;;',
  ].join('\n')
  const tried = await bring(text, 'try')
  expect(tried.errors.map(({ line, field }) => `${line} ${field}`)).toEqual([
    '3 promised',
    '4 id',
    '5 id',
    '6 delivered',
    '7 case',
    '8 promised',
    '9 reference',
  ])
  expect(tried).toMatchObject({ written: false, added: 1, wrong: 7 })
  expect((await bring(text, 'all')).written).toBe(false)
  expect((await listed('open')).some(one => one.externalId === 'T-1')).toBe(false)
  expect(await bring(text, 'good')).toMatchObject({ written: true, added: 1 })
  expect((await listed('open')).some(one => one.externalId === 'T-1')).toBe(true)
  expect((await bring('order;when\n1;2', 'try')).errors?.[0]?.field).toBe('file')
  expect((await bring('', 'try')).errors?.[0]?.field).toBe('file')
  expect((await tell([])).body.errors?.[0]?.field).toBe('items')
  expect((await app.as('auditor')('POST', '/api/deliveries', { items: [] })).status).toBe(403)
})
