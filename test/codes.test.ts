import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, startApp, type TestApp } from './app.ts'

let app: TestApp
let now = new Date('2026-11-02T09:00:00Z')
beforeAll(async () => {
  app = await startApp({ clock: () => now })
})
afterAll(() => app.close())

type Code = {
  id: number
  name: string
  version: number
  publishedNumber: number | null
  changed: boolean
  readByMe: boolean
  toReadBy: string | null
  asked: number
  read: number
  publicPath: string | null
  checks: { check: string; clause: string | null; words: string; instead: string }[]
  campaigns: { asked: number; read: number; ended: boolean }[]
}
type Problem = { detail: string; errors?: { field: string }[] }
type Measures = {
  items: {
    clause: string
    n: number
    kept: number
    late: number
    broken: number
    share: number | null
    low: number | null
    met: string
    smallBase: boolean
  }[]
}

const adviser = () => app.as('adviser')
const supervisor = () => app.as('supervisor')
const indicator = { kind: 'call_back', condition: { all: [] }, target: { unit: 'as_promised' }, percent: 80, days: 90 }
const clause = (key: string, part: string, text: string, promise: object | null = null) => ({
  key,
  part,
  text,
  promise,
})
const draft = (more: object = {}) => ({
  name: 'Telephone manner',
  level: 'organisation',
  scope: 'Every call',
  clauses: [
    clause('greet', 'staff', 'Say your name.'),
    clause('call', 'customers', 'We call back by the time we named.', {
      indicator,
      remedy: 'We call the same day and say why.',
      remedyMinutes: 60,
    }),
  ],
  ...more,
})
const make = async (more: object = {}) => {
  const made = await adviser()<Code>('POST', '/api/codes', draft(more))
  expect(made.status).toBe(201)
  return made.body
}
const publish = (id: number, body: object = {}) =>
  supervisor()<Code & Problem>('POST', `/api/codes/${id}/publish`, body)
const get = async (id: number, who = adviser()) => (await who<Code>('GET', `/api/codes/${id}`)).body
const fieldOf = ({ body }: { body: unknown }) => (body as Problem).errors?.[0]?.field
const later = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000)
}

test('a code is published as versions that stand, and readers see what is published', async () => {
  const { id } = await make({ name: 'Letters' })
  const driver = app.as('driver')
  expect((await driver('GET', `/api/codes/${id}`)).status).toBe(404)
  expect((await adviser()('POST', `/api/codes/${id}/publish`, {})).status).toBe(403)
  expect((await publish(id)).body).toMatchObject({ publishedNumber: 1, changed: false })
  expect((await publish(id)).status).toBe(409)
  const { version } = await get(id)
  const changed = draft({ name: 'Letters', clauses: [clause('a', 'staff', 'Changed.')] })
  expect((await adviser()('PATCH', `/api/codes/${id}`, { content: changed, version: version - 1 })).status).toBe(412)
  expect((await adviser()<Code>('PATCH', `/api/codes/${id}`, { content: changed, version })).body.changed).toBe(true)
  const read = await driver<{ draft: { clauses: unknown[] } }>('GET', `/api/codes/${id}`)
  expect(read.body.draft.clauses).toHaveLength(2)
  expect((await publish(id, { note: 'Shorter' })).body.publishedNumber).toBe(2)
  const { items } = (await adviser()<{ items: { number: number; note: string }[] }>('GET', `/api/codes/${id}/versions`))
    .body
  expect(items.map(one => [one.number, one.note])).toEqual([
    [2, 'Shorter'],
    [1, ''],
  ])
  const owner = app.program.kernel.database.owner
  await expect(owner.query('delete from code_versions')).rejects.toThrow('stands as it is')
})

test('staff are asked to read it by a day, say so once, and the register knows who, which version and when', async () => {
  const { id } = await make({ name: 'Confidentiality' })
  const campaign = { dueOn: '2026-11-20' }
  const early = await supervisor()('POST', `/api/codes/${id}/campaigns`, campaign)
  expect(early.status).toBe(409)
  await publish(id)
  const roles = (await adviser()<{ items: { id: number; key: string }[] }>('GET', '/api/roles')).body.items
  const roleIds = roles.filter(one => ['adviser', 'driver'].includes(one.key)).map(one => one.id)
  const asked = await supervisor()<{ asked: number }>('POST', `/api/codes/${id}/campaigns`, { ...campaign, roleIds })
  expect([asked.status, asked.body.asked]).toEqual([201, 3])
  const again = await supervisor()<{ asked: number }>('POST', `/api/codes/${id}/campaigns`, { ...campaign, roleIds })
  expect(again.body.asked).toBe(0)
  type Told = { items: { reason: string; data: { codeId?: number; title?: string } }[] }
  const told = await eventually(async () => {
    const { items } = (await app.as('driver')<Told>('GET', '/api/notifications')).body
    return items.length > 0 ? items : null
  })
  expect(told).toMatchObject([{ reason: 'to_read', data: { codeId: id, title: 'Confidentiality' } }])
  expect(await get(id)).toMatchObject({ toReadBy: '2026-11-20', readByMe: false, asked: 3, read: 0 })
  const mine = await adviser()<{ items: Code[] }>('GET', '/api/codes?toRead=true')
  expect(mine.body.items.map(one => one.id)).toEqual([id])

  const wrong = await adviser()('POST', `/api/codes/${id}/read`, { number: 2 })
  expect([wrong.status, fieldOf(wrong)]).toEqual([422, 'number'])
  later(60)
  expect((await adviser()<Code>('POST', `/api/codes/${id}/read`, { number: 1 })).body).toMatchObject({
    readByMe: true,
    toReadBy: null,
  })
  later(60)
  expect((await adviser()('POST', `/api/codes/${id}/read`, { number: 1 })).status).toBe(200)
  type Register = { items: { staff: { name: string }; readAt: string | null; dueOn: string; late: boolean }[] }
  const register = (await supervisor()<Register>('GET', `/api/codes/${id}/register`)).body.items
  expect(register.map(one => [one.staff.name, one.readAt])).toEqual([
    ['Some adviser', '2026-11-02T10:00:00.000Z'],
    ['Some driver', null],
    ['Some outsider', null],
  ])
  expect((await adviser()('GET', `/api/codes/${id}/register`)).status).toBe(403)
  const csv = await supervisor()<string>('GET', `/api/codes/${id}/register/export`)
  expect(String(csv.body)).toContain(
    '1,Some adviser,Adviser,,2026-11-02T09:00:00.000Z,2026-11-20,2026-11-02T10:00:00.000Z,',
  )
  const owner = app.program.kernel.database.owner
  const promised = async () =>
    (
      await owner.query<{ outcome: string | null }>(
        `select outcome from promises where kind = 'acknowledge' and subject_id = $1 order by by_staff_id`,
        [id],
      )
    ).rows
      .map(row => row.outcome ?? 'open')
      .toSorted((a, b) => a.localeCompare(b))
  expect(await promised()).toEqual(['kept', 'open', 'open'])
  await expect(owner.query(`update code_readings set read_at = now() where code_id = ${id}`)).rejects.toThrow(
    'does not change afterwards',
  )

  // The next version is another to read; whoever was still to read the last is let off.
  await adviser()('PATCH', `/api/codes/${id}`, { content: draft({ name: 'Confidentiality', scope: 'Everything' }) })
  await publish(id)
  expect(await promised()).toEqual(['kept', 'withdrawn', 'withdrawn'])
  expect(await get(id)).toMatchObject({ readByMe: false, toReadBy: null, asked: 0 })
})

test.each([
  [{ dueOn: '2026-11-01' }, 'dueOn'],
  [{ dueOn: '2026-02-30' }, 'dueOn'],
  [{ dueOn: '2027-01-01', roleIds: [999_999] }, 'roleIds'],
  [{ dueOn: '2027-01-01', teamIds: [999_999] }, 'teamIds'],
])('a campaign of %j is refused and names %s', async (campaign, field) => {
  const { id } = await make({ name: `Campaign ${field} ${JSON.stringify(campaign)}`.slice(0, 100) })
  await publish(id)
  const answer = await supervisor()('POST', `/api/codes/${id}/campaigns`, campaign)
  expect([answer.status, fieldOf(answer)]).toEqual([422, field])
})

test.each([
  ['two clauses of one key', { clauses: [clause('a', 'staff', 'x'), clause('a', 'staff', 'y')] }, 'clauses[1].key'],
  ['a clause of no part', { clauses: [clause('a', 'nobody', 'x')] }, 'clauses[0].part'],
  [
    'a remedy for what nobody measures',
    { clauses: [clause('a', 'staff', 'x', { indicator: null, remedyMinutes: 5 })] },
    'clauses[0].promise.remedyMinutes',
  ],
  [
    'a share above a hundred',
    { clauses: [clause('a', 'staff', 'x', { indicator: { ...indicator, percent: 101 } })] },
    'clauses[0].promise.indicator.percent',
  ],
  [
    'no working days',
    { clauses: [clause('a', 'staff', 'x', { indicator: { ...indicator, target: { unit: 'working_days', n: 0 } } })] },
    'clauses[0].promise.indicator.target.n',
  ],
  ['a level that is none', { level: 'moral' }, 'level'],
  ['an owner who is not there', { ownerId: 999_999 }, 'ownerId'],
])('a draft with %s is refused and names it', async (_what, more, field) => {
  const answer = await adviser()('POST', '/api/codes', draft(more))
  expect([answer.status, fieldOf(answer)]).toEqual([422, field])
})

test('a promise in a clause is measured from the promises that were made, and a missed one is put right once', async () => {
  const { id } = await make({ name: 'Calls' })
  await publish(id)
  const open = async () =>
    (
      await adviser()<{ id: number }>('POST', '/api/cases', {
        subject: 'Call me',
        channel: 'phone',
        requester: { name: 'Mia Hart', email: 'mia@example.org' },
        message: { text: 'Please call.' },
        teamId: app.teamId,
      })
    ).body.id
  const promise = async (minutes: number) => {
    const kase = await open()
    const made = await adviser()<{ id: number }>('POST', `/api/cases/${kase}/promises`, {
      kind: 'call_back',
      dueAt: new Date(now.getTime() + minutes * 60_000).toISOString(),
    })
    expect(made.status).toBe(201)
    return { kase, promise: made.body.id }
  }
  const keep = (one: number, body: object = {}) => adviser()('POST', `/api/promises/${one}/keep`, body)
  const kept = []
  for (let i = 0; i < 10; i++) kept.push(await promise(30))
  const [missed, withdrawn] = [await promise(30), await promise(30)]
  later(10)
  for (const one of kept.slice(0, 9)) expect((await keep(one.promise)).status).toBe(200)
  await adviser()('POST', `/api/promises/${withdrawn.promise}/withdraw`, { reason: 'customer_asked' })
  later(60)
  expect((await keep(kept[9]?.promise ?? 0, { reason: 'forgotten' })).status).toBe(200)
  const { items } = (await adviser()<Measures>('GET', `/api/codes/${id}/measures`)).body
  expect(items).toMatchObject([{ clause: 'call', n: 11, kept: 9, late: 1, broken: 1, smallBase: true, met: 'open' }])
  expect(items[0]?.share).toBeCloseTo(9 / 11, 10)
  const which = await adviser()<{ items: { caseId: number; outcome: string }[] }>(
    'GET',
    `/api/codes/${id}/clauses/call/missed`,
  )
  expect(new Map(which.body.items.map(one => [one.caseId, one.outcome]))).toEqual(
    new Map([
      [kept[9]?.kase, 'late'],
      [missed.kase, 'broken'],
    ]),
  )
  const outside = await app.as('outsider')<{ items: unknown[] }>('GET', `/api/codes/${id}/clauses/call/missed`)
  expect(outside.body.items).toEqual([])
  expect((await adviser()('GET', `/api/codes/${id}/clauses/none/missed`)).status).toBe(404)
  // Wilson for 9 of 11.
  expect(items[0]?.low).toBeCloseTo(0.523, 3)

  // The workers go by the real clock: the timer is rung by hand, as it would when it is due.
  const { lookAt } = await import('../src/modules/promises/looking.ts')
  const { system } = await import('../src/platform/permissions/actor.ts')
  await app.program.kernel.work(system, work => lookAt(work, [missed.promise]))
  const follow = async () =>
    (
      await adviser()<{ items: { kind: string; title: string }[] }>('GET', `/api/cases/${missed.kase}/promises`)
    ).body.items.filter(one => one.kind === 'follow_up')
  await eventually(async () => ((await follow()).length > 0 ? true : null))
  expect(await follow()).toMatchObject([{ title: 'We call the same day and say why.' }])
  await adviser()('PATCH', `/api/codes/${id}`, { archived: true })
})

test('the checks name the clause and what to say instead; a law is dead where it was repealed', async () => {
  const made = await make({
    name: 'Hazards',
    clauses: [
      clause('coshh', 'staff', 'Follow the COSHH Regulations 1994.'),
      clause('fine', 'staff', 'Follow COSHH 2002 and the Working Time Regulations 1998.'),
      clause('always', 'customers', 'We always answer as soon as possible.', { indicator: null, remedy: '' }),
      clause('dda', 'staff', 'Serve everybody as the DDA asks.'),
    ],
  })
  const said = made.checks.map(one => [one.clause, one.check])
  expect(said).toEqual([
    [null, 'no_review'],
    ['coshh', 'repealed'],
    ['always', 'no_indicator'],
    ['always', 'no_remedy'],
    ['always', 'misleading'],
    ['always', 'unmeasurable'],
    ['dda', 'repealed'],
  ])
  expect(made.checks.find(one => one.clause === 'dda')?.instead).toBe('Equality Act 2010')
  const there = await adviser()<{ items: { check: string }[] }>('POST', '/api/codes/check', {
    ...draft(),
    jurisdiction: 'northern_ireland',
    clauses: [clause('dda', 'staff', 'Serve everybody as the DDA asks.')],
  })
  expect(there.body.items).toEqual([])
  const laws = await adviser()<{ items: { key: string; successor: string }[] }>('GET', '/api/repealed-laws')
  expect(laws.body.items.find(one => one.key === 'coshh_1994')?.successor).toContain('2002')
})

test('the review date is a promise of the owner, and whoever owned a code and left is shown', async () => {
  const { id } = await make({ name: 'Appearance', reviewOn: '2026-12-01' })
  const owner = app.program.kernel.database.owner
  const open = async () =>
    (
      await owner.query<{ due: string; outcome: string | null }>(
        `select due_at::date::text as due, outcome from promises where kind = 'review' and subject_kind = 'code' and subject_id = $1 order by id`,
        [id],
      )
    ).rows
  expect(await open()).toEqual([{ due: '2026-12-01', outcome: null }])
  await adviser()('POST', `/api/codes/${id}/reviewed`, { reviewOn: '2027-12-01' })
  expect(await open()).toEqual([
    { due: '2026-12-01', outcome: 'kept' },
    { due: '2027-12-01', outcome: null },
  ])
})

test('the ready-made codes are added once, and the customers’ part is a public page', async () => {
  expect((await adviser()<{ added: number }>('POST', '/api/codes/starters', {})).body.added).toBe(8)
  expect((await adviser()<{ added: number }>('POST', '/api/codes/starters', {})).body.added).toBe(0)
  const { items } = (await adviser()<{ items: Code[] }>('GET', '/api/codes?limit=100')).body
  const refunds = items.find(one => one.name === 'Refunds')
  const page = async (path: string) => {
    const answer = await fetch(`${app.url}${path}`, { redirect: 'manual' })
    return { status: answer.status, text: await answer.text(), to: answer.headers.get('location') }
  }
  expect((await page(`/help/codes/${refunds?.id}`)).status).toBe(404)
  const { publicPath } = (await publish(refunds?.id ?? 0)).body
  expect(publicPath).toBe(`/help/codes/${refunds?.id}-refunds`)
  expect((await page(`/help/codes/${refunds?.id}`)).to).toBe(publicPath)
  const shown = await page(publicPath ?? '')
  expect(shown.status).toBe(200)
  expect(shown.text).toContain('within 5 working days')
  expect(shown.text).not.toContain('Decide within your limits')
  expect((await page('/help/codes')).text).toContain('Refunds')
  expect((await page('/help/codes/x')).status).toBe(404)
  expect((await page('/help/codes/99999999999999999999')).status).toBe(404)
})
