import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from './app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp({ jobs: false })
})
afterAll(() => app.close())

type Person = { id: number; name: string; identities: { value: string }[]; groups: { name: string }[] }
type Problem = { detail: string; errors?: { field: string }[] }

const call: ReturnType<TestApp['as']> = (...args) => app.as('supervisor')(...args)
const add = async (name: string, identities: { kind: string; value: string }[] = []) =>
  (await call<Person>('POST', '/api/people', { name, identities })).body.id
const get = async (id: number) => (await call<Person>('GET', `/api/people/${id}`)).body
const openFor = async (personId: number, subject: string) =>
  (await call<{ id: number }>('POST', '/api/cases', { subject, requester: { personId }, message: { text: 'Hello.' } }))
    .body.id
const casesOf = async (id: number) =>
  (await call<{ items: { id: number; requester: { name: string } }[] }>('GET', `/api/cases?requester=${id}`)).body.items
const merge = (id: number, sourceId: number) =>
  call<{ mergeId: number } & Problem>('POST', `/api/people/${id}/merge`, { sourceId })

test('two records become one person with all addresses and cases, and two again, each with its own', async () => {
  const a = await add('Ann Miller', [{ kind: 'email', value: 'ann@example.org' }])
  const b = await add('A. Miller', [
    { kind: 'email', value: 'miller@work.example' },
    { kind: 'phone', value: '020 7946 0111' },
  ])
  const [first, second] = [await openFor(a, 'One'), await openFor(b, 'Two')]
  const { body } = await merge(a, b)
  expect((await get(b)).id).toBe(a)
  expect((await get(a)).identities.map(one => one.value)).toEqual([
    'ann@example.org',
    'miller@work.example',
    '020 7946 0111',
  ])
  const cases = await casesOf(a)
  expect(new Set(cases.map(one => one.id))).toEqual(new Set([first, second]))
  expect(new Set(cases.map(one => one.requester.name))).toEqual(new Set(['Ann Miller']))
  const found = await call<{ items: Person[] }>('GET', '/api/people?q=miller@work')
  expect(found.body.items.map(one => one.id)).toEqual([a])
  const again = await call<{ id: number }>('POST', '/api/cases', {
    subject: 'Three',
    requester: { email: 'miller@work.example' },
    message: { text: 'Me again.' },
  })
  expect((await casesOf(a)).map(one => one.id)).toContain(again.body.id)
  await call('POST', `/api/people-merges/${body.mergeId}/undo`, {})
  expect((await get(b)).identities.map(one => one.value)).toEqual(['miller@work.example', '020 7946 0111'])
  expect((await casesOf(b)).map(one => one.id)).toEqual([second])
  expect((await call('POST', `/api/people-merges/${body.mergeId}/undo`, {})).status).toBe(409)
})

test('crosswise, chains and mistakes', async () => {
  const [a, b, c] = [await add('Bea One'), await add('Bea Two'), await add('Bea Three')]
  const crossed = await Promise.all([merge(a, b), merge(b, a)])
  expect(crossed.map(one => one.status).toSorted((a, b) => a - b)).toEqual([201, 409])
  const root = (await get(a)).id
  const second = await merge(c, root)
  expect([(await get(a)).id, (await get(b)).id]).toEqual([c, c])
  const first = crossed.find(one => one.status === 201)?.body.mergeId
  await call('POST', `/api/people-merges/${first}/undo`, {})
  const apart = root === a ? b : a
  expect((await get(apart)).id).toBe(apart)
  expect((await get(root)).id).toBe(c)
  await call('POST', `/api/people-merges/${second.body.mergeId}/undo`, {})
  expect((await get(root)).id).toBe(root)
  expect((await merge(a, a)).body.errors?.[0]?.field).toBe('sourceId')
  expect((await app.as('mystery_shopper')('POST', `/api/people/${a}/merge`, { sourceId: b })).status).toBe(403)
})

test('those who look alike are suggested until somebody says they are two', async () => {
  const a = await add('Carla Voss', [{ kind: 'phone', value: '020 7946 0222' }])
  const b = await add('C. Voss', [{ kind: 'phone', value: '+44 20 7946 0222' }])
  const twin = await add('Carla Voss')
  const alike = async () =>
    (await call<{ items: { id: number; likeness: string }[] }>('GET', `/api/people/${a}/duplicates`)).body.items
  expect((await alike()).map(one => [one.id, one.likeness])).toEqual([
    [b, 'same_phone'],
    [twin, 'same_name'],
  ])
  const all = await call<{ items: { one: { id: number }; other: { id: number } }[] }>('GET', '/api/people-duplicates')
  expect(all.body.items.map(pair => [pair.one.id, pair.other.id])).toContainEqual([a, b])
  await call('POST', `/api/people/${twin}/apart`, { otherId: a })
  expect((await alike()).map(one => one.id)).toEqual([b])
  await merge(a, b)
  expect(await alike()).toEqual([])
})
