import { sql } from 'kysely'
import { assertFresh, notFound, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import type { Channel } from './contract-shapes.ts'
import { giftTaken } from './gift-taken.ts'
import { purchaseById } from './queries.ts'

type Change = {
  id: number
  number?: string | undefined
  giftNumber?: string | null | undefined
  channel?: Channel | undefined
  personId?: number | null | undefined
  version?: number | undefined
}

const lockPurchase = async (work: Work, id: number) =>
  (await work.tx.selectFrom('purchases').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()) ??
  notFound('purchase')

/** Says whose purchase it is, or corrects what was written wrong. @throws Refusal `stale` with an old version */
export const changePurchase = async (work: Work, { id, version, ...change }: Change) => {
  const before = await lockPurchase(work, id)
  assertFresh(before.version, version, 'purchase')
  if (change.personId) {
    const person = await work.tx.selectFrom('people').select('id').where('id', '=', change.personId).executeTakeFirst()
    if (!person) refuseField('personId', 'There is no such person')
  }
  const next = {
    number: change.number ?? before.number,
    gift_number: change.giftNumber === undefined ? before.gift_number : change.giftNumber,
    channel: change.channel ?? before.channel,
    person_id: change.personId === undefined ? before.person_id : change.personId,
  }
  await work.tx
    .updateTable('purchases')
    .set({ ...next, version: before.version + 1 })
    .where('id', '=', id)
    .execute()
    .catch(giftTaken)
  const told = (row: typeof next) => ({ number: row.number, channel: row.channel, personId: row.person_id })
  work.record({
    type: 'purchase.changed',
    subject: { kind: 'purchase', id },
    data: { number: next.number },
    before: told(before),
    after: told(next),
  })
  return purchaseById({ db: work.tx }, id)
}

type Came = { id: number; at?: string | undefined; lines?: { id: number; delivered: number }[] | undefined }

/**
 * Says what of a purchase was delivered: the lines that are named, or all of it. The time counts for what had not come
 * before; where a line comes in parts, its last part is when it was delivered.
 * @throws Refusal naming the line of which more would have come than was bought, or fewer than came back
 */
export const deliverPurchase = async (work: Work, { id, at, lines }: Came) => {
  const purchase = await lockPurchase(work, id)
  const when = at ? new Date(at) : work.now
  if (when > work.now) refuseField('at', 'This moment is still to come')
  if (when < purchase.bought_at) refuseField('at', 'Delivered before it was bought')
  const { rows } = await sql<{ id: number; quantity: number; delivered: number; returned: number }>`
    select id, quantity, delivered, returned from purchase_lines where purchase_id = ${id} order by position for update`.execute(
    work.tx,
  )
  const wanted = lines ?? rows.map(row => ({ id: row.id, delivered: row.quantity }))
  for (const [index, one] of wanted.entries()) {
    const row = rows.find(line => line.id === one.id)
    if (!row) return refuseField(`lines[${index}].id`, 'This purchase has no such line')
    if (one.delivered > row.quantity) refuseField(`lines[${index}].delivered`, `Only ${row.quantity} were bought`)
    if (one.delivered < row.returned)
      refuseField(`lines[${index}].delivered`, `${row.returned} of these came back already`)
    if (one.delivered !== row.delivered || (at && one.delivered > 0))
      await work.tx
        .updateTable('purchase_lines')
        .set({ delivered: one.delivered, delivered_at: one.delivered > 0 ? when : null })
        .where('id', '=', row.id)
        .execute()
  }
  await work.tx
    .updateTable('purchases')
    .set({ version: purchase.version + 1 })
    .where('id', '=', id)
    .execute()
  work.record({ type: 'purchase.delivered', subject: { kind: 'purchase', id }, data: { number: purchase.number } })
  return purchaseById({ db: work.tx }, id)
}
