import { Readable } from 'node:stream'
import { parse as parseStream } from 'csv-parse'
import { CsvError, parse } from 'csv-parse/sync'
import { Refusal } from '../refusal.ts'
import { cleanText } from './clean.ts'

export type SheetRow = {
  /** Where the row begins in the file, counted from 1. */
  line: number
  cells: string[]
}
export type Sheet = { header: string[]; rows: SheetRow[] }

const utf16 = (content: Buffer): string | null => {
  if (content[0] === 0xff && content[1] === 0xfe) return new TextDecoder('utf-16le').decode(content)
  if (content[0] === 0xfe && content[1] === 0xff) return new TextDecoder('utf-16be').decode(content)
  return null
}

/** The text of a file, whichever way a spreadsheet wrote it: UTF-8 or UTF-16 with or without its mark, else Windows-1252. */
const textOf = (content: Buffer): string => {
  const wide = utf16(content)
  if (wide !== null) return wide
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content)
  } catch {
    return new TextDecoder('windows-1252').decode(content)
  }
}

const delimiters = [',', ';', '\t', '|'] as const

/** The sign between cells: the one that the first line has most of, outside quotation marks. Excel writes `;` in half of Europe. */
const delimiterOf = (text: string): string => {
  const first = (/^[^\r\n]*/.exec(text)?.[0] ?? '').replace(/"[^"]*"/g, '')
  const counts = delimiters.map(sign => first.split(sign).length)
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ','
}

const refuse = (message: string): never => {
  throw new Refusal('invalid', message, [{ field: 'file', message }])
}

type Parsed = { record: string[]; info: { lines: number } }

const parsed = (text: string, most: number): Parsed[] => {
  try {
    return parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      to: most,
    }) as unknown as Parsed[]
  } catch (error) {
    if (error instanceof CsvError)
      return refuse(`This is no table of values: in line ${Number(error.lines ?? 1)} a quotation mark is not closed.`)
    throw error
  }
}

/**
 * Reads a table of comma-separated values, as spreadsheets write them. The first row names the columns.
 * @param most as many rows as are taken; the one behind them refuses the whole
 * @throws Refusal naming `file`
 */
export const readSheet = (content: Buffer, most: number): Sheet => {
  const text = textOf(content)
  if (text.includes('\u0000')) refuse('This is no table of values. Save the sheet as CSV and try again.')
  const [first, ...rest] = parsed(text.replace(/^\uFEFF/, ''), most + 2)
  if (!first) return refuse('The file is empty.')
  if (rest.length > most)
    refuse(`A file may have ${most.toLocaleString('en-GB')} rows at most. Split it and bring in the parts one by one.`)
  let before = first.info.lines
  const rows = rest.map(({ record, info }) => {
    const row = { line: before + 1, cells: record.map(cell => cleanText(cell)) }
    before = info.lines
    return row
  })
  return { header: first.record.map(cell => cleanText(cell, { singleLine: true })), rows }
}

/** Whether a spreadsheet would calculate this cell rather than show it. A number with its sign is a value. */
export const isFormula = (cell: string): boolean =>
  /^[=@]/.test(cell) || (/^[+-]/.test(cell) && !/^[+-]?[\d.,\s]+%?$/.test(cell))

/** The rest of a piece that ends within a sign belongs to the next: only what is broken before its end is no UTF-8. */
const isUtf8 = (piece: Buffer): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(piece, { stream: true })
    return true
  } catch {
    return false
  }
}

/** The text of a stream, piece by piece; the first piece tells how it is written. */
async function* decoded(content: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | null = null
  for await (const piece of content) {
    const wide = piece[0] === 0xff && piece[1] === 0xfe ? 'utf-16le' : null
    decoder ??= new TextDecoder(wide ?? (isUtf8(piece) ? 'utf-8' : 'windows-1252'))
    const text = decoder.decode(piece, { stream: true })
    if (text.includes('\u0000')) refuse('This is no table of values. Save the sheet as CSV and try again.')
    yield text
  }
  if (decoder) yield decoder.decode()
}

/**
 * Reads a table that is too long to be held: row by row, as it comes in.
 * @throws Refusal naming `file`
 */
export async function* readRows(content: AsyncIterable<Buffer>): AsyncGenerator<SheetRow> {
  const pieces = decoded(content)
  const first = (await pieces.next()).value ?? ''
  const parser = parseStream({
    bom: true,
    delimiter: delimiterOf(first),
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  })
  const whole = async function* () {
    yield first
    yield* pieces
  }
  const source = Readable.from(whole())
  source.on('error', error => parser.destroy(error))
  let before = 0
  try {
    for await (const { record, info } of source.pipe(parser) as AsyncIterable<Parsed>) {
      yield { line: before + 1, cells: record.map(cell => cleanText(cell)) }
      before = info.lines
    }
  } catch (error) {
    if (error instanceof CsvError)
      refuse(`This is no table of values: in line ${Number(error.lines ?? 1)} a quotation mark is not closed.`)
    throw error
  }
}

/** One field of a table; what a spreadsheet would take for a formula is text. */
export const csvField = (value: string | number | boolean | null): string => {
  const text = value === null ? '' : String(value)
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
