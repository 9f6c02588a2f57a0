import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { alternativesOf } from '../src/modules/catalogue/alternatives.ts'
import type { Alternative, Found } from '../src/modules/catalogue/contract.ts'
import { likenessOf, nearPrice, wordLikeness } from '../src/modules/catalogue/likeness.ts'
import { startKernel } from '../src/platform/kernel.ts'
import { system } from '../src/platform/permissions/actor.ts'
import { startApp, type TestApp } from './app.ts'
import { cloneDatabase } from './database.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp({ jobs: false })
})
afterAll(() => app.close())

const gbp = (priceMinor: number | null) => ({ name: '', priceMinor, currency: 'GBP' })

test.each([
  [{ words: 1, trigrams: 1, price: 1 }, 1],
  [{ words: 0, trigrams: 0, price: 1 }, 0.2],
  [{ words: 0.5, trigrams: 0.25, price: 0 }, 0.3],
  [{ words: 0, trigrams: 0, price: 0 }, 0],
])('0.4 words + 0.4 trigrams + 0.2 price: %j is %d', (parts, whole) => {
  expect(likenessOf(parts)).toBeCloseTo(whole, 6)
})

test.each([
  [1000, 1000, 1],
  [1000, 2000, 0.25],
  [2000, 1000, 0.25],
  [1000, Math.round(1000 * Math.sqrt(Math.E)), Math.exp(-1)],
  [1000, 4000, 0.0625],
  [1000, null, 0],
  [0, 1000, 0],
] as [number, number | null, number][])('a price of %j beside %j counts %d', (a, b, near) => {
  expect(nearPrice(gbp(a), gbp(b))).toBeCloseTo(near, 3)
})

test('prices in other currencies say nothing, and common words count less than rare ones', () => {
  expect(nearPrice(gbp(100), { ...gbp(100), currency: 'EUR' })).toBe(0)
  const [same, rare, common, none] = wordLikeness('red retrospot lamp', [
    'Red Retrospot LAMP',
    'retrospot bag',
    'red bag',
    'blue mug',
    'red cup',
  ])
  expect(same).toBe(1)
  expect(none).toBe(0)
  expect(rare).toBeGreaterThan(common ?? 1)
})

const manager = () => app.as('line_manager')
let made = 0
const post = async <T>(path: string, body: object) => (await manager()<T & { id: number }>('POST', path, body)).body
const family = (attributes: object[] = []) => post('/api/product-families', { name: `Family ${++made}`, attributes })
const place = (name = `Place ${++made}`) => post<{ name: string }>('/api/places', { name })
const product = async (name: string, body: object = {}, stock: Record<number, string> = {}) => {
  const { id } = await post('/api/products', { name, number: `A-${++made}`, ...body })
  expect(id, name).toBeGreaterThan(0)
  for (const [at, state] of Object.entries(stock))
    await manager()('PUT', `/api/products/${id}/availability/${at}`, { state })
  return id
}
type Answer = { transfer: { place: string }[]; items: Alternative[] }
const instead = async (id: number, query = '') =>
  (await manager()<Answer>('GET', `/api/products/${id}/alternatives${query}`)).body
const named = (answer: Answer) => answer.items.map(item => `${item.rank}: ${item.product.name}`)

test('what colleagues set comes first, then the same family, then what is most alike; only what can be had', async () => {
  const [here, there, kettles] = [await place(), await place(), await family()]
  const inFamily = { familyId: kettles.id, priceMinor: 3000 }
  const twin = await product('Kettle Dawn steel', inFamily, { [here.id]: 'in_stock' })
  await product('Kettle Dawn copper', inFamily, { [here.id]: 'out' })
  await product('Big samovar', inFamily, { [there.id]: 'low' })
  await product('Dawn kettle stand, red', { priceMinor: 900 }, { [here.id]: 'in_stock' })
  await product('Garden hose', { priceMinor: 3000 }, { [here.id]: 'in_stock' })
  const far = await product('Stove pot', {}, { [there.id]: 'in_stock' })
  const gone = await product('Old pot', {}, { [here.id]: 'in_stock' })
  await manager()('PATCH', `/api/products/${gone}`, { discontinued: true })
  const asked = await product('Kettle Dawn red', inFamily, { [here.id]: 'out', [there.id]: 'in_stock' })
  const alternatives = [
    { productId: gone, note: 'never' },
    { productId: far, note: 'For gas stoves', bothWays: true },
  ]
  await manager()('PATCH', `/api/products/${asked}`, { alternatives })
  const answer = await instead(asked, `?placeId=${here.id}`)
  expect(named(answer)).toEqual([
    'set: Stove pot',
    'family: Kettle Dawn steel',
    'family: Big samovar',
    'alike: Dawn kettle stand, red',
  ])
  expect(answer.transfer).toMatchObject([{ place: there.name }])
  expect(answer.items[0]).toMatchObject({ note: 'For gas stoves', here: false, elsewhere: [{ place: there.name }] })
  expect(answer.items[1]).toMatchObject({ here: true, elsewhere: [], product: { id: twin } })
  const { parts, score } = answer.items[1] as Alternative
  expect(score).toBeCloseTo(0.4 * parts.words + 0.4 * parts.trigrams + 0.2 * parts.price, 5)
  expect(parts.price).toBe(1)
  expect(named(await instead(far))[0]).toBe('set: Kettle Dawn red')
  expect((await instead(twin)).items.map(item => item.rank)).not.toContain('set')
  expect((await manager()('GET', '/api/products/999999/alternatives')).status).toBe(404)
})

test('a need is met by products with the reasons, and with what does not fit, always in the same order', async () => {
  const [here, there] = [await place(), await place()]
  const kettles = await family([
    { key: 'volume', label: 'Volume', type: 'number', unit: 'l' },
    { key: 'colour', label: 'Colour', type: 'choice', choices: ['red', 'steel'] },
    { key: 'cordless', label: 'Cordless', type: 'flag' },
  ])
  const about = (volume: number | null, colour: string, priceMinor: number) => ({
    familyId: kettles.id,
    priceMinor,
    attributes: { volume, colour, cordless: true },
  })
  await product('Small red', about(1, 'red', 2000), { [here.id]: 'in_stock' })
  await product('Large red', about(1.7, 'red', 4000), { [there.id]: 'in_stock' })
  await product('Large steel', about(2, 'steel', 3000), { [here.id]: 'in_stock' })
  await product('Unsaid', about(null, 'red', 2500), { [here.id]: 'in_stock' })
  const need = {
    familyId: kettles.id,
    wants: [
      { key: 'volume', op: 'at_least', value: 1.5, must: true },
      { key: 'colour', value: 'red' },
    ],
    priceMaxMinor: 3500,
    words: 'large',
    placeId: here.id,
  }
  const ask = () => manager()<{ items: Found[]; considered: number }>('POST', '/api/products/match', need)
  const { body } = await ask()
  expect(body.considered).toBe(4)
  expect(body.items.map(one => [one.product.name, one.fits, one.score])).toEqual([
    ['Large steel', true, 0.889],
    ['Small red', false, 0.556],
    ['Unsaid', false, 0.556],
    ['Large red', false, 0.556],
  ])
  const reasons = (index: number) => body.items[index]?.reasons.map(one => `${one.kind} ${one.fits}`)
  expect(reasons(0)).toEqual(['attribute true', 'attribute false', 'price true', 'words true', 'place true'])
  expect(body.items[2]?.reasons[0]).toMatchObject({ fits: false, has: null, must: true })
  expect(body.items[3]?.reasons.at(-1)).toMatchObject({ kind: 'place', fits: false, words: [there.name] })
  expect((await ask()).body).toEqual(body)
})

test('a need that cannot be meant is refused by name', async () => {
  const lamps = await family([{ key: 'watt', label: 'Watt', type: 'number' }])
  const tried = async (body: object) =>
    (await manager()<{ errors: { field: string }[] }>('POST', '/api/products/match', body)).body.errors?.[0]?.field
  expect(await tried({})).toBe('familyId')
  expect(await tried({ words: '!?' })).toBe('familyId')
  expect(await tried({ familyId: lamps.id, wants: [{ key: 'volt', value: 1 }] })).toBe('wants[0].key')
  expect(await tried({ familyId: lamps.id, wants: [{ key: 'watt', value: 'many' }] })).toBe('wants[0].value')
  expect(await tried({ familyId: lamps.id, priceMaxMinor: -1 })).toBe('priceMaxMinor')
  expect(await tried({ words: "lamp' & !!( | :*" })).toBeUndefined()
})

type Item = { code: string; name: string; price: number }

/** How often another colour of the same thing is the first, or among the first five, of what is offered instead. */
const hits = async (items: readonly Item[], tried: readonly Item[]) => {
  const { url, drop } = await cloneDatabase()
  const kernel = startKernel({ url })
  try {
    const { owner } = kernel.database
    await owner.query(`insert into places (name) values ('Here')`)
    await owner.query(
      `insert into products (kind, name, number, price_minor, created_at)
        select 'product', name, code, price, now() from jsonb_to_recordset($1::jsonb) as x (code text, name text, price bigint)`,
      [JSON.stringify(items)],
    )
    await owner.query(`insert into product_availability (product_id, place_id, state, source, updated_at, updated_by)
      select p.id, l.id, 'in_stock', 'hand', now(), 'test' from products p, places l`)
    await owner.query('analyze products, product_availability')
    const { rows } = await owner.query<{ id: string; number: string }>('select id, number from products')
    const ids = new Map(rows.map(row => [row.number, Number(row.id)]))
    let [first, five] = [0, 0]
    for (const { code } of tried) {
      const best = await kernel.read(system, reading => alternativesOf(reading, { id: ids.get(code) ?? 0, limit: 5 }))
      const at = best.items.findIndex(item => item.product.number.slice(0, 5) === code.slice(0, 5))
      if (at === 0) first++
      if (at >= 0) five++
    }
    return { first: first / tried.length, five: five / tried.length }
  } finally {
    await kernel.close()
    await drop()
  }
}

const things = 'HEART STAR LANTERN CANDLE MUG BOWL PLATE CUSHION FRAME CLOCK HOLDER HANGER BASKET TRAY JAR BAG'.split(
  ' ',
)
const kinds =
  'VINTAGE RETROSPOT WOODLAND REGENCY CHRISTMAS ANTIQUE FELTCRAFT POLKADOT FRENCH PAISLEY ZINC CERAMIC'.split(' ')
const makes = 'HANGING SMALL LARGE PLAIN PAINTED FOLDING'.split(' ')
const colours = 'RED BLUE PINK GREEN IVORY BLACK'.split(' ')

/** A shop's goods, each in several colours: its code is that of the style with a letter for the colour. */
const generated = (): Item[] =>
  things.flatMap((thing, t) =>
    kinds.flatMap((kind, k) => {
      const style = 10_000 + t * 100 + k
      const make = makes[(t * 5 + k * 3) % makes.length] ?? ''
      const price = 95 + ((t * 37 + k * 53) % 60) * 20
      return colours
        .filter((_, c) => (t + k + c) % 2 === 0)
        .map((colour, c) => ({
          code: `${style}${String.fromCharCode(65 + c)}`,
          name: k % 3 === 0 ? `${colour} ${kind} ${make} ${thing}` : `${kind} ${thing} ${make} ${colour}`,
          price: price + (c === 2 ? 10 : 0),
        }))
    }),
  )

test('another colour of the same thing is found first, as often as was measured on a real shop', async () => {
  const items = generated()
  const tried = items.filter((_, index) => index % 4 === 0)
  const { first, five } = await hits(items, tried)
  expect(items.length).toBeGreaterThan(500)
  expect(first).toBeGreaterThanOrEqual(0.8)
  expect(five).toBeGreaterThanOrEqual(0.95)
}, 120_000)

const sheet = new URL('../../shared/reference/data/onlineretail.csv.gz', import.meta.url)

/** The goods of a British online shop (UCI Online Retail, CC0), with their usual name and middle price. */
const realItems = (): Item[] => {
  type Good = { names: Map<string, number>; prices: number[] }
  const goods = new Map<string, Good>()
  for (const row of gunzipSync(readFileSync(sheet)).toString('latin1').split('\n').slice(1)) {
    const [, code = '', name = '', , , price = ''] =
      row.match(/("[^"]*"|[^,]*)(?:,|$)/g)?.map(cell => cell.replace(/^"|"?,?$/g, '')) ?? []
    if (!/^\d{5}[A-Z]*$/.test(code) || name.trim() === '' || !(Number(price) > 0)) continue
    const one: Good = goods.get(code) ?? { names: new Map(), prices: [] }
    one.names.set(name.trim(), (one.names.get(name.trim()) ?? 0) + 1)
    one.prices.push(Number(price))
    goods.set(code, one)
  }
  return [...goods].map(([code, { names, prices }]) => ({
    code,
    name: [...names].toSorted((a, b) => b[1] - a[1])[0]?.[0].slice(0, 150) ?? '',
    price: Math.round((prices.toSorted((a, b) => a - b)[prices.length >> 1] ?? 0) * 100),
  }))
}

test.skipIf(!existsSync(sheet))(
  'on the goods of a real shop it is as good as published (skipped without the data)',
  async () => {
    const items = realItems()
    const styles = Map.groupBy(items, item => item.code.slice(0, 5))
    const tried = items.filter(item => /[A-Z]$/.test(item.code) && (styles.get(item.code.slice(0, 5))?.length ?? 0) > 1)
    expect(tried.length).toBeGreaterThan(700)
    // Every second one: as sure to within three in a hundred, in half the time.
    const some = tried.filter((_, i) => i % 2 === 0)
    const { first, five } = await hits(items, some)
    // Measured elsewhere with 3-grams weighed by rarity: 0.853 and 0.969.
    expect(first).toBeGreaterThanOrEqual(0.8)
    expect(five).toBeGreaterThanOrEqual(0.95)
  },
  240_000,
)
