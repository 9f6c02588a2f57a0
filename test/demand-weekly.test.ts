import { afterAll, beforeAll, expect, test } from 'vitest'
import { sumUp } from '../src/modules/demand/summing-up.ts'
import { startApp, type TestApp } from './app.ts'

let app: TestApp
let today = new Date('2026-11-25T10:00:00Z')
beforeAll(async () => {
  // Without its worker, so that a letter stays in the queue to be read.
  app = await startApp({ jobs: false, clock: () => today })
})
afterAll(() => app.close())

const letters = async () => {
  const { rows } = await app.program.kernel.database.owner.query<{ payload: { subject: string; text: string } }>(
    `select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'channels:letter'`,
  )
  return rows
}

test('each Monday whoever answers for a family is told once what could not be supplied', async () => {
  const manager = app.as('line_manager')
  const staffId = app.staffId('account_manager')
  const family = await manager<{ id: number }>('POST', '/api/product-families', { name: 'Weekly', staffId })
  const product = await manager<{ id: number }>('POST', '/api/products', {
    name: 'Weekly kettle',
    number: 'W-1',
    familyId: family.body.id,
  })
  await app.as('adviser')('POST', '/api/demands', { productId: product.body.id, outcome: 'left' })
  today = new Date('2026-11-30T06:00:00Z')
  await sumUp(app.program.kernel, 'http://x/demand')
  await sumUp(app.program.kernel, 'http://x/demand')
  const [letter, ...more] = await letters()
  expect(more).toEqual([])
  expect(letter?.payload.subject).toBe('One product could not be supplied last week')
  expect(letter?.payload.text).toContain('1 × Weekly kettle')
  expect(letter?.payload.text).toContain('http://x/demand')
  today = new Date('2026-12-07T06:00:00Z')
  await sumUp(app.program.kernel, 'http://x/demand')
  expect(await letters()).toHaveLength(1)
})
