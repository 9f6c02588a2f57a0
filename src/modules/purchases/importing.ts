import { sql } from 'kysely'
import type { Kernel } from '../../platform/kernel.ts'
import type { Actor } from '../../platform/permissions/actor.ts'
import { notFound, Refusal } from '../../platform/refusal.ts'
import { readRows } from '../../platform/text/csv.ts'
import type { Work } from '../../platform/work.ts'
import { digitsOf } from '../../shared/money.ts'
import { fieldsOf } from '../catalogue/index.ts'
import { currencyOf, zoneOf } from '../identity/index.ts'
import type { Channel, PurchaseImport } from './contract.ts'
import { importById } from './import-queries.ts'
import { type ImportRow, names, needed, rowOf } from './importing-rows.ts'

/** So many rows go to the database at a time. */
const lot = 5000
/** What is longer is split: a single change of two million lines is held by nobody. */
const mostRows = 2_000_000

type Begin = { name: string; source: string; channel: Channel; currency?: string | undefined }

/** Says what file is to come. */
export const startImport = async (work: Work, { name, source, channel, currency }: Begin) => {
  const { id } = await work.tx
    .insertInto('purchase_imports')
    .values({
      name,
      source,
      channel,
      state: 'reading',
      currency: currency ?? (await currencyOf({ db: work.tx })),
      staff_id: work.actor.kind === 'staff' ? work.actor.id : null,
      created_at: work.now,
      changed_at: work.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return importById({ db: work.tx }, id)
}

export const lockImport = async (work: Work, id: number) =>
  (await work.tx.selectFrom('purchase_imports').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()) ??
  notFound('import')

const keepRows = (work: Work, importId: number, zone: string, rows: readonly ImportRow[]) =>
  sql`with kept as (
      insert into purchase_import_rows (import_id, line, kind, number, at, account, country, sku, name, quantity, paid_minor, tax_minor, field, message)
      select ${importId}, r.line, r.kind, r.number,
        case when r.at is null then null when r.at ~ '(Z|[+-]\\d{2}:?\\d{2})$' then r.at::timestamptz else r.at::timestamp at time zone ${zone} end,
        r.account, r.country, r.sku, r.name, r.quantity, r.paid, r.tax, r.field, r.message
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(line int, kind text, number text, at text, account text, country text,
        sku text, name text, quantity int, paid bigint, tax bigint, field text, message text)
      returning kind, paid_minor)
    update purchase_imports i set rows = i.rows + k.all, wrong = i.wrong + k.wrong, sold = i.sold + k.sold, sold_minor = i.sold_minor + k.sold_minor,
      cancelled = i.cancelled + k.cancelled, cancelled_minor = i.cancelled_minor + k.cancelled_minor, changed_at = ${work.now}
    from (select count(*)::int as all, count(*) filter (where kind = 'wrong')::int as wrong, count(*) filter (where kind = 'sold')::int as sold,
      coalesce(sum(paid_minor) filter (where kind = 'sold'), 0)::bigint as sold_minor, count(*) filter (where kind = 'cancelled')::int as cancelled,
      coalesce(sum(paid_minor) filter (where kind = 'cancelled'), 0)::bigint as cancelled_minor from kept) k
    where i.id = ${importId}`.execute(work.tx)

/** What was brought in from the same system before is not brought in again. */
const refuseKnown = (work: Work, importId: number) =>
  sql`with known as (
      update purchase_import_rows r set kind = 'wrong', field = 'number', message = 'Was brought in before'
      from purchase_imports i join purchases p on p.source = i.source
      where i.id = ${importId} and r.import_id = i.id and r.kind = 'sold' and p.external_id = r.number returning r.paid_minor)
    update purchase_imports i set state = 'read', wrong = i.wrong + k.count, sold = i.sold - k.count, sold_minor = i.sold_minor - k.minor, changed_at = ${work.now}
    from (select count(*)::int as count, coalesce(sum(paid_minor), 0)::bigint as minor from known) k where i.id = ${importId}`.execute(
    work.tx,
  )

const fail = (kernel: Kernel, actor: Actor, id: number, problem: string) =>
  kernel.work(actor, async work => {
    await work.tx.deleteFrom('purchase_import_rows').where('import_id', '=', id).execute()
    await work.tx
      .updateTable('purchase_imports')
      .set({ state: 'failed', problem, changed_at: work.now })
      .where('id', '=', id)
      .execute()
  })

/** A file is sent once: whoever comes second is told. */
const claim = (kernel: Kernel, actor: Actor, id: number) =>
  kernel.work(actor, async work => {
    const row = await lockImport(work, id)
    if (row.state !== 'reading' || row.rows > 0)
      throw new Refusal('conflict', 'The file of this import was sent already. Begin another one.')
    return { currency: row.currency, zone: await zoneOf({ db: work.tx }) }
  })

type Reading = { kernel: Kernel; actor: Actor; id: number; zone: string; digits: number }

const readAll = async ({ kernel, actor, id, zone, digits }: Reading, content: AsyncIterable<Buffer>): Promise<void> => {
  let fields: (string | null)[] | null = null
  let rows: ImportRow[] = []
  let count = 0
  const keep = async () => {
    const kept = rows
    rows = []
    if (kept.length > 0) await kernel.work(actor, work => keepRows(work, id, zone, kept))
  }
  for await (const row of readRows(content)) {
    if (!fields) {
      const read = fieldsOf(row.cells, names, needed)
      fields = read.fields
      const { ignored } = read
      await kernel.work(actor, work =>
        work.tx.updateTable('purchase_imports').set({ ignored }).where('id', '=', id).execute(),
      )
      continue
    }
    if (++count > mostRows)
      throw new Refusal('invalid', 'A file may have 2,000,000 rows at most.', [
        { field: 'file', message: 'is too long' },
      ])
    rows.push(rowOf(row, fields, digits))
    if (rows.length >= lot) await keep()
  }
  await keep()
  if (count === 0) throw new Refusal('invalid', 'The file has no rows.', [{ field: 'file', message: 'is empty' }])
}

/**
 * Looks through a file as it comes in: every row is read and put aside, nothing of it is brought in.
 * @throws Refusal naming `file` where it is no table of purchases
 */
export const receiveFile = async (
  kernel: Kernel,
  actor: Actor,
  id: number,
  content: AsyncIterable<Buffer>,
): Promise<PurchaseImport> => {
  const { currency, zone } = await claim(kernel, actor, id)
  try {
    await readAll({ kernel, actor, id, zone, digits: digitsOf(currency) }, content)
  } catch (error) {
    await fail(kernel, actor, id, error instanceof Refusal ? error.message : 'The file broke off before its end.')
    throw error
  }
  await kernel.work(actor, work => refuseKnown(work, id))
  return kernel.read(actor, reading => importById(reading, id))
}
