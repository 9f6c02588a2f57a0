import { sql } from 'kysely'
import { refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import type { Ready } from './reading-lines.ts'

type Kept = { id: number; position: number; returned: number; refunded: number }

/** What came back, and what was paid back, cannot be undone by telling of the purchase otherwise. */
const assertStillFits = (line: Ready, kept: Kept, field: string): void => {
  if (line.quantity < kept.returned || line.delivered < kept.returned)
    refuseField(`${field}.quantity`, `${kept.returned} of these came back already`)
  if (line.paidMinor < kept.refunded)
    refuseField(`${field}.paidMinor`, `${kept.refunded} was paid back already, in minor units`)
}

const assertAllFit = (lines: readonly Ready[], kept: readonly Kept[]): void => {
  for (const one of kept.filter(each => each.returned > 0 || each.refunded > 0)) {
    const [line, field] = [lines[one.position - 1], `lines[${one.position - 1}]`]
    if (line) assertStillFits(line, one, field)
    else refuseField(field, 'This line cannot go: some of it came back')
  }
}

const rowOf = (line: Ready, position: number) => ({
  position,
  product_id: line.productId,
  sku: line.sku,
  name: line.name,
  kind: line.kind,
  traits: line.traits,
  serial: line.serial,
  quantity: line.quantity,
  paid_minor: line.paidMinor,
  tax_minor: line.taxMinor,
  discount_minor: line.discountMinor,
  dispatched_at: line.dispatchedAt,
  delivered: line.delivered,
  delivered_at: line.deliveredAt,
  replaces_id: line.replacesId,
})

/**
 * Brings the lines of a purchase to what is told now, each by its place; what came back of them stays.
 * @throws Refusal naming the line that something of came back
 */
export const replaceLines = async (work: Work, purchaseId: number, lines: readonly Ready[]): Promise<void> => {
  const { rows: kept } = await sql<Kept>`select id, position, returned, refunded_minor as refunded from purchase_lines
    where purchase_id = ${purchaseId} order by position for update`.execute(work.tx)
  assertAllFit(lines, kept)
  const gone = kept.filter(one => one.position > lines.length).map(one => one.id)
  if (gone.length > 0) await work.tx.deleteFrom('purchase_lines').where('id', 'in', gone).execute()
  const known = new Map(kept.map(one => [one.position, one.id]))
  const fresh = lines.flatMap((line, index) =>
    known.has(index + 1) ? [] : [{ purchase_id: purchaseId, ...rowOf(line, index + 1) }],
  )
  if (fresh.length > 0) await work.tx.insertInto('purchase_lines').values(fresh).execute()
  for (const [index, line] of lines.entries()) {
    const id = known.get(index + 1)
    if (id)
      await work.tx
        .updateTable('purchase_lines')
        .set(rowOf(line, index + 1))
        .where('id', '=', id)
        .execute()
  }
}
