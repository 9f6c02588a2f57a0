import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, startApp, type TestApp } from './app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

type Line = {
  id: number
  paidMinor: number
  taxMinor: number
  discountMinor: number
  delivered: number
  returned: number
}
type Purchase = {
  id: number
  number: string
  totalMinor: number
  version: number
  person: { id: number; name: string } | null
  lines: Line[]
  payments: { tender: string; reference: string }[]
}
type Problem = { errors?: { field: string; message: string }[]; detail?: string }

const call: ReturnType<TestApp['as']> = (...args) => app.as('adviser')(...args)
const kettle = { name: 'Kettle Dawn', sku: 'K-1', quantity: 1, paidMinor: 2999, taxMinor: 500 }
const sale = (more: object = {}) => ({ number: 'R-1001', lines: [kettle], ...more })
const record = (more: object = {}) => call<Purchase>('POST', '/api/purchases', sale(more))
const refused = async (more: object) => {
  const { status, body } = await call<Problem>('POST', '/api/purchases', sale(more))
  expect(status).toBe(422)
  return body.errors?.[0]?.field
}
const whenSent = { channel: 'distance', boughtAt: '2026-11-01T10:00:00Z' }

describe('a purchase', () => {
  test('is recorded with what each line was paid: a discount on the whole is shared to the penny', async () => {
    const { status, body } = await record({
      number: 'R-2001',
      discountMinor: 1000,
      lines: [
        { ...kettle, paidMinor: 3000, taxMinor: 500 },
        { name: 'Cups', quantity: 3, paidMinor: 3001 },
      ],
      payments: [
        { tender: 'cash', amountMinor: 1 },
        { tender: 'card', amountMinor: 5000, reference: 'Card 4111 1111 1111 1111' },
      ],
    })
    expect(status).toBe(201)
    expect(body.lines.map(line => [line.paidMinor, line.taxMinor, line.discountMinor])).toEqual([
      [2500, 417, 500],
      [2501, 0, 500],
    ])
    expect(body.totalMinor).toBe(5001)
    expect(body.payments.map(one => one.tender)).toEqual(['cash', 'card'])
    expect(body.payments[1]?.reference).not.toContain('4111')
    expect(body.lines.map(line => line.delivered)).toEqual([1, 3])
  })

  test('belongs to somebody found by what is known of them, and is found by receipt, gift receipt, serial number or card', async () => {
    const customer = { name: 'Paula Pay', email: 'paula@example.org', card: 'LOY-77' }
    const { body: first } = await record({ number: 'R-3001', giftNumber: 'G-3001', customer })
    expect(first.person?.name).toBe('Paula Pay')
    const { body: second } = await record({
      number: 'R-3002',
      customer: { card: 'loy 77' },
      lines: [{ ...kettle, serial: 'SN-9' }],
    })
    expect(second.person).toEqual(first.person)
    type Found = { by: string | null; items: { number: string }[] }
    const scan = async (code: string) => {
      const { body } = await call<Found>('GET', `/api/purchases/by-code?code=${encodeURIComponent(code)}`)
      return [body.by, ...body.items.map(one => one.number)]
    }
    expect(await scan('r-3001')).toEqual(['receipt', 'R-3001'])
    expect(await scan('g-3001')).toEqual(['gift_receipt', 'R-3001'])
    expect(await scan('sn-9')).toEqual(['serial', 'R-3002'])
    expect(await scan('LOY77')).toEqual(['card', 'R-3002', 'R-3001'])
    expect(await scan('nothing')).toEqual([null])
    type List = { items: { number: string }[]; totals: { totalMinor: number; count: number }[] }
    const { body: theirs } = await call<List>('GET', `/api/people/${first.person?.id}/purchases`)
    expect(theirs.items.map(one => one.number)).toEqual(['R-3002', 'R-3001'])
    expect(theirs.totals).toEqual([{ currency: 'GBP', count: 2, totalMinor: 5998 }])
    const { body: byPrefix } = await call<List>('GET', '/api/purchases?q=r-30')
    expect(byPrefix.items.map(one => one.number)).toEqual(['R-3002', 'R-3001'])
  })

  test('told again by its external number is the same one, changed; two at the same moment make one', async () => {
    const told = { number: 'W-1', source: 'webshop', externalId: 'ext-1', ...whenSent }
    const both = await Promise.all([record(told), record(told)])
    expect(new Set(both.map(one => one.body.id)).size).toBe(1)
    const { body } = await record({ ...told, lines: [kettle, { name: 'Lid', paidMinor: 300 }] })
    expect([body.id, body.lines.length]).toEqual([both[0]?.body.id, 2])
    expect(body.lines[0]?.id).toBe(both[0]?.body.lines[0]?.id)
    const other = await call<Problem>('POST', '/api/purchases', sale({ ...told, currency: 'EUR' }))
    expect(other.body.errors?.[0]?.field).toBe('currency')
  })

  test('that is sent is on its way until it came; in parts too', async () => {
    const { body } = await record({ number: 'W-2', ...whenSent, lines: [{ ...kettle, quantity: 2 }] })
    const state = async () =>
      (await call<{ items: { state: string }[] }>('GET', '/api/purchases?q=W-2')).body.items[0]?.state
    expect(await state()).toBe('on_its_way')
    const line = body.lines[0] as Line
    const came = (delivered: number) =>
      call<Purchase & Problem>('POST', `/api/purchases/${body.id}/delivered`, { lines: [{ id: line.id, delivered }] })
    expect((await came(1)).body.lines[0]?.delivered).toBe(1)
    expect((await came(3)).body.errors?.[0]?.field).toBe('lines[0].delivered')
    await call('POST', `/api/purchases/${body.id}/delivered`, {})
    expect(await state()).toBe('delivered')
    const early = { at: '2026-10-01T10:00:00Z' }
    expect((await call<Problem>('POST', `/api/purchases/${body.id}/delivered`, early)).body.errors?.[0]?.field).toBe(
      'at',
    )
  })

  test('says which field makes no sense', async () => {
    expect(await refused({ lines: [{ ...kettle, paidMinor: -1 }] })).toBe('lines[0].paidMinor')
    expect(await refused({ lines: [{ ...kettle, quantity: 0 }] })).toBe('lines[0].quantity')
    expect(await refused({ lines: [{ ...kettle, taxMinor: 3000 }] })).toBe('lines[0].taxMinor')
    expect(await refused({ lines: [{ paidMinor: 5 }] })).toBe('lines[0].name')
    expect(await refused({ lines: [{ ...kettle, delivered: 2 }] })).toBe('lines[0].delivered')
    expect(await refused({ lines: [{ ...kettle, productId: 999_999 }] })).toBe('lines[0].productId')
    expect(await refused({ lines: [] })).toBe('lines')
    expect(await refused({ discountMinor: 3000 })).toBe('discountMinor')
    expect(await refused({ payments: [{ tender: 'cash', amountMinor: 1 }] })).toBe('payments')
    expect(await refused({ boughtAt: '2031-01-01T00:00:00Z' })).toBe('boughtAt')
    expect(await refused({ currency: 'XXQ' })).toBe('currency')
    expect(await refused({ personId: 999_999 })).toBe('personId')
    expect(await refused({ placeId: 999_999 })).toBe('placeId')
  })

  test('gets its customer later; an old version is refused, and a gift receipt belongs to one purchase', async () => {
    const { body } = await record({ number: 'R-4001', giftNumber: 'G-4001' })
    const { body: other } = await record({
      number: 'R-4002',
      customer: { name: 'Gina Give', email: 'gina@example.org' },
    })
    const path = `/api/purchases/${body.id}`
    const changed = await call<Purchase>('PATCH', path, { personId: other.person?.id, version: body.version })
    expect(changed.body.person?.name).toBe('Gina Give')
    expect((await call('PATCH', path, { number: 'R-9', version: body.version })).status).toBe(412)
    const same = await call<Problem>('PATCH', `/api/purchases/${other.id}`, { giftNumber: 'G-4001' })
    expect([same.status, same.body.errors?.[0]?.field]).toEqual([409, 'giftNumber'])
    const taken = await call<Problem>('POST', '/api/purchases', sale({ number: 'R-4003', giftNumber: 'g-4001' }))
    expect([taken.status, taken.body.errors?.[0]?.field]).toEqual([409, 'giftNumber'])
  })
})

type Import = Record<string, number> & { state: string; problem: string; ignored: string[] }
const supervisor: ReturnType<TestApp['as']> = (...args) => app.as('supervisor')(...args)
const send = async (text: string | Buffer, more: object = {}) => {
  const begun = await supervisor<Import>('POST', '/api/purchase-imports', { name: 'shop.csv', source: 'shop', ...more })
  expect(begun.status).toBe(201)
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(Buffer.from(text))], { type: 'text/csv' }), 'shop.csv')
  const response = await fetch(`${app.url}/api/purchase-imports/${begun.body.id}/file`, {
    method: 'POST',
    headers: { authorization: `Bearer ${app.token('supervisor')}` },
    body: form,
  })
  return { status: response.status, id: begun.body.id as number, body: (await response.json()) as Import & Problem }
}
const importNow = async (id: number) => (await supervisor<Import>('GET', `/api/purchase-imports/${id}`)).body
const settled = (id: number, state: string) =>
  eventually(async () => {
    const now = await importNow(id)
    return now.state === state ? now : null
  })
const told = async (id: number) => {
  type Row = { line: number; field: string; message: string }
  return (await supervisor<{ items: Row[] }>('GET', `/api/purchase-imports/${id}/rows`)).body.items
}

const head = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country,Shelf\n'
const file = `${head}A1,85123A,"Hanging heart, white",6,2026-10-01T08:26,2.55,17850,United Kingdom,x
A1,71053,Metal lantern,6,2026-10-01T08:26,3.39,17850,United Kingdom,x
A2,85123A,Hanging heart,10,2026-10-02 09:00,2.55,17850,EIRE,x
A3,22,Bag,1,2026-10-02 09:00,1,NA,France,x
C1,85123A,Hanging heart,-12,2026-10-05T10:00:00+00:00,2.55,17850,EIRE,x
C2,71053,Metal lantern,-1,2026-10-05T10:00,3.39,99999,France,x
C3,71053,Metal lantern,-7,2026-10-06T10:00,3.39,17850,France,x
A4,99,Adjustment,-50,2026-10-05T10:00,0,,France,x
A5,99,Bad debt,1,2026-10-05T10:00,-11.06,,France,x
A6,99,Half,1.5,2026-10-05T10:00,1,,France,x
A7,99,Day,1,5 October,1,,France,x
`

describe('a file of purchases', () => {
  let id: number

  test('is looked through first: what can be brought in, what not and why, and nothing is brought in', async () => {
    const read = await send(file)
    id = read.id
    expect(read.body).toMatchObject({ state: 'read', rows: 11, sold: 4, cancelled: 3, wrong: 4, ignored: ['Shelf'] })
    expect(read.body.soldMinor).toBe(1530 + 2034 + 2550 + 100)
    expect((await told(id)).map(row => [row.line, row.field])).toEqual([
      [9, 'quantity'],
      [10, 'price'],
      [11, 'quantity'],
      [12, 'at'],
    ])
    expect((await call<{ items: unknown[] }>('GET', `/api/purchases?importId=${id}`)).body.items).toEqual([])
  })

  test('is brought in with its customers, and what came back is put with what it was part of', async () => {
    expect((await supervisor('POST', `/api/purchase-imports/${id}/write`)).status).toBe(202)
    const done = await settled(id, 'done')
    expect(done).toMatchObject({ purchases: 3, lines: 4, returned: 1, unmatched: 2 })
    type Row = { id: number; number: string; state: string; refundedMinor: number; person: { name: string } | null }
    const { items } = (await call<{ items: Row[] }>('GET', `/api/purchases?importId=${id}`)).body
    expect(items.map(row => [row.number, row.state, row.refundedMinor, row.person?.name])).toEqual([
      ['A3', 'delivered', 0, undefined],
      // The latest first: all ten of the second, and two of the first.
      ['A2', 'returned', 2550, 'Customer 17850'],
      ['A1', 'partly_returned', 510, 'Customer 17850'],
    ])
    expect((await told(id)).filter(row => row.line === 7 || row.line === 8).map(row => row.message)).toEqual([
      'This customer bought none of it before',
      'More came back than this customer bought, or more was paid back than was paid',
    ])
    const path = `/api/purchases/${items[2]?.id}`
    expect((await call<{ boughtAt: string; country: string }>('GET', path)).body).toMatchObject({
      // By the clock of the organisation, which had summer time.
      boughtAt: '2026-10-01T07:26:00.000Z',
      country: 'GB',
    })
  })

  test('is not brought in twice, and is taken back with the customers that only it made known', async () => {
    const again = await send(file)
    expect(again.body).toMatchObject({ sold: 0, wrong: 8 })
    expect((await supervisor('POST', `/api/purchase-imports/${id}/undo`)).status).toBe(202)
    await settled(id, 'undone')
    const list = await call<{ items: unknown[] }>('GET', `/api/purchases?importId=${id}`)
    expect(list.body.items).toEqual([])
    const people = await app.as('administrator')<{ items: unknown[] }>('GET', '/api/people?q=17850')
    expect(people.body.items).toEqual([])
    expect((await supervisor('POST', `/api/purchase-imports/${id}/undo`)).status).toBe(409)
    expect((await send(file)).body).toMatchObject({ sold: 4 })
  })

  test('that is none is refused with why, and no half of it stays', async () => {
    const noColumn = await send('a,b\n1,2\n')
    expect([noColumn.status, noColumn.body.errors?.[0]?.field]).toEqual([422, 'file'])
    expect((await importNow(noColumn.id)).state).toBe('failed')
    const open = await send(`${head}"A1,2\n`)
    expect(open.body.detail ?? open.body.errors?.[0]?.message).toMatch(/quotation mark/)
    expect((await send(head)).status).toBe(422)
    expect((await send('')).status).toBe(422)
    expect((await send(Buffer.from([0x50, 0x4b, 0, 0]))).status).toBe(422)
    const windows = await send(Buffer.from(`${head}B1,1,Caf\xe9,1,2026-10-01T08:26,1,,France,\n`, 'latin1'))
    expect(windows.body.sold).toBe(1)
    const formula = await send(`${head}B2,1,=SUM(A1),1,2026-10-01T08:26,1,,France,\n`)
    expect((await told(formula.id))[0]?.field).toBe('name')
    const card = await send(`${head}B3,1,Paid 4111 1111 1111 1111,x,2026-10-01T08:26,1,,France,\n`)
    expect(JSON.stringify(await supervisor('GET', `/api/purchase-imports/${card.id}/rows`))).not.toContain('4111 1111')
  })
})
