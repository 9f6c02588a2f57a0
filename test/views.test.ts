import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from './app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp({ jobs: false })
})
afterAll(() => app.close())

type View = { id: number; name: string; columns: string[]; groupBy: string | null; layout: string; sort: string }
type Line = { id: number; custom?: Record<string, unknown> }
const ask = <T>(method: string, path: string, body?: unknown) => app.as('adviser')<T>(method, path, body)
const lines = async (query: string) => (await ask<{ items: Line[] }>('GET', `/api/cases?${query}`)).body.items
let people = 0
const open = async (subject: string, more: object = {}) =>
  (
    await ask<{ id: number }>('POST', '/api/cases', {
      subject,
      requester: { name: `Somebody ${++people}`, email: `p${people}@example.org` },
      message: { text: subject },
      teamId: app.teamId,
      ...more,
    })
  ).body.id
const everything = { all: [] }

test('a view keeps its columns, grouping and layout, and everybody orders the views for themselves', async () => {
  const add = async (name: string, more: object = {}) =>
    (await ask<View>('POST', '/api/views', { name, condition: everything, ...more })).body
  const table = await add('B table', {
    columns: ['number', 'team'],
    groupBy: 'status',
    layout: 'table',
    sort: 'newest',
  })
  expect(table).toMatchObject({ columns: ['number', 'team'], groupBy: 'status', layout: 'table', sort: 'newest' })
  const plain = await add('A plain')
  expect(plain).toMatchObject({ columns: [], groupBy: null, layout: 'list', sort: 'urgency' })
  const changed = await ask<View>('PATCH', `/api/views/${plain.id}`, {
    id: plain.id,
    layout: 'board',
    groupBy: 'assignee',
  })
  expect(changed.body).toMatchObject({ layout: 'board', groupBy: 'assignee', name: 'A plain' })
  const names = async () => (await ask<{ items: View[] }>('GET', '/api/views')).body.items.map(view => view.name)
  expect((await names()).filter(name => /^[AB] /.test(name))).toEqual(['A plain', 'B table'])
  await ask('POST', '/api/views/order', { ids: [table.id, plain.id, 99_999] })
  expect((await names()).slice(0, 2)).toEqual(['B table', 'A plain'])
  const refused = await ask('POST', '/api/views', { name: 'x', condition: everything, columns: ['nonsense'] })
  expect(refused.status).toBe(422)
})

test('fifty parts over fields of one’s own are counted and saved; too many are refused with the name of the field', async () => {
  for (let n = 0; n < 10; n++)
    await app.as('administrator')('POST', '/api/custom-fields', {
      key: `own_${n}`,
      label: `Own ${n}`,
      type: n % 2 ? 'number' : 'text',
    })
  const id = await open('Fifty', { custom: { own_0: 'blue', own_1: 7 } })
  const leaf = (n: number) =>
    n % 2
      ? { field: `custom.own_${n % 10}`, op: 'greater', value: n }
      : { field: `custom.own_${n % 10}`, op: 'contains', value: n === 0 ? 'blu' : `none${n}` }
  const condition = (count: number) => ({ any: Array.from({ length: count }, (_, n) => leaf(n)) })
  const counted = await ask('POST', '/api/views/preview', { condition: condition(50), sort: 'recent' })
  expect(counted.body).toEqual({ count: 1, capped: false })
  const view = await ask<View>('POST', '/api/views', {
    name: 'Fifty',
    condition: condition(50),
    sort: 'recent',
    columns: ['custom.own_0'],
  })
  expect(view.status).toBe(201)
  expect(await lines(`view=${view.body.id}`)).toMatchObject([{ id, custom: { own_0: 'blue', own_1: 7 } }])
  const refused = await ask<{ detail: string }>('POST', '/api/views/preview', {
    condition: condition(61),
    sort: 'recent',
  })
  expect(refused.status).toBe(422)
  expect(refused.body.detail).toContain('"Own 0"')
  const wrong = await ask<{ detail: string }>('POST', '/api/views/preview', {
    condition: { field: 'custom.own_1', op: 'contains', value: 'x' },
  })
  expect(wrong.body.detail).toContain('"contains" does not apply to Own 1')
})

test('groups say how many cases each holds, and a list reads one of them', async () => {
  const complaint = await open('A complaint', { kind: 'complaint', assigneeId: 'me', tags: ['grouped'] })
  const fault = await open('A fault', { kind: 'fault', tags: ['grouped'] })
  const view = (
    await ask<View>('POST', '/api/views', {
      name: 'G',
      condition: { field: 'tags', op: 'has_any', value: ['grouped'] },
    })
  ).body.id
  const groups = async (by: string) =>
    (
      await ask<{ items: { group: string | null; label: string | null; count: number }[] }>(
        'GET',
        `/api/cases/groups?view=${view}&groupBy=${by}`,
      )
    ).body.items
  expect(await groups('kind')).toEqual([
    { group: 'complaint', label: null, count: 1 },
    { group: 'fault', label: null, count: 1 },
  ])
  expect((await groups('assignee')).toSorted((a, b) => Number(a.group) - Number(b.group))).toEqual([
    { group: null, label: null, count: 1 },
    { group: String(app.staffId('adviser')), label: 'Some adviser', count: 1 },
  ])
  expect(await groups('team')).toEqual([{ group: String(app.teamId), label: expect.any(String), count: 2 }])
  expect((await lines(`view=${view}&groupBy=kind&group=fault`)).map(line => line.id)).toEqual([fault])
  expect((await lines(`view=${view}&groupBy=assignee&group=none`)).map(line => line.id)).toEqual([fault])
  expect((await lines(`view=${view}&groupBy=assignee&group=${app.staffId('adviser')}`)).map(line => line.id)).toEqual([
    complaint,
  ])
  expect((await ask('GET', `/api/cases/groups?view=${view}&groupBy=day`)).status).toBe(422)
  const outside = await app.as('outsider')<{ items: unknown[] }>('GET', '/api/cases/groups?groupBy=kind')
  expect(outside.body.items).toEqual([])
})

test('a calendar holds cases by when they wake, when they were opened and by a date of one’s own', async () => {
  await app.as('administrator')('POST', '/api/custom-fields', { key: 'due', label: 'Due', type: 'date' })
  const id = await open('Dated', { custom: { due: '2026-12-24' } })
  const asleep = await open('Asleep')
  const until = new Date(Date.now() + 3 * 86_400_000).toISOString()
  const snoozed = await ask('PUT', `/api/cases/${asleep}/snooze`, { until })
  expect(snoozed.status, JSON.stringify(snoozed.body)).toBeLessThan(300)
  const calendar = async (by: string, start: string, end: string, who: 'adviser' | 'outsider' = 'adviser') =>
    (
      await app.as(who)<{ items: { on: string; line: Line }[] }>(
        'GET',
        `/api/cases/calendar?${new URLSearchParams({ groupBy: by, start, end }).toString()}`,
      )
    ).body
  expect((await calendar('custom.due', '2026-12-01', '2026-12-31')).items).toMatchObject([
    { on: '2026-12-24', line: { id } },
  ])
  const [from, to] = [
    new Date(Date.now() - 86_400_000).toISOString(),
    new Date(Date.now() + 7 * 86_400_000).toISOString(),
  ]
  expect((await calendar('snoozedUntil', from, to)).items.map(item => item.line.id)).toEqual([asleep])
  expect((await calendar('openedAt', from, to)).items.some(item => item.line.id === id)).toBe(true)
  expect((await calendar('openedAt', from, to, 'outsider')).items).toEqual([])
  expect((await ask('GET', `/api/cases/calendar?groupBy=kind&start=${from}&end=${to}`)).status).toBe(422)
  expect((await ask('GET', '/api/cases/calendar?groupBy=openedAt&start=yesterday&end=2026-12-31')).status).toBe(422)
})

test('every order pages through the same cases', async () => {
  const all = (await lines('limit=200&sort=newest')).map(line => line.id)
  for (const sort of ['recent', 'stale', 'newest', 'oldest']) {
    const seen: number[] = []
    let cursor = ''
    do {
      const { body } = await ask<{ items: Line[]; next: string | null }>(
        'GET',
        `/api/cases?limit=3&sort=${sort}${cursor && `&cursor=${cursor}`}`,
      )
      seen.push(...body.items.map(line => line.id))
      cursor = body.next ?? ''
    } while (cursor)
    expect(
      seen.toSorted((a, b) => b - a),
      sort,
    ).toEqual(all)
  }
  const waiting = await lines('sort=waiting&limit=2')
  expect(waiting).toHaveLength(2)
  expect((await lines('sort=waking')).length).toBe(1)
})
