import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import { visibleSql } from '../cases/index.ts'
import type { Filled, Wrong } from '../catalogue/index.ts'

export const columns = ['id', 'reference', 'case', 'what', 'ordered', 'promised', 'delivered'] as const
export const names = {
  id: ['external_id', 'delivery', 'delivery_number', 'number', 'consignment'],
  reference: ['order', 'order_number', 'order_reference'],
  case: ['case_id', 'case_number'],
  what: ['title', 'description', 'contents'],
  ordered: ['ordered_at', 'order_date'],
  promised: ['promised_at', 'due', 'promised_for'],
  delivered: ['delivered_at', 'actual', 'delivered_on', 'actual_time'],
}

export type Row = {
  line: number
  externalId: string
  reference: string
  caseId: number | null
  what: string
  orderedAt: Date | null
  promisedAt: Date
  deliveredAt: Date | null
}

/** A moment as sheets write it: with its offset; a day, or a time without one, is not one moment everywhere. */
const momentOf = (text: string): Date | null => {
  const plain = text.trim().replace(' ', 'T')
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})$/i.test(plain)) return null
  const at = new Date(plain)
  return Number.isNaN(at.getTime()) ? null : at
}

const moment = 'Must be a moment with its offset, such as 2026-11-30T14:00+00:00'

/** The cases that rows name, as far as one may see them. */
export const knownCases = async (work: Work, rows: readonly Filled[]): Promise<Set<number>> => {
  const ids = rows.flatMap(({ cells }) => (/^\d{1,15}$/.test(cells.case ?? '') ? [Number(cells.case)] : []))
  if (ids.length === 0) return new Set()
  const found = await sql<{ id: number }>`select c.id from cases c where c.id = any(${ids}::bigint[])
    and ${visibleSql(work.actor)}`.execute(work.tx)
  return new Set(found.rows.map(({ id }) => id))
}

const timesOf = ({ line, cells }: Filled, now: Date) => {
  const wrong: Wrong[] = []
  const read = (field: 'ordered' | 'promised' | 'delivered') => {
    const at = cells[field] ? momentOf(cells[field]) : null
    if (cells[field] && !at) wrong.push({ line, field, message: moment })
    return at
  }
  const [orderedAt, promisedAt, deliveredAt] = [read('ordered'), read('promised'), read('delivered')]
  if (!cells.promised) wrong.push({ line, field: 'promised', message: 'Say by when it was promised' })
  if (orderedAt && promisedAt && promisedAt < orderedAt)
    wrong.push({ line, field: 'promised', message: 'Promised before it was ordered' })
  if (orderedAt && orderedAt > now) wrong.push({ line, field: 'ordered', message: 'This moment is still to come' })
  if (deliveredAt && deliveredAt > now)
    wrong.push({ line, field: 'delivered', message: 'This moment is still to come' })
  if (orderedAt && deliveredAt && deliveredAt < orderedAt)
    wrong.push({ line, field: 'delivered', message: 'Delivered before it was ordered' })
  return { orderedAt, promisedAt, deliveredAt, wrong }
}

/** A row as it is understood, or what is wrong with it. */
export const rowOf = (filled: Filled, cases: ReadonlySet<number>, now: Date): Row | Wrong[] => {
  const { line, cells } = filled
  const { wrong, promisedAt, ...times } = timesOf(filled, now)
  const caseId = cells.case ? Number(cells.case) : null
  if (!cells.id) wrong.push({ line, field: 'id', message: 'Say which delivery: its number where it comes from' })
  if (cells.case && !cases.has(Number(cells.case)))
    wrong.push({ line, field: 'case', message: `There is no case ${cells.case}, or you may not see it` })
  if (wrong.length > 0 || !promisedAt) return wrong
  return {
    line,
    externalId: (cells.id ?? '').slice(0, 200),
    reference: (cells.reference ?? '').slice(0, 200),
    what: (cells.what ?? '').slice(0, 200),
    caseId,
    promisedAt,
    ...times,
  }
}

/** One delivery stands once in a table: the second time is a mistake. */
export const onceEach = (rows: readonly Row[]): { once: Row[]; wrong: Wrong[] } => {
  const first = new Map<string, number>()
  const wrong: Wrong[] = []
  const once = rows.filter(row => {
    const line = first.get(row.externalId)
    if (line === undefined) first.set(row.externalId, row.line)
    else wrong.push({ line: row.line, field: 'id', message: `Line ${line} tells of this delivery already` })
    return line === undefined
  })
  return { once, wrong }
}
