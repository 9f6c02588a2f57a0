import { Refusal } from '../../platform/refusal.ts'
import { isFormula, type Sheet, type SheetRow } from '../../platform/text/csv.ts'
import { redactText } from '../../platform/text/redact.ts'
import { type ImportMode, type ImportReport, mostTold } from './contract-importing.ts'

export type Wrong = { line: number; field: string; message: string }
/** A row by the fields it fills in. Only cells that say something are there. */
export type Filled = { line: number; cells: Record<string, string> }

const plain = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_|_$/g, '')

/** Which field each column fills in, by any of its names; null for a column that means nothing here. */
export const fieldsOf = (
  header: readonly string[],
  names: Readonly<Record<string, readonly string[]>>,
  needed: readonly (readonly string[])[],
): { fields: (string | null)[]; ignored: string[] } => {
  const fields = header.map(
    title =>
      Object.entries(names).find(([field, also]) => plain(title) === field || also.includes(plain(title)))?.[0] ?? null,
  )
  for (const any of needed)
    if (!any.some(field => fields.includes(field)))
      throw new Refusal('invalid', `There is no column "${any.join('" or "')}". The first row names the columns.`, [
        { field: 'file', message: `needs a column ${any.join(' or ')}` },
      ])
  const twice = fields.findIndex((field, index) => field !== null && fields.indexOf(field) < index)
  if (twice >= 0)
    throw new Refusal('invalid', `Two columns say "${header[twice]}".`, [
      { field: 'file', message: 'names a column twice' },
    ])
  return { fields, ignored: header.filter((title, index) => title !== '' && fields[index] === null) }
}

const wrongIn = (row: SheetRow, fields: readonly (string | null)[], width: number): Wrong[] => [
  ...(row.cells.length > width
    ? [{ line: row.line, field: '', message: `The row has ${row.cells.length} cells, the first row ${width}` }]
    : []),
  ...row.cells.flatMap((cell, index) => {
    const field = fields[index]
    return field && isFormula(cell)
      ? [{ line: row.line, field, message: 'This is a formula. Save the sheet as values.' }]
      : []
  }),
]

/** Barcodes are digits like those of cards, and no secret. */
const kept = new Set(['barcode'])

const cellOf = (field: string, cell: string): string => (kept.has(field) ? cell : redactText(cell).text)

/** The rows of a sheet by field, and those that are wrong whatever they say. */
export const filledOf = (sheet: Sheet, fields: readonly (string | null)[]): { rows: Filled[]; wrong: Wrong[] } => {
  const wrong: Wrong[] = []
  const rows = sheet.rows.flatMap(row => {
    const problems = wrongIn(row, fields, sheet.header.length)
    wrong.push(...problems)
    if (problems.length > 0) return []
    const said = row.cells.flatMap((cell, index): [string, string][] => {
      const field = fields[index]
      return field && cell !== '' ? [[field, cellOf(field, cell)]] : []
    })
    return said.length === 0 ? [] : [{ line: row.line, cells: Object.fromEntries(said) }]
  })
  return { rows, wrong }
}

const shown = 20

/** What a report says beside the counts. */
export const reportOf = (
  mode: ImportMode,
  about: { sheetRows: number; ignored: string[]; wrong: Wrong[]; rows: readonly Filled[]; columns: readonly string[] },
): Omit<ImportReport, 'written' | 'added' | 'changed' | 'unchanged'> => ({
  mode,
  rows: about.sheetRows,
  wrong: new Set(about.wrong.map(one => one.line)).size,
  ignored: about.ignored,
  errors: about.wrong.toSorted((a, b) => a.line - b.line).slice(0, mostTold),
  columns: [...about.columns],
  preview: about.rows
    .slice(0, shown)
    .map(({ line, cells }) => ({ line, cells: about.columns.map(field => cells[field] ?? '') })),
})
