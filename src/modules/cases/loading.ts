import { type RawBuilder, sql } from 'kysely'
import { notFound } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import { visibleSql } from './policy.ts'

/** A case as a verb needs it, with what its place in the queue depends on. */
export type Kase = {
  id: number
  kind: string
  status: string
  subject: string
  channel: string
  stage: string | null
  topic_id: number | null
  product_id: number | null
  severity: number
  internal: boolean
  requester_id: number
  requester: string
  assignee_id: number | null
  team_id: number | null
  confidential: boolean
  shared_with: string[]
  /** Who sees nothing of it, because it is about them. */
  hidden_from: string[]
  tags: string[]
  custom: Record<string, unknown>
  waiting_since: Date | null
  first_reply_at: Date | null
  solved_at: Date | null
  closed_at: Date | null
  reopened: number
  need_met: string | null
  last_message_id: number | null
  version: number
  vulnerable: boolean
  typeMinutes: number
  dueAt: Date | null
}

/** The case that a number means today, or null where it still means itself. */
export const mergedInto = async ({ db }: Pick<Reading, 'db'>, id: number): Promise<number | null> =>
  (await db.selectFrom('cases').select('merged_into').where('id', '=', id).executeTakeFirst())?.merged_into ?? null

/**
 * The one way a verb gets a case: locked until the transaction ends, so that two answers come one after the other.
 * @param more further columns a verb would otherwise need a round trip for, with a comma before each
 * @param within which cases; what the actor may see, where nothing is said
 * @throws Refusal `not_found` when it does not exist or may not be seen
 */
export const lockCase = async <More = unknown>(
  work: Work,
  id: number,
  more: RawBuilder<unknown> = sql``,
  within: RawBuilder<unknown> = visibleSql(work.actor),
): Promise<Kase & More> => {
  const { rows } = await sql<Kase & More>`
    select c.id, c.kind, c.status, c.subject, c.channel, c.stage, c.topic_id, c.product_id, c.severity, c.internal, c.requester_id, p.name as requester,
      c.assignee_id, c.team_id, c.confidential, c.shared_with, c.hidden_from, c.tags, c.custom, c.waiting_since, c.first_reply_at, c.solved_at,
      c.closed_at, c.reopened, c.need_met, c.last_message_id, c.version, p.vulnerable, coalesce(y.urgency_minutes, 0) as "typeMinutes", c.due_at as "dueAt" ${more}
    from cases c join people p on p.id = c.requester_id left join customer_types y on y.id = p.type_id
    where c.id = ${id} and ${within} for update of c`.execute(work.tx)
  if (rows[0]) return rows[0]
  const into = await mergedInto({ db: work.tx }, id)
  return into ? lockCase(work, into, more, within) : notFound('case')
}

export const isOpen = (status: string): boolean => status !== 'solved' && status !== 'closed'
