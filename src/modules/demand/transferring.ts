import { sql } from 'kysely'
import { pageOf, readCursor, writeCursor } from '../../platform/http/cursor.ts'
import { staffIdOf } from '../../platform/permissions/actor.ts'
import { assertFresh, notFound, Refusal, refuseField } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import { visibleSql } from '../cases/index.ts'
import { availableStates, linesOf } from '../catalogue/index.ts'
import type { Transfer } from './contract-shapes.ts'
import { lockDemand } from './noting.ts'
import { demandById } from './queries.ts'

type Asked = { id: number; fromPlaceId: number; toPlaceId: number; note: string }

const assertPlaces = async (work: Work, { fromPlaceId, toPlaceId }: Asked, productId: number): Promise<void> => {
  if (fromPlaceId === toPlaceId) refuseField('toPlaceId', 'It is there already')
  const to = await work.tx
    .selectFrom('places')
    .select('id')
    .where('id', '=', toPlaceId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (!to) refuseField('toPlaceId', 'There is no such place')
  const line = (await linesOf({ db: work.tx }, [productId])).get(productId)
  const there = line?.availability.find(one => one.placeId === fromPlaceId)
  if (!there || !availableStates.includes(there.state)) refuseField('fromPlaceId', 'This place does not have it')
}

/**
 * Asks another place to send what the customer wants.
 * @throws Refusal naming `fromPlaceId` where that place does not have it, `toPlaceId` where it cannot go
 */
export const bring = async (work: Work, input: Asked) => {
  const demand = await lockDemand(work, input.id)
  await assertPlaces(work, input, demand.product_id)
  await work.tx
    .insertInto('transfers')
    .values({
      product_id: demand.product_id,
      from_place_id: input.fromPlaceId,
      to_place_id: input.toPlaceId,
      demand_id: demand.id,
      quantity: demand.quantity,
      note: input.note,
      asked_at: work.now,
      asked_by: staffIdOf(work.actor),
    })
    .execute()
  await work.tx
    .updateTable('demands')
    .set({ outcome: 'transfer', accepted_id: null, version: demand.version + 1 })
    .where('id', '=', demand.id)
    .execute()
  const changed = await demandById({ db: work.tx, actor: work.actor }, demand.id)
  const last = changed.transfers.at(-1)
  work.record({
    type: 'demand.transfer_asked',
    subject: demand.case_id ? { kind: 'case', id: demand.case_id } : { kind: 'demand', id: demand.id },
    data: { demandId: demand.id, name: changed.product.name, from: last?.from, to: last?.to },
  })
  return changed
}

const columns = ({
  actor,
}: Pick<Reading, 'actor'>) => sql`t.id, json_build_object('id', p.id, 'name', p.name, 'number', p.number) as product,
  json_build_object('id', a.id, 'name', a.name) as "from", json_build_object('id', b.id, 'name', b.name) as "to", t.demand_id as "demandId",
  (select c.id from demands d join cases c on c.id = d.case_id where d.id = t.demand_id and ${visibleSql(actor)}) as "caseId",
  t.quantity, t.note, t.state, t.asked_at as "askedAt", s.name as "askedBy", t.settled_at as "settledAt", t.version
  from transfers t join products p on p.id = t.product_id join places a on a.id = t.from_place_id join places b on b.id = t.to_place_id
  left join staff s on s.id = t.asked_by`

type ListInput = { limit: number; cursor?: string | undefined; placeId?: number | undefined }

/** What is under way between places, the oldest first. */
export const openTransfers = async (reading: Reading, input: ListInput) => {
  const after = readCursor('transfers', input.cursor, 1)
  const { rows } = await sql<Transfer>`select ${columns(reading)} where t.state in ('requested', 'sent')
    ${input.placeId ? sql`and ${input.placeId}::bigint in (t.from_place_id, t.to_place_id)` : sql``}
    ${after ? sql`and t.id > ${after[0]}::bigint` : sql``} order by t.id limit ${input.limit + 1}`.execute(reading.db)
  return pageOf(rows, input.limit, last => writeCursor('transfers', [last.id]))
}

const steps: Record<string, readonly string[]> = {
  requested: ['sent', 'arrived', 'refused'],
  sent: ['arrived', 'refused'],
}

/** Says how far it is. What cannot be sent leaves the customer without it: the demand is open again. */
export const settleTransfer = async (
  work: Work,
  input: { id: number; state: string; version?: number | undefined },
) => {
  const before = await work.tx
    .selectFrom('transfers')
    .selectAll()
    .where('id', '=', input.id)
    .forUpdate()
    .executeTakeFirst()
  if (!before) return notFound('transfer')
  assertFresh(before.version, input.version, 'transfer')
  if (!steps[before.state]?.includes(input.state))
    throw new Refusal('conflict', 'This is settled already.', [{ field: 'state', message: 'is settled already' }])
  await work.tx
    .updateTable('transfers')
    .set({ state: input.state, settled_at: input.state === 'sent' ? null : work.now, version: before.version + 1 })
    .where('id', '=', input.id)
    .execute()
  if (input.state === 'refused' && before.demand_id)
    await sql`update demands set outcome = 'open', version = version + 1 where id = ${before.demand_id} and outcome = 'transfer'`.execute(
      work.tx,
    )
  const { rows } = await sql<Transfer>`select ${columns(work)} where t.id = ${input.id}`.execute(work.tx)
  const transfer = rows[0] as Transfer
  work.record({
    type: `transfer.${input.state}`,
    subject: transfer.caseId ? { kind: 'case', id: transfer.caseId } : { kind: 'transfer', id: transfer.id },
    data: { name: transfer.product.name, from: transfer.from.name, to: transfer.to.name },
  })
  return transfer
}
