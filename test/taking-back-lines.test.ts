import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { payBack, takeBack, worthOf } from '../src/modules/purchases/index.ts'
import { lockLine } from '../src/modules/purchases/taking-back.ts'
import { system } from '../src/platform/permissions/actor.ts'
import { startApp, type TestApp } from './app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp({ jobs: false })
})
afterAll(() => app.close())

let numbers = 0
type Made = { id: number; lines: { id: number }[] }
const bought = async (line: object, payments: object[] = []) => {
  const number = `T-${++numbers}`
  const made = await app.as('adviser')<Made>('POST', '/api/purchases', {
    number,
    lines: [{ name: 'A thing', ...line }],
    payments,
  })
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  return { id: made.body.id, lineId: made.body.lines[0]?.id ?? 0 }
}
const back = (more: { lineId: number; key: string; quantity?: number; amountMinor?: number }) =>
  app.program.kernel.work(system, work => takeBack(work, { quantity: 0, amountMinor: 0, ...more }))
const lineNow = (id: number) => app.program.kernel.work(system, work => lockLine(work, id))
const field = (error: unknown) => (error as { errors?: { field: string }[] }).errors?.[0]?.field

test('two hundred counters that pay back the same line at once pay it once', async () => {
  const { lineId } = await bought({ paidMinor: 2999 })
  const all = await Promise.allSettled(
    Array.from({ length: 200 }, (_, index) => back({ lineId, key: `many:${index}`, quantity: 1, amountMinor: 2999 })),
  )
  expect(all.filter(one => one.status === 'fulfilled')).toHaveLength(1)
  const why = all.flatMap(one => (one.status === 'rejected' ? [field(one.reason)] : []))
  expect(new Set(why)).toEqual(new Set(['quantity']))
  expect(await lineNow(lineId)).toMatchObject({ returned: 1, refundedMinor: 2999 })
})

test('asked for again by the same key nothing more happens; for something else the key is refused', async () => {
  const { lineId } = await bought({ quantity: 2, paidMinor: 1001 })
  const once = { lineId, key: 'once', quantity: 1, amountMinor: 500 }
  expect(await back(once)).toEqual({ repeated: false })
  expect(await back(once)).toEqual({ repeated: true })
  await expect(back({ ...once, amountMinor: 501 })).rejects.toMatchObject({ errors: [{ field: 'key' }] })
  expect(await lineNow(lineId)).toMatchObject({ returned: 1, refundedMinor: 500 })
})

test('nobody pays back more than was paid, nor takes back more than was delivered, and the database says the same', async () => {
  const { lineId } = await bought({ quantity: 2, delivered: 1, paidMinor: 900 })
  await expect(back({ lineId, key: 'a', quantity: 2 })).rejects.toMatchObject({ errors: [{ field: 'quantity' }] })
  await expect(back({ lineId, key: 'b', amountMinor: 901 })).rejects.toMatchObject({
    errors: [{ field: 'amountMinor' }],
  })
  const straight = (quantity: number, amount: number) =>
    app.program.kernel.database.owner.query(
      "insert into purchase_returns (line_id, key, quantity, amount_minor, at) values ($1, 'x' || random(), $2, $3, now())",
      [lineId, quantity, amount],
    )
  await expect(straight(2, 0)).rejects.toThrow(/returned_at_most_delivered/)
  await expect(straight(0, 901)).rejects.toThrow(/refunded_at_most_paid/)
  await straight(1, 900)
  await expect(
    app.program.kernel.database.owner.query('update purchase_returns set quantity = 9 where line_id = $1', [lineId]),
  ).rejects.toThrow(/taken back and told again/)
})

test('taken back unit by unit in any parts, all of it is paid back in the end and never more', async () => {
  const parts = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 100_000 }), parts, async (paidMinor, counts) => {
      const quantity = counts.reduce((all, one) => all + one, 0)
      const { lineId } = await bought({ quantity, paidMinor })
      for (const [index, count] of counts.entries()) {
        const amountMinor = worthOf(await lineNow(lineId), count)
        await back({ lineId, key: `${lineId}:${index}`, quantity: count, amountMinor })
      }
      expect(await lineNow(lineId)).toMatchObject({ returned: quantity, refundedMinor: paidMinor })
      expect(worthOf(await lineNow(lineId), 1)).toBe(0)
    }),
    { numRuns: 25 },
  )
})

test('money goes back the way it came, vouchers last, and each way at most what was taken by it', async () => {
  const paid = [
    { tender: 'voucher', amountMinor: 1000 },
    { tender: 'card', amountMinor: 1500 },
    { tender: 'cash', amountMinor: 499 },
  ]
  const { id } = await bought({ paidMinor: 2999 }, paid)
  const pay = (amount: number, otherwise: 'cash' | null = null) =>
    app.program.kernel.work(system, work => payBack(work, id, amount, otherwise))
  const shown = (parts: Awaited<ReturnType<typeof pay>>) => parts.map(one => [one.tender, one.amountMinor])
  expect(shown(await pay(1600))).toEqual([
    ['card', 1500],
    ['cash', 100],
  ])
  expect(shown(await pay(500))).toEqual([
    ['cash', 399],
    ['voucher', 101],
  ])
  await expect(pay(900)).rejects.toMatchObject({ errors: [{ field: 'tender' }] })
  expect(shown(await pay(900, 'cash'))).toEqual([
    ['voucher', 899],
    ['cash', 1],
  ])
})

test('a purchase is not told otherwise than what came back of it', async () => {
  const told = {
    number: 'E-1',
    source: 'shop',
    externalId: 'e-1',
    lines: [{ name: 'Two', quantity: 2, paidMinor: 1000 }],
  }
  const record = (more: object = {}) =>
    app.as('adviser')<Made & { errors?: { field: string }[] }>('POST', '/api/purchases', { ...told, ...more })
  const { body } = await record()
  await back({ lineId: body.lines[0]?.id ?? 0, key: 'e', quantity: 2, amountMinor: 1000 })
  const wrong = async (lines: object[]) => (await record({ lines })).body.errors?.[0]?.field
  expect(await wrong([{ name: 'Two', quantity: 1, paidMinor: 1000 }])).toBe('lines[0].quantity')
  expect(await wrong([{ name: 'Two', quantity: 2, paidMinor: 999 }])).toBe('lines[0].paidMinor')
  expect((await record()).status).toBe(201)
})
