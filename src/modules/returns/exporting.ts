import { Readable } from 'node:stream'
import type { Kernel } from '../../platform/kernel.ts'
import { type Actor, mayDo } from '../../platform/permissions/actor.ts'
import { csvField } from '../../platform/text/csv.ts'
import { digitsOf } from '../../shared/money.ts'
import { refundsToPay } from './queries.ts'

const head = 'refund,return,case,customer,amount,currency,how,pay by,reference'

/** Refunds that are to be paid, as a table for whoever pays them. That it was taken is on record. */
export const exportRefunds = async (kernel: Kernel, actor: Actor, cause: string): Promise<Readable> => {
  await kernel.work(
    actor,
    async work => work.record({ type: 'refunds.exported', subject: { kind: 'organisation', id: 1 } }),
    cause,
  )
  const rows = await kernel.read(actor, refundsToPay)
  const named = mayDo(actor, 'person.read')
  const lines = rows.map(row => {
    const digits = digitsOf(row.currency)
    const amount = (row.amountMinor / 10 ** digits).toFixed(digits)
    const name = named ? (row.person?.name ?? '') : ''
    const payBy = row.payBy?.toISOString().slice(0, 10) ?? ''
    return [row.id, row.returnId, row.caseId, name, amount, row.currency, row.tender, payBy, row.reference]
      .map(csvField)
      .join(',')
  })
  return Readable.from([`\uFEFF${head}\r\n`, ...lines.map(one => `${one}\r\n`)])
}
