import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Approach, approachAt, wrongApproach } from '../src/shared/approach.ts'
import { startApp, type TestApp } from './app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp({ jobs: false })
})
afterAll(() => app.close())

const time = (days: Approach['days'], from: string, to: string, kind: Approach['kind'] = 'avoid'): Approach => ({
  kind,
  days,
  from,
  to,
})
const at = (moment: string, ...approach: Approach[]) =>
  approachAt(approach, new Date(moment), 'Europe/London')?.kind ?? null

test('times are those of the week by our clock, past midnight and over the end of summer time too', () => {
  const mornings = time('weekdays', '09:00', '12:00')
  expect(at('2026-11-23T09:00:00Z', mornings)).toBe('avoid')
  expect(at('2026-11-23T12:00:00Z', mornings)).toBeNull()
  expect(at('2026-11-22T09:30:00Z', mornings)).toBeNull()
  expect(at('2026-07-06T08:00:00Z', mornings)).toBe('avoid')
  const nights = time('7', '22:00', '07:00')
  expect(at('2026-11-23T06:59:00Z', nights)).toBe('avoid')
  expect(at('2026-11-23T07:00:00Z', nights)).toBeNull()
  expect(at('2026-11-22T06:00:00Z', nights)).toBeNull()
  expect(at('2026-10-25T01:30:00Z', time('7', '01:00', '02:00'))).toBe('avoid')
  expect(at('2026-11-23T10:00:00Z', time('1', '13:00', '14:00'), time('1', '09:00', '11:00', 'prefer'))).toBe('prefer')
})

test('what overlaps or has no length is refused, naming the time', async () => {
  expect(wrongApproach([time('1', '09:00', '09:00')])?.field).toBe('to')
  expect(wrongApproach([time('7', '22:00', '07:00'), time('1', '06:00', '08:00', 'prefer')])?.index).toBe(1)
  expect(wrongApproach([time('weekdays', '09:00', '12:00'), time('weekend', '09:00', '12:00')])).toBeNull()
  const add = (approach: object[]) =>
    app.as('adviser')<{ id: number; approach: Approach[]; version: number; errors?: { field: string }[] }>(
      'POST',
      '/api/people',
      { name: 'Mia Hart', preferredChannel: 'email', approach },
    )
  expect((await add([time('1', '9am', '10:00')])).body.errors?.[0]?.field).toBe('approach[0].from')
  expect((await add([time('1', '09:00', '12:00'), time('every_day', '11:00', '13:00')])).body.errors?.[0]?.field).toBe(
    'approach[1].from',
  )
  const made = await add([time('1', '09:00', '12:00')])
  expect(made.body.approach).toEqual([time('1', '09:00', '12:00')])
  const change = (approach: Approach[]) =>
    app.as('adviser')<typeof made.body>('PATCH', `/api/people/${made.body.id}`, { approach })
  expect((await change([time('1', '09:00', '12:00')])).body.version).toBe(made.body.version)
  expect((await change([])).body.approach).toEqual([])
  const kase = await app.as('adviser')<{ id: number }>('POST', '/api/cases', {
    subject: 'Call',
    channel: 'phone',
    requester: { personId: made.body.id },
    message: { text: 'Please ring me.' },
  })
  const card = await app.as('adviser')<{ person: { approach: Approach[] } }>('GET', `/api/cases/${kase.body.id}`)
  expect(card.body.person.approach).toEqual([])
})
