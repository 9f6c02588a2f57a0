import { sql } from 'kysely'
import { pageOf, readCursor, writeCursor } from '../../platform/http/cursor.ts'
import { assertFresh } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import { done } from '../../shared/contract.ts'
import { visibleSql } from '../cases/index.ts'
import { type Reason, usual, type Way } from './contract.ts'

type Line = {
  id: number
  at: Date
  reason: Reason
  by: string
  case: { id: number; subject: string; requester: string } | null
  data: Record<string, unknown>
  read: boolean
}

/** What concerns somebody. Of a case they may no longer see, nothing is shown. */
export const notificationsOf = async (
  { db, actor }: Reading,
  input: { limit: number; cursor?: string | undefined; unread?: 'true' | undefined },
) => {
  const after = readCursor('notifications', input.cursor, 1)
  const { rows } = await sql<Line>`
    select n.id, n.at, n.reason, n.by_name as by, n.data, n.read_at is not null as read,
      case when c.id is null then null else json_build_object('id', c.id, 'subject', c.subject, 'requester', p.name) end as case
    from notifications n left join cases k on k.id = n.case_id
    left join cases c on c.id = coalesce(k.merged_into, k.id) and ${visibleSql(actor)} left join people p on p.id = c.requester_id
    where n.staff_id = ${actor.id} and (n.case_id is null or c.id is not null)
      ${input.unread ? sql`and n.read_at is null` : sql``} ${after ? sql`and n.id < ${after[0]}::bigint` : sql``}
    order by n.id desc limit ${input.limit + 1}`.execute(db)
  return pageOf(rows, input.limit, last => writeCursor('notifications', [last.id]))
}

const countedTo = 100

export const unreadCount = async ({ db, actor }: Reading) => {
  const { rows } = await sql<{
    unread: number
    newest: number | null
  }>`select count(*)::int as unread, max(id) as newest from (
    select n.id from notifications n left join cases k on k.id = n.case_id left join cases c on c.id = coalesce(k.merged_into, k.id) and ${visibleSql(actor)}
    where n.staff_id = ${actor.id} and n.read_at is null and (n.case_id is null or c.id is not null) order by n.id desc limit ${countedTo + 1}) u`.execute(
    db,
  )
  const { unread = 0, newest = null } = rows[0] ?? {}
  return { unread: Math.min(unread, countedTo), capped: unread > countedTo, newest }
}

export const markRead = async (
  work: Work,
  input: { ids?: number[] | undefined; caseId?: number | undefined; all?: true | undefined },
) => {
  const which = input.all
    ? sql`true`
    : input.caseId
      ? sql`case_id in (select id from cases where id = ${input.caseId} or merged_into = ${input.caseId})`
      : sql`id = any(${input.ids ?? []}::bigint[])`
  await sql`update notifications set read_at = ${work.now} where staff_id = ${work.actor.id} and read_at is null and ${which}`.execute(
    work.tx,
  )
  return done
}

export const settingsOf = async ({ db, actor }: Pick<Reading, 'db' | 'actor'>) => {
  const row = await db
    .selectFrom('notification_settings')
    .selectAll()
    .where('staff_id', '=', actor.id)
    .executeTakeFirst()
  return {
    reasons: { ...usual, ...(row?.reasons as Partial<Record<Reason, Way>> | undefined) },
    quietFrom: row?.quiet_from ?? null,
    quietTo: row?.quiet_to ?? null,
    version: row?.version ?? 0,
  }
}

type Change = {
  reasons?: Partial<Record<Reason, Way>> | undefined
  quietFrom?: string | null | undefined
  quietTo?: string | null | undefined
  version?: number | undefined
}

/** @throws Refusal `stale` with an old version */
export const changeSettings = async (work: Work, input: Change) => {
  const reading = { db: work.tx, actor: work.actor }
  const before = await settingsOf(reading)
  assertFresh(before.version, input.version, 'settings')
  const next = {
    reasons: JSON.stringify({ ...before.reasons, ...input.reasons }),
    quiet_from: input.quietFrom === undefined ? before.quietFrom : input.quietFrom,
    quiet_to: input.quietTo === undefined ? before.quietTo : input.quietTo,
    version: before.version + 1,
  }
  await work.tx
    .insertInto('notification_settings')
    .values({ staff_id: work.actor.id as number, ...next })
    .onConflict(conflict => conflict.column('staff_id').doUpdateSet(next))
    .execute()
  return settingsOf(reading)
}
