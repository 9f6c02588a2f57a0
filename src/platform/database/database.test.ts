import { afterAll, beforeAll, expect, test } from 'vitest'
import { cloneDatabase } from '../../../test/database.ts'
import { type Kernel, startKernel } from '../kernel.ts'
import { system } from '../permissions/actor.ts'
import { migrate } from './migrate.ts'

let kernel: Kernel
let drop: () => Promise<void>
beforeAll(async () => {
  const clone = await cloneDatabase()
  drop = clone.drop
  kernel = startKernel({ url: clone.url })
})
afterAll(async () => {
  await kernel.close()
  await drop()
})

const happening = { type: 'test.happened', subject: { kind: 'test', id: 1 } }

test('an event is written in the transaction that did it, or not at all', async () => {
  await kernel.work(system, async work => work.record(happening))
  await expect(
    kernel.work(system, async work => {
      work.record(happening)
      throw new Error('changed its mind')
    }),
  ).rejects.toThrow('changed its mind')
  const rows = await kernel.read(system, ({ db }) => db.selectFrom('events').selectAll().execute())
  expect(rows).toHaveLength(1)
  expect(rows[0]).toMatchObject({ actor_kind: 'system', type: 'test.happened', subject_id: 1 })
})

test('the application can neither change nor remove an event, and not even the owner can', async () => {
  await expect(kernel.work(system, work => work.tx.updateTable('events').set({ type: 'x' }).execute())).rejects.toThrow(
    /permission denied/,
  )
  await expect(kernel.work(system, work => work.tx.deleteFrom('events').execute())).rejects.toThrow(/permission denied/)
  await expect(kernel.database.owner.query("update events set type = 'x'")).rejects.toThrow(/append-only/)
})

test('a read cannot write', async () => {
  await expect(
    kernel.read(system, ({ db }) =>
      (db as Kernel['database']['read']).insertInto('teams').values({ name: 'x' }).execute(),
    ),
  ).rejects.toThrow(/read-only/)
})

test('migrating again does nothing, and a database from the future is refused', async () => {
  expect(await migrate(kernel.database.owner)).toEqual([])
  await kernel.database.owner.query("insert into migrations (name, sha256) values ('29990101T0000_future', 'x')")
  await expect(migrate(kernel.database.owner)).rejects.toThrow(/newer than this program/)
  await kernel.database.owner.query("delete from migrations where name like '2999%'")
})
