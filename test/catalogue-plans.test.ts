import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { alternativesOf } from '../src/modules/catalogue/alternatives.ts'
import { listProducts, productByCode } from '../src/modules/catalogue/queries.ts'
import { listDemands } from '../src/modules/demand/queries.ts'
import { register } from '../src/modules/demand/register.ts'
import { openTransfers } from '../src/modules/demand/transferring.ts'
import { type Kernel, startKernel } from '../src/platform/kernel.ts'
import { system } from '../src/platform/permissions/actor.ts'
import type { Reading } from '../src/platform/work.ts'
import { cloneDatabase } from './database.ts'

let clone: Awaited<ReturnType<typeof cloneDatabase>>
let kernel: Kernel
let asker: pg.Client
const big = new Set(['products', 'product_availability', 'demands'])

beforeAll(async () => {
  clone = await cloneDatabase()
  asker = new pg.Client(clone.url)
  await asker.connect()
  await asker.query(`insert into product_families (name) select 'Family ' || n from generate_series(1, 200) n;
    insert into places (name) select 'Place ' || n from generate_series(1, 5) n;
    insert into products (kind, name, number, family_id, price_minor, created_at)
      select 'product', md5(n::text) || ' ' || md5((n % 97)::text), 'P-' || n, 1 + n % 200, n, now() from generate_series(1, 40000) n;
    insert into product_availability (product_id, place_id, state, source, updated_at, updated_by)
      select p.id, l.id, (array['in_stock', 'low', 'out'])[1 + (p.id + l.id) % 3], 'hand', now(), 'x' from products p, places l;
    insert into demands (product_id, asked_at, reason, currency) select 1 + n % 40000, now() - n * interval '10 minutes', 'out', 'GBP' from generate_series(1, 60000) n;
    analyze`)
  kernel = startKernel({ url: clone.url })
}, 120_000)

afterAll(async () => {
  await kernel.close()
  await asker.end()
  await clone.drop()
})

type Plan = { 'Node Type': string; 'Relation Name'?: string; Plans?: Plan[] }
const scanned = (plan: Plan): string[] => [
  ...(plan['Node Type'] === 'Seq Scan' && big.has(plan['Relation Name'] ?? '') ? [plan['Relation Name'] ?? ''] : []),
  ...(plan.Plans ?? []).flatMap(scanned),
]

/** Big tables that are read from end to end by what is sent to the database while something is done. */
const wholeTablesIn = async (act: () => Promise<unknown>): Promise<string[]> => {
  const sent: { text: string; values: unknown[] }[] = []
  const { query } = pg.Client.prototype
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const given = args[0] as { text?: string; values?: unknown[] }
    if (typeof given.text === 'string' && given.values && /^\s*(select|with)/i.test(given.text))
      sent.push({ text: given.text, values: given.values })
    return (query as (...all: unknown[]) => unknown).apply(this, args)
  } as typeof query
  try {
    await act()
  } finally {
    pg.Client.prototype.query = query
  }
  expect(sent.length).toBeGreaterThan(0)
  const found: string[] = []
  for (const { text, values } of sent) {
    const { rows } = await asker.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`explain (format json) ${text}`, values)
    for (const table of rows.flatMap(row => scanned(row['QUERY PLAN'][0].Plan)))
      found.push(`${table}: ${text.slice(0, 160)}`)
  }
  return found
}

const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10)

test.each<[string, (reading: Reading) => Promise<unknown>]>([
  ['the catalogue', reading => listProducts(reading, { limit: 50 })],
  [
    'its next page',
    async reading =>
      listProducts(reading, { limit: 50, cursor: (await listProducts(reading, { limit: 50 })).next ?? undefined }),
  ],
  ['a family', reading => listProducts(reading, { limit: 50, familyId: 7 })],
  ['words', reading => listProducts(reading, { limit: 50, q: 'c4ca4238' })],
  ['a number', reading => listProducts(reading, { limit: 50, q: 'P-777' })],
  ['what is out at a place', reading => listProducts(reading, { limit: 50, availability: 'out', placeId: 3 })],
  ['a code', reading => productByCode(reading, 'P-777')],
  ['alternatives', reading => alternativesOf(reading, { id: 777, placeId: 2, limit: 8 })],
  ['what was asked for', reading => listDemands(reading, { limit: 50 })],
  ['what was asked for of a product', reading => listDemands(reading, { limit: 50, productId: 777 })],
  ['who waits', reading => listDemands(reading, { limit: 50, waiting: 'true' })],
  ['the register of a week', reading => register(reading, { limit: 50, since: day(8), until: day(1) })],
  ['transfers', reading => openTransfers(reading, { limit: 50 })],
])('%s is read by an index', async (_what, act) => {
  expect(await wholeTablesIn(() => kernel.read(system, act))).toEqual([])
})
