import { type RawBuilder, sql } from 'kysely'
import { pageOf, readCursor, writeCursor } from '../../platform/http/cursor.ts'
import type { Reading } from '../../platform/work.ts'
import type { PromiseKind } from '../promises/contract.ts'
import { type PromiseRow, promiseColumns } from '../promises/index.ts'
import { openStatuses } from './ordering.ts'
import { visibleSql } from './policy.ts'

type Input = {
  limit: number
  cursor?: string | undefined
  state: 'open' | 'late' | 'paused' | 'ended'
  outcome?: string | undefined
  kind?: PromiseKind | undefined
  of: 'me' | 'team' | 'all'
  byHand?: 'true' | undefined
  before?: string | undefined
}

type Line = PromiseRow & {
  case: { id: number; number: number; subject: string; status: string }
  requester: { id: number; name: string }
}

type Order = { where: RawBuilder<unknown>; by: RawBuilder<unknown>; column: RawBuilder<unknown>; key(row: Line): Date }

/** Each state has an index on the very columns it is ordered by. */
const orders: Record<Input['state'], Order> = {
  open: {
    where: sql`p.closed_at is null and p.due_at is not null`,
    by: sql`p.due_at, p.id`,
    column: sql`(p.due_at, p.id) >`,
    key: row => row.dueAt as Date,
  },
  late: {
    where: sql`p.closed_at is null and p.due_at is not null`,
    by: sql`p.due_at, p.id`,
    column: sql`(p.due_at, p.id) >`,
    key: row => row.dueAt as Date,
  },
  paused: {
    where: sql`p.closed_at is null and p.paused_at is not null`,
    by: sql`p.paused_at, p.id`,
    column: sql`(p.paused_at, p.id) >`,
    key: row => row.pausedAt as Date,
  },
  ended: {
    where: sql`p.closed_at is not null`,
    by: sql`p.closed_at desc, p.id desc`,
    column: sql`(p.closed_at, p.id) <`,
    key: row => row.closedAt as Date,
  },
}

/** Whose: what one has promised oneself, and what was promised by rule in the cases one handles. */
const whose = ({ actor }: Reading, of: Input['of']): RawBuilder<unknown> => {
  if (of === 'me')
    return sql`and (p.by_staff_id = ${actor.id} or (p.by_staff_id is null and c.assignee_id = ${actor.id}))`
  return of === 'team' ? sql`and c.team_id = any(${[...actor.teams]}::bigint[])` : sql``
}

/** Where one looks: one's own open promises are few, and found by whose they are; all others are walked by their time. */
const source = ({ actor }: Reading, { of, state }: Input): RawBuilder<unknown> =>
  of === 'me' && state !== 'ended'
    ? sql`(select id from promises where by_staff_id = ${actor.id} and closed_at is null union all
        select o.id from cases k join promises o on o.subject_kind = 'case' and o.subject_id = k.id and o.by_staff_id is null and o.closed_at is null
          where k.assignee_id = ${actor.id} and k.status in ${openStatuses}) mine join promises p on p.id = mine.id`
    : sql`promises p`

const filters = (reading: Reading, input: Input): RawBuilder<unknown> => {
  const until = input.state === 'late' ? reading.now : input.before ? new Date(input.before) : null
  return sql`${whose(reading, input.of)}
    ${until && input.state !== 'ended' ? sql`and p.due_at <= ${until}::timestamptz` : sql``}
    ${input.kind ? sql`and p.kind = ${input.kind}` : sql``}
    ${input.outcome ? sql`and p.outcome = ${input.outcome}` : sql``}
    ${input.byHand ? sql`and p.policy_id is null` : sql``}`
}

/** What was promised in the cases somebody may see. */
export const promiseDesk = async (reading: Reading, input: Input) => {
  const order = orders[input.state]
  const list = `promises ${input.state}`
  const after = readCursor(list, input.cursor, 2)
  const { rows } = await sql<Line>`select ${promiseColumns(reading.now)},
      json_build_object('id', c.id, 'number', c.id, 'subject', c.subject, 'status', c.status) as case,
      (select json_build_object('id', r.id, 'name', r.name) from people w join people r on r.id = coalesce(w.merged_into, w.id) where w.id = c.requester_id) as requester
    from ${source(reading, input)} join cases own on own.id = p.subject_id join cases c on c.id = coalesce(own.merged_into, own.id)
    where p.subject_kind = 'case' and ${order.where} and ${visibleSql(reading.actor)} ${filters(reading, input)}
      ${after ? sql`and ${order.column} (${after[0]}::timestamptz, ${after[1]}::bigint)` : sql``}
    order by ${order.by} limit ${input.limit + 1}`.execute(reading.db)
  return pageOf(rows, input.limit, row => writeCursor(list, [order.key(row).toISOString(), row.id]))
}
