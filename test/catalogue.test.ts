import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from './app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp({ jobs: false })
})
afterAll(() => app.close())

type Problem = { code: string; errors?: { field: string; message: string }[]; productId?: number; message?: string }
type Place = { id: number; name: string }
type Stock = { place: string; state: string; expectedOn: string | null; source: string }
type Line = { id: number; name: string; number: string; availability: Stock[]; pictureId: number | null }
type Product = Line & {
  version: number
  attributes: Record<string, unknown>
  faults: { text: string; fixedOn: string | null }[]
  alternatives: { productId: number; bothWays: boolean }[]
  pictures: { id: number; url: string }[]
  discontinuedAt: string | null
  can: string[]
  priceMinor: number | null
}
type Family = { id: number; name: string; version: number; attributes: { key: string }[] }

const manager = () => app.as('line_manager')
let made = 0
const family = async (attributes: object[] = []) =>
  (await manager()<Family>('POST', '/api/product-families', { name: `Family ${++made}`, attributes })).body
const place = async (name = `Place ${++made}`) => (await manager()<Place>('POST', '/api/places', { name })).body
const add = async (body: object = {}) => {
  const number = `N-${++made}`
  const answer = await manager()<Product>('POST', '/api/products', { name: `Thing ${number}`, number, ...body })
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body
}
const refused = async (method: string, path: string, body?: object) => {
  const answer = await manager()<Problem>(method, path, body)
  return { status: answer.status, fields: answer.body.errors?.map(error => error.field) }
}
const list = async (query: string) =>
  (await manager()<{ items: Line[]; next: string | null }>('GET', `/api/products?${query}`)).body
const named = async (query: string) => (await list(query)).items.map(item => item.name)

const kettleFeatures = [
  { key: 'volume', label: 'Volume', type: 'number', unit: 'l' },
  { key: 'colour', label: 'Colour', type: 'choice', choices: ['red', 'steel'] },
  { key: 'cordless', label: 'Cordless', type: 'flag' },
]

test('a product has the features that its family declares, and no others', async () => {
  const kettles = await family(kettleFeatures)
  const features = { volume: 1.7, colour: 'red', cordless: true }
  const product = await add({ familyId: kettles.id, attributes: features, priceMinor: 2999 })
  expect(product.attributes).toEqual(features)
  const tried = (attributes: object) => refused('PATCH', `/api/products/${product.id}`, { attributes })
  expect(await tried({ weight: 3 })).toEqual({ status: 422, fields: ['attributes.weight'] })
  expect(await tried({ colour: 'blue' })).toEqual({ status: 422, fields: ['attributes.colour'] })
  expect(await tried({ volume: 'big' })).toEqual({ status: 422, fields: ['attributes.volume'] })
  const without = await manager()<Product>('PATCH', `/api/products/${product.id}`, { attributes: { colour: null } })
  expect(without.body.attributes).toEqual({ volume: 1.7, cordless: true })
})

test('what a family no longer declares is not shown, and comes back with the declaration', async () => {
  const lamps = await family(kettleFeatures)
  const product = await add({ familyId: lamps.id, attributes: { volume: 2, cordless: false } })
  const change = (attributes: object[]) => manager()('PATCH', `/api/product-families/${lamps.id}`, { attributes })
  const shown = async () => (await manager()<Product>('GET', `/api/products/${product.id}`)).body.attributes
  await change([])
  expect(await shown()).toEqual({})
  await change(kettleFeatures)
  expect(await shown()).toEqual({ volume: 2, cordless: false })
})

test('a declaration that makes no sense is refused by name', async () => {
  const tried = (attributes: object[]) =>
    refused('POST', '/api/product-families', { name: `Family ${++made}`, attributes })
  const [volume] = kettleFeatures
  expect(await tried([volume as object, volume as object])).toEqual({ status: 422, fields: ['attributes[1].key'] })
  expect(await tried([{ key: 'colour', label: 'Colour', type: 'choice' }])).toEqual({
    status: 422,
    fields: ['attributes[0].choices'],
  })
  expect((await tried([{ key: 'Not a key', label: 'x', type: 'text' }])).status).toBe(422)
  const one = await family()
  expect(await refused('POST', '/api/product-families', { name: one.name.toUpperCase() })).toEqual({
    status: 409,
    fields: ['name'],
  })
  expect(await refused('PATCH', `/api/product-families/${one.id}`, { staffId: 999_999 })).toEqual({
    status: 422,
    fields: ['staffId'],
  })
})

test('a number and a barcode belong to one product, however they are written', async () => {
  const first = await add({ number: 'KE-100', barcode: '5012345678900' })
  const again = await manager()<Problem>('POST', '/api/products', { name: 'Other', number: 'ke-100' })
  expect([again.status, again.body.productId]).toEqual([409, first.id])
  const barcode = (code: string) =>
    refused('POST', '/api/products', { name: 'x', number: `N-${++made}`, barcode: code })
  expect(await barcode('05012345678900')).toEqual({ status: 409, fields: ['barcode'] })
  expect(await barcode('5012345678901')).toEqual({ status: 422, fields: ['barcode'] })
  expect(await barcode('; drop table')).toEqual({ status: 422, fields: ['barcode'] })
  const byCode = async (code: string) => (await manager()<Line>('GET', `/api/products/by-code/${code}`)).body.id
  expect([await byCode('ke-100'), await byCode('5012345678900'), await byCode('05012345678900')]).toEqual([
    first.id,
    first.id,
    first.id,
  ])
  expect((await manager()('GET', '/api/products/by-code/none')).status).toBe(404)
})

test('bad input is refused with the field it is about', async () => {
  const tried = (body: object) => refused('POST', '/api/products', { name: 'x', number: `N-${++made}`, ...body })
  expect(await tried({ priceMinor: -1 })).toEqual({ status: 422, fields: ['priceMinor'] })
  expect(await tried({ priceMinor: 1.5 })).toEqual({ status: 422, fields: ['priceMinor'] })
  expect(await tried({ currency: 'pounds' })).toEqual({ status: 422, fields: ['currency'] })
  expect(await tried({ familyId: 999_999 })).toEqual({ status: 422, fields: ['familyId'] })
  expect(await tried({ url: 'javascript:alert(1)' })).toMatchObject({ status: 422 })
  expect(await tried({ press: [{ source: 'Paper', quote: 'x', url: 'ftp://x' }] })).toMatchObject({ status: 422 })
  expect(await tried({ alternatives: [{ productId: 999_999 }] })).toEqual({
    status: 422,
    fields: ['alternatives[0].productId'],
  })
  expect(await tried({ faults: [{ text: 'x', since: 'yesterday' }] })).toEqual({
    status: 422,
    fields: ['faults[0].since'],
  })
  expect(await tried({ nonsense: 1 })).toMatchObject({ status: 422 })
  expect(await tried({ name: ' ' })).toEqual({ status: 422, fields: ['name'] })
})

test('a product is changed on the version one has seen, with its faults, press and alternatives', async () => {
  const [product, other] = [await add(), await add()]
  const body = {
    version: product.version,
    faults: [
      { text: 'The lid jams', since: '2026-10-01', workaround: 'Open it twice' },
      { text: 'Leaks', fixedOn: '2026-11-01' },
    ],
    press: [
      { source: 'The Gazette', publishedOn: '2026-09-01', quote: 'Quiet and quick', url: 'https://gazette.example/1' },
    ],
    alternatives: [{ productId: other.id, bothWays: true, note: 'The same without the lamp' }],
    discontinued: true,
  }
  const changed = await manager()<Product>('PATCH', `/api/products/${product.id}`, body)
  expect(changed.body).toMatchObject({ openFaults: 1, discontinuedAt: expect.any(String) })
  expect(changed.body.faults.map(fault => fault.text)).toEqual(['The lid jams', 'Leaks'])
  expect(changed.body.alternatives).toMatchObject([{ productId: other.id, bothWays: true }])
  expect(
    (await manager()('PATCH', `/api/products/${product.id}`, { name: 'Late', version: product.version })).status,
  ).toBe(412)
  expect(
    await refused('PATCH', `/api/products/${product.id}`, { alternatives: [{ productId: product.id }] }),
  ).toMatchObject({ fields: ['alternatives[0].productId'] })
  const back = await manager()<Product>('PATCH', `/api/products/${product.id}`, { discontinued: false })
  expect(back.body.discontinuedAt).toBeNull()
})

test('whether a place has it is said by hand or by a program, with the day it is expected', async () => {
  const [product, town] = [await add(), await place()]
  const say = (body: object) => refused('PUT', `/api/products/${product.id}/availability/${town.id}`, body)
  expect(await say({ state: 'out', expectedOn: '2020-01-01' })).toEqual({ status: 422, fields: ['expectedOn'] })
  expect(await say({ state: 'in_stock', expectedOn: '2099-01-01' })).toEqual({ status: 422, fields: ['expectedOn'] })
  expect(await say({ state: 'plenty' })).toEqual({ status: 422, fields: ['state'] })
  expect(await refused('PUT', `/api/products/${product.id}/availability/999999`, { state: 'out' })).toEqual({
    status: 422,
    fields: ['placeId'],
  })
  const said = await manager()<{ items: Stock[] }>('PUT', `/api/products/${product.id}/availability/${town.id}`, {
    state: 'Sold out',
    expectedOn: '2099-01-01',
  })
  expect(said.body.items).toMatchObject([{ place: town.name, state: 'out', expectedOn: '2099-01-01', source: 'api' }])
  const gone = await manager()<{ items: Stock[] }>('PUT', `/api/products/${product.id}/availability/${town.id}`, {
    state: null,
  })
  expect(gone.body.items).toEqual([])
})

test('the catalogue is found by words, number, barcode, family and what is available where, page by page', async () => {
  const [lamps, north, south] = [await family(), await place(), await place()]
  const names = ['Brass reading lamp', 'Copper reading lamp', 'Desk lamp with clamp', 'Élan floor lamp']
  const products: Product[] = []
  for (const name of names) products.push(await add({ name, familyId: lamps.id, barcode: null }))
  const put = (index: number, at: Place, state: string) =>
    manager()('PUT', `/api/products/${products[index]?.id}/availability/${at.id}`, { state })
  await put(0, north, 'in_stock')
  await put(1, north, 'out')
  await put(1, south, 'low')
  await put(2, south, 'discontinued')
  const within = `familyId=${lamps.id}`
  expect(await named(within)).toEqual([...names])
  expect(await named(`${within}&q=reading`)).toEqual(names.slice(0, 2))
  expect(await named(`${within}&q=lam%20cop`)).toEqual(['Copper reading lamp'])
  expect(await named(`${within}&q=elan`)).toEqual(['Élan floor lamp'])
  expect(await named(`${within}&q=${products[2]?.number}`)).toEqual(['Desk lamp with clamp'])
  expect(await named(`${within}&q=%25_%27%3B--`)).toEqual([])
  expect(await named(`${within}&availability=available`)).toEqual(names.slice(0, 2))
  expect(await named(`${within}&availability=available&placeId=${north.id}`)).toEqual(['Brass reading lamp'])
  expect(await named(`${within}&availability=out`)).toEqual(['Copper reading lamp'])
  expect(await named(`${within}&availability=unknown`)).toEqual(['Élan floor lamp'])
  const first = await list(`${within}&limit=3`)
  expect(first.items.map(item => item.name)).toEqual(names.slice(0, 3))
  const rest = await list(`${within}&limit=3&cursor=${first.next}`)
  expect([rest.items.map(item => item.name), rest.next]).toEqual([names.slice(3), null])
  await manager()('PATCH', `/api/places/${south.id}`, { ended: true })
  expect(await named(`${within}&availability=available`)).toEqual(['Brass reading lamp'])
})

const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const send = (
  path: string,
  content: Buffer | string,
  name: string,
  role: 'line_manager' | 'driver' = 'line_manager',
) => {
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(Buffer.from(content))]), name)
  return fetch(`${app.url}${path}`, {
    method: 'POST',
    body: form,
    headers: { authorization: `Bearer ${app.token(role)}` },
  })
}

test('a product has pictures, and what only calls itself one is refused', async () => {
  const product = await add()
  const sent = await send(`/api/products/${product.id}/pictures`, picture, 'front.png')
  expect(sent.status).toBe(201)
  const { id, url } = (await sent.json()) as { id: number; url: string }
  const shown = await fetch(`${app.url}${url}`, { headers: { authorization: `Bearer ${app.token('driver')}` } })
  expect([shown.headers.get('content-type'), (await shown.arrayBuffer()).byteLength]).toEqual([
    'image/png',
    picture.length,
  ])
  expect((await fetch(`${app.url}${url}`)).status).toBe(401)
  const svg = await send(`/api/products/${product.id}/pictures`, '<svg onload="alert(1)"/>', 'front.png')
  expect(svg.status).toBe(422)
  const path = `/api/products/${product.id}/pictures/${id}`
  expect((await manager()('PATCH', path, { alt: 'From the front' })).body).toMatchObject({ alt: 'From the front' })
  expect((await manager()('DELETE', path)).status).toBe(200)
  expect((await manager()('DELETE', path)).status).toBe(404)
})

type Report = {
  written: boolean
  rows: number
  added: number
  changed: number
  unchanged: number
  wrong: number
  ignored: string[]
  errors: { line: number; field: string; message: string }[]
}

const bring = async (
  what: 'products' | 'availability',
  mode: string,
  csv: string | Buffer,
): Promise<Report & Problem> =>
  (await (await send(`/api/${what}/import/${mode}`, csv, 'table.csv')).json()) as Report & Problem

test('a table of stock is tried first, then brought in whole, or without the rows that are wrong', async () => {
  const [product, town] = [await add({ barcode: '96385074' }), await place('Quayside')]
  const sheet = `\uFEFFSKU;Branch;Stock;Due;Colour\r\n${product.number};quayside;sold out;2099-02-01;x\r\nnothing;Quayside;out;;\r\n96385074;Nowhere;plenty;soon;\r\n`
  const tried = await bring('availability', 'try', sheet)
  expect(tried).toMatchObject({ written: false, rows: 3, added: 1, wrong: 2, ignored: ['Colour'] })
  expect(tried.errors.map(({ line, field }) => `${line} ${field}`)).toEqual([
    '3 product',
    '4 place',
    '4 state',
    '4 expected',
  ])
  expect(await bring('availability', 'all', sheet)).toMatchObject({ written: false, added: 0, wrong: 2 })
  const stock = async () => (await manager()<Product>('GET', `/api/products/${product.id}`)).body.availability
  expect(await stock()).toEqual([])
  expect(await bring('availability', 'good', sheet)).toMatchObject({ written: true, added: 1, wrong: 2 })
  expect(await stock()).toMatchObject([{ place: 'Quayside', state: 'out', expectedOn: '2099-02-01', source: 'import' }])
  expect(await bring('availability', 'good', sheet)).toMatchObject({ added: 0, changed: 0, unchanged: 1 })
  expect(town.id).toBeGreaterThan(0)
})

test('products come from a table: commas, quotes and pounds, and features by their labels', async () => {
  const kettles = await family(kettleFeatures)
  const sheet = [
    'number,name,family,price,Volume (l),Colour,barcode,description',
    `T-1,"Kettle ""Dawn"", 1.7 l",${kettles.name},"£1,299.50",1.7,RED,5012345678900x,`,
    `T-2,Kettle Dusk,${kettles.name},29.99,2,steel,,"Two
lines"`,
    `T-3,Kettle Noon,${kettles.name},-5,2,steel,,`,
    `T-4,Kettle Noon,${kettles.name},12,two,steel,,`,
    'T-5,,,1,,,,',
    `t-2,Again,${kettles.name},1,,,,`,
    `T-6,"=HYPERLINK(""http://x"")",${kettles.name},1,,,,`,
    'T-7,Lost,No such family,1,,,,',
  ].join('\n')
  const tried = await bring('products', 'try', sheet)
  expect(tried.errors.map(({ line, field }) => `${line} ${field}`)).toEqual([
    '5 price',
    '6 volume',
    '7 name',
    '8 number',
    '9 name',
    '10 family',
  ])
  expect(tried).toMatchObject({ written: false, rows: 8, added: 2, wrong: 6 })
  const good = await bring('products', 'good', sheet)
  expect(good).toMatchObject({ written: true, added: 2, changed: 0 })
  const found = await list(`familyId=${kettles.id}`)
  const whole = await manager()<Product>('GET', `/api/products/${found.items[0]?.id}`)
  expect(whole.body).toMatchObject({
    name: 'Kettle "Dawn", 1.7 l',
    priceMinor: 129_950,
    attributes: { volume: 1.7, colour: 'red' },
  })
  const changed = await bring('products', 'all', 'sku;name;price\nT-2;;31,50\n')
  expect(changed).toMatchObject({ written: true, added: 0, changed: 1, wrong: 0 })
  const dusk = await manager()<Product>('GET', `/api/products/${found.items[1]?.id}`)
  expect(dusk.body).toMatchObject({
    name: 'Kettle Dusk',
    priceMinor: 3150,
    description: 'Two\nlines',
    attributes: { volume: 2 },
  })
})

test('what is no table, has no columns or is too long is refused as a whole', async () => {
  const refusal = async (csv: string | Buffer) => (await bring('availability', 'try', csv)).errors?.[0]?.field
  expect(await refusal('')).toBe('file')
  expect(await refusal('a,b\n1,2\n')).toBe('file')
  expect(await refusal('product,place,place,state\n')).toBe('file')
  expect(await refusal('product,place,state\n"open,Quayside,out\n')).toBe('file')
  expect(await refusal(Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 1, 2]))).toBe('file')
  const long = `product,place,state\n${'x,y,out\n'.repeat(1_000_000)}`
  const answer = await bring('availability', 'try', long)
  expect(answer.errors?.[0]).toMatchObject({ field: 'file', message: expect.stringContaining('50,000 rows at most') })
  const wide = await bring('availability', 'try', 'product,place,state\na,b,out,surplus\n')
  expect(wide.errors[0]).toMatchObject({ line: 2, message: 'The row has 4 cells, the first row 3' })
  expect(
    (await bring('availability', 'try', Buffer.from('\ufeffproduct;place;state\nx;y;out\n', 'utf16le'))).rows,
  ).toBe(1)
})

test('a stock system says what is there in one call', async () => {
  const [product, town] = [await add(), await place()]
  const items = [
    { product: product.number, place: town.id, state: 'low' },
    { product: 'none', place: town.name, state: 'out' },
  ]
  const save = (mode: string) => app.as('receptionist')<Report>('POST', '/api/availability', { mode, items })
  expect((await save('all')).body).toMatchObject({ written: false, wrong: 1 })
  expect((await save('good')).body).toMatchObject({ written: true, added: 1, errors: [{ line: 2, field: 'product' }] })
  expect((await app.as('driver')('POST', '/api/availability', { items })).status).toBe(403)
  expect((await send('/api/products/import/try', 'number\n', 'x.csv', 'driver')).status).toBe(403)
})

test('who may only read the catalogue is told so, and everything that was done stands in the trail', async () => {
  const product = await add({ name: 'Trail kettle' })
  expect((await app.as('auditor')<Product>('GET', `/api/products/${product.id}`)).body.can).toEqual([])
  expect((await app.as('adviser')<Product>('GET', `/api/products/${product.id}`)).body.can).toEqual(['stock'])
  expect((await app.as('adviser')('PATCH', `/api/products/${product.id}`, { name: 'x' })).status).toBe(403)
  await manager()('PATCH', `/api/products/${product.id}`, { priceMinor: 100, quality: 'best' })
  const trail = await app.as('auditor')<{ items: { sentence: string }[] }>('GET', '/api/events?limit=50')
  expect(trail.body.items.map(item => item.sentence).join('\n')).toContain('changed of “Trail kettle”: Quality, Price')
})
