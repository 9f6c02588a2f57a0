import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  factsOf,
  keepPromise,
  keepPromises,
  makePromise,
  makePromises,
  movePromises,
  type NewPromise,
  pausePromises,
  promisesOf,
  resumePromises,
  whyOf,
  withdrawPromise,
} from '../src/modules/promises/index.ts'
import { workingTimeBetween } from '../src/platform/calendar/index.ts'
import { system } from '../src/platform/permissions/actor.ts'
import type { Reading, Work } from '../src/platform/work.ts'
import type { WorkingCalendar } from '../src/shared/calendar.ts'
import { eventually, startApp, type TestApp } from './app.ts'

let app: TestApp
let now = new Date('2026-05-22T15:55:00Z')
let calendarId: number
let calendar: WorkingCalendar
beforeAll(async () => {
  app = await startApp({ clock: () => now })
  const { body } = await app.as('administrator')<{ items: { id: number; hours: WorkingCalendar }[] }>(
    'GET',
    '/api/calendars',
  )
  const [first] = body.items
  calendarId = first?.id ?? 0
  const day = [{ from: '09:00', to: '17:30' }]
  calendar = {
    zone: 'Europe/London',
    week: { monday: day, tuesday: day, wednesday: day, thursday: day, friday: day, saturday: [], sunday: [] },
    holidays: [{ date: '2026-05-25', name: 'Spring bank holiday' }],
  }
  await app.as('administrator')('PATCH', `/api/calendars/${calendarId}`, { hours: calendar })
})
afterAll(() => app.close())

const work = <T>(verb: (work: Work) => Promise<T>) => app.program.kernel.work(system, verb)
const read = <T>(query: (reading: Reading) => Promise<T>) => app.program.kernel.read(system, query)
let subjects = 1_000_000
const subject = () => ({ kind: 'trial', id: ++subjects })
const at = (text: string) => {
  now = new Date(text)
}
const eventsOf = (id: number) =>
  read(async ({ db }) => {
    const { rows } = await sql<{
      type: string
      data: Record<string, unknown>
    }>`select type, data from events where subject_kind = 'trial' and subject_id = ${id} order by id`.execute(db)
    return rows
  })
/** Every timer up to now has rung: one that was set last for this very moment has. */
const rung = async () => {
  const about = subject()
  const due = now
  now = new Date(due.getTime() - 1)
  await work(w => makePromise(w, { kind: 'other', subject: about, dueAt: due, alerts: [] }))
  now = due
  await eventually(async () => (await eventsOf(about.id)).some(event => event.type === 'promise.missed'))
}
const one = async (about: { kind: string; id: number }) => (await read(reading => promisesOf(reading, about)))[0]

test('a call-back promised late on the Friday before a bank holiday falls due on Tuesday, warns, is missed, and is kept late with its reason', async () => {
  at('2026-05-22T15:55:00Z')
  const about = subject()
  const id = await work(w =>
    makePromise(w, { kind: 'call_back', subject: about, title: 'Ring about the boiler', withinMinutes: 120 }),
  )
  expect((await one(about))?.dueAt).toEqual(new Date('2026-05-26T09:25:00Z'))
  expect(await read(reading => whyOf(reading, id))).toBe(
    'Due Tuesday 26 May 2026 at 10:25: 2 h of working time from Friday 22 May 2026 at 16:55, 35 min on Friday 22 May and 1 h 25 min on Tuesday 26 May. Not counted: Saturday 23 May, Sunday 24 May and Monday 25 May (Spring bank holiday).',
  )
  at('2026-05-26T08:54:00Z')
  await rung()
  expect((await eventsOf(about.id)).map(event => event.type)).toEqual(['promise.made'])
  at('2026-05-26T08:56:00Z')
  const warned = await eventually(async () => (await eventsOf(about.id)).find(event => event.type === 'promise.warned'))
  expect(warned.data).toMatchObject({ whom: ['handler'], minutes: -30 })
  at('2026-05-26T09:25:30Z')
  await eventually(async () => (await eventsOf(about.id)).find(event => event.type === 'promise.escalated'))
  expect((await one(about))?.missedAt).toEqual(new Date('2026-05-26T09:25:00Z'))
  at('2026-05-26T10:00:00Z')
  await expect(work(w => keepPromise(w, id, { late: 'reason' }))).rejects.toMatchObject({
    errors: [{ field: 'reason' }],
  })
  await work(w => keepPromise(w, id, { late: 'reason', reason: 'no_capacity', note: 'Three were off' }))
  expect(await one(about)).toMatchObject({
    outcome: 'late',
    lateMinutes: 35,
    reason: 'no_capacity',
    note: 'Three were off',
  })
  expect((await eventsOf(about.id)).map(event => event.type)).toEqual([
    'promise.made',
    'promise.warned',
    'promise.missed',
    'promise.escalated',
    'promise.kept_late',
  ])
  expect((await read(reading => factsOf(reading, id))).map(fact => fact.fact)).toEqual(['activate', 'breach', 'fulfil'])
})

test('kept in time, taken back in time, and taken back too late are told apart; a second one is the second instance', async () => {
  at('2026-06-01T09:00:00Z')
  const about = subject()
  const make = (more: Partial<NewPromise> = {}) =>
    work(w => makePromise(w, { kind: 'follow_up', subject: about, withinMinutes: 60, ...more }))
  const [kept, back, broken] = [await make(), await make(), await make()]
  await work(w => keepPromise(w, kept))
  await work(w => withdrawPromise(w, back, { reason: 'customer_asked' }))
  at('2026-06-01T11:00:00Z')
  await work(w => withdrawPromise(w, broken, { reason: 'forgotten' }))
  const all = await read(reading => promisesOf(reading, about))
  const outcome = new Map(all.map(promise => [promise.id, [promise.instance, promise.outcome]]))
  expect(outcome.get(kept)).toEqual([1, 'kept'])
  expect(outcome.get(back)).toEqual([2, 'withdrawn'])
  expect(outcome.get(broken)).toEqual([3, 'broken'])
  // What has ended stays as it ended.
  await work(w => keepPromises(w, [{ id: broken }]))
  expect((await read(reading => promisesOf(reading, about))).find(promise => promise.id === broken)?.outcome).toBe(
    'broken',
  )
})

test('while the clock stands still nothing is due, and what it stood still for does not count', async () => {
  const hour = 3_600_000
  const start = fc.constantFrom(
    '2026-03-27T15:00:00Z',
    '2026-10-23T10:00:00Z',
    '2026-05-22T16:20:00Z',
    '2028-02-28T22:00:00Z',
    '2026-12-31T23:59:00Z',
  )
  const steps = fc.array(fc.integer({ min: 1, max: 80 * hour }), { maxLength: 6 })
  const property = fc.asyncProperty(
    start,
    fc.integer({ min: 1, max: 4000 }),
    steps,
    async (from, withinMinutes, gaps) => {
      at(from)
      const startedAt = now
      const about = subject()
      const id = await work(w => makePromise(w, { kind: 'solution', subject: about, withinMinutes }))
      const pauses: { from: Date; to: Date }[] = []
      let since: Date | null = null
      for (const gap of gaps) {
        now = new Date(now.getTime() + gap)
        if (since) pauses.push({ from: since, to: now })
        await work(w => (since ? resumePromises(w, [id]) : pausePromises(w, [id])))
        since = since ? null : now
      }
      const promise = await one(about)
      if (since) expect(promise).toMatchObject({ dueAt: null, pausedAt: since })
      else
        expect(workingTimeBetween(calendar, startedAt, promise?.dueAt as Date, { pauses })).toBe(withinMinutes * 60_000)
    },
  )
  await fc.assert(property, { numRuns: 60 })
})

test('changed working hours plan the open promises anew and say which ones moved; times that were agreed stay', async () => {
  at('2026-06-05T15:00:00Z')
  const [counted, agreed, gone] = [subject(), subject(), subject()]
  const [, , goneId] = await work(w =>
    makePromises(w, [
      { kind: 'first_reply', subject: counted, withinMinutes: 240 },
      { kind: 'appointment', subject: agreed, dueAt: new Date('2026-06-08T10:00:00Z') },
      { kind: 'first_reply', subject: gone, withinMinutes: 240 },
    ]),
  )
  await work(w => keepPromise(w, goneId as number))
  expect((await one(counted))?.dueAt).toEqual(new Date('2026-06-08T10:30:00Z'))
  const saturday = { ...calendar, week: { ...calendar.week, saturday: [{ from: '10:00', to: '14:00' }] } }
  await app.as('administrator')('PATCH', `/api/calendars/${calendarId}`, { hours: saturday })
  const moved = await eventually(async () => (await eventsOf(counted.id)).find(event => event.type === 'promise.moved'))
  expect(moved).toBeTruthy()
  expect((await one(counted))?.dueAt).toEqual(new Date('2026-06-06T11:30:00Z'))
  expect((await one(agreed))?.dueAt).toEqual(new Date('2026-06-08T10:00:00Z'))
  expect((await eventsOf(gone.id)).some(event => event.type === 'promise.moved')).toBe(false)
  await app.as('administrator')('PATCH', `/api/calendars/${calendarId}`, { hours: calendar })
  await eventually(async () => (await one(counted))?.dueAt?.toISOString() === '2026-06-08T10:30:00.000Z')
})

test('one moved to another time rings then and not before', async () => {
  at('2026-06-10T09:00:00Z')
  const about = subject()
  const id = await work(w =>
    makePromise(w, {
      kind: 'call_back',
      subject: about,
      dueAt: new Date('2026-06-10T10:00:00Z'),
      alerts: [{ minutes: 0, whom: ['team'] }],
    }),
  )
  await work(w => movePromises(w, new Map([[id, { dueAt: new Date('2026-06-10T14:00:00Z'), why: 'agreed' }]])))
  at('2026-06-10T10:30:00Z')
  await rung()
  expect((await one(about))?.missedAt).toBe(null)
  at('2026-06-10T14:00:00Z')
  await eventually(async () => (await eventsOf(about.id)).find(event => event.type === 'promise.missed'))
})

test('what cannot be planned names the field, and hours that never open are refused where they are set', async () => {
  at('2026-06-10T09:00:00Z')
  const make = (more: Partial<NewPromise>) => work(w => makePromise(w, { kind: 'other', subject: subject(), ...more }))
  await expect(make({})).rejects.toMatchObject({ errors: [{ field: 'dueAt' }] })
  await expect(make({ dueAt: new Date('2026-06-10T09:00:00Z') })).rejects.toMatchObject({
    errors: [{ field: 'dueAt' }],
  })
  await expect(make({ withinMinutes: 60, calendarId: 999_999 })).rejects.toMatchObject({
    errors: [{ field: 'calendarId' }],
  })
  await expect(make({ withinMinutes: 99_999_999 })).rejects.toMatchObject({ errors: [{ field: 'withinMinutes' }] })
  const none = { monday: [], tuesday: [], wednesday: [], thursday: [], friday: [], saturday: [], sunday: [] }
  const refused = await app.as('administrator')<{ errors: { field: string }[] }>(
    'PATCH',
    `/api/calendars/${calendarId}`,
    {
      hours: { ...calendar, week: none },
    },
  )
  expect(refused.status).toBe(422)
  expect(refused.body.errors[0]?.field).toBe('hours')
})

test('what became of a promise cannot be altered, not even in the database', async () => {
  const id = await work(w => makePromise(w, { kind: 'other', subject: subject(), withinMinutes: 5 }))
  await expect(
    work(async w => void (await sql`update promise_facts set at = now() where promise_id = ${id}`.execute(w.tx))),
  ).rejects.toThrow()
})
