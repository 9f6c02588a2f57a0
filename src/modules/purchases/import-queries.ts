import { sql } from 'kysely'
import { pageOf, readCursor, writeCursor } from '../../platform/http/cursor.ts'
import { notFound } from '../../platform/refusal.ts'
import type { Reading } from '../../platform/work.ts'
import type { PurchaseImport } from './contract-importing.ts'

type Db = Pick<Reading, 'db'>

const columns = sql`i.id, i.name, i.source, i.state, i.channel, i.currency, i.problem, i.ignored, i.rows, i.wrong, i.sold,
  i.sold_minor as "soldMinor", i.cancelled, i.cancelled_minor as "cancelledMinor", i.purchases, i.lines, i.returned, i.unmatched,
  case when s.id is null then null else jsonb_build_object('id', s.id, 'name', s.name) end as by,
  i.created_at as "createdAt", i.changed_at as "changedAt"`

/** @throws Refusal `not_found` */
export const importById = async ({ db }: Db, id: number): Promise<PurchaseImport> => {
  const { rows } =
    await sql<PurchaseImport>`select ${columns} from purchase_imports i left join staff s on s.id = i.staff_id
    where i.id = ${id}`.execute(db)
  return rows[0] ?? notFound('import')
}

type Paging = { limit: number; cursor?: string | undefined }

export const allImports = async ({ db }: Db, { limit, cursor }: Paging) => {
  const after = readCursor('purchase imports', cursor, 1)
  const { rows } =
    await sql<PurchaseImport>`select ${columns} from purchase_imports i left join staff s on s.id = i.staff_id
    ${after ? sql`where i.id < ${after[0]}::bigint` : sql``} order by i.id desc limit ${limit + 1}`.execute(db)
  return pageOf(rows, limit, row => writeCursor('purchase imports', [row.id]))
}

type Told = {
  line: number
  kind: 'sold' | 'cancelled' | 'wrong'
  number: string
  name: string
  quantity: number
  paidMinor: number
  field: string
  message: string
}

/** Rows that something is told of: those that are wrong, and what came back without its purchase. */
export const toldRows = async (reading: Db, { id, limit, cursor }: Paging & { id: number }) => {
  await importById(reading, id)
  const after = readCursor('purchase import rows', cursor, 1)
  const { rows } = await sql<Told>`select line, kind, number, name, quantity, paid_minor as "paidMinor", field, message
    from purchase_import_rows where import_id = ${id} and message <> '' ${after ? sql`and line > ${after[0]}::int` : sql``}
    order by line limit ${limit + 1}`.execute(reading.db)
  return pageOf(rows, limit, row => writeCursor('purchase import rows', [row.line]))
}
