import { isFormula } from '../../platform/text/csv.ts'
import { redactText } from '../../platform/text/redact.ts'

/** The columns of a file of purchases, by every name they are known to have. */
export const names = {
  number: ['invoiceno', 'invoice', 'invoice_number', 'order', 'order_number', 'receipt', 'receipt_number'],
  at: ['invoicedate', 'invoice_date', 'date', 'bought_at', 'ordered_at', 'order_date', 'time'],
  sku: ['stockcode', 'stock_code', 'product', 'product_number', 'item', 'item_number', 'article'],
  name: ['description', 'title', 'product_name', 'item_name'],
  quantity: ['qty', 'units', 'count'],
  price: ['unitprice', 'unit_price', 'price_each'],
  paid: ['total', 'line_total', 'amount'],
  tax: ['vat', 'tax_amount'],
  account: ['customerid', 'customer_id', 'customer', 'customer_number', 'account_number'],
  country: ['country_code', 'land'],
} as const
type Field = keyof typeof names
export const needed = [['number'], ['at'], ['quantity'], ['price', 'paid']] as const

export type ImportRow = {
  line: number
  kind: 'sold' | 'cancelled' | 'wrong'
  number: string
  /** As it is written: with an offset, or by the clock of the organisation. */
  at: string | null
  account: string
  country: string | null
  sku: string
  name: string
  quantity: number
  paid: number
  tax: number
  field: string
  message: string
}

/** What tables write where there is nothing. */
const nothing = /^(na|n\/a|null|none|nan|-)$/i

const countries = (() => {
  const names = new Intl.DisplayNames('en', { type: 'region' })
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('')
  const isCurrent = (code: string) =>
    names.of(code) !== code && new Intl.Locale('und', { region: code }).region === code
  const codes = letters.flatMap(a => letters.map(b => a + b)).filter(isCurrent)
  return new Map([
    ...codes.map((code): [string, string] => [(names.of(code) as string).toLowerCase(), code]),
    ...codes.map((code): [string, string] => [code.toLowerCase(), code]),
    ['uk', 'GB'],
    ['eire', 'IE'],
    ['usa', 'US'],
    ['rsa', 'ZA'],
    ['czech republic', 'CZ'],
  ])
})()

const moment = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})?)?$/

const momentOf = (text: string): string | null =>
  moment.test(text) && !Number.isNaN(new Date(text.replace(' ', 'T')).getTime()) ? text.replace(' ', 'T') : null

/** A decimal number in millionths, exactly; null where it is none. */
const millionths = (text: string): bigint | null => {
  const parts = /^([+-]?)(\d{1,12})(?:\.(\d{1,6}))?$/.exec(text)
  if (!parts) return null
  const value = BigInt(parts[2] as string) * 1_000_000n + BigInt((parts[3] ?? '').padEnd(6, '0'))
  return parts[1] === '-' ? -value : value
}

/** Half a unit and more is a whole one, away from nothing: as tills round. */
const toMinor = (value: bigint, digits: number): number => {
  const scale = 10n ** BigInt(6 - digits)
  const half = value < 0n ? -scale / 2n : scale / 2n
  return Number((value + half) / scale)
}

/** Numbers of cards and accounts may stand anywhere; a cell with few digits holds none. */
const cleaned = (cell: string): string => (/(?:\d\D?){8}/.test(cell) ? redactText(cell).text : cell)

const wrongRow = (line: number, cells: Partial<Record<Field, string>>, field: string, message: string): ImportRow => ({
  line,
  kind: 'wrong',
  number: (cells.number ?? '').slice(0, 100),
  at: null,
  account: '',
  country: null,
  sku: '',
  name: (cells.name ?? cells.sku ?? '').slice(0, 300),
  quantity: 0,
  paid: 0,
  tax: 0,
  field,
  message,
})

const cellsOf = (cells: readonly string[], fields: readonly (string | null)[]): Partial<Record<Field, string>> => {
  const said: Partial<Record<Field, string>> = {}
  for (const [index, cell] of cells.entries()) {
    const field = fields[index] as Field | null | undefined
    if (field && cell !== '' && !nothing.test(cell)) said[field] = cleaned(cell)
  }
  return said
}

type Amounts = { quantity: number; paid: number; tax: number }

const amountsOf = (cells: Partial<Record<Field, string>>, digits: number): Amounts | [string, string] => {
  const quantity = Number(/^[+-]?\d{1,7}$/.test(cells.quantity ?? '') ? cells.quantity : Number.NaN)
  if (!quantity) return ['quantity', 'Must be a whole number other than 0']
  const field = cells.paid === undefined ? 'price' : 'paid'
  const written = millionths(cells[field] ?? '')
  if (written === null) return [field, 'Must be an amount such as 12.50']
  if (field === 'price' && written < 0n) return ['price', 'A price is not below nothing']
  const paid = toMinor(field === 'price' ? written * BigInt(quantity) : written, digits)
  if (paid !== 0 && paid > 0 !== quantity > 0) return [field, 'Quantity and amount go different ways']
  const tax = millionths(cells.tax ?? '0')
  if (tax === null) return ['tax', 'Must be an amount such as 12.50']
  return { quantity, paid: Math.abs(paid), tax: Math.min(Math.abs(paid), Math.abs(toMinor(tax, digits))) }
}

/**
 * A row as it is understood: sold, or taken back where its quantity is below nothing.
 * @param digits how many digits the currency has after the point
 */
export const rowOf = (
  { line, cells: raw }: { line: number; cells: readonly string[] },
  fields: readonly (string | null)[],
  digits: number,
): ImportRow => {
  const cells = cellsOf(raw, fields)
  const wrong = (field: string, message: string) => wrongRow(line, cells, field, message)
  const formula = raw.findIndex((cell, index) => fields[index] && isFormula(cell))
  if (formula >= 0) return wrong(fields[formula] as string, 'This is a formula. Save the sheet as values.')
  if (raw.some(cell => cell.includes('\uFFFD'))) return wrong('', 'Cannot be read. Save the file as UTF-8.')
  if (!cells.number) return wrong('number', 'Say to which receipt or order it belongs')
  const at = momentOf(cells.at ?? '')
  if (!at) return wrong('at', 'Must be a day or a moment, such as 2026-11-30 14:00')
  const amounts = amountsOf(cells, digits)
  if (Array.isArray(amounts)) return wrong(...amounts)
  const isSold = amounts.quantity > 0
  if (!isSold && amounts.paid === 0) return wrong('quantity', 'Taken out without a price: this was never sold')
  const name = cells.name ?? cells.sku
  if (!name) return wrong('name', 'Say what it is')
  return {
    line,
    kind: isSold ? 'sold' : 'cancelled',
    number: cells.number.slice(0, 100),
    at,
    account: (cells.account ?? '').slice(0, 60),
    country: countries.get((cells.country ?? '').toLowerCase()) ?? null,
    sku: (cells.sku ?? '').slice(0, 100),
    name: name.slice(0, 300),
    quantity: Math.abs(amounts.quantity),
    paid: amounts.paid,
    tax: amounts.tax,
    field: '',
    message: '',
  }
}
