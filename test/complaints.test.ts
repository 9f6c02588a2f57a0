import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startApp, type TestApp } from './app.ts'

let app: TestApp
// Easter: Good Friday is 3 April, Easter Monday 6 April 2026.
let now = new Date('2026-04-01T10:00:00Z')
beforeAll(async () => {
  app = await startApp({ jobs: false, clock: () => now })
})
afterAll(() => app.close())

type Clock = {
  id: string
  lastDay: string | null
  keptOn: string | null
  late: boolean
  extendedBy: number
  kind: string
}
type Complaint = {
  id: number
  stage: number
  receivedOn: string
  regime: { code: string }
  clocks: Clock[]
  stages: { decision: string | null; respondedBy: { name: string } | null; investigator: { name: string } | null }[]
  recourse: { name: string }[]
  closedAs: string | null
  severity: number
  version: number
}
type Problem = { errors?: { field: string }[]; detail?: string }

const supervisor: ReturnType<TestApp['as']> = (...args) => app.as('supervisor')(...args)
const on = (day: string) => {
  now = new Date(`${day}T10:00:00Z`)
}
const open = async (more: object = {}) =>
  (
    await app.as('supervisor')<{ id: number }>('POST', '/api/cases', {
      subject: 'Nobody came',
      channel: 'phone',
      requester: { name: 'Carla Complain', email: 'carla@example.org' },
      message: { text: 'Nobody came, again.' },
      teamId: app.teamId,
      ...more,
    })
  ).body.id
const path = (id: number, step = '') => `/api/cases/${id}/complaint${step}`
const begin = async (more: object = {}, id?: number) => {
  const caseId = id ?? (await open())
  const { status, body } = await supervisor<Complaint & Problem>('POST', path(caseId), more)
  return { id: caseId, status, body }
}
const step = (id: number, name: string, body: object = {}) =>
  supervisor<Complaint & Problem>('POST', path(id, `/${name}`), body)
const clock = (complaint: Complaint, id: string) => complaint.clocks.find(one => one.id === id)
const promises = async (id: number) =>
  (
    await supervisor<{ items: { kind: string; title: string; dueAt: string; outcome: string | null }[] }>(
      'GET',
      `/api/cases/${id}/promises`,
    )
  ).body.items.filter(one => one.kind === 'complaint_stage')

describe('a complaint', () => {
  test('keeps the day on which it was first told, and its clocks are promises over the holidays', async () => {
    on('2026-04-01')
    const caseId = await open({ kind: 'enquiry' })
    on('2026-04-07')
    const { status, body } = await begin({ regime: 'housing' }, caseId)
    expect(status).toBe(201)
    expect(body).toMatchObject({ receivedOn: '2026-04-01', stage: 1, closedAs: null })
    const [ack] = body.clocks.filter(one => one.lastDay)
    expect(ack?.lastDay).toBe('2026-04-10')
    expect(await promises(caseId)).toMatchObject([{ dueAt: '2026-04-10T22:59:59.999Z' }])
    expect((await supervisor<{ kind: string }>('GET', `/api/cases/${caseId}`)).body.kind).toBe('complaint')
    expect((await begin({}, caseId)).status).toBe(409)
  })

  test('goes through two stages to a final decision with recourse; another person answers the second', async () => {
    on('2026-04-01')
    const { id } = await begin({ regime: 'housing', wants: 'An apology and the repair.' })
    on('2026-04-10')
    const acknowledged = await step(id, 'acknowledge')
    const answer = acknowledged.body.clocks.find(one => one.lastDay === '2026-04-24')
    expect(answer).toBeDefined()
    const extended = await step(id, 'extend', { clock: answer?.id, by: 10, reason: 'The surveyor is ill.' })
    expect(clock(extended.body, answer?.id ?? '')).toMatchObject({ lastDay: '2026-05-11', extendedBy: 10 })
    expect((await promises(id)).map(one => one.dueAt)).toContain('2026-05-11T22:59:59.999Z')
    const much = await step(id, 'extend', { clock: answer?.id, by: 11, reason: 'More.' })
    expect(much.body.errors?.[0]?.field).toBe('by')
    expect((await step(id, 'close', { as: 'final', cause: 'delay' })).body.errors?.[0]?.field).toBe('as')
    on('2026-04-20')
    const reply = { decision: 'not_upheld', reasons: 'The visit was on time by our record.' }
    expect((await step(id, 'escalate')).status).toBe(409)
    const first = await step(id, 'respond', reply)
    expect(first.body.stages[0]).toMatchObject({ decision: 'not_upheld', respondedBy: { name: 'Some supervisor' } })
    expect(first.body.closedAs).toBeNull()
    expect((await step(id, 'close', { as: 'final', cause: 'delay' })).body.errors?.[0]?.field).toBe('as')
    const second = await step(id, 'escalate')
    expect(second.body.stage).toBe(2)
    await step(id, 'acknowledge')
    const same = await step(id, 'respond', reply)
    expect(same.status).toBe(403)
    const manager = app.as('line_manager')
    const final = await manager<Complaint & Problem>('POST', path(id, '/respond'), {
      ...reply,
      decision: 'partly_upheld',
    })
    expect(final.status, JSON.stringify(final.body)).toBe(200)
    expect(final.body.recourse.length).toBeGreaterThan(0)
    expect((await step(id, 'escalate')).status).toBe(409)
    const closed = await step(id, 'close', { as: 'final', cause: 'delay' })
    expect(closed.body.closedAs).toBe('final')
    expect((await promises(id)).filter(one => one.outcome === null)).toEqual([])
    expect((await step(id, 'update')).status).toBe(409)
    const list = await supervisor<{ items: { caseId: number }[] }>('GET', '/api/complaints?state=closed')
    expect(list.body.items.map(one => one.caseId)).toContain(id)
  })

  test('put right by the third business day is spared the rest; later it is not', async () => {
    on('2026-04-02')
    const { id } = await begin({ regime: 'fca_disp' })
    const late = await begin({ regime: 'fca_disp' })
    on('2026-04-10')
    const close = (caseId: number, day: string) =>
      step(caseId, 'close', { as: 'resolved_early', cause: 'information', on: day })
    expect((await close(late.id, '2026-04-10')).body.errors?.[0]?.field).toBe('as')
    expect((await close(id, '2026-04-09')).body.closedAs).toBe('resolved_early')
  })

  test('that waits is listed by what is due next, late ones marked; safety comes first', async () => {
    on('2026-05-01')
    const { id } = await begin({ safety: true, immediateAction: 'The lift was shut off.' })
    expect((await supervisor<{ severity: number }>('GET', `/api/cases/${id}`)).body.severity).toBe(4)
    on('2026-05-20')
    type Row = { caseId: number; late: boolean; safety: boolean; next: { lastDay: string } | null }
    const { items } = (await supervisor<{ items: Row[] }>('GET', '/api/complaints')).body
    expect(items.find(one => one.caseId === id)).toMatchObject({ late: true, safety: true })
    const days = items.map(one => one.next?.lastDay ?? 'z')
    expect(days).toEqual(days.toSorted())
  })

  test('says which field makes no sense, and loses nothing', async () => {
    on('2026-06-01')
    const wrong = async (more: object) => (await begin(more)).body.errors?.[0]?.field
    expect(await wrong({ regime: 'moon' })).toBe('regime')
    expect(await wrong({ receivedOn: '2027-01-01' })).toBe('receivedOn')
    expect(await wrong({ eventOn: '2026-06-09' })).toBe('eventOn')
    expect(await wrong({ aboutStaffIds: [999_999] })).toBe('aboutStaffIds')
    const { id, body } = await begin()
    expect((await step(id, 'acknowledge', { on: '2026-05-01' })).body.errors?.[0]?.field).toBe('on')
    const stale = await supervisor('PATCH', path(id), { severity: 3, version: body.version + 4 })
    expect(stale.status).toBe(412)
    expect((await supervisor('GET', path(await open()))).status).toBe(404)
    const regimes = await supervisor<{ items: { code: string }[] }>('GET', '/api/complaint-regimes')
    expect(regimes.body.items.map(one => one.code)).toContain('nhs')
  })
})

describe('about a member of staff', () => {
  const adviser: ReturnType<TestApp['as']> = (...args) => app.as('adviser')(...args)

  test('it is seen by them nowhere: by no list, search, link, file, trail or feed, though it was theirs', async () => {
    on('2026-06-02')
    const id = await open({ subject: 'Rude at the counter xylophone', assigneeId: app.staffId('adviser') })
    expect((await adviser('GET', `/api/cases/${id}`)).status).toBe(200)
    const { body } = await begin({ aboutStaffIds: [app.staffId('adviser')] }, id)
    expect(body.stage).toBe(1)
    for (const at of [`/api/cases/${id}`, path(id), `/api/cases/${id}/messages`, `/api/cases/${id}/promises`])
      expect([at, (await adviser('GET', at)).status]).toEqual([at, 404])
    const everywhere = [
      '/api/cases?limit=200',
      '/api/cases?status=active&limit=200',
      '/api/search?q=xylophone',
      '/api/complaints',
      '/api/promises?limit=200',
      '/api/notifications?limit=200',
      '/api/day',
    ]
    for (const at of everywhere) {
      const answer = await adviser('GET', at)
      expect([at, JSON.stringify(answer.body).includes('xylophone')]).toEqual([at, false])
    }
    const kase = await supervisor<{ assignee: unknown }>('GET', `/api/cases/${id}`)
    expect(kase.body.assignee).toBeNull()
    expect((await adviser('PATCH', `/api/cases/${id}`, { severity: 1 })).status).toBe(404)
    expect((await adviser('POST', `/api/cases/${id}/messages`, { kind: 'note', text: 'x' })).status).toBe(404)
  })

  test('an administrator whom it is about sees it no more than others, nor does an auditor in the trail', async () => {
    const id = await open({ subject: 'About those above' })
    const trail = async () =>
      (await app.as('auditor')<{ items: unknown[] }>('GET', `/api/events?subjectKind=case&subjectId=${id}`)).body.items
    expect((await trail()).length).toBeGreaterThan(0)
    await begin({ aboutStaffIds: [app.staffId('administrator'), app.staffId('auditor')] }, id)
    expect((await app.as('administrator')('GET', `/api/cases/${id}`)).status).toBe(404)
    expect(await trail()).toEqual([])
  })

  test('nobody begins, looks into or answers what is said about themselves', async () => {
    const mine = await begin({ aboutStaffIds: [app.staffId('supervisor')] })
    expect([mine.status, mine.body.errors?.[0]?.field]).toEqual([403, 'aboutStaffIds'])
    const { id } = await begin({ aboutStaffIds: [app.staffId('adviser')] })
    const investigator = await step(id, 'investigate', { investigatorId: app.staffId('adviser') })
    expect(investigator.body.errors?.[0]?.field).toBe('investigatorId')
    const fair = await step(id, 'investigate', { investigatorId: app.staffId('line_manager'), findings: 'Heard both.' })
    expect(fair.body.stages[0]?.investigator?.name).toBe('Some line manager')
    const added = await supervisor<Complaint>('PATCH', path(id), { aboutStaffIds: [app.staffId('line_manager')] })
    expect(added.body.stages[0]?.investigator).toBeNull()
    expect((await app.as('line_manager')('GET', `/api/cases/${id}`)).status).toBe(404)
  })

  test('merged into another case it stays hidden from them', async () => {
    const id = await open({ subject: 'The complaint' })
    const other = await open({ subject: 'The other one' })
    await begin({ aboutStaffIds: [app.staffId('adviser')] }, id)
    const merged = await supervisor('POST', `/api/cases/${other}/merge`, { sourceId: id })
    expect(merged.status, JSON.stringify(merged.body)).toBe(201)
    expect((await supervisor<{ caseId: number }>('GET', path(other))).body.caseId).toBe(other)
    expect((await step(other, 'acknowledge')).status).toBe(200)
    const list = await supervisor<{ items: { caseId: number }[] }>('GET', '/api/complaints')
    expect(list.body.items.map(one => one.caseId)).toContain(other)
    expect((await adviser('GET', `/api/cases/${other}`)).status).toBe(404)
  })
})
