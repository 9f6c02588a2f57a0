import { sql } from 'kysely'
import type { Sheet } from '../../platform/text/csv.ts'
import type { Work } from '../../platform/work.ts'
import { refreshDue } from '../cases/index.ts'
import type { ImportMode, ImportReport } from '../catalogue/contract.ts'
import { type Filled, fieldsOf, filledOf, reportOf, type Wrong } from '../catalogue/index.ts'
import { keepPromises, makePromises, movePromises, type NewPromise } from '../promises/index.ts'
import { columns, knownCases, names, onceEach, type Row, rowOf } from './reading-rows.ts'

type Known = {
  id: number
  external_id: string
  reference: string
  case_id: number | null
  what: string
  ordered_at: Date
  promised_at: Date
  delivered_at: Date | null
  promise_id: number | null
}
type Next = Row & { orderedAt: Date; was: Known | null; differs: boolean }

const same = (a: Date | null, b: Date | null): boolean => a?.getTime() === b?.getTime()

/** What is told now, on top of what was: a cell that says nothing changes nothing. */
const nextOf = (row: Row, was: Known | null, now: Date): Next => {
  const earliest = new Date(Math.min(now.getTime(), row.promisedAt.getTime(), row.deliveredAt?.getTime() ?? Infinity))
  const next = {
    ...row,
    reference: row.reference || (was?.reference ?? ''),
    what: row.what || (was?.what ?? ''),
    caseId: row.caseId ?? was?.case_id ?? null,
    orderedAt: row.orderedAt ?? was?.ordered_at ?? earliest,
    deliveredAt: row.deliveredAt ?? was?.delivered_at ?? null,
  }
  const differs =
    !was ||
    next.reference !== was.reference ||
    next.what !== was.what ||
    next.caseId !== was.case_id ||
    !same(next.orderedAt, was.ordered_at) ||
    !same(next.promisedAt, was.promised_at) ||
    !same(next.deliveredAt, was.delivered_at)
  return { ...next, was, differs }
}

const compared = async (work: Work, rows: readonly Row[]): Promise<Next[]> => {
  // One table after the other: two that tell of the same delivery at once do not make it twice.
  await sql`select pg_advisory_xact_lock(7203131)`.execute(work.tx)
  const { rows: known } =
    await sql<Known>`select id, external_id, reference, case_id, what, ordered_at, promised_at, delivered_at, promise_id
    from deliveries where external_id = any(${rows.map(row => row.externalId)}::text[])`.execute(work.tx)
  const byId = new Map(known.map(one => [one.external_id, one]))
  return rows.map(row => nextOf(row, byId.get(row.externalId) ?? null, work.now))
}

const store = async (work: Work, changed: readonly Next[], source: 'api' | 'import') => {
  const { rows } = await sql<{ id: number; externalId: string; promiseId: number | null }>`
    insert into deliveries (external_id, reference, case_id, what, ordered_at, promised_at, delivered_at, source, changed_at)
    select d."externalId", d.reference, d."caseId", d.what, d."orderedAt", d."promisedAt", d."deliveredAt", ${source}, ${work.now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as d("externalId" text, reference text, "caseId" bigint, what text,
      "orderedAt" timestamptz, "promisedAt" timestamptz, "deliveredAt" timestamptz)
    on conflict (external_id) do update set reference = excluded.reference, case_id = excluded.case_id, what = excluded.what,
      ordered_at = excluded.ordered_at, promised_at = excluded.promised_at, delivered_at = excluded.delivered_at,
      source = excluded.source, changed_at = excluded.changed_at
    returning id, external_id as "externalId", promise_id as "promiseId"`.execute(work.tx)
  return new Map(rows.map(row => [row.externalId, row]))
}

type Stored = Awaited<ReturnType<typeof store>>

/** A promise is about a time to come: what is told of only after its time is measured, but was never promised here. */
const promise = async (work: Work, changed: readonly Next[], stored: Stored): Promise<void> => {
  const idOf = (one: Next) => stored.get(one.externalId) as { id: number; promiseId: number | null }
  const fresh = changed.filter(one => !one.deliveredAt && one.promisedAt > work.now && !idOf(one).promiseId)
  const made = await makePromises(
    work,
    fresh.map(
      (one): NewPromise => ({
        kind: 'delivery',
        subject: one.caseId ? { kind: 'case', id: one.caseId } : { kind: 'delivery', id: idOf(one).id },
        title: [one.what, one.reference].filter(Boolean).join(', ') || one.externalId,
        startedAt: one.orderedAt,
        dueAt: one.promisedAt,
        ...(one.caseId ? {} : { alerts: [] }),
      }),
    ),
  )
  await sql`update deliveries d set promise_id = m.promise from jsonb_to_recordset(${JSON.stringify(
    fresh.map((one, i) => ({ id: idOf(one).id, promise: made[i] })),
  )}::jsonb) as m(id bigint, promise bigint) where d.id = m.id`.execute(work.tx)
  const promised = changed.filter(one => idOf(one).promiseId !== null)
  const moved = promised.filter(one => one.was && !same(one.was.promised_at, one.promisedAt) && !one.was.delivered_at)
  const why = 'Another time for the delivery'
  await movePromises(work, new Map(moved.map(one => [idOf(one).promiseId as number, { dueAt: one.promisedAt, why }])))
  await keepPromises(
    work,
    promised.flatMap(one => (one.deliveredAt ? [{ id: idOf(one).promiseId as number, at: one.deliveredAt }] : [])),
  )
  await refreshDue(work, [...new Set(changed.flatMap(one => (one.caseId ? [one.caseId] : [])))])
}

const save = async (work: Work, changed: readonly Next[], source: 'api' | 'import'): Promise<void> => {
  await promise(work, changed, await store(work, changed, source))
  const subject = { kind: 'organisation', id: 1 }
  work.record({ type: 'delivery.told', subject, data: { count: changed.length, source } })
}

type Wanted = { mode: ImportMode; source: 'api' | 'import'; ignored: string[]; sheetRows: number }

const bring = async (work: Work, rows: readonly Filled[], before: Wrong[], wanted: Wanted): Promise<ImportReport> => {
  const cases = await knownCases(work, rows)
  const read = rows.map(row => rowOf(row, cases, work.now))
  const { once, wrong: twice } = onceEach(read.filter((one): one is Row => !Array.isArray(one)))
  const wrong = [...before, ...read.flatMap(one => (Array.isArray(one) ? one : [])), ...twice]
  const refused = wanted.mode === 'all' && wrong.length > 0
  const all = refused ? [] : await compared(work, once)
  const changed = all.filter(one => one.differs)
  const written = wanted.mode !== 'try' && changed.length > 0
  if (written) await save(work, changed, wanted.source)
  const report = reportOf(wanted.mode, { sheetRows: wanted.sheetRows, ignored: wanted.ignored, wrong, rows, columns })
  const added = changed.filter(one => !one.was).length
  return { ...report, written, added, changed: changed.length - added, unchanged: all.length - changed.length }
}

/** Brings deliveries in from a sheet. @throws Refusal naming `file` when a column is missing */
export const importDeliveries = (work: Work, sheet: Sheet, mode: ImportMode): Promise<ImportReport> => {
  const { fields, ignored } = fieldsOf(sheet.header, names, [['id'], ['promised']])
  const { rows, wrong } = filledOf(sheet, fields)
  return bring(work, rows, wrong, { mode, source: 'import', ignored, sheetRows: sheet.rows.length })
}

type Item = {
  externalId: string
  reference: string
  caseId: number | null
  what: string
  orderedAt: string | null
  promisedAt: string
  deliveredAt: string | null
}

/** The same from a program; its items are counted from 1. */
export const saveDeliveries = (
  work: Work,
  { mode, items }: { mode: ImportMode; items: Item[] },
): Promise<ImportReport> => {
  const rows = items.map((item, index) => {
    const cells = {
      id: item.externalId.trim(),
      reference: item.reference.trim(),
      case: item.caseId === null ? '' : String(item.caseId),
      what: item.what.trim(),
      ordered: item.orderedAt ?? '',
      promised: item.promisedAt,
      delivered: item.deliveredAt ?? '',
    }
    return { line: index + 1, cells: Object.fromEntries(Object.entries(cells).filter(([, cell]) => cell !== '')) }
  })
  return bring(work, rows, [], { mode, source: 'api', ignored: [], sheetRows: items.length })
}
