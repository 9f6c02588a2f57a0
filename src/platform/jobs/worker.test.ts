import { expect, test } from 'vitest'
import * as z from 'zod'
import { cloneDatabase } from '../../../test/database.ts'
import { startKernel } from '../kernel.ts'
import { makeLog } from '../log.ts'
import { system } from '../permissions/actor.ts'
import { job, startWorker } from './worker.ts'

test('a job that fails is told with its name and place, without the address its error quotes', async () => {
  const { url, drop } = await cloneDatabase()
  const kernel = startKernel({ url })
  const lines: string[] = []
  const log = makeLog('info', { write: line => void lines.push(line) })
  const letter = job({
    name: 'test:letter',
    payload: z.object({}),
    run: async () => {
      throw new Error('550 no such user\n550 <ann.miller@example.org> has moved to 12 Harbour Lane')
    },
  })
  const worker = await startWorker(kernel, [letter], log)
  await kernel.work(system, async work => work.enqueue({ name: 'test:letter', payload: {} }))
  while (lines.length < 2) await new Promise(resolve => setTimeout(resolve, 20))
  await worker.stop()
  await kernel.close()
  await drop()
  const all = lines.join('')
  expect(all).toContain('"job":"test:letter"')
  expect(all).toMatch(/Failed task \d+ \(test:letter/)
  expect(all).toMatch(/worker\.test\.ts/)
  expect(all).not.toContain('ann.miller')
  expect(all.match(/Harbour Lane/g)).toHaveLength(1)
})
