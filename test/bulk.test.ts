import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { system } from '../src/platform/permissions/actor.ts'
import { eventually, startApp, type TestApp } from './app.ts'

let app: TestApp
let now = new Date('2026-11-03T09:00:00Z')
beforeAll(async () => {
  app = await startApp({ clock: () => now })
})
afterAll(() => app.close())

type Bulk = {
  id: number
  state: string
  total: number
  done: number
  refused: number
  unchanged: number
  waiting: number
  undoneBy: number | null
}
type Problem = { detail: string; errors?: { field: string }[] }
type Kase = {
  id: number
  status: string
  tags: string[]
  team: { id: number } | null
  severity: number
  snoozedUntil: string | null
}

const open = async (subject: string, more: object = {}) =>
  (
    await app.as('administrator')<{ id: number }>('POST', '/api/cases', {
      subject,
      channel: 'email',
      requester: { name: 'Uma Vale', email: 'uma@example.org' },
      message: { text: 'Hello.' },
      teamId: app.teamId,
      ...more,
    })
  ).body.id
const get = async (id: number) => (await app.as('administrator')<Kase>('GET', `/api/cases/${id}`)).body

const finished = (id: number, role: 'receptionist' | 'supervisor' = 'supervisor') =>
  eventually(async () => {
    const { body } = await app.as(role)<Bulk>('GET', `/api/bulk/${id}`)
    return body.state === 'done' ? body : null
  }, 120_000)

describe('many cases at once', () => {
  test('every field that is changed in one case is changed in many, and goes back: also the stage and fields of your own', async () => {
    const call = app.as('supervisor')
    await app.as('administrator')('POST', '/api/custom-fields', { key: 'shelf', label: 'Shelf', type: 'text' })
    const ids = [await open('Cup'), await open('Plate', { stage: 'before' })]
    type Whole = { stage: string | null; confidential: boolean; custom: { shelf?: string | null } }
    const read = async (id: number) => (await app.as('administrator')<Whole>('GET', `/api/cases/${id}`)).body
    const change = { stage: 'after', confidential: true, custom: { shelf: 'B4' } }
    const { body } = await call<Bulk>('POST', '/api/bulk', { selection: { ids }, change })
    await finished(body.id)
    for (const id of ids) expect(await read(id)).toMatchObject(change)
    const undone = await call<Bulk>('POST', `/api/bulk/${body.id}/undo`, {})
    await finished(undone.body.id)
    expect(await read(ids[1] ?? 0)).toMatchObject({ stage: 'before', confidential: false })
    expect((await read(ids[1] ?? 0)).custom.shelf ?? null).toBeNull()
  })

  test('each has its own result, and undo leaves alone what somebody changed since', async () => {
    const call = app.as('supervisor')
    const ids = [await open('One'), await open('Two', { tags: ['keep'] }), await open('Three')]
    const secret = await open('Secret', { confidential: true, teamId: app.otherTeamId })
    const preview = await call<{ count: number }>('POST', '/api/bulk/preview', { selection: { ids: [...ids, secret] } })
    expect(preview.body).toEqual({ count: 3, beyond: false })
    const started = await call<Bulk>('POST', '/api/bulk', {
      selection: { ids: [...ids, secret] },
      change: { severity: 4, addTags: ['recall'], teamId: app.otherTeamId },
    })
    expect(started.status).toBe(202)
    const done = await finished(started.body.id)
    expect(done).toMatchObject({ total: 3, done: 3, refused: 0, waiting: 0 })
    expect(await get(ids[1] ?? 0)).toMatchObject({
      severity: 4,
      tags: ['keep', 'recall'],
      team: { id: app.otherTeamId },
    })
    const untouched = await app.program.kernel.read(system, ({ db }) =>
      db.selectFrom('cases').select('severity').where('id', '=', secret).executeTakeFirstOrThrow(),
    )
    expect(untouched.severity).toBe(2)
    await app.as('administrator')('PATCH', `/api/cases/${ids[2]}`, { severity: 1 })
    const undo = await call<Bulk>('POST', `/api/bulk/${started.body.id}/undo`, {})
    expect(await finished(undo.body.id)).toMatchObject({ done: 3 })
    expect(await get(ids[1] ?? 0)).toMatchObject({ severity: 2, tags: ['keep'], team: { id: app.teamId } })
    expect((await get(ids[2] ?? 0)).severity).toBe(1)
    const again = await call<Problem>('POST', `/api/bulk/${started.body.id}/undo`, {})
    expect(again.status).toBe(409)
  })

  test('what is beyond the role is refused case by case, with the reason', async () => {
    const id = await open('Beyond')
    const { owner } = app.program.kernel.database
    await owner.query(
      `update roles set permissions = array_remove(permissions, 'case.assign') where key = 'receptionist'`,
    )
    const started = await app.as('receptionist')<Bulk>('POST', '/api/bulk', {
      selection: { ids: [id] },
      change: { teamId: app.otherTeamId },
    })
    expect(started.status).toBe(202)
    expect(await finished(started.body.id, 'receptionist')).toMatchObject({ total: 1, done: 0, refused: 1 })
    const { body } = await app.as('receptionist')<{ items: { reason: string; state: string }[] }>(
      'GET',
      `/api/bulk/${started.body.id}/items`,
    )
    expect(body.items).toMatchObject([{ state: 'refused', reason: expect.stringContaining('case.assign') }])
    expect((await get(id)).team?.id).toBe(app.teamId)
    const adviser = await app.as('mystery_shopper')('POST', '/api/bulk', {
      selection: { ids: [id] },
      change: { severity: 1 },
    })
    expect(adviser.status).toBe(403)
  })

  test('nothing selected, nothing to change, too many ids and a foreign bulk change are clear errors', async () => {
    const call = app.as('supervisor')
    const none = await call<Problem>('POST', '/api/bulk', { selection: { ids: [999_999] }, change: { severity: 1 } })
    expect(none.body.errors?.[0]?.field).toBe('selection')
    const empty = await call<Problem>('POST', '/api/bulk', { selection: { ids: [1] }, change: {} })
    expect(empty.status).toBe(422)
    const many = await call<Problem>('POST', '/api/bulk/preview', {
      selection: { ids: Array.from({ length: 10_001 }, (_, i) => i + 1) },
    })
    expect(many.status).toBe(422)
    const id = await open('Mine')
    const started = await call<Bulk>('POST', '/api/bulk', { selection: { ids: [id] }, change: { severity: 3 } })
    expect((await app.as('adviser')('GET', `/api/bulk/${started.body.id}`)).status).toBe(404)
    await finished(started.body.id)
  })

  test('10,000 cases are changed and changed back', async () => {
    await app.program.kernel.work(system, work =>
      sql`insert into cases (kind, status, subject, channel, requester_id, team_id, urgent_from, opened_at, last_at, tags)
        select 'enquiry', 'open', 'Filled ' || n, 'email', (select min(id) from people), ${app.teamId}, now(), now(), now(), '{many}'
        from generate_series(1, 10000) n`.execute(work.tx),
    )
    const call = app.as('supervisor')
    const condition = { field: 'tags', op: 'has_any', value: ['many'] }
    const selection = { all: { condition } }
    expect((await call<{ count: number }>('POST', '/api/bulk/preview', { selection })).body.count).toBe(10_000)
    const started = await call<Bulk>('POST', '/api/bulk', {
      selection,
      change: { status: 'waiting_other', severity: 3 },
    })
    expect(await finished(started.body.id)).toMatchObject({ total: 10_000, done: 10_000 })
    const undo = await call<Bulk>('POST', `/api/bulk/${started.body.id}/undo`, {})
    expect(await finished(undo.body.id)).toMatchObject({ done: 10_000 })
    const left = await app.program.kernel.read(system, ({ db }) =>
      db.selectFrom('cases').select('id').where('subject', 'like', 'Filled %').where('severity', '<>', 2).execute(),
    )
    expect(left).toEqual([])
  }, 240_000)
})

describe('snoozing', () => {
  const listed = async (query: string) =>
    (await app.as('administrator')<{ items: Kase[] }>('GET', `/api/cases?limit=200&${query}`)).body.items.map(
      one => one.id,
    )

  test('a case leaves the queue until its moment, and an answer wakes it earlier', async () => {
    const [a, b] = [await open('Sleepy'), await open('Answered')]
    const until = new Date(now.getTime() + 3_600_000).toISOString()
    for (const id of [a, b])
      expect((await app.as('adviser')('PUT', `/api/cases/${id}/snooze`, { until })).status).toBe(200)
    expect(await listed('waiting=true&status=active')).not.toContain(a)
    expect(await listed('snoozed=true')).toEqual(expect.arrayContaining([a, b]))
    await app.as('adviser')('POST', `/api/cases/${b}/received`, { channel: 'phone', text: 'Any news?' })
    expect((await get(b)).snoozedUntil).toBeNull()
    expect(await listed('snoozed=true')).not.toContain(b)
    const past = await app.as('adviser')<Problem>('PUT', `/api/cases/${a}/snooze`, { until: '2020-01-01T00:00:00Z' })
    expect(past.body.errors?.[0]?.field).toBe('until')
    now = new Date(now.getTime() + 2 * 3_600_000)
    await app.program.kernel.work(system, async work => work.enqueue({ name: 'cases:wake', payload: { id: a } }))
    await eventually(async () => (await get(a)).snoozedUntil === null)
    expect(await listed('waiting=true&status=active')).toContain(a)
  })

  test('a case that waits for another wakes when that is solved', async () => {
    const [a, b] = [await open('Waits'), await open('Cause')]
    await app.as('adviser')('POST', `/api/cases/${a}/links`, { toId: b, kind: 'caused_by' })
    const until = new Date(now.getTime() + 86_400_000).toISOString()
    await app.as('adviser')('PUT', `/api/cases/${a}/snooze`, { until, wakeOn: ['linked_solved'] })
    await app.as('adviser')('PATCH', `/api/cases/${b}`, { status: 'solved' })
    await eventually(async () => (await get(a)).snoozedUntil === null)
  })
})
