import { Refusal, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { takeBack } from '../purchases/index.ts'
import type { Goods } from './contract.ts'
import { goodsKey } from './keys.ts'
import { returnById } from './queries.ts'
import type { Item } from './settling.ts'

/** What of a line counts as come back as soon as it is settled: nobody takes the same thing back twice. */
const counts = new Set(['refund', 'exchange', 'store_credit', 'keep_item'])

export const reserve = async (work: Work, returnId: number, items: readonly Item[]): Promise<void> => {
  for (const [index, { line, sold }] of items.entries()) {
    const came = sold ? Math.min(line.quantity, sold.delivered - sold.returned) : 0
    if (line.lineId === null || !counts.has(line.outcome) || came === 0) continue
    const key = goodsKey(returnId, index + 1)
    await takeBack(work, { lineId: line.lineId, key, quantity: came, amountMinor: 0 })
  }
}

/** Where goods can go from where they are. */
const ways: Record<Goods, readonly Goods[]> = {
  none_needed: [],
  expected: ['in_transit', 'received', 'none_needed'],
  in_transit: ['received', 'expected'],
  received: ['inspecting', 'accepted', 'accepted_damaged', 'rejected'],
  inspecting: ['accepted', 'accepted_damaged', 'rejected'],
  accepted: ['restocked', 'repaired', 'supplier_claim', 'written_off', 'sent_back'],
  accepted_damaged: ['repaired', 'supplier_claim', 'written_off', 'sent_back'],
  rejected: ['sent_back', 'inspecting'],
  restocked: [],
  repaired: ['restocked', 'sent_back'],
  supplier_claim: ['restocked', 'written_off'],
  written_off: [],
  sent_back: [],
}

type Move = { id: number; lineId: number; to: Goods; note: string }

/** Notes where the goods of a line are now. @throws Refusal naming `to` where they cannot get there from where they are */
export const moveGoods = async (work: Work, { id, lineId, to, note }: Move) => {
  const reading = { db: work.tx, actor: work.actor, now: work.now }
  const shown = await returnById(reading, id)
  const line = await work.tx
    .selectFrom('return_lines')
    .selectAll()
    .where('id', '=', lineId)
    .where('return_id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!line) throw new Refusal('not_found', 'This return has no such line.')
  const from = line.goods as Goods
  if (!ways[from].includes(to)) {
    const next = ways[from].map(one => one.replaceAll('_', ' ')).join(', ')
    refuseField(
      'to',
      next ? `From “${from.replaceAll('_', ' ')}” it goes on to: ${next}` : 'There is nothing more to be done with it',
    )
  }
  await work.tx
    .updateTable('return_lines')
    .set({ goods: to, goods_note: note.trim() || line.goods_note })
    .where('id', '=', lineId)
    .execute()
  work.record({
    type: 'case.return_goods',
    subject: { kind: 'case', id: shown.caseId },
    data: { returnId: id, thing: line.name, was: from, goods: to },
  })
  return returnById(reading, id)
}
