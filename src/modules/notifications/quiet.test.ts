import { expect, test } from 'vitest'
import { quietUntil } from './quiet.ts'

const london = { from: '18:00', to: '08:00', zone: 'Europe/London' }
const at = (text: string) => new Date(text)

test('quiet hours go over midnight and end in the morning', () => {
  expect(quietUntil(london, at('2026-11-03T17:59:00Z'))).toBeNull()
  expect(quietUntil(london, at('2026-11-03T18:00:00Z'))).toEqual(at('2026-11-04T08:00:00Z'))
  expect(quietUntil(london, at('2026-11-04T07:59:00Z'))).toEqual(at('2026-11-04T08:00:00Z'))
  expect(quietUntil(london, at('2026-11-04T08:00:00Z'))).toBeNull()
})

test('they keep to the clock on the wall when summer time begins', () => {
  expect(quietUntil(london, at('2026-03-28T22:00:00Z'))).toEqual(at('2026-03-29T07:00:00Z'))
})

test('hours within a day, none, and equal ones', () => {
  const noon = { from: '12:00', to: '13:00', zone: 'UTC' }
  expect(quietUntil(noon, at('2026-11-03T12:30:00Z'))).toEqual(at('2026-11-03T13:00:00Z'))
  expect(quietUntil(noon, at('2026-11-03T13:00:00Z'))).toBeNull()
  expect(quietUntil({ ...noon, from: null }, at('2026-11-03T12:30:00Z'))).toBeNull()
  expect(quietUntil({ ...noon, from: '09:00', to: '09:00' }, at('2026-11-03T09:00:00Z'))).toBeNull()
})
