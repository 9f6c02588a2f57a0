import { sql } from 'kysely'
import type { Kernel } from '../../platform/kernel.ts'
import { type Actor, system } from '../../platform/permissions/actor.ts'
import { notFound, Refusal } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import { actorOfStaff } from '../identity/index.ts'
import { type Change, changeFrom, customBack, type Raw } from './changes.ts'
import { applyChange } from './changing.ts'
import type { BulkChange, Selection } from './contract-bulk.ts'
import { selectionSql } from './queries.ts'

/** As many cases as one bulk change may touch: beyond that it is an import, not a decision. */
export const mostAtOnce = 50_000
/** Cases in one transaction: short enough that nobody waits for the locks. */
const lot = 100

const idsOf = async (reading: Reading, selection: Selection, limit: number): Promise<number[]> => {
  const where = await selectionSql(reading, selection)
  const { rows } = await sql<{
    id: number
  }>`select c.id from cases c where ${where} order by c.id limit ${limit}`.execute(reading.db)
  return rows.map(row => row.id)
}

/** @returns how many cases would be touched, counted up to the most that can be */
export const previewBulk = async (reading: Reading, selection: Selection) => {
  const found = (await idsOf(reading, selection, mostAtOnce + 1)).length
  return { count: Math.min(found, mostAtOnce), beyond: found > mostAtOnce }
}

const start = async (work: Work, ids: readonly number[], change: unknown, undoes: number | null): Promise<number> => {
  const staffId = work.actor.id as number
  const { id } = await work.tx
    .insertInto('bulk_changes')
    .values({
      staff_id: staffId,
      permissions: [...work.actor.permissions],
      change: JSON.stringify(change),
      state: ids.length === 0 ? 'done' : 'running',
      total: ids.length,
      undoes,
      created_at: work.now,
      finished_at: ids.length === 0 ? work.now : null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await sql`insert into bulk_items (bulk_id, case_id) select ${id}, unnest(${[...ids]}::bigint[])`.execute(work.tx)
  work.record({
    type: undoes ? 'bulk.undone' : 'bulk.started',
    subject: { kind: 'staff', id: staffId },
    data: { bulkId: id, total: ids.length },
  })
  if (ids.length > 0) work.enqueue({ name: 'cases:bulk', payload: { id }, key: `bulk:${id}` })
  return id
}

const assertStaff = (work: Work): void => {
  if (work.actor.kind !== 'staff') throw new Refusal('forbidden', 'Only a member of staff can change many cases.')
}

/**
 * Begins to change many cases. Which ones is settled now: what comes into the list later is not touched.
 * @throws Refusal `invalid` when nothing is selected
 */
export const startBulk = async (work: Work, input: { selection: Selection; change: BulkChange }) => {
  assertStaff(work)
  const reading = { db: work.tx, actor: work.actor, now: work.now }
  const ids = await idsOf(reading, input.selection, mostAtOnce)
  if (ids.length === 0)
    throw new Refusal('invalid', 'There is no case to change.', [{ field: 'selection', message: 'selects no case' }])
  return bulkById(reading, await start(work, ids, input.change, null))
}

/** Begins to take a bulk change back. @throws Refusal `conflict` while it runs, or when it was taken back already */
export const undoBulk = async (work: Work, id: number) => {
  assertStaff(work)
  const reading = { db: work.tx, actor: work.actor, now: work.now }
  await sql`select 1 from bulk_changes where id = ${id} for update`.execute(work.tx)
  const bulk = await bulkById(reading, id)
  if (bulk.state === 'running') throw new Refusal('conflict', 'It is still running. Wait until it is done.')
  if (bulk.undoneBy) throw new Refusal('conflict', 'This was taken back already.')
  const touched = await work.tx
    .selectFrom('bulk_items')
    .select('case_id')
    .where('bulk_id', '=', id)
    .where('state', '=', 'done')
    .orderBy('case_id')
    .execute()
  return bulkById(
    reading,
    await start(
      work,
      touched.map(item => item.case_id),
      { undo: id },
      id,
    ),
  )
}

type Row = {
  id: number
  state: 'running' | 'done'
  change: Record<string, unknown>
  total: number
  waiting: number
  done: number
  unchanged: number
  refused: number
  undoes: number | null
  undoneBy: number | null
  createdAt: Date
  finishedAt: Date | null
}

const columns = sql`b.id, b.state, b.change, b.total, b.undoes, b.created_at as "createdAt", b.finished_at as "finishedAt",
  (select u.id from bulk_changes u where u.undoes = b.id) as "undoneBy",
  n.waiting, n.done, n.unchanged, n.refused from bulk_changes b, lateral (select count(*) filter (where state = 'waiting')::int as waiting,
    count(*) filter (where state = 'done')::int as done, count(*) filter (where state = 'unchanged')::int as unchanged,
    count(*) filter (where state = 'refused')::int as refused from bulk_items i where i.bulk_id = b.id) n`

/** One of the own bulk changes. */
export const bulkById = async ({ db, actor }: Reading, id: number): Promise<Row> => {
  const { rows } = await sql<Row>`select ${columns} where b.id = ${id} and b.staff_id = ${actor.id}`.execute(db)
  return rows[0] ?? notFound('bulk change')
}

export const bulksOf = async ({ db, actor }: Reading, limit: number, before: number | null): Promise<Row[]> => {
  const { rows } = await sql<Row>`select ${columns} where b.staff_id = ${actor.id}
    ${before ? sql`and b.id < ${before}` : sql``} order by b.id desc limit ${limit}`.execute(db)
  return rows
}

type Result = {
  caseId: number
  subject: string
  state: 'waiting' | 'done' | 'unchanged' | 'refused'
  reason: string | null
}

export const itemsOf = async (reading: Reading, id: number, limit: number, after: (string | number)[] | null) => {
  await bulkById(reading, id)
  const { rows } = await sql<Result & { rank: number }>`select i.case_id as "caseId", c.subject, i.state, i.reason,
      (i.state <> 'refused')::int as rank
    from bulk_items i join cases c on c.id = i.case_id where i.bulk_id = ${id}
    ${after ? sql`and ((i.state <> 'refused')::int, i.case_id) > (${after[0]}::int, ${after[1]}::bigint)` : sql``}
    order by rank, i.case_id limit ${limit}`.execute(reading.db)
  return rows
}

type Waiting = { case_id: number; undo: { before: Raw; after: Raw } | null }

/** What an undo does to one case: only what is still as the change left it goes back. */
const backFrom = (now: Raw, { before, after }: { before: Raw; after: Raw }): Partial<Change> => {
  const same = (field: keyof Raw) => JSON.stringify(now[field]) === JSON.stringify(after[field])
  const whole = (Object.keys(after) as (keyof Raw)[]).filter(field => field !== 'custom' && same(field))
  const custom = after.custom ? customBack(now.custom, before.custom, after.custom) : {}
  const back = Object.fromEntries(whole.map(field => [field, before[field]])) as Partial<Change>
  return Object.keys(custom).length > 0 ? { ...back, custom } : back
}

const changeFor =
  (change: BulkChange, item: Waiting) =>
  (now: Raw): Partial<Change> =>
    item.undo ? backFrom(now, item.undo) : changeFrom(change, now)

type Outcome = { state: 'done' | 'unchanged' | 'refused'; reason?: string; before?: Raw; after?: Raw }

const changeOne = async (work: Work, change: BulkChange, item: Waiting): Promise<Outcome> => {
  try {
    const { before, after } = await applyChange(work, item.case_id, changeFor(change, item))
    return Object.keys(after).length > 0 ? { state: 'done', before, after } : { state: 'unchanged' }
  } catch (error) {
    // Somebody may no longer see the case, or may not give it away: that is the answer for this one alone.
    if (error instanceof Refusal) return { state: 'refused', reason: error.message }
    throw error
  }
}

const actorFor = (staff: Actor, permissions: readonly string[]): Actor => ({
  ...staff,
  permissions: new Set(permissions.filter(permission => staff.permissions.has(permission))),
})

/** The next lot in one transaction. @returns whether there may be more */
const nextLot = async (kernel: Kernel, id: number): Promise<boolean> => {
  const bulk = await kernel.read(system, ({ db }) =>
    db.selectFrom('bulk_changes').selectAll().where('id', '=', id).executeTakeFirst(),
  )
  if (bulk?.state !== 'running') return false
  const staff = await actorOfStaff(kernel, bulk.staff_id)
  return kernel.work(
    actorFor(staff, bulk.permissions),
    async work => {
      const { rows } = await sql<Waiting>`
        select i.case_id, case when o.case_id is null then null else json_build_object('before', o.before, 'after', o.after) end as undo
        from bulk_items i left join bulk_items o on o.bulk_id = ${bulk.undoes} and o.case_id = i.case_id
        where i.bulk_id = ${id} and i.state = 'waiting' order by i.case_id limit ${lot} for update of i skip locked`.execute(
        work.tx,
      )
      const outcomes: (Outcome & { id: number })[] = []
      for (const item of rows) {
        const change = bulk.change as unknown as BulkChange
        outcomes.push({ id: item.case_id, ...(await changeOne(work, change, item)) })
      }
      await note(work, id, outcomes)
      return rows.length === lot
    },
    `bulk ${id}`,
  )
}

const note = async (work: Work, id: number, outcomes: readonly (Outcome & { id: number })[]): Promise<void> => {
  await sql`update bulk_items i set state = o.state, reason = o.reason, before = o.before, after = o.after
    from jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb) as o(id bigint, state text, reason text, before jsonb, after jsonb)
    where i.bulk_id = ${id} and i.case_id = o.id`.execute(work.tx)
}

/** Carries a bulk change to its end, lot by lot; taken up again where it stopped if the program was killed meanwhile. */
export const carryOutBulk = async (kernel: Kernel, id: number): Promise<void> => {
  while (await nextLot(kernel, id));
  await kernel.work(system, async work => {
    const left = await work.tx
      .selectFrom('bulk_items')
      .select('case_id')
      .where('bulk_id', '=', id)
      .where('state', '=', 'waiting')
      .executeTakeFirst()
    if (left) return
    const ended = await work.tx
      .updateTable('bulk_changes')
      .set({ state: 'done', finished_at: work.now })
      .where('id', '=', id)
      .where('state', '=', 'running')
      .returning('staff_id')
      .executeTakeFirst()
    if (ended) work.record({ type: 'bulk.done', subject: { kind: 'staff', id: ended.staff_id }, data: { bulkId: id } })
  })
}
