import { type RawBuilder, sql } from 'kysely'
import type * as z from 'zod'
import { resolve, toSql } from '../../platform/conditions/index.ts'
import { pageOf, readCursor, writeCursor } from '../../platform/http/cursor.ts'
import { notFound } from '../../platform/refusal.ts'
import type { Reading } from '../../platform/work.ts'
import type { Condition } from '../../shared/condition.ts'
import { zoneOf } from '../identity/index.ts'
import { sameAs } from '../people/index.ts'
import type { PromiseKind } from '../promises/contract.ts'
import type { CaseLine } from './contract.ts'
import type { Selection } from './contract-bulk.ts'
import type { Sort } from './contract-shapes.ts'
import { allFields, caseFields } from './fields.ts'
import { groupCondition } from './grouping.ts'
import { awake, keyLength, ofOpenCases, orders, withinOrder } from './ordering.ts'
import { visibleSql } from './policy.ts'
import { explainUrgency } from './urgency.ts'

export type Line = Omit<
  z.output<typeof CaseLine>,
  'urgency' | 'waitingSince' | 'snoozedUntil' | 'openedAt' | 'lastAt'
> & {
  snoozedUntil: Date | null
  waitingSince: Date | null
  openedAt: Date
  lastAt: Date
  urgentFrom: Date
  typeMinutes: number
  dueAt: Date | null
  dueKind: PromiseKind | null
}

export const lineColumns = (staffId: number | null) => sql`
  c.id, c.id as number, c.kind, c.status, c.subject, c.preview, c.channel, c.severity, c.internal, c.confidential,
  json_build_object('id', p.id, 'name', p.name, 'vulnerable', p.vulnerable) as requester,
  case when s.id is null then null else json_build_object('id', s.id, 'name', s.name) end as assignee,
  case when t.id is null then null else json_build_object('id', t.id, 'name', t.name) end as team,
  case when o.id is null then null else json_build_object('id', o.id, 'name', o.name) end as topic,
  (select json_build_object('id', d.id, 'name', d.name) from products d where d.id = c.product_id) as product,
  c.tags, c.waiting_since as "waitingSince", c.snoozed_until as "snoozedUntil", c.opened_at as "openedAt", c.last_at as "lastAt", c.message_count as "messageCount",
  coalesce((select e.message_id from case_seen e where e.staff_id = ${staffId} and e.case_id = c.id), 0) < coalesce(c.last_message_id, 0) as unread,
  c.urgent_from as "urgentFrom", c.due_at as "dueAt", c.due_kind as "dueKind", coalesce(y.urgency_minutes, 0) as "typeMinutes", c.version`

// Somebody who was merged into another is shown as that other: one more look for the rows of a page. A catalogue may be
// large: joined, it would be read from end to end for them.
export const lineJoins = sql`join people w on w.id = c.requester_id
  join lateral (select * from people o where o.id = coalesce(w.merged_into, w.id) offset 0) p on true left join customer_types y on y.id = p.type_id
  left join staff s on s.id = c.assignee_id left join teams t on t.id = c.team_id left join topics o on o.id = c.topic_id`

/** Adds the explanation of its place to a row. */
export const explained = <T extends Line>(row: T, now: Date) => ({
  ...row,
  urgency: explainUrgency({ ...row, vulnerable: row.requester.vulnerable }, now),
})

export type ListInput = {
  limit: number
  cursor?: string | undefined
  view?: number | undefined
  status?: string | undefined
  waiting?: 'true' | undefined
  snoozed?: 'true' | undefined
  kind?: string | undefined
  assignee?: 'me' | 'none' | 'available' | number | undefined
  team?: number | undefined
  requester?: number | undefined
  product?: number | undefined
  sort?: Sort | undefined
  /** One group of the list: what it is grouped by, and which; `none` where there is no value. */
  groupBy?: string | undefined
  group?: string | undefined
}

const unassigned: Condition = { field: 'assignee', op: 'absent' }
const mine: Condition = { field: 'assignee', op: 'is', value: 'me' }

const assigneeOf = (assignee: NonNullable<ListInput['assignee']>): Condition => {
  if (assignee === 'none') return unassigned
  if (assignee === 'available') return { any: [unassigned, mine] }
  return { field: 'assignee', op: 'is', value: assignee }
}

export const filterOf = (input: Omit<ListInput, 'limit'> & { requesters?: readonly number[] }): Condition => {
  const leaves: Condition[] = []
  if (input.waiting) leaves.push({ field: 'waitingSince', op: 'present' })
  if (input.status && input.status !== 'active') leaves.push({ field: 'status', op: 'is', value: input.status })
  if (input.kind) leaves.push({ field: 'kind', op: 'is', value: input.kind })
  if (input.assignee !== undefined) leaves.push(assigneeOf(input.assignee))
  if (input.team) leaves.push({ field: 'team', op: 'is', value: input.team })
  if (input.product) leaves.push({ field: 'product', op: 'is', value: input.product })
  if (input.requesters) leaves.push({ field: 'requester', op: 'one_of', value: [...input.requesters] })
  else if (input.requester) leaves.push({ field: 'requester', op: 'is', value: input.requester })
  return { all: leaves }
}

/** Turns conditions of a person into SQL, made absolute. What they depend on is read once, however many they are. */
export const conditionsSql = async (reading: Reading): Promise<(condition: Condition) => RawBuilder<boolean>> => {
  const fields = await allFields(reading)
  const zone = await zoneOf(reading)
  return condition => toSql(fields, resolve(fields, condition, { now: reading.now, zone, me: reading.actor.id }))
}

export const conditionSql = async (reading: Reading, condition: Condition): Promise<RawBuilder<boolean>> =>
  (await conditionsSql(reading))(condition)

/** The filters of a list name fields of our own and no moments: nothing has to be read for them. */
const plainSql = (reading: Reading, condition: Condition): RawBuilder<boolean> =>
  toSql(caseFields, resolve(caseFields, condition, { now: reading.now, zone: 'UTC', me: reading.actor.id }))

const viewOf = async ({ db, actor }: Reading, id: number) => {
  const view = await db
    .selectFrom('views')
    .select(['condition', 'sort', 'columns', 'group_by', 'staff_id', 'team_id'])
    .where('id', '=', id)
    .executeTakeFirst()
  const mine =
    view &&
    (view.staff_id === null || view.staff_id === actor.id) &&
    (view.team_id === null || actor.teams.includes(view.team_id) || actor.visibility === 'all')
  if (!mine) return notFound('view')
  const custom = [...view.columns, view.group_by ?? ''].some(key => key.startsWith('custom.'))
  return { condition: view.condition as unknown as Condition, sort: view.sort as Sort, custom }
}

/** What a list holds: who may see it, its filters and view, and which cases its order is about. */
export const heldBy = async (reading: Reading, input: Omit<ListInput, 'limit'>) => {
  const view = input.view ? await viewOf(reading, input.view) : null
  const usual = input.status === 'active' ? 'urgency' : 'recent'
  const sort = input.sort ?? view?.sort ?? usual
  const requesters = input.requester ? { requesters: await sameAs(reading, input.requester) } : {}
  const grouped = input.groupBy && input.group ? groupCondition(input.groupBy, input.group) : null
  const parts = [visibleSql(reading.actor), plainSql(reading, filterOf({ ...input, ...requesters }))]
  const personal = [...(view ? [view.condition] : []), ...(grouped ? [grouped] : [])]
  if (personal.length > 0) parts.push(await conditionSql(reading, { all: personal }))
  const open = ofOpenCases.has(sort)
  const active = open
    ? withinOrder(sort, input.snoozed)
    : input.status === 'active' || input.snoozed
      ? awake(input.snoozed)
      : sql``
  return {
    sort,
    where: sql`${sql.join(parts, sql` and `)}`,
    active,
    custom: view?.custom ?? input.groupBy?.startsWith('custom.') ?? false,
  }
}

/** A page of the cases somebody may see. The rows are cut to the page before anything is joined to them. */
export const listCases = async (reading: Reading, input: ListInput) => {
  const { sort, where, active, custom } = await heldBy(reading, input)
  const order = orders[sort]
  const after = readCursor(`cases ${sort}`, input.cursor, keyLength(sort))
  const { rows } = await sql<Line>`
    select ${lineColumns(reading.actor.id)}${custom ? sql`, c.custom` : sql``} from (
      select c.* from cases c where ${where} ${active}
      ${after ? sql`and ${order.after(after)}` : sql``}
      order by ${order.columns} limit ${input.limit + 1}
    ) c ${lineJoins} order by ${order.columns}`.execute(reading.db)
  const page = pageOf(rows, input.limit, last => writeCursor(`cases ${sort}`, order.key(last)))
  return { ...page, items: page.items.map(row => explained(row, reading.now)) }
}

/** Cases by their numbers, as far as they may be seen, and which of them a list holds. */
export const changedLines = async (reading: Reading, { ids, ...input }: Omit<ListInput, 'limit'> & { ids: string }) => {
  const wanted = sql`c.id = any(${ids.split(',').map(Number)}::bigint[])`
  const { where, active, custom } = await heldBy(reading, input)
  const held = await sql<{ id: number }>`select c.id from cases c where ${wanted} and ${where} ${active}`.execute(
    reading.db,
  )
  const { rows } = await sql<Line>`select ${lineColumns(reading.actor.id)}${custom ? sql`, c.custom` : sql``}
    from cases c ${lineJoins} where ${wanted} and ${visibleSql(reading.actor)}`.execute(reading.db)
  return { items: rows.map(row => explained(row, reading.now)), held: held.rows.map(row => row.id) }
}

/** One case as a line, or null where it cannot be seen. */
export const lineOf = async (reading: Reading, id: number, within = visibleSql(reading.actor)) => {
  const { rows } = await sql<Line & Record<string, never>>`
    select ${lineColumns(reading.actor.id)}, c.stage, c.language, c.custom, c.first_reply_at as "firstReplyAt",
      c.solved_at as "solvedAt", c.closed_at as "closedAt", c.reopened, c.need_met as "needMet",
      (select e.message_id from case_seen e where e.staff_id = ${reading.actor.id} and e.case_id = c.id) as "seenMessageId"
    from cases c ${lineJoins} where c.id = ${id} and ${within}`.execute(reading.db)
  return rows[0] ? explained(rows[0], reading.now) : null
}

/** Every case that somebody sees in a list, or names one by one: what a bulk change is about. */
export const selectionSql = async (reading: Reading, selection: Selection): Promise<RawBuilder<boolean>> => {
  const seen = visibleSql(reading.actor)
  if ('ids' in selection) return sql`${seen} and c.id = any(${selection.ids}::bigint[])`
  const { condition, view: viewId, ...filter } = selection.all
  const view = viewId ? await viewOf(reading, viewId) : null
  const parts = [
    seen,
    plainSql(reading, filterOf(filter)),
    ...(view ? [await conditionSql(reading, view.condition)] : []),
    ...(condition ? [await conditionSql(reading, condition)] : []),
  ]
  const open = view && ofOpenCases.has(view.sort)
  const plain = filter.status === 'active' || filter.snoozed ? awake(filter.snoozed) : sql``
  return sql`${sql.join(parts, sql` and `)} ${open ? withinOrder(view.sort, filter.snoozed) : plain}`
}
