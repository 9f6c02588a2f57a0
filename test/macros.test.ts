import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from './app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp({ jobs: false })
})
afterAll(() => app.close())

type Macro = { id: number; version: number; used: number }
type Problem = { errors?: { field: string; message: string }[] }
type Offered = { items: { id: number; name: string; text: string }[] }

const open = async (more: object = {}) =>
  (
    await app.as('adviser')<{ id: number }>('POST', '/api/cases', {
      subject: 'Late parcel',
      kind: 'delivery_problem',
      channel: 'email',
      requester: { name: 'Vera Holm', email: 'vera@example.org' },
      message: { text: 'Where is it?' },
      teamId: app.teamId,
      ...more,
    })
  ).body.id
const call: ReturnType<TestApp['as']> = (...args) => app.as('adviser')(...args)
const offered = async (id: number, role: 'adviser' | 'outsider' = 'adviser') =>
  (await app.as(role)<Offered>('GET', `/api/cases/${id}/macros`)).body.items

const parcel = {
  name: 'Parcel traced',
  writes: 'reply',
  text: 'Dear {{customer.first_name}}, we are tracing parcel {{case.number}}. {{me.name}}, {{organisation.name}}',
  change: { status: 'waiting_other', addTags: ['traced'], severity: 3 },
  visibleWhen: { field: 'kind', op: 'is', value: 'delivery_problem' },
}

test('a macro is offered where it fits, filled in, and does what it says; the answer says how it was before', async () => {
  const made = await call<Macro>('POST', '/api/macros', parcel)
  expect(made.status).toBe(201)
  const [parcelCase, other] = [await open(), await open({ kind: 'fault' })]
  expect((await offered(other)).map(one => one.name)).not.toContain('Parcel traced')
  const [shown] = await offered(parcelCase)
  expect(shown?.text).toBe(`Dear Vera, we are tracing parcel ${parcelCase}. Some adviser, Trial`)
  const applied = await call<{ text: string; before: Record<string, unknown> }>(
    'POST',
    `/api/cases/${parcelCase}/macros/${made.body.id}`,
    {},
  )
  expect(applied.body.before).toEqual({ status: 'new', severity: 2, tags: [] })
  const kase = async () => (await call<Record<string, unknown>>('GET', `/api/cases/${parcelCase}`)).body
  expect(await kase()).toMatchObject({ status: 'waiting_other', severity: 3, tags: ['traced'] })
  await call('PATCH', `/api/cases/${parcelCase}`, applied.body.before)
  expect(await kase()).toMatchObject({ status: 'new', severity: 2, tags: [] })
  expect((await call('POST', `/api/cases/${other}/macros/${made.body.id}`, {})).status).toBe(404)
  const list = await call<{ items: Macro[] }>('GET', '/api/macros')
  expect(list.body.items.find(one => one.id === made.body.id)?.used).toBe(1)
})

test('own macros are one’s own, shared ones need the permission, and each mistake names its field', async () => {
  const unknown = await call<Problem>('POST', '/api/macros', { ...parcel, text: 'Dear {{customer.shoe_size}}' })
  expect(unknown.body.errors?.[0]).toMatchObject({ field: 'text' })
  const empty = await call<Problem>('POST', '/api/macros', { name: 'Nothing', writes: 'nothing' })
  expect(empty.body.errors?.[0]?.field).toBe('text')
  const condition = await call<Problem>('POST', '/api/macros', {
    ...parcel,
    visibleWhen: { field: 'shoe', op: 'is', value: 1 },
  })
  expect(condition.status).toBe(422)
  expect((await call('POST', '/api/macros', { ...parcel, shared: true })).status).toBe(403)
  const shared = await app.as('supervisor')<Macro>('POST', '/api/macros', { ...parcel, name: 'For all', shared: true })
  expect(shared.status).toBe(201)
  expect((await call('PATCH', `/api/macros/${shared.body.id}`, { name: 'Mine now' })).status).toBe(403)
  const stale = await app.as('supervisor')('PATCH', `/api/macros/${shared.body.id}`, { name: 'Later', version: 7 })
  expect(stale.status).toBe(412)
  expect((await app.as('supervisor')('DELETE', `/api/macros/${shared.body.id}`)).status).toBe(200)
  expect((await offered(await open())).map(one => one.name)).not.toContain('For all')
})

test('a macro does beside its change what rules do: it promises, and lets colleagues follow', async () => {
  const supervisor = app.staffId('supervisor')
  const also = [
    { do: 'promise', kind: 'call_back', title: 'Ring about the parcel', withinMinutes: 120 },
    { do: 'follow', staffId: supervisor },
  ]
  const made = await call<Macro & { also: unknown }>('POST', '/api/macros', { name: 'Ring back', also })
  expect(made).toMatchObject({ status: 201, body: { also } })
  const id = await open()
  expect((await call('POST', `/api/cases/${id}/macros/${made.body.id}`, {})).status).toBe(200)
  const promises = await call<{ items: { title: string }[] }>('GET', `/api/cases/${id}/promises`)
  expect(promises.body.items.map(one => one.title)).toContain('Ring about the parcel')
  expect((await app.as('supervisor')<{ following: boolean }>('GET', `/api/cases/${id}`)).body.following).toBe(true)
  const bad = await call<Problem>('POST', '/api/macros', { name: 'Nobody', also: [{ do: 'follow', staffId: 999_999 }] })
  expect(bad.body.errors?.[0]?.field).toBe('staffId')
})

test('what other modules offer to rules a macro does too: it asks a team in the name of whoever uses it, and hands out', async () => {
  const given = await app.as('administrator')('POST', '/api/assignment-rules', {
    name: 'Ours in turn',
    condition: { field: 'subject', op: 'is', value: 'For whoever is free' },
    teamId: app.otherTeamId,
    way: 'team',
    skills: [],
    enabled: true,
  })
  expect(given.status).toBe(201)
  const refer = { do: 'refer', teamId: app.otherTeamId, reason: 'outside_expertise', question: 'Is it covered?' }
  const made = await call<Macro>('POST', '/api/macros', { name: 'Ask and give', also: [refer, { do: 'hand_out' }] })
  expect(made.status).toBe(201)
  const id = await open({ subject: 'For whoever is free' })
  expect((await call('POST', `/api/cases/${id}/macros/${made.body.id}`, {})).status).toBe(200)
  const supervisor = app.as('supervisor')
  type Referral = { question: string; madeBy: { name: string } }
  const asked = await supervisor<{ items: Referral[] }>('GET', `/api/cases/${id}/referrals`)
  expect(asked.body.items).toMatchObject([{ question: 'Is it covered?', madeBy: { name: 'Some adviser' } }])
  expect((await supervisor('GET', `/api/cases/${id}`)).body).toMatchObject({ team: { id: app.otherTeamId } })
  const fields = async (act: object) =>
    (await call<Problem>('POST', '/api/macros', { name: 'Bad', also: [{ do: 'hand_out' }, act] })).body.errors?.[0]
      ?.field
  expect(await fields({ do: 'fly' })).toBe('also[1].do')
  expect(await fields({ ...refer, question: '' })).toBe('also[1].question')
  expect(await fields({ ...refer, teamId: 999_999 })).toBe('teamId')
})
