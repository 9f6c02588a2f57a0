import * as z from 'zod'
import type { Kernel } from '../../platform/kernel.ts'
import { system } from '../../platform/permissions/actor.ts'
import type { Work } from '../../platform/work.ts'
import { release, shared, takeBack } from '../purchases/index.ts'
import { goodsKey, moneyKey } from './keys.ts'
import { payOut } from './paying.ts'

export const Decided = z.object({
  subject: z.object({ kind: z.string(), id: z.number() }).loose(),
  data: z.object({ act: z.string(), outcome: z.string(), amount: z.number(), asked: z.number() }).loose(),
})
type Decided = z.infer<typeof Decided>

type Waiting = { id: number; lines: Line[]; refunds: Planned[] }
type Line = { id: number; position: number; line_id: number | null; amount_minor: number }
type Planned = { id: number; payment_id: number | null; amount_minor: number }

/** The return of a case that waits for a decision about just so much. */
const waitingFor = async (work: Work, caseId: number, asked: number): Promise<Waiting | null> => {
  const candidates = await work.tx
    .selectFrom('returns')
    .select('id')
    .where('case_id', '=', caseId)
    .orderBy('id')
    .forUpdate()
    .execute()
  for (const { id } of candidates) {
    const refunds = await work.tx
      .selectFrom('refunds')
      .select(['id', 'payment_id', 'amount_minor'])
      .where('return_id', '=', id)
      .where('state', '=', 'awaiting_approval')
      .orderBy('id')
      .execute()
    if (refunds.reduce((sum, one) => sum + one.amount_minor, 0) !== asked || asked === 0) continue
    const lines = await work.tx
      .selectFrom('return_lines')
      .select(['id', 'position', 'line_id', 'amount_minor'])
      .where('return_id', '=', id)
      .orderBy('position')
      .execute()
    return { id, lines, refunds }
  }
  return null
}

const setRefunds = (work: Work, ids: readonly number[], state: 'to_pay' | 'declined') =>
  work.tx
    .updateTable('refunds')
    .set({ state, changed_at: work.now })
    .where('id', 'in', [...ids])
    .execute()

const payments = (refunds: readonly Planned[]) =>
  refunds.map(one => ({ paymentId: one.payment_id, amountMinor: one.amount_minor }))

/** Nothing of it is paid: what was put aside of the purchase is free again, goods and money. */
const decline = async (work: Work, { id, lines, refunds }: Waiting): Promise<void> => {
  const keys = lines.flatMap(line => [goodsKey(id, line.position), moneyKey(id, line.position)])
  await release(work, { keys, payments: payments(refunds) })
  await setRefunds(
    work,
    refunds.map(one => one.id),
    'declined',
  )
}

/** Less is paid than was asked: each line and each way to pay gets its share of it. */
const reduce = async (work: Work, { id, lines, refunds }: Waiting, amount: number): Promise<void> => {
  const ofLines = shared(
    amount,
    lines.map(line => line.amount_minor),
  )
  const ofRefunds = shared(
    amount,
    refunds.map(one => one.amount_minor),
  )
  const less = refunds.map((one, index) => ({ ...one, amount_minor: one.amount_minor - (ofRefunds[index] as number) }))
  await release(work, { keys: lines.map(line => moneyKey(id, line.position)), payments: payments(less) })
  for (const [index, line] of lines.entries()) {
    const amountMinor = ofLines[index] as number
    await work.tx.updateTable('return_lines').set({ amount_minor: amountMinor }).where('id', '=', line.id).execute()
    if (line.line_id !== null && amountMinor > 0)
      await takeBack(work, { lineId: line.line_id, key: moneyKey(id, line.position), quantity: 0, amountMinor })
  }
  for (const [index, one] of refunds.entries()) {
    const amountMinor = ofRefunds[index] as number
    if (amountMinor === 0) await work.tx.deleteFrom('refunds').where('id', '=', one.id).execute()
    else await work.tx.updateTable('refunds').set({ amount_minor: amountMinor }).where('id', '=', one.id).execute()
  }
}

/** What was decided about a case lets its money go, all of it or less, or says that none goes. */
export const hearDecision = (kernel: Kernel, { subject, data }: Decided): Promise<void> =>
  kernel.work(system, async work => {
    if (subject.kind !== 'case' || data.act !== 'refund' || data.outcome === 'own') return
    const waiting = await waitingFor(work, subject.id, data.asked)
    if (!waiting) return
    if (data.outcome === 'declined') return decline(work, waiting)
    if (data.amount < data.asked) await reduce(work, waiting, data.amount)
    await setRefunds(
      work,
      waiting.refunds.map(one => one.id),
      'to_pay',
    )
    await payOut(work, waiting.id, false)
  })
