import { sql } from 'kysely'
import type { Sheet } from '../../platform/text/csv.ts'
import type { Reading, Work } from '../../platform/work.ts'
import type { ImportMode, ImportReport } from './contract-importing.ts'
import { Day, GivenState } from './contract-shapes.ts'
import { type Filled, fieldsOf, filledOf, reportOf, type Wrong } from './sheets.ts'

const columns = ['product', 'place', 'state', 'expected'] as const
const names = {
  product: ['number', 'sku', 'code', 'article', 'product_number', 'barcode', 'gtin', 'ean'],
  place: ['branch', 'store', 'shop', 'location'],
  state: ['availability', 'stock', 'status'],
  expected: ['expected_on', 'due', 'back_on', 'expected_date'],
}

type Put = { line: number; product: number; place: number; state: string; expected: string | null }
type Db = Pick<Reading, 'db'>

/** Products by number or barcode, and places by name or id, as a sheet writes them. */
const known = async ({ db }: Db, rows: readonly Filled[]) => {
  const codes = [...new Set(rows.flatMap(({ cells }) => (cells.product ? [cells.product.toUpperCase()] : [])))]
  const products = await sql<{ id: number; code: string }>`
    select id, upper(number) as code from products where upper(number) = any(${codes}::text[])
    union all select id, ltrim(barcode, '0') from products where barcode is not null
      and ltrim(barcode, '0') = any(${codes.map(code => code.replace(/^0+/, ''))}::text[])`.execute(db)
  const places = await sql<{
    id: number
    name: string
  }>`select id, lower(name) as name from places where ended_at is null`.execute(db)
  return {
    productOf: new Map(products.rows.map(row => [row.code, row.id])),
    placeOf: new Map(places.rows.flatMap(row => [[row.name, row.id] as const, [String(row.id), row.id] as const])),
  }
}

type Known = Awaited<ReturnType<typeof known>>

const putOf = ({ line, cells }: Filled, { productOf, placeOf }: Known, today: string): Put | Wrong[] => {
  const wrong = (field: string, message: string) => ({ line, field, message })
  const code = cells.product?.toUpperCase() ?? ''
  const product = productOf.get(code) ?? productOf.get(code.replace(/^0+/, ''))
  const place = placeOf.get(cells.place?.toLowerCase() ?? '')
  const state = GivenState.safeParse(cells.state)
  const expected = cells.expected ? Day.safeParse(cells.expected) : null
  const problems = [
    ...(product ? [] : [wrong('product', code ? `There is no product ${code}` : 'Say which product')]),
    ...(place ? [] : [wrong('place', cells.place ? `There is no place ${cells.place}` : 'Say which place')]),
    ...(state.success ? [] : [wrong('state', 'Must be in stock, low, out or discontinued')]),
    ...(expected && !expected.success ? [wrong('expected', 'Must be a date such as 2026-11-30')] : []),
    ...(expected?.success && expected.data < today ? [wrong('expected', 'This day is over')] : []),
  ]
  if (!product || !place || !state.success || problems.length > 0) return problems
  const isGone = state.data === 'in_stock' || state.data === 'discontinued'
  return { line, product, place, state: state.data, expected: isGone ? null : (expected?.data ?? null) }
}

/** Each place says one thing of a product: the second time in one sheet is a mistake. */
const onceEach = (puts: readonly Put[]): { puts: Put[]; wrong: Wrong[] } => {
  const first = new Map<string, number>()
  const wrong: Wrong[] = []
  const once = puts.filter(put => {
    const key = `${put.product} ${put.place}`
    const line = first.get(key)
    if (line === undefined) first.set(key, put.line)
    else wrong.push({ line: put.line, field: 'product', message: `Line ${line} says this of the same place already` })
    return line === undefined
  })
  return { puts: once, wrong }
}

type Change = { added: number; changed: number; back: number[] }

const changesOf = (
  puts: readonly Put[],
) => sql`given as (select * from jsonb_to_recordset(${JSON.stringify(puts)}::jsonb)
    as g (product bigint, place bigint, state text, expected date)),
  before as (select g.*, a.state as was, a.product_id is null as fresh,
      (a.state, a.expected_on) is distinct from (g.state, g.expected) as differs
    from given g left join product_availability a on a.product_id = g.product and a.place_id = g.place)`

const counted = sql`select (count(*) filter (where fresh))::int as added, (count(*) filter (where differs and not fresh))::int as changed,
  coalesce(array_agg(distinct product) filter (where not fresh and was not in ('in_stock', 'low') and state in ('in_stock', 'low')), '{}') as back from before`

const foreseen = async ({ db }: Db, puts: readonly Put[]): Promise<Change> =>
  (await sql<Change>`with ${changesOf(puts)} ${counted}`.execute(db)).rows[0] as Change

const store = async (work: Work, puts: readonly Put[], source: string): Promise<Change> => {
  // One sheet after the other: what came back must be told once.
  await sql`select pg_advisory_xact_lock(7203130)`.execute(work.tx)
  const { rows } = await sql<Change>`with ${changesOf(puts)},
    put as (insert into product_availability (product_id, place_id, state, expected_on, source, updated_at, updated_by)
      select product, place, state, expected, ${source}, ${work.now}::timestamptz, ${work.actor.name} from before where differs order by 1, 2
      on conflict (product_id, place_id) do update set state = excluded.state, expected_on = excluded.expected_on,
        source = excluded.source, updated_at = excluded.updated_at, updated_by = excluded.updated_by)
    ${counted}`.execute(work.tx)
  return rows[0] as Change
}

const save = async (work: Work, puts: readonly Put[], source: 'api' | 'import'): Promise<Change> => {
  const change = await store(work, puts, source)
  work.record({
    type: 'catalogue.stock_imported',
    subject: { kind: 'organisation', id: 1 },
    data: { count: change.added + change.changed, back: change.back },
  })
  return change
}

type Wanted = { mode: ImportMode; source: 'api' | 'import'; ignored: string[]; sheetRows: number }

const bring = async (work: Work, rows: readonly Filled[], before: Wrong[], wanted: Wanted): Promise<ImportReport> => {
  const reading = { db: work.tx }
  const all = await known(reading, rows)
  const read = rows.map(row => putOf(row, all, work.now.toISOString().slice(0, 10)))
  const once = onceEach(read.filter((one): one is Put => !Array.isArray(one)))
  const wrong = [...before, ...read.flatMap(one => (Array.isArray(one) ? one : [])), ...once.wrong]
  const written = wanted.mode === 'good' || (wanted.mode === 'all' && wrong.length === 0)
  const puts = wanted.mode === 'all' && wrong.length > 0 ? [] : once.puts
  const change =
    puts.length === 0
      ? { added: 0, changed: 0 }
      : written
        ? await save(work, puts, wanted.source)
        : await foreseen(reading, puts)
  const report = reportOf(wanted.mode, { sheetRows: wanted.sheetRows, ignored: wanted.ignored, wrong, rows, columns })
  const unchanged = puts.length - change.added - change.changed
  return { ...report, written: written && puts.length > 0, added: change.added, changed: change.changed, unchanged }
}

/**
 * Brings in what is available where from a sheet.
 * @throws Refusal naming `file` when a column is missing
 */
export const importStock = (work: Work, sheet: Sheet, mode: ImportMode): Promise<ImportReport> => {
  const { fields, ignored } = fieldsOf(sheet.header, names, [['product'], ['place'], ['state']])
  const { rows, wrong } = filledOf(sheet, fields)
  return bring(work, rows, wrong, { mode, source: 'import', ignored, sheetRows: sheet.rows.length })
}

type Item = { product: string; place: string | number; state: string; expectedOn: string | null }

/** The same from a program; its items are counted from 1. */
export const saveStock = (work: Work, { mode, items }: { mode: ImportMode; items: Item[] }): Promise<ImportReport> => {
  const rows = items.map((item, index) => ({
    line: index + 1,
    cells: {
      product: item.product.trim(),
      place: String(item.place).trim(),
      state: item.state,
      ...(item.expectedOn ? { expected: item.expectedOn } : {}),
    },
  }))
  return bring(work, rows, [], { mode, source: 'api', ignored: [], sheetRows: items.length })
}
