import { afterAll, beforeAll, expect, test } from 'vitest'
import { awayAt } from '../src/modules/cover/index.ts'
import { system } from '../src/platform/permissions/actor.ts'
import { type RoleKey, startApp, type TestApp } from './app.ts'

let app: TestApp
const now = new Date('2026-11-02T09:00:00Z')
beforeAll(async () => {
  app = await startApp({ clock: () => now })
})
afterAll(() => app.close())

type Absence = { id: number; version: number; kind: string; endsAt: string | null }
type Problem = { detail?: string; errors?: { field: string }[] }
const away = (by: RoleKey | 'outsider', more: object) =>
  app.as(by)<Absence & Problem>('POST', '/api/absences', { kind: 'planned', ...more })
test('somebody says that they are ill, and colleagues see that they are away but not why', async () => {
  const noted = await away('adviser', { kind: 'sick', note: 'Influenza' })
  expect(noted.status).toBe(201)
  expect(noted.body.endsAt).toBeNull()
  const seen = await app.as('driver')<{ items: object[] }>('GET', '/api/away')
  expect(seen.body.items).toEqual([
    { staffId: app.staffId('adviser'), startsAt: now.toISOString(), endsAt: null, cover: null },
  ])
  const all = await app.as('driver')<{ items: object[] }>('GET', '/api/absences')
  expect(all.body.items).toEqual([])
  const other = await app.as('driver')('GET', `/api/absences?staffId=${app.staffId('adviser')}`)
  expect(other.status).toBe(403)
  const audit = await app.as('administrator')<{ items: { sentence: string }[] }>('GET', '/api/events?type=staff.away')
  expect(audit.body.items[0]?.sentence).toBe('noted that Some adviser is away')
  expect(JSON.stringify(audit.body)).not.toMatch(/sick|Influenza/)
  const reading = await app.program.kernel.read(system, r =>
    awayAt(r, [app.staffId('adviser'), app.staffId('driver')], new Date('2027-01-01T00:00:00Z')),
  )
  expect([...reading.keys()]).toEqual([app.staffId('adviser')])
  const next = await app.as('adviser')<Problem>('POST', '/api/cases/next', {})
  expect([next.status, next.body.detail]).toEqual([409, expect.stringContaining('noted as away')])
})

test('what makes no sense is refused, naming the field', async () => {
  const fieldOf = async (more: object, by: RoleKey = 'supervisor') => (await away(by, more)).body.errors?.[0]?.field
  const staffId = app.staffId('adviser')
  expect(await fieldOf({ staffId, startsAt: '2026-12-01T09:00:00Z' })).toBe('startsAt')
  expect(await fieldOf({ startsAt: '2026-11-10T09:00:00Z', endsAt: '2026-11-09T09:00:00Z' })).toBe('endsAt')
  expect(await fieldOf({ startsAt: '2026-10-10T09:00:00Z', endsAt: '2026-10-11T09:00:00Z' })).toBe('endsAt')
  expect(await fieldOf({ startsAt: 'soon' })).toBe('startsAt')
  expect(await fieldOf({ kind: 'hangover' })).toBe('kind')
  expect(await fieldOf({ staffId: 999_999 })).toBe('staffId')
  expect(await fieldOf({ coverId: app.staffId('supervisor') })).toBe('coverId')
  expect(await fieldOf({ coverId: 999_999 })).toBe('coverId')
  expect((await away('driver', { staffId })).status).toBe(403)
  expect(await fieldOf({ staffId }, 'driver')).toBe('staffId')
})

test('cover goes on to the next, but never in a ring, and two who close one at once do not slip past', async () => {
  const [a, b, c] = (['account_manager', 'receptionist', 'driver'] as const).map(role => app.staffId(role))
  const week = { startsAt: '2026-11-09T00:00:00Z', endsAt: '2026-11-14T00:00:00Z' }
  expect((await away('supervisor', { staffId: a, coverId: b, ...week })).status).toBe(201)
  expect((await away('supervisor', { staffId: b, coverId: c, ...week })).status).toBe(201)
  const ring = await away('supervisor', { staffId: c, coverId: a, ...week })
  expect([ring.status, ring.body.errors?.[0]?.field]).toEqual([422, 'coverId'])
  const later = { startsAt: '2026-11-14T00:00:00Z', endsAt: '2026-11-15T00:00:00Z' }
  expect((await away('supervisor', { staffId: c, coverId: a, ...later })).status).toBe(201)
  const days = { startsAt: '2026-12-09T00:00:00Z', endsAt: '2026-12-14T00:00:00Z' }
  const both = await Promise.all([
    away('supervisor', { staffId: a, coverId: b, ...days }),
    away('line_manager', { staffId: b, coverId: a, ...days }),
  ])
  expect(both.map(one => one.status).toSorted((a, b) => a - b)).toEqual([201, 422])
  const twice = { staffId: a, startsAt: '2027-03-01T00:00:00Z' }
  const same = await Promise.all([away('supervisor', twice), away('line_manager', twice)])
  expect(same.map(one => one.status).toSorted((a, b) => a - b)).toEqual([201, 422])
})

test('an absence can be moved, but not onto another, nor by somebody who saw an older one', async () => {
  const first = (await away('driver', { startsAt: '2027-02-01T00:00:00Z', endsAt: '2027-02-05T00:00:00Z' })).body
  await away('driver', { startsAt: '2027-02-08T00:00:00Z', endsAt: '2027-02-12T00:00:00Z' })
  const change = (more: object, by: RoleKey = 'driver') =>
    app.as(by)<Absence & Problem>('PATCH', `/api/absences/${first.id}`, more)
  expect((await change({ endsAt: '2027-02-09T00:00:00Z' })).body.errors?.[0]?.field).toBe('endsAt')
  expect((await change({ endsAt: null })).body.errors?.[0]?.field).toBe('endsAt')
  expect((await change({ endsAt: '2027-02-06T00:00:00Z', version: first.version })).status).toBe(200)
  expect((await change({ note: 'x', version: first.version })).status).toBe(412)
  expect((await change({ note: 'x' }, 'receptionist')).status).toBe(404)
})
