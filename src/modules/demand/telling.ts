import { sql } from 'kysely'
import { staffIdOf } from '../../platform/permissions/actor.ts'
import { Refusal, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { write } from '../cases/index.ts'
import { availableSql } from '../catalogue/index.ts'
import { keepPromise, makePromise } from '../promises/index.ts'
import { aboutCase } from './about.ts'
import { lockDemand } from './noting.ts'
import { demandById } from './queries.ts'

const dayMs = 86_400_000
/** Where nobody knows when it comes, they are told within a month what became of it. */
const usualDays = 30

/** The end of the day after it is expected, where that is known. */
const expected = async (work: Work, productId: number, placeId: number | null): Promise<Date | null> => {
  const { rows } = await sql<{ day: string | null }>`select min(expected_on)::text as day from product_availability
    where product_id = ${productId} and expected_on >= ${work.now}::date ${placeId ? sql`and place_id = ${placeId}` : sql``}`.execute(
    work.tx,
  )
  return rows[0]?.day ? new Date(Date.parse(`${rows[0].day}T17:00:00Z`) + dayMs) : null
}

const dueOf = async (work: Work, by: string | undefined, productId: number, placeId: number | null): Promise<Date> => {
  if (!by) return (await expected(work, productId, placeId)) ?? new Date(work.now.getTime() + usualDays * dayMs)
  const at = new Date(`${by}T17:00:00Z`)
  return at > work.now ? at : refuseField('by', 'This day is over')
}

/**
 * Promises the customer of the case to tell them when it is back.
 * @throws Refusal naming `caseId` where there is no case to tell them in, `conflict` where it was promised already
 */
export const tellWhenBack = async (work: Work, input: { id: number; by?: string | undefined }) => {
  const demand = await lockDemand(work, input.id)
  if (!demand.case_id)
    return refuseField('caseId', 'There is no case yet in which they could be told. Log the contact first.')
  if (demand.promise_id && !demand.told_at)
    throw new Refusal('conflict', 'That is promised already.', [{ field: 'id', message: 'is promised already' }])
  const kase = await aboutCase(work, demand.case_id)
  const { name } = await work.tx
    .selectFrom('products')
    .select('name')
    .where('id', '=', demand.product_id)
    .executeTakeFirstOrThrow()
  const promiseId = await makePromise(work, {
    kind: 'tell_when_back',
    subject: { kind: 'case', id: kase.id },
    title: name,
    toPersonId: kase.personId,
    byStaffId: kase.assigneeId ?? staffIdOf(work.actor),
    byTeamId: kase.teamId,
    dueAt: await dueOf(work, input.by, demand.product_id, demand.place_id),
  })
  await work.tx
    .updateTable('demands')
    .set({ promise_id: promiseId, told_at: null, outcome: 'waits', accepted_id: null, version: demand.version + 1 })
    .where('id', '=', demand.id)
    .execute()
  const data = { demandId: demand.id, name }
  work.record({ type: 'demand.waits', subject: { kind: 'case', id: kase.id }, data })
  return demandById({ db: work.tx, actor: work.actor }, demand.id)
}

type Waiting = {
  id: number
  caseId: number
  promiseId: number
  product: string
  first: string
  place: string | null
  organisation: string
  assigneeId: number | null
}

const waitingFor = async (work: Work, productIds: readonly number[]): Promise<Waiting[]> =>
  (
    await sql<Waiting>`select d.id, coalesce(k.merged_into, k.id) as "caseId", d.promise_id as "promiseId", p.name as product,
        split_part(w.name, ' ', 1) as first, g.name as organisation, k.assignee_id as "assigneeId",
        (select l.name from product_availability a join places l on l.id = a.place_id and l.ended_at is null
          where a.product_id = d.product_id and a.state in ('in_stock', 'low') order by a.place_id = d.place_id desc nulls last, l.id limit 1) as place
      from demands d join products p on p.id = d.product_id join cases k on k.id = d.case_id join people w on w.id = d.person_id, organisation g
      where d.product_id = any(${[...productIds]}::bigint[]) and d.promise_id is not null and d.told_at is null and ${availableSql()}
      order by d.id for update of d`.execute(work.tx)
  ).rows

/** The mail itself: what is back, and where. */
const letter = ({ first, product, place, organisation }: Waiting): string =>
  `Dear ${first},\n\nYou asked us for “${product}”. It is available again${place ? ` at ${place}` : ''}.\n\nIf you still want it, just answer this message and we will put it aside for you.\n\n${organisation}`

const tellOne = async (work: Work, waiting: Waiting): Promise<boolean> => {
  const message = { id: waiting.caseId, attachmentIds: [], mentionIds: [] }
  try {
    await write(work, { ...message, kind: 'reply', aside: true, channel: 'email', text: letter(waiting) })
    return true
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    // Nobody can be reached by mail: the promise stays with whoever made it, and the case says so.
    const text = `“${waiting.product}” is available again. No e-mail address is known: please tell them, then mark the promise as kept.`
    await write(work, { ...message, kind: 'note', text })
    return false
  }
}

/**
 * Keeps what was promised about products that have come back: those who waited are told by mail through their case.
 * Told once: whoever was told is no longer found.
 */
export const tellBack = async (work: Work, productIds: readonly number[]): Promise<void> => {
  for (const waiting of await waitingFor(work, productIds)) {
    const told = await tellOne(work, waiting)
    await work.tx.updateTable('demands').set({ told_at: work.now }).where('id', '=', waiting.id).execute()
    if (told) await keepPromise(work, waiting.promiseId)
    const subject = { kind: 'case', id: waiting.caseId }
    work.record({
      type: told ? 'demand.told' : 'demand.to_be_told',
      subject,
      data: { demandId: waiting.id, name: waiting.product },
    })
  }
}
