import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { system } from '../src/platform/permissions/actor.ts'
import { startApp, type TestApp } from './app.ts'

let app: TestApp
beforeAll(async () => {
  // Without its worker, which locks cases too.
  app = await startApp({ jobs: false })
})
afterAll(() => app.close())

test('two that lock the same cases in a different order are both done', async () => {
  const open = async (subject: string) =>
    (
      await app.as('adviser')<{ id: number }>('POST', '/api/cases', {
        subject,
        message: { text: subject },
        teamId: app.teamId,
        channel: 'phone',
        requester: { name: 'Ann', email: 'ann@example.org' },
      })
    ).body.id
  const [first, second] = [await open('First'), await open('Second')]
  expect([first, second]).toEqual([expect.any(Number), expect.any(Number)])
  let tries = 0
  const both = (one: number, other: number, mark: string) =>
    app.program.kernel.work(system, async work => {
      tries += 1
      await sql`update cases set tags = array_append(tags, ${mark}::text) where id = ${one}`.execute(work.tx)
      await sql`select pg_sleep(0.3)`.execute(work.tx)
      await sql`update cases set tags = array_append(tags, ${mark}::text) where id = ${other}`.execute(work.tx)
    })
  await Promise.all([both(first, second, 'a'), both(second, first, 'b')])
  expect(tries).toBe(3)
  const { rows } = await app.program.kernel.database.owner.query<{ tags: string[] }>(
    'select tags from cases where id = any($1)',
    [[first, second]],
  )
  expect(rows.map(row => row.tags.toSorted((a, b) => a.localeCompare(b)))).toEqual([
    ['a', 'b'],
    ['a', 'b'],
  ])
})
