import { Refusal } from '../../platform/refusal.ts'
import { problemWith } from './attributes.ts'
import { barcodeOf } from './barcode.ts'
import { type Attribute, type AttributeValue, type Family, mostMinor, ProductKind } from './contract-shapes.ts'
import { minorOf } from './price.ts'
import type { Filled, Wrong } from './sheets.ts'

export const columns = [
  'number',
  'name',
  'family',
  'kind',
  'barcode',
  'price',
  'currency',
  'quality',
  'description',
  'packaging',
  'guarantee',
  'warnings',
  'safety',
] as const

const names: Record<(typeof columns)[number], string[]> = {
  number: ['sku', 'code', 'article', 'product_number'],
  name: ['title', 'product'],
  family: ['category', 'group', 'range'],
  kind: ['type'],
  barcode: ['gtin', 'ean', 'upc'],
  price: ['unit_price', 'retail_price'],
  currency: [],
  quality: ['grade', 'quality_grade'],
  description: ['details'],
  packaging: ['pack'],
  guarantee: ['warranty'],
  warnings: ['warning'],
  safety: ['safety_data'],
}

const own = 'feature_'
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_|_$/g, '')

/** The names of columns: those of every product, and the features that families declare. */
export const columnNames = (families: readonly Family[]): Record<string, string[]> => {
  const all: Record<string, string[]> = { ...names }
  for (const { key, label, unit } of families.flatMap(family => family.attributes)) {
    const name = `${own}${key}`
    all[name] = [...new Set([...(all[name] ?? []), key, plain(label), plain(`${label} ${unit}`)])]
  }
  return all
}

const longest: Record<string, number> = { name: 150, number: 60, quality: 100, description: 20_000, packaging: 2000 }
const usualLength = 4000

/** A feature as a cell says it: the value, or nothing where it cannot be meant. */
const valueIn = (attribute: Attribute, cell: string): AttributeValue | null => {
  if (attribute.type === 'number') return /^[+-]?\d+([.,]\d+)?$/.test(cell) ? Number(cell.replace(',', '.')) : null
  if (attribute.type === 'flag')
    return /^(yes|true|1|x)$/i.test(cell) ? true : /^(no|false|0|-)$/i.test(cell) ? false : null
  if (attribute.type === 'choice')
    return attribute.choices.find(choice => choice.toLowerCase() === cell.toLowerCase()) ?? null
  return cell.slice(0, 500)
}

const featuresOf = (
  cells: Filled['cells'],
  family: Family | undefined,
  wrong: (field: string, message: string) => void,
) => {
  const given: Record<string, AttributeValue> = {}
  for (const [field, cell] of Object.entries(cells)) {
    if (!field.startsWith(own)) continue
    const attribute = family?.attributes.find(one => one.key === field.slice(own.length))
    // A column for the lamps says nothing of the kettles, but a value there is a mistake.
    if (!attribute) wrong(field.slice(own.length), 'The family of this product declares no such feature')
    else {
      const value = valueIn(attribute, cell)
      const problem =
        value === null ? `${attribute.label} cannot be “${cell.slice(0, 60)}”` : problemWith(attribute, value)
      if (problem || value === null) wrong(attribute.key, problem ?? '')
      else given[attribute.key] = value
    }
  }
  return given
}

const barcodeIn = (cell: string | undefined, wrong: (field: string, message: string) => void): string | null => {
  try {
    return barcodeOf(cell ?? null)
  } catch (error) {
    if (error instanceof Refusal) wrong('barcode', error.message)
    return null
  }
}

export type Given = {
  line: number
  number: string
  name?: string
  familyId?: number
  kind?: string
  barcode?: string
  priceMinor?: number
  currency?: string
  features: Record<string, AttributeValue>
} & Partial<Record<'quality' | 'description' | 'packaging' | 'guarantee' | 'warnings' | 'safety', string>>

/** What is known of the products a sheet names: their family decides which features they can have. */
export type Present = ReadonlyMap<string, { id: number; familyId: number | null; currency: string }>

const texts = ['quality', 'description', 'packaging', 'guarantee', 'warnings', 'safety'] as const

/** One row, read: what it says of a product, or what is wrong with it. */
export const givenOf = (
  { line, cells }: Filled,
  { families, present, usual }: { families: readonly Family[]; present: Present; usual: string },
): Given | Wrong[] => {
  const problems: Wrong[] = []
  const wrong = (field: string, message: string) => void problems.push({ line, field, message })
  const there = present.get(cells.number?.toUpperCase() ?? '')
  if (!cells.number) wrong('number', 'Say the number of the product')
  if (!there && !cells.name) wrong('name', 'A new product needs a name')
  const family = cells.family
    ? families.find(one => one.name.toLowerCase() === cells.family?.toLowerCase())
    : families.find(one => one.id === there?.familyId)
  if (cells.family && !family) wrong('family', `There is no family ${cells.family}`)
  const kind = cells.kind ? ProductKind.safeParse(cells.kind.toLowerCase()) : null
  if (kind && !kind.success) wrong('kind', 'Must be product or service')
  const currency = cells.currency?.toUpperCase() ?? there?.currency ?? usual
  const isCurrency = Intl.supportedValuesOf('currency').includes(currency)
  if (!isCurrency) wrong('currency', 'There is no such currency')
  const price = cells.price && isCurrency ? minorOf(cells.price, currency) : null
  if (cells.price && isCurrency && price === null) wrong('price', 'This is no price')
  if (price !== null && price < 0) wrong('price', 'A price cannot be below nothing')
  if (price !== null && price > mostMinor) wrong('price', 'This price is too large')
  for (const [field, cell] of Object.entries(cells))
    if (cell.length > (longest[field] ?? usualLength))
      wrong(field, `At most ${longest[field] ?? usualLength} characters`)
  const barcode = barcodeIn(cells.barcode, wrong)
  const features = featuresOf(cells, family, wrong)
  if (problems.length > 0) return problems
  return {
    line,
    number: cells.number ?? '',
    features,
    ...(cells.name ? { name: cells.name } : {}),
    ...(family ? { familyId: family.id } : {}),
    ...(kind?.success ? { kind: kind.data } : {}),
    ...(barcode ? { barcode } : {}),
    ...(price === null ? {} : { priceMinor: price }),
    ...(cells.currency ? { currency } : {}),
    ...Object.fromEntries(texts.flatMap(field => (cells[field] ? [[field, cells[field]]] : []))),
  }
}
