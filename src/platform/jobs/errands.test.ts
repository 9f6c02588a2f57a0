import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { cloneDatabase } from '../../../test/database.ts'
import { type Kernel, startKernel } from '../kernel.ts'
import { makeLog } from '../log.ts'
import { system } from '../permissions/actor.ts'
import { startErrands } from './errands.ts'
import { job } from './worker.ts'

let kernel: Kernel
let drop: () => Promise<void>
const done: number[] = []
const parcel = job({
  name: 'test:parcel',
  payload: z.object({ data: z.object({ n: z.number() }) }).loose(),
  run: async () => {},
  runAll: async (work, parcels) => {
    const numbers = parcels.map(({ data }) => data.n)
    for (const n of numbers) work.record({ type: 'test.parcel_taken', subject: { kind: 'test', id: n } })
    if (numbers.includes(13)) throw new Error('nobody takes the thirteenth')
    done.push(...numbers)
  },
})

beforeAll(async () => {
  const clone = await cloneDatabase()
  drop = clone.drop
  const subscription = { event: 'test.sent', job: 'test:parcel', together: true, at: () => undefined }
  kernel = startKernel({ url: clone.url, subscriptions: [subscription] })
})
afterAll(async () => {
  await kernel.close()
  await drop()
})

const send = (n: number) => ({ type: 'test.sent', subject: { kind: 'test', id: n }, data: { n } })
const rowsOf = async (sql: string) => (await kernel.database.owner.query(sql)).rows
const until = async (met: () => Promise<boolean>) => {
  while (!(await met())) await new Promise(resolve => setTimeout(resolve, 20))
}

test('what follows is done exactly once, and what fails becomes a job of its own', async () => {
  await kernel.work(system, async work => {
    for (const n of [11, 12, 13, 14]) work.record(send(n))
  })
  expect(await rowsOf('select id from errands')).toHaveLength(4)
  const errands = startErrands(kernel, [parcel], makeLog('silent'))
  await kernel.work(system, async work => work.record(send(15)))
  await until(async () => (await rowsOf('select id from errands')).length === 0)
  await errands.stop()
  expect(done.toSorted((a, b) => a - b)).toEqual([11, 12, 14, 15])
  expect(await rowsOf("select subject_id::int as n from events where type = 'test.parcel_taken' order by 1")).toEqual(
    [11, 12, 14, 15].map(n => ({ n })),
  )
  expect(await rowsOf('select task_identifier as name from graphile_worker.jobs')).toEqual([{ name: 'test:parcel' }])
})

test('history that is brought in leaves nothing to do', async () => {
  await kernel.work(system, async work => work.record(send(16)), 'import', new Date('2020-01-01T00:00:00Z'))
  expect(await rowsOf('select id from errands')).toEqual([])
})

test('where the last statement of a transaction fails, nothing of it stays', async () => {
  const broken = kernel.work(system, async work => {
    await work.tx.insertInto('program_facts').values({ name: 'test', value: '{}', at: work.now }).execute()
    work.record({ ...send(17), type: null as unknown as string })
  })
  await expect(broken).rejects.toThrow(/null value/)
  expect(await rowsOf("select name from program_facts where name = 'test'")).toEqual([])
  await kernel.work(system, async work => work.record(send(18)))
  expect(await rowsOf("select id from events where type = 'test.sent' and subject_id in (17, 18)")).toHaveLength(1)
})
