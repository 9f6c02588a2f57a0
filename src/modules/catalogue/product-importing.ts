import { sql } from 'kysely'
import type { Sheet } from '../../platform/text/csv.ts'
import type { Work } from '../../platform/work.ts'
import { currencyOf } from '../identity/index.ts'
import type { ImportMode, ImportReport } from './contract-importing.ts'
import { allFamilies } from './families.ts'
import { columnNames, columns, type Given, givenOf, type Present } from './product-rows.ts'
import { type Filled, fieldsOf, filledOf, reportOf, type Wrong } from './sheets.ts'

const presentIn = async ({ tx }: Work, rows: readonly Filled[]): Promise<Present> => {
  const numbers = [...new Set(rows.flatMap(({ cells }) => (cells.number ? [cells.number.toUpperCase()] : [])))]
  const { rows: found } = await sql<{ id: number; number: string; familyId: number | null; currency: string }>`
    select id, upper(number) as number, family_id as "familyId", currency from products where upper(number) = any(${numbers}::text[])`.execute(
    tx,
  )
  return new Map(found.map(row => [row.number, row]))
}

const bare = (barcode: string) => barcode.replace(/^0+/, '')

/** A number and a barcode belong to one product: neither twice in a sheet, nor to another that is there already. */
const apart = async ({ tx }: Work, given: readonly Given[]): Promise<Wrong[]> => {
  const codes = given.flatMap(one => (one.barcode ? [bare(one.barcode)] : []))
  const { rows } = await sql<{
    number: string
    code: string
    name: string
  }>`select upper(number) as number, ltrim(barcode, '0') as code, name
    from products where barcode is not null and ltrim(barcode, '0') = any(${codes}::text[])`.execute(tx)
  const owners = new Map(rows.map(row => [row.code, row]))
  const first = { number: new Map<string, number>(), barcode: new Map<string, number>() }
  return given.flatMap(one => {
    const wrong: Wrong[] = []
    const seen = (field: 'number' | 'barcode', value: string) => {
      const line = first[field].get(value)
      if (line === undefined) first[field].set(value, one.line)
      else wrong.push({ line: one.line, field, message: `Line ${line} has this already` })
    }
    seen('number', one.number.toUpperCase())
    if (one.barcode) {
      seen('barcode', bare(one.barcode))
      const owner = owners.get(bare(one.barcode))
      if (owner && owner.number !== one.number.toUpperCase())
        wrong.push({ line: one.line, field: 'barcode', message: `This belongs to ${owner.name} already` })
    }
    return wrong
  })
}

const rows = (
  given: readonly Given[],
) => sql`given as (select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
  as g (number text, name text, "familyId" bigint, kind text, barcode text, "priceMinor" bigint, currency text, quality text,
    description text, packaging text, guarantee text, warnings text, safety text, features jsonb))`

/** So many go to the database at a time. */
const lot = 2000

const insertLot = (work: Work, given: readonly Given[]) =>
  sql`with ${rows(given)} insert into products (family_id, kind, name, number, barcode, description, attributes, quality, price_minor,
      currency, packaging, guarantee, warnings, safety, created_at)
    select "familyId", coalesce(kind, 'product'), name, number, barcode, coalesce(description, ''), features, coalesce(quality, ''),
      "priceMinor", coalesce(currency, 'GBP'), coalesce(packaging, ''), coalesce(guarantee, ''), coalesce(warnings, ''),
      coalesce(safety, ''), ${work.now}::timestamptz from given`.execute(work.tx)

/** Cells that say nothing leave what is there. @returns how many differ */
const updateLot = async (work: Work, given: readonly Given[]): Promise<number> => {
  const { rows: changed } =
    await sql`with ${rows(given)}, next as (select p.id, coalesce(g."familyId", p.family_id) as family_id,
      coalesce(g.kind, p.kind) as kind, coalesce(g.name, p.name) as name, coalesce(g.barcode, p.barcode) as barcode,
      coalesce(g.description, p.description) as description, p.attributes || g.features as attributes, coalesce(g.quality, p.quality) as quality,
      coalesce(g."priceMinor", p.price_minor) as price_minor, coalesce(g.currency, p.currency) as currency,
      coalesce(g.packaging, p.packaging) as packaging, coalesce(g.guarantee, p.guarantee) as guarantee,
      coalesce(g.warnings, p.warnings) as warnings, coalesce(g.safety, p.safety) as safety
    from given g join products p on upper(p.number) = upper(g.number))
    update products p set family_id = n.family_id, kind = n.kind, name = n.name, barcode = n.barcode, description = n.description,
      attributes = n.attributes, quality = n.quality, price_minor = n.price_minor, currency = n.currency, packaging = n.packaging,
      guarantee = n.guarantee, warnings = n.warnings, safety = n.safety, version = p.version + 1
    from next n where n.id = p.id and (p.family_id, p.kind, p.name, p.barcode, p.description, p.attributes, p.quality, p.price_minor,
        p.currency, p.packaging, p.guarantee, p.warnings, p.safety)
      is distinct from (n.family_id, n.kind, n.name, n.barcode, n.description, n.attributes, n.quality, n.price_minor,
        n.currency, n.packaging, n.guarantee, n.warnings, n.safety) returning p.id`.execute(work.tx)
  return changed.length
}

const lotsOf = (given: readonly Given[]): Given[][] =>
  Array.from({ length: Math.ceil(given.length / lot) }, (_, index) => given.slice(index * lot, (index + 1) * lot))

const save = async (work: Work, given: readonly Given[], present: Present) => {
  const isThere = (one: Given) => present.has(one.number.toUpperCase())
  const [old, fresh] = [given.filter(isThere), given.filter(one => !isThere(one))]
  let changed = 0
  for (const part of lotsOf(fresh)) await insertLot(work, part)
  for (const part of lotsOf(old)) changed += await updateLot(work, part)
  const data = { added: fresh.length, changed }
  work.record({ type: 'catalogue.imported', subject: { kind: 'organisation', id: 1 }, data })
  return { ...data, unchanged: old.length - changed }
}

const foreseen = (given: readonly Given[], present: Present) => {
  const changed = given.filter(one => present.has(one.number.toUpperCase())).length
  return { added: given.length - changed, changed, unchanged: 0 }
}

/**
 * Brings in products from a sheet, found by their number; those that are not there are added.
 * @throws Refusal naming `file` when the column of numbers is missing
 */
export const importProducts = async (work: Work, sheet: Sheet, mode: ImportMode): Promise<ImportReport> => {
  await sql`select pg_advisory_xact_lock(7203130)`.execute(work.tx)
  const families = await allFamilies({ db: work.tx })
  const { fields, ignored } = fieldsOf(sheet.header, columnNames(families), [['number']])
  const filled = filledOf(sheet, fields)
  const present = await presentIn(work, filled.rows)
  const usual = await currencyOf({ db: work.tx })
  const read = filled.rows.map(row => givenOf(row, { families, present, usual }))
  const sound = read.filter((one): one is Given => !Array.isArray(one))
  const doubled = await apart(work, sound)
  const wrong = [...filled.wrong, ...read.flatMap(one => (Array.isArray(one) ? one : [])), ...doubled]
  const badLines = new Set(doubled.map(one => one.line))
  const good = mode === 'all' && wrong.length > 0 ? [] : sound.filter(one => !badLines.has(one.line))
  const writes = mode !== 'try' && good.length > 0
  const counts = writes ? await save(work, good, present) : foreseen(good, present)
  const shown = columns.filter(column => fields.includes(column))
  const report = reportOf(mode, { sheetRows: sheet.rows.length, ignored, wrong, rows: filled.rows, columns: shown })
  return { ...report, written: writes, ...counts }
}
