import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from './app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp({ jobs: false })
})
afterAll(() => app.close())

type Person = {
  id: number
  name: string
  identities: { id: number; kind: string; value: string }[]
  version: number
  internal: boolean
  groups: { name: string }[]
}
type Line = { id: number; name: string }
type Problem = { code: string; personId?: number; errors?: { field: string }[] }

const call = () => app.as('receptionist')
const add = async (name: string, identities: object[] = [], more: object = {}) =>
  (await call()<Person>('POST', '/api/people', { name, identities, ...more })).body
const find = async (q: string) =>
  (await call()<{ items: Line[] }>('GET', `/api/people?q=${encodeURIComponent(q)}`)).body.items.map(item => item.id)

test('somebody is found by part of the name, without accents, with a slip of the finger, by address, number and card', async () => {
  const { id } = await add('Zoë Brontë-Müller', [
    { kind: 'email', value: 'Zoe.Bronte@Example.org' },
    { kind: 'phone', value: '020 7946 0123' },
    { kind: 'card', value: 'LC 4711-08' },
  ])
  for (const q of [
    'Zoë',
    'bronte',
    'muller',
    'Brontë-Müler',
    'zoe.bronte@example.org',
    'zoe.bron',
    '+44 20 7946 0123',
    '02079460123',
    '020 7946 01',
    '7946 0123',
    'lc471108',
  ])
    expect(await find(q), q).toContain(id)
  expect(await find('nobody like this')).not.toContain(id)
  expect(await find('%')).not.toContain(id)
})

test('an e-mail address belongs to one person, however it is spelt; a telephone may be shared', async () => {
  const first = await add('First', [
    { kind: 'email', value: 'shared@example.org' },
    { kind: 'phone', value: '020 7946 0999' },
  ])
  const second = await call()<Problem>('POST', '/api/people', {
    name: 'Second',
    identities: [{ kind: 'email', value: 'SHARED@example.org' }],
  })
  expect(second.status).toBe(409)
  expect(second.body).toMatchObject({ personId: first.id, errors: [{ field: 'identities[0].value' }] })
  expect((await add('Third', [{ kind: 'phone', value: '+44 20 7946 0999' }])).id).not.toBe(first.id)
})

test('a contact recognises who is known and makes nobody twice', async () => {
  const ann = await add('Ann Known', [{ kind: 'email', value: 'ann.known@example.org' }])
  const open = (requester: object) =>
    call()<{ id: number }>('POST', '/api/cases', { subject: 'Hello', requester, message: { text: 'Hello' } })
  const requesterOf = async (requester: object) => {
    const opened = await open(requester)
    return (await call()<{ requester: { id: number } }>('GET', `/api/cases/${opened.body.id}`)).body.requester.id
  }
  expect(await requesterOf({ name: 'A. Known', email: 'Ann.Known@example.org', phone: '07700 900111' })).toBe(ann.id)
  expect(await requesterOf({ phone: '+44 7700 900111' })).toBe(ann.id)
  expect(await requesterOf({ personId: ann.id })).toBe(ann.id)
  const fresh = await requesterOf({ name: 'Only A Name' })
  expect(fresh).not.toBe(ann.id)
})

test('a shared telephone identifies nobody by itself', async () => {
  const a = await add('Parent', [{ kind: 'phone', value: '020 7946 0555' }])
  const b = await add('Child', [{ kind: 'phone', value: '020 7946 0555' }])
  const opened = await call()<{ id: number }>('POST', '/api/cases', {
    subject: 'x',
    requester: { phone: '020 7946 0555' },
    message: { text: 'x' },
  })
  const kase = await call()<{ requester: { id: number } }>('GET', `/api/cases/${opened.body.id}`)
  expect([a.id, b.id]).not.toContain(kase.body.requester.id)
  const named = await call()<{ id: number }>('POST', '/api/cases', {
    subject: 'x',
    requester: { phone: '020 7946 0555', name: 'child' },
    message: { text: 'x' },
  })
  expect((await call()<{ requester: { id: number } }>('GET', `/api/cases/${named.body.id}`)).body.requester.id).toBe(
    b.id,
  )
})

test('what is known of a person is changed on the version one has seen', async () => {
  const person = await add('Changing')
  const changed = await call()<Person>('PATCH', `/api/people/${person.id}`, {
    adjustments: 'Hard of hearing: write, do not call',
    vulnerable: true,
    version: person.version,
  })
  expect(changed.status).toBe(200)
  expect((await call()('PATCH', `/api/people/${person.id}`, { name: 'Late', version: person.version })).status).toBe(
    412,
  )
  expect((await call()<Problem>('PATCH', `/api/people/${person.id}`, { typeId: 9999 })).body.errors?.[0]?.field).toBe(
    'typeId',
  )
})

test('identities are added, removed, and refused when they make no sense', async () => {
  const person = await add('Reachable')
  const added = await call()<Person>('POST', `/api/people/${person.id}/identities`, {
    kind: 'phone',
    value: '07700 900222',
  })
  expect(added.status).toBe(201)
  for (const [kind, value] of [
    ['email', 'not an address'],
    ['phone', 'call me'],
    ['card', ' - '],
  ])
    expect((await call()('POST', `/api/people/${person.id}/identities`, { kind, value })).status, value).toBe(422)
  const removed = await call()<Person>('DELETE', `/api/people/${person.id}/identities/${added.body.identities[0]?.id}`)
  expect(removed.body.identities).toEqual([])
})

test('organisations and households group people', async () => {
  const group = await call()<{ id: number; version: number }>('POST', '/api/groups', {
    kind: 'organisation',
    name: 'Northwind Ltd',
    domains: ['@Northwind.example'],
  })
  expect(group.status).toBe(201)
  const person = await add('Member', [], { groupIds: [group.body.id] })
  expect(person.groups[0]?.name).toBe('Northwind Ltd')
  const members = await call()<{ items: Line[] }>('GET', `/api/people?groupId=${group.body.id}`)
  expect(members.body.items.map(item => item.id)).toEqual([person.id])
  const groups = await call()<{ items: { memberCount: number; domains: string[] }[] }>('GET', '/api/groups?q=northw')
  expect(groups.body.items[0]).toMatchObject({ memberCount: 1, domains: ['northwind.example'] })
})

test('reading a person is recorded', async () => {
  const person = await add('Watched')
  await app.as('driver')('GET', `/api/people/${person.id}`)
  const trace = await app.as('auditor')<{ items: { actor: string }[] }>('GET', `/api/people/${person.id}/readers`)
  expect(trace.body.items.map(item => item.actor)).toEqual(['Some driver'])
})
