import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Colleague, type Matter, spread } from '../src/modules/cover/spreading.ts'
import { type RoleKey, startApp, type TestApp } from './app.ts'

let app: TestApp
let now = new Date('2026-11-02T09:00:00Z')
beforeAll(async () => {
  app = await startApp({ clock: () => now })
})
afterAll(() => app.close())

type Holding = {
  kind: string
  id: number
  caseId: number
  toStaffId: number | null
  why: string[]
  dueAt: string | null
}
type Plan = {
  items: Holding[]
  colleagues: { id: number; open: number }[]
  handed: { kind: string; state: string; to: { id: number } }[]
  referrals: number
}
type Problem = { detail?: string; errors?: { field: string }[] }
type Given = { id: number; given: number; refused: { kind: string; reason: string }[] }

const open = async (subject: string, more: object = {}, by: RoleKey = 'adviser') =>
  (
    await app.as('adviser')<{ id: number }>('POST', '/api/cases', {
      subject,
      channel: 'email',
      requester: { name: 'Bea Long', email: 'bea@example.org' },
      message: { text: 'It drips.' },
      teamId: app.teamId,
      assigneeId: app.staffId(by),
      ...more,
    })
  ).body.id
const away = async (more: object = {}) =>
  (
    await app.as('supervisor')<{ id: number }>('POST', '/api/absences', {
      staffId: app.staffId('adviser'),
      kind: 'sick',
      ...more,
    })
  ).body.id
const planOf = async (id: number, by: RoleKey = 'supervisor') =>
  (await app.as(by)<Plan>('GET', `/api/absences/${id}/plan`)).body
const handOver = (
  id: number,
  items: { kind: string; id: number; toStaffId: number | null }[],
  by: RoleKey = 'supervisor',
) =>
  app.as(by)<Given & Problem>('POST', `/api/absences/${id}/hand-over`, {
    items: items.map(({ kind, id: one, toStaffId }) => ({ kind, id: one, toStaffId })),
  })
const back = (id: number, by: RoleKey = 'adviser') =>
  app.as(by)<{ returned: number; kept: number } & Problem>('POST', `/api/absences/${id}/back`, {})
const assigneeOf = async (id: number) =>
  (await app.as('line_manager')<{ assignee: { id: number } | null }>('GET', `/api/cases/${id}`)).body.assignee?.id
/** What customers were written, but for the invitation and the reminder that their appointment brings in any case. */
const mails = async () =>
  (
    await app.as('administrator')<{ items: { kind: string; subject: string }[] }>('GET', '/api/mail/outgoing?limit=200')
  ).body.items.filter(
    ({ kind, subject }) =>
      kind !== 'acknowledgement' && kind !== 'notification' && !/^(Your appointment|Tomorrow): /.test(subject),
  )
const resource = async (role: RoleKey) =>
  (
    await app.as('administrator')<{ id: number }>('POST', '/api/diary/resources', {
      kind: 'person',
      staffId: app.staffId(role),
    })
  ).body.id

test('what somebody ill holds is listed by what breaks first, given in one go, and returns as far as it is open and undecided', async () => {
  const own = await resource('adviser')
  await resource('receptionist')
  const [calm, pressing, solved, givenOn] = [
    await open('Calm'),
    await open('Pressing'),
    await open('Solved'),
    await open('Given on'),
  ]
  await app.as('adviser')('POST', `/api/cases/${pressing}/promises`, {
    kind: 'call_back',
    withinMinutes: 60,
    title: 'Ring Bea',
  })
  const booked = await app.as('adviser')<{ id: number }>('POST', '/api/bookings', {
    caseId: calm,
    title: 'Look at the boiler',
    startsAt: '2026-11-03T10:00:00Z',
    minutes: 60,
    resourceIds: [own],
  })
  expect(booked.status).toBe(201)
  const id = await away({ coverId: app.staffId('receptionist') })
  const plan = await planOf(id)
  expect(plan.items.map(one => one.kind).toSorted()).toEqual(['booking', 'case', 'case', 'case', 'case', 'promise'])
  expect(new Set(plan.items.slice(0, 2).map(one => one.caseId))).toEqual(new Set([pressing]))
  const dues = plan.items.map(one => one.dueAt ?? '9999')
  expect(dues).toEqual(dues.toSorted())
  expect(plan.items.every(one => one.toStaffId === app.staffId('receptionist'))).toBe(true)

  const done = await handOver(id, plan.items)
  expect([done.status, done.body.given, done.body.refused]).toEqual([201, 6, []])
  expect(await assigneeOf(pressing)).toBe(app.staffId('receptionist'))
  const story = await app.as('supervisor')<{ items: { kind: string; by: { id: number }; dueAt: string }[] }>(
    'GET',
    `/api/cases/${pressing}/promises`,
  )
  expect(story.body.items.find(one => one.kind === 'call_back')?.by.id).toBe(app.staffId('receptionist'))
  const bookings = await app.as('supervisor')<{ items: { resources: { name: string }[]; startsAt: string }[] }>(
    'GET',
    `/api/cases/${calm}/bookings`,
  )
  expect(bookings.body.items[0]).toMatchObject({
    startsAt: '2026-11-03T10:00:00.000Z',
    resources: [{ name: 'Some receptionist' }],
  })
  expect(await mails()).toEqual([])
  expect((await planOf(id)).items).toEqual([])
  expect((await planOf(id)).handed).toHaveLength(6)

  now = new Date('2026-11-03T08:00:00Z')
  await app.as('receptionist')('PATCH', `/api/cases/${solved}`, { status: 'solved', needMet: 'yes' })
  await app.as('receptionist')('PATCH', `/api/cases/${givenOn}`, { assigneeId: app.staffId('account_manager') })
  await app.as('account_manager')('PATCH', `/api/cases/${givenOn}`, { assigneeId: app.staffId('receptionist') })
  const returned = await back(id)
  expect([returned.status, returned.body.returned, returned.body.kept]).toEqual([200, 4, 2])
  expect(await assigneeOf(calm)).toBe(app.staffId('adviser'))
  expect(await assigneeOf(pressing)).toBe(app.staffId('adviser'))
  expect(await assigneeOf(givenOn)).toBe(app.staffId('receptionist'))
  expect(await mails()).toEqual([])
  expect((await back(id)).status).toBe(409)
  const next = await app.as('adviser')('POST', '/api/cases/next', {})
  expect(next.status).toBe(200)
})

test('two who confirm at once give it once; what cannot be given says why and leaves the others alone', async () => {
  now = new Date('2026-11-04T09:00:00Z')
  const first = await open('First of two')
  const id = await away()
  const plan = await planOf(id)
  const to = app.staffId('driver')
  const items = plan.items.map(one => ({ ...one, toStaffId: to }))
  const both = await Promise.all([handOver(id, items), handOver(id, items, 'line_manager')])
  expect(both.map(one => one.status).toSorted((a, b) => a - b)).toEqual([201, 409])
  expect(await assigneeOf(first)).toBe(to)
  const later = await open('Comes later')
  const mixed = await handOver(id, [
    { kind: 'case', id: first, toStaffId: to },
    { kind: 'case', id: later, toStaffId: to },
    { kind: 'booking', id: 999_999, toStaffId: to },
  ])
  expect([mixed.body.given, mixed.body.refused.length]).toEqual([1, 2])
  expect(mixed.body.refused[0]?.reason).toContain('do not hold')
  const undone = await app.as('supervisor')<{ returned: number }>('POST', `/api/handovers/${mixed.body.id}/undo`, {})
  expect(undone.body.returned).toBe(1)
  expect(await assigneeOf(later)).toBe(app.staffId('adviser'))
  expect((await app.as('supervisor')('POST', `/api/handovers/${mixed.body.id}/undo`, {})).status).toBe(409)
  await back(id)
})

test('hostile input: those who are away, do not exist or have no business here get nothing, and nothing is lost', async () => {
  now = new Date('2026-11-05T09:00:00Z')
  const kase = await open('Hostile')
  const id = await away()
  await app.as('driver')('POST', '/api/absences', { kind: 'training' })
  const fieldOf = async (items: { kind: string; id: number; toStaffId: number }[]) =>
    (await handOver(id, items)).body.errors?.[0]?.field
  const item = { kind: 'case', id: kase, toStaffId: app.staffId('receptionist') }
  expect(await fieldOf([])).toBe('items')
  expect(await fieldOf([{ ...item, toStaffId: app.staffId('driver') }])).toBe('items[0].toStaffId')
  expect(await fieldOf([{ ...item, toStaffId: app.staffId('auditor') }])).toBe('items[0].toStaffId')
  expect(await fieldOf([{ ...item, toStaffId: app.staffId('adviser') }])).toBe('items[0].toStaffId')
  expect(await fieldOf([item, item])).toBe('items[1].id')
  expect(await fieldOf([{ ...item, kind: 'wage' }])).toBe('items[0].kind')
  expect((await handOver(id, [item], 'receptionist')).status).toBe(404)
  expect((await app.as('receptionist')('GET', `/api/absences/${id}/plan`)).status).toBe(404)
  expect((await back(id, 'receptionist')).status).toBe(404)
  expect((await back(id, 'auditor')).status).toBe(404)
  expect(await assigneeOf(kase)).toBe(app.staffId('adviser'))
  const screen = await app.as('receptionist')<{
    items: { staff: { id: number }; absence: { id: null; kind: null } | null }[]
  }>('GET', '/api/cover/here')
  const line = screen.body.items.find(one => one.staff.id === app.staffId('adviser'))
  expect(line?.absence).toMatchObject({ id: null, kind: null, endsAt: null })
  const known = await app.as('supervisor')<typeof screen.body>('GET', '/api/cover/here')
  expect(known.body.items.find(one => one.staff.id === app.staffId('adviser'))?.absence).toMatchObject({
    id,
    kind: 'sick',
  })
  await back(id)
})

test('a shift is handed over in one go, all of it or nothing, with a note where there is something to say', async () => {
  now = new Date('2026-11-06T15:00:00Z')
  const [one, two] = [await open('Night one', {}, 'receptionist'), await open('Night two', {}, 'receptionist')]
  await app.as('receptionist')('POST', `/api/cases/${two}/promises`, { kind: 'call_back', withinMinutes: 30 })
  const shift = await app.as('receptionist')<{ items: { caseId: number; promise: { kind: string } | null }[] }>(
    'GET',
    '/api/cover/shift',
  )
  expect(shift.body.items[0]).toMatchObject({ caseId: two, promise: { kind: 'call_back' } })
  const hand = (more: object) => app.as('receptionist')<{ handed: number } & Problem>('POST', '/api/cover/shift', more)
  const items = [{ caseId: one, note: 'Rings back about the colour' }, { caseId: two }]
  expect((await hand({ items })).body.errors?.[0]?.field).toBe('toStaffId')
  expect((await hand({ items, toStaffId: app.staffId('receptionist') })).body.errors?.[0]?.field).toBe('toStaffId')
  expect((await hand({ items, toStaffId: app.staffId('driver') })).body.errors?.[0]?.field).toBe('toStaffId')
  const other = await open('Not mine')
  expect(
    (await hand({ items: [...items, { caseId: other }], toStaffId: app.staffId('adviser') })).body.errors?.[0]?.field,
  ).toBe('items[2].caseId')
  expect(await assigneeOf(one)).toBe(app.staffId('receptionist'))
  expect((await hand({ items, toStaffId: app.staffId('adviser') })).body.handed).toBe(2)
  expect([await assigneeOf(one), await assigneeOf(two)]).toEqual([app.staffId('adviser'), app.staffId('adviser')])
  const notes = await app.as('adviser')<{ items: { text: string }[] }>('GET', `/api/cases/${one}/messages`)
  expect(notes.body.items.some(message => message.text === 'Rings back about the colour')).toBe(true)
})

const colleague = (id: number, more: Partial<Colleague> = {}): Colleague => ({
  id,
  name: `C${id}`,
  open: 0,
  teamIds: [],
  topics: {},
  hasDiary: false,
  runsTheDay: false,
  seesConfidential: false,
  busy: [],
  ...more,
})
const matter = (id: number, more: Partial<Matter> = {}): Matter => ({
  kind: 'case',
  id,
  caseId: id,
  teamId: null,
  topicId: null,
  confidential: false,
  span: null,
  ...more,
})

test('work is spread by load and skill: teams first, then whoever has least, where knowing a topic counts', () => {
  const even = spread(
    [1, 2, 3, 4].map(id => matter(id)),
    [colleague(1), colleague(2, { open: 2 })],
    null,
  )
  expect([...even.values()].map(one => one.toStaffId)).toEqual([1, 1, 1, 2])
  const team = spread([matter(1, { teamId: 7 })], [colleague(1), colleague(2, { open: 30, teamIds: [7] })], null)
  expect([...team.values()]).toEqual([{ toStaffId: 2, why: ['team', 'load'] }])
  const topic = spread([matter(1, { topicId: 3 })], [colleague(1), colleague(2, { open: 4, topics: { 3: 50 } })], null)
  expect([...topic.values()]).toEqual([{ toStaffId: 2, why: ['topic', 'load'] }])
  const hour = (from: number) => ({ from: new Date(from * 3_600_000), to: new Date((from + 1) * 3_600_000) })
  const diaries = [colleague(1), colleague(2, { hasDiary: true, busy: [hour(5)] }), colleague(3, { hasDiary: true })]
  const booking = (id: number, from: number) => matter(id, { kind: 'booking', span: hour(from) })
  expect(
    [...spread([booking(1, 5), booking(2, 5), booking(3, 8)], diaries, null).values()].map(one => one.toStaffId),
  ).toEqual([3, null, 2])
  const covered = spread(
    [matter(1), matter(1, { kind: 'promise', id: 9 })],
    [colleague(1), colleague(2, { open: 99 })],
    2,
  )
  expect([...covered.values()].map(one => [one.toStaffId, one.why])).toEqual([
    [2, ['covers']],
    [2, ['covers']],
  ])
  const together = spread([matter(1), matter(9, { kind: 'promise', caseId: 1 })], [colleague(1), colleague(2)], null)
  expect([...together.values()].map(one => one.toStaffId)).toEqual([1, 1])
  const lead = spread([matter(1)], [colleague(1, { runsTheDay: true }), colleague(2, { open: 9 })], null)
  expect(lead.get('case 1')?.toStaffId).toBe(2)
  const secret = matter(1, { confidential: true, teamId: 7 })
  const team7 = { teamIds: [7] }
  expect(
    spread([secret], [colleague(1, team7), colleague(2, { seesConfidential: true })], 1).get('case 1')?.why,
  ).toEqual([])
  const trusted = colleague(3, { ...team7, open: 40, seesConfidential: true })
  expect(spread([secret], [colleague(1, team7), trusted], 1).get('case 1')?.toStaffId).toBe(3)
  expect(spread([matter(1)], [], null).get('case 1')).toEqual({ toStaffId: null, why: [] })
})
