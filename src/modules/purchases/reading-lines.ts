import { sql } from 'kysely'
import { refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { shared } from './allocating.ts'
import type { Channel, NewLine } from './contract-shapes.ts'

/** A line as it is kept: its product found, its name known, and what it was paid after every discount. */
export type Ready = Omit<NewLine, 'delivered' | 'deliveredAt' | 'dispatchedAt' | 'productId'> & {
  productId: number | null
  delivered: number
  deliveredAt: Date | null
  dispatchedAt: Date | null
}

type Product = { id: number; name: string; number: string; kind: 'product' | 'service' }

/** Products by their id or their number; what is sold need not be in the catalogue. */
const productsOf = async (work: Work, lines: readonly NewLine[]) => {
  const ids = lines.flatMap(line => line.productId ?? [])
  const numbers = lines.flatMap(line => (line.sku ? [line.sku.toUpperCase()] : []))
  const { rows } = await sql<Product>`select id, name, number, kind from products
    where id = any(${ids}::bigint[]) or upper(number) = any(${numbers}::text[])`.execute(work.tx)
  const byId = new Map(rows.map(row => [row.id, row]))
  const byNumber = new Map(rows.map(row => [row.number.toUpperCase(), row]))
  return (line: NewLine, field: string): Product | null => {
    if (line.productId === null) return byNumber.get(line.sku.toUpperCase()) ?? null
    return byId.get(line.productId) ?? refuseField(`${field}.productId`, 'There is no such product')
  }
}

type Sale = { channel: Channel; boughtAt: Date; now: Date }

/** What is bought in a shop is carried out of it; what is sent is on its way until somebody says that it came. */
const deliveredOf = (line: NewLine, field: string, { channel, boughtAt, now }: Sale) => {
  const at = line.deliveredAt ? new Date(line.deliveredAt) : channel === 'in_store' ? boughtAt : null
  const delivered = line.delivered ?? (at ? line.quantity : 0)
  if (delivered > line.quantity) refuseField(`${field}.delivered`, `Only ${line.quantity} were bought`)
  if (at && at < boughtAt) refuseField(`${field}.deliveredAt`, 'Delivered before it was bought')
  if (at && at > now) refuseField(`${field}.deliveredAt`, 'This moment is still to come')
  if (delivered > 0 && !at) refuseField(`${field}.deliveredAt`, 'Say when it was delivered')
  return { delivered, deliveredAt: delivered > 0 ? at : null }
}

const assertMoney = (line: NewLine, field: string): void => {
  if (line.taxMinor > line.paidMinor) refuseField(`${field}.taxMinor`, 'More tax than was paid for it')
}

/**
 * Lines ready to be kept. A discount on the whole is shared by what each costs, with the tax that goes with it: what
 * each line was paid is known from then on, and never computed again.
 * @throws Refusal naming the field of the line that makes no sense
 */
export const readyLines = async (
  work: Work,
  lines: readonly NewLine[],
  { discountMinor, ...sale }: Sale & { discountMinor: number },
): Promise<Ready[]> => {
  const productOf = await productsOf(work, lines)
  const whole = lines.reduce((sum, line) => sum + line.paidMinor, 0)
  if (discountMinor > whole) refuseField('discountMinor', 'More is taken off than there is to pay')
  const off = shared(
    discountMinor,
    lines.map(line => line.paidMinor),
  )
  return lines.map((line, index) => {
    const field = `lines[${index}]`
    assertMoney(line, field)
    const product = productOf(line, field)
    const name = line.name || (product?.name ?? line.sku)
    if (!name) refuseField(`${field}.name`, 'Say what was bought')
    const paidMinor = line.paidMinor - (off[index] as number)
    const taxMinor = line.paidMinor === 0 ? 0 : Math.round((line.taxMinor * paidMinor) / line.paidMinor)
    return {
      ...line,
      name,
      productId: product?.id ?? null,
      sku: line.sku || (product?.number ?? ''),
      kind: line.kind === 'goods' && product?.kind === 'service' ? 'service' : line.kind,
      paidMinor,
      taxMinor,
      discountMinor: line.discountMinor + (off[index] as number),
      dispatchedAt: line.dispatchedAt ? new Date(line.dispatchedAt) : null,
      ...deliveredOf(line, field, sale),
    }
  })
}
