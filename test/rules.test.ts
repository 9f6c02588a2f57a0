import { afterAll, beforeAll, expect, test } from 'vitest'
import { system } from '../src/platform/permissions/actor.ts'
import { eventually, startApp, type TestApp } from './app.ts'

let app: TestApp
let now = new Date('2026-11-02T09:00:00Z')
beforeAll(async () => {
  app = await startApp({ clock: () => now })
})
afterAll(() => app.close())

type Rule = { id: number; name: string; version: number; enabled: boolean; did: number; off: { reason: string } | null }
type Run = {
  outcome: string
  reason: string | null
  did: string[]
  case: { id: number; subject: string | null }
  chain: { id: number }[]
}
type Kase = { id: number; status: string; severity: number; tags: string[]; version: number }
type Problem = { errors?: { field: string; message: string }[] }

const admin = () => app.as('administrator')
const changed = { event: 'case.changed' }
const rule = (more: object) => ({
  name: 'A rule',
  when: { event: 'case.opened' },
  condition: { all: [] },
  actions: [{ do: 'note', text: 'Seen.' }],
  enabled: true,
  ...more,
})
const add = async (more: object) => {
  const answer = await admin()<Rule>('POST', '/api/rules', rule(more))
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body
}
const refused = async (more: object) => {
  const answer = await admin()<Problem>('POST', '/api/rules', rule(more))
  expect(answer.status).toBe(422)
  return answer.body.errors?.[0]
}
const ruleOf = async (id: number) =>
  (await admin()<{ items: Rule[] }>('GET', '/api/rules')).body.items.find(one => one.id === id)
const runs = async (id: number) => (await admin()<{ items: Run[] }>('GET', `/api/rules/${id}/runs`)).body.items
const open = async (more: object = {}) =>
  (
    await app.as('supervisor')<Kase>('POST', '/api/cases', {
      subject: 'Cold radiator',
      channel: 'email',
      requester: { name: 'Cora Cold', email: 'cora@example.org' },
      message: { text: 'It is cold.' },
      teamId: app.teamId,
      ...more,
    })
  ).body
const kase = async (id: number) => (await admin()<Kase>('GET', `/api/cases/${id}`)).body
const change = async (id: number, fields: object) =>
  expect((await app.as('supervisor')('PATCH', `/api/cases/${id}`, fields)).status).toBe(200)
const end = async (...ids: number[]) => {
  for (const id of ids) await admin()('PATCH', `/api/rules/${id}`, { ended: true })
}
const until = (holds: () => Promise<boolean>) => eventually(async () => (await holds()) || null)
const sweep = () =>
  app.program.kernel.work(system, async work => work.enqueue({ name: 'automation:sweep', payload: {} }))
const quiet = () =>
  until(async () => {
    const { rows } = await app.program.kernel.database.owner.query(
      `select 1 from graphile_worker.jobs where task_identifier like 'automation:%' and attempts < max_attempts union all select 1 from errands where name like 'automation:%'`,
    )
    return rows.length === 0
  })

test('a rule acts on the event it is set on where its condition holds, and its log says what it did', async () => {
  const complaints = await add({
    name: 'Complaints come first',
    condition: { field: 'kind', op: 'is', value: 'complaint' },
    actions: [
      { do: 'change', change: { severity: 3, addTags: ['watch'] } },
      { do: 'note', text: 'A complaint of {{customer.name}}.' },
      { do: 'promise', kind: 'call_back', title: 'Ring them', withinMinutes: 60 },
      { do: 'follow', staffId: app.staffId('line_manager') },
    ],
  })
  const [usual, complaint] = [await open(), await open({ kind: 'complaint' })]
  await until(async () => (await runs(complaints.id)).length === 1)
  await quiet()
  expect(await runs(complaints.id)).toMatchObject([
    {
      outcome: 'did',
      did: ['change', 'note', 'promise', 'follow'],
      case: { id: complaint.id, subject: 'Cold radiator' },
    },
  ])
  expect(await kase(complaint.id)).toMatchObject({ severity: 3, tags: ['watch'] })
  expect((await kase(usual.id)).tags).toEqual([])
  const { rows } = await app.program.kernel.database.owner.query(
    `select actor_name, cause from events where subject_id = $1 and type = 'case.changed'`,
    [complaint.id],
  )
  expect(rows).toEqual([{ actor_name: 'Rule “Complaints come first”', cause: `rule:${complaints.id}` }])
  const messages = await admin()<{ items: { text: string }[] }>('GET', `/api/cases/${complaint.id}/messages`)
  expect(messages.body.items.map(one => one.text)).toContain('A complaint of Cora Cold.')
  const promises = await admin()<{ items: { kind: string }[] }>('GET', `/api/cases/${complaint.id}/promises`)
  expect(promises.body.items.map(one => one.kind)).toContain('call_back')
  await end(complaints.id)
})

test('“changed to” compares before and after; a rule set on changes does not answer its own', async () => {
  const solved = await add({
    name: 'Solved is tagged',
    when: changed,
    condition: { field: 'status', op: 'changed_to', value: 'solved' },
    actions: [{ do: 'change', change: { addTags: ['done'] } }],
  })
  const always = await add({ name: 'Always', when: changed, actions: [{ do: 'change', change: { severity: 4 } }] })
  const { id } = await open()
  await change(id, { subject: 'Colder radiator' })
  await until(async () => (await kase(id)).severity === 4)
  await change(id, { status: 'solved' })
  await until(async () => (await kase(id)).tags.includes('done'))
  await quiet()
  expect((await runs(solved.id)).filter(run => run.case.id === id)).toHaveLength(1)
  const all = (await runs(always.id)).filter(run => run.case.id === id)
  expect(all.filter(run => run.reason === 'own_doing')).toHaveLength(1)
  expect(all.filter(run => run.chain.length > 0 && run.outcome === 'nothing')).toHaveLength(1)
  await end(solved.id, always.id)
})

test('rules are asked in order, and one that says so keeps those after it from being asked', async () => {
  const [first, second] = [
    await add({ name: 'First', stops: true, actions: [{ do: 'change', change: { addTags: ['first'] } }] }),
    await add({ name: 'Second', actions: [{ do: 'change', change: { addTags: ['second'] } }] }),
  ]
  const one = await open()
  await until(async () => (await kase(one.id)).tags.length > 0)
  await quiet()
  expect((await kase(one.id)).tags).toEqual(['first'])
  expect((await admin()('PUT', '/api/rules/order', { ids: [second.id] })).status).toBe(422)
  const ids = (await admin()<{ items: Rule[] }>('GET', '/api/rules')).body.items.map(item => item.id)
  expect(
    (
      await admin()('PUT', '/api/rules/order', {
        ids: [second.id, first.id, ...ids.filter(id => id !== first.id && id !== second.id)],
      })
    ).status,
  ).toBe(200)
  const two = await open()
  await until(async () => (await kase(two.id)).tags.includes('first'))
  expect((await kase(two.id)).tags).toEqual(['second', 'first'])
  await end(first.id, second.id)
})

test('a circle that can be seen is refused when it is written; one that cannot is stopped, with a clear log', async () => {
  const there = await add({
    name: 'There',
    when: changed,
    condition: { field: 'severity', op: 'changed_to', value: 4 },
    actions: [{ do: 'change', change: { severity: 3 } }],
  })
  expect(
    await refused({
      name: 'And back',
      when: changed,
      condition: { field: 'severity', op: 'changed_to', value: 3 },
      actions: [{ do: 'change', change: { severity: 4 } }],
    }),
  ).toMatchObject({ field: 'actions', message: expect.stringContaining('“There”') })
  // What it waits for is said in another way, which nobody can know beforehand.
  const back = await add({
    name: 'And back',
    when: changed,
    condition: {
      all: [{ field: 'severity', op: 'is', value: 3 }, { not: { field: 'subject', op: 'is', value: 'x' } }],
    },
    actions: [{ do: 'change', change: { severity: 4 } }],
  })
  const { id } = await open()
  await change(id, { severity: 4 })
  const both = async () => [...(await runs(there.id)), ...(await runs(back.id))]
  await until(async () => (await both()).some(run => run.reason === 'circle'))
  await quiet()
  expect((await both()).map(run => [run.outcome, run.chain.length])).toEqual([
    ['skipped', 2],
    ['did', 0],
    ['did', 1],
  ])
  await end(there.id, back.id)
})

test('what makes no sense is refused with the part that is wrong', async () => {
  expect(await refused({ when: { event: 'moon.rose' } })).toMatchObject({ field: 'when.event' })
  expect(await refused({ when: { anchor: 'openedAt', minutes: -60 } })).toMatchObject({ field: 'when.minutes' })
  expect(await refused({ actions: [{ do: 'fly' }] })).toMatchObject({ field: 'actions[0].do' })
  expect(await refused({ actions: [{ do: 'note', text: '{{moon}}' }] })).toMatchObject({ field: 'text' })
  expect(await refused({ actions: [{ do: 'change', change: { teamId: 99999 } }] })).toMatchObject({ field: 'teamId' })
  expect(await refused({ condition: { field: 'moon', op: 'is', value: 1 } })).toBeDefined()
  expect(
    await refused({ when: { anchor: 'openedAt', minutes: 60 }, condition: { field: 'status', op: 'changed' } }),
  ).toBeDefined()
})

test('a rule on time meets each case once until it no longer fits', async () => {
  now = new Date('2026-11-03T09:00:00Z')
  const waiting = await add({
    name: 'Three days',
    when: { anchor: 'waitingSince', minutes: 3 * 1440 },
    condition: { field: 'subject', op: 'is', value: 'Patience' },
    actions: [{ do: 'change', change: { addTags: ['late'] } }],
  })
  const { id } = await open({ subject: 'Patience' })
  await quiet()
  await sweep()
  await quiet()
  expect(await runs(waiting.id)).toEqual([])
  now = new Date('2026-11-06T09:00:01Z')
  await sweep()
  await until(async () => (await runs(waiting.id)).length === 1)
  await sweep()
  await change(id, { severity: 2 })
  await quiet()
  expect(await runs(waiting.id)).toHaveLength(1)
  await app.as('supervisor')('POST', `/api/cases/${id}/messages`, { kind: 'reply', text: 'Sorry.' })
  await quiet()
  await admin()('POST', `/api/cases/${id}/received`, { channel: 'phone', text: 'Again' })
  await quiet()
  now = new Date('2026-11-09T10:00:00Z')
  await sweep()
  await until(async () => (await runs(waiting.id)).length === 2)
  await end(waiting.id)
})

test('a rule that fails again and again is switched off with a reason, and its owner is told', async () => {
  const { id } = await add({
    name: 'Answers by mail',
    actions: [{ do: 'reply', text: 'Thank you, {{customer.name}}.' }],
  })
  for (let i = 0; i < 5; i++) {
    await open({ channel: 'email', requester: { name: 'No Address', phone: '+44 20 7946 0000' } })
    await until(async () => (await runs(id)).length === i + 1)
  }
  await until(async () => (await ruleOf(id))?.enabled === false)
  expect((await ruleOf(id))?.off?.reason).toContain(
    'It failed 5 times in a row. Last: No e-mail address is known for the customer',
  )
  type Told = { reason: string; data: { name?: string } }
  await until(async () =>
    (await admin()<{ items: Told[] }>('GET', '/api/notifications')).body.items.some(
      one => one.reason === 'rule_stopped' && one.data.name === 'Answers by mail',
    ),
  )
  const again = await admin()('PATCH', `/api/rules/${id}`, { enabled: true })
  expect(again.status).toBe(200)
  expect(await ruleOf(id)).toMatchObject({ enabled: true, off: null })
  await end(id)
})

test('a trial says when a rule would have been met in the last month, and does nothing', async () => {
  type Trial = { id: number; state: string; met: number; total: number }
  type Hit = { case: { id: number }; at: string }
  now = new Date('2026-11-10T09:00:00Z')
  const ask = async (body: object) => {
    const { body: trial, status } = await admin()<Trial>('POST', '/api/rules/trials', body)
    expect(status).toBe(202)
    await until(async () => (await admin()<Trial>('GET', `/api/rules/trials/${trial.id}`)).body.state === 'done')
    const hits = await admin()<{ items: Hit[] }>('GET', `/api/rules/trials/${trial.id}/hits`)
    return { trial: (await admin()<Trial>('GET', `/api/rules/trials/${trial.id}`)).body, hits: hits.body.items }
  }
  const { id } = await open({ subject: 'Trying out' })
  await change(id, { severity: 4 })
  await change(id, { severity: 1, status: 'solved' })
  now = new Date('2026-11-10T10:00:00Z')
  const mine = { field: 'subject', op: 'is', value: 'Trying out' }
  const up = await ask({ when: changed, condition: { all: [mine, { field: 'severity', op: 'changed_to', value: 4 }] } })
  expect(up.trial.met).toBe(1)
  expect(up.hits.map(hit => hit.case.id)).toEqual([id])
  const asItWas = await ask({
    when: { event: 'case.opened' },
    condition: { all: [mine, { field: 'severity', op: 'is', value: 4 }] },
  })
  expect(asItWas.trial.met).toBe(0)
  const { id: slow } = await open({ subject: 'Trying out' })
  now = new Date('2026-11-12T10:00:00Z')
  const timed = await ask({ when: { anchor: 'waitingSince', minutes: 1440 }, condition: mine })
  expect(timed.hits).toMatchObject([{ case: { id: slow }, at: '2026-11-11T10:00:00.000Z' }])
  expect((await kase(slow)).tags).toEqual([])
})

test('a rule on working time does not count the night, nor does its trial', async () => {
  // Office hours end at 17:30 on Thursday and begin at 9:00 on Friday.
  now = new Date('2026-11-12T16:30:00Z')
  const condition = { field: 'subject', op: 'is', value: 'Over night' }
  const when = { anchor: 'waitingSince', minutes: 120, working: true }
  const waiting = await add({ name: 'Two hours', when, condition, actions: [{ do: 'note', text: 'Late.' }] })
  const { id } = await open({ subject: 'Over night' })
  await quiet()
  now = new Date('2026-11-13T09:55:00Z')
  await sweep()
  await quiet()
  expect(await runs(waiting.id)).toEqual([])
  now = new Date('2026-11-13T10:05:00Z')
  await sweep()
  await until(async () => (await runs(waiting.id)).length === 1)
  type Trial = { id: number; state: string; met: number }
  const started = await admin()<Trial>('POST', '/api/rules/trials', { when, condition })
  const path = `/api/rules/trials/${started.body.id}`
  await until(async () => (await admin()<Trial>('GET', path)).body.state === 'done')
  const hits = await admin()<{ items: { at: string; case: { id: number } }[] }>('GET', `${path}/hits`)
  expect(hits.body.items).toMatchObject([{ case: { id }, at: '2026-11-13T10:00:00.000Z' }])
  await end(waiting.id)
})

test('working time that the hours never reach is refused, and hours that became too few stop no other rule', async () => {
  type Calendar = { id: number; version: number; hours: { zone: string; week: object; holidays: unknown[] } }
  const calendar = async () => (await admin()<{ items: Calendar[] }>('GET', '/api/calendars')).body.items[0] as Calendar
  const { id, hours } = await calendar()
  const days = ['tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].map(day => [day, []])
  const setHours = async (week: object) =>
    expect((await admin()('PATCH', `/api/calendars/${id}`, { hours: { ...hours, week } })).status).toBe(200)
  const when = { anchor: 'waitingSince', minutes: 500_000, working: true }
  const long = await add({ name: 'Very long', when })
  await setHours({ ...Object.fromEntries(days), monday: [{ from: '09:00', to: '09:30' }] })
  expect(await refused({ when })).toMatchObject({ field: 'when.minutes' })
  const other = await add({
    name: 'Another',
    when: { anchor: 'openedAt', minutes: 1 },
    condition: { field: 'subject', op: 'is', value: 'Still met' },
  })
  await open({ subject: 'Still met' })
  now = new Date(now.getTime() + 120_000)
  await sweep()
  await until(async () => (await runs(other.id)).length === 1)
  expect(await runs(long.id)).toEqual([])
  await setHours(hours.week)
  await end(long.id, other.id)
})

test('before a promise is due a rule acts once; one that is due already is left to whoever is warned', async () => {
  now = new Date('2026-11-17T09:00:00Z')
  const soon = await add({
    name: 'An hour before',
    when: { anchor: 'dueAt', minutes: -60 },
    condition: { field: 'subject', op: 'is', value: 'Ring me' },
    actions: [{ do: 'change', change: { addTags: ['soon'] } }],
  })
  const promised = async (minutes: number) => {
    const { id } = await open({ subject: 'Ring me' })
    const dueAt = new Date(now.getTime() + minutes * 60_000).toISOString()
    const made = await app.as('supervisor')('POST', `/api/cases/${id}/promises`, { kind: 'call_back', dueAt })
    expect(made.status).toBe(201)
    return id
  }
  const [inTime, tooNear] = [await promised(120), await promised(20)]
  await until(async () => (await kase(tooNear)).tags.includes('soon'))
  await quiet()
  expect((await kase(inTime)).tags).toEqual([])
  now = new Date('2026-11-17T10:05:00Z')
  await sweep()
  await until(async () => (await kase(inTime)).tags.includes('soon'))
  await sweep()
  await quiet()
  expect(await runs(soon.id)).toHaveLength(2)
  await end(soon.id)
})

test('a rule refers a case to a team, and gives one to whoever is free', async () => {
  const referring = await add({
    name: 'Ask the others',
    condition: { field: 'subject', op: 'is', value: 'A hard one' },
    actions: [{ do: 'refer', teamId: app.otherTeamId, reason: 'outside_expertise', question: 'Can you look at it?' }],
  })
  const giving = await add({
    name: 'Hand it out',
    when: changed,
    condition: { field: 'tags', op: 'has_any', value: ['free'] },
    actions: [{ do: 'hand_out' }],
  })
  const hard = await open({ subject: 'A hard one' })
  const anybody = await open({ subject: 'Anybody' })
  type Referrals = { items: { question: string; reason: string; state: string }[] }
  const referrals = async () => (await admin()<Referrals>('GET', `/api/cases/${hard.id}/referrals`)).body.items
  await until(async () => (await referrals()).length === 1)
  expect(await referrals()).toMatchObject([
    { question: 'Can you look at it?', reason: 'outside_expertise', state: 'open' },
  ])
  expect(await runs(referring.id)).toMatchObject([{ outcome: 'did' }])
  const everybody = {
    name: 'Everybody',
    condition: { field: 'tags', op: 'has_any', value: ['free'] },
    way: 'least_loaded',
  }
  const way = await admin()<{ id: number }>('POST', '/api/assignment-rules', everybody)
  expect(way.status).toBe(201)
  await change(anybody.id, { tags: ['free'] })
  await until(async () => (await runs(giving.id)).length === 1)
  expect(await runs(giving.id)).toMatchObject([{ outcome: 'did' }])
  type Assigned = { assignee: { id: number } | null }
  expect((await admin()<Assigned>('GET', `/api/cases/${anybody.id}`)).body.assignee).not.toBeNull()
  await admin()('PATCH', `/api/assignment-rules/${way.body.id}`, { ended: true })
  await end(referring.id, giving.id)
})
