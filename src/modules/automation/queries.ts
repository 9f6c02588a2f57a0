import { sql } from 'kysely'
import { pageOf, readCursor, writeCursor } from '../../platform/http/cursor.ts'
import { notFound } from '../../platform/refusal.ts'
import type { Reading } from '../../platform/work.ts'
import type { Condition } from '../../shared/condition.ts'
import type { ActionCall } from '../../shared/contract.ts'
import { visibleSql } from '../cases/index.ts'
import type { Anchor, When } from './contract-rules.ts'

export type Row = {
  id: number
  name: string
  event: string | null
  anchor: Anchor | null
  minutes: number | null
  working: boolean
  condition: Condition
  actions: ActionCall[]
  position: number
  stops: boolean
  enabled: boolean
  ownerId: number | null
  failures: number
  version: number
  lookedAt: Date | null
  lookedId: number | null
}

export const ruleColumns = sql`r.id, r.name, r.event, r.anchor, r.minutes, r.working, r.condition, r.actions, r.position, r.stops, r.enabled,
  r.owner_id as "ownerId", r.failures, r.version, r.looked_at as "lookedAt", r.looked_id as "lookedId"`

export const whenOf = ({
  event,
  anchor,
  minutes,
  working,
}: Pick<Row, 'event' | 'anchor' | 'minutes' | 'working'>): When =>
  anchor === null ? { event: event as string } : { anchor, minutes: minutes as number, working }

/** The rules that are switched on, in the order they are asked. */
export const rulesInForce = async ({ db }: Pick<Reading, 'db'>): Promise<Row[]> =>
  (
    await sql<Row>`select ${ruleColumns} from rules r where r.ended_at is null and r.enabled order by r.position, r.id`.execute(
      db,
    )
  ).rows

type Listed = Row & {
  offReason: string | null
  offAt: Date | null
  changedAt: Date
  ownerName: string | null
  did: number
  failed: number
  lastAt: Date | null
}

/** Every rule with what became of it in the last 30 days. */
export const allRules = async ({ db, now }: Pick<Reading, 'db' | 'now'>) => {
  const since = new Date(now.getTime() - 30 * 86_400_000)
  const { rows } = await sql<Listed>`
    select ${ruleColumns}, r.off_reason as "offReason", r.off_at as "offAt", r.changed_at as "changedAt", s.name as "ownerName",
      n.did, n.failed, (select u.at from rule_runs u where u.rule_id = r.id and u.outcome = 'did' order by u.id desc limit 1) as "lastAt"
    from rules r left join staff s on s.id = r.owner_id,
      lateral (select count(*) filter (where u.outcome = 'did')::int as did, count(*) filter (where u.outcome = 'failed')::int as failed
        from (select outcome, at from rule_runs where rule_id = r.id order by id desc limit 10000) u where u.at >= ${since}) n
    where r.ended_at is null order by r.position, r.id`.execute(db)
  return {
    items: rows.map(row => ({
      ...row,
      when: whenOf(row),
      owner: row.ownerId === null ? null : { id: row.ownerId, name: row.ownerName ?? '' },
      off: row.offReason && row.offAt ? { reason: row.offReason, at: row.offAt } : null,
    })),
  }
}

type RunRow = {
  id: number
  at: Date
  version: number
  caseId: number
  subject: string | null
  outcome: 'did' | 'nothing' | 'skipped' | 'failed'
  reason: string | null
  did: string[]
  chain: { id: number; name: string }[]
}
type Asked = { id: number; outcome?: RunRow['outcome'] | undefined; limit: number; cursor?: string | undefined }

/** What became of each time a rule was met. What a case is about is said to those who may see it. */
export const runsOf = async ({ db, actor }: Reading, { id, outcome, limit, cursor }: Asked) => {
  const before = readCursor('rule-runs', cursor, 1)
  const { rows } = await sql<RunRow>`select u.id, u.at, u.version, u.case_id as "caseId", u.outcome, u.reason, u.did,
      case when ${visibleSql(actor)} then c.subject end as subject,
      coalesce((select json_agg(json_build_object('id', k.id, 'name', k.name) order by o.place) from unnest(u.chain) with ordinality as o(id, place)
        join rules k on k.id = o.id), '[]') as chain
    from rule_runs u join cases c on c.id = u.case_id where u.rule_id = ${id} ${outcome ? sql`and u.outcome = ${outcome}` : sql``}
      ${before ? sql`and u.id < ${before[0]}::bigint` : sql``} order by u.id desc limit ${limit + 1}`.execute(db)
  const items = rows.map(({ caseId, subject, ...row }) => ({ ...row, case: { id: caseId, subject } }))
  return pageOf(items, limit, last => writeCursor('rule-runs', [last.id]))
}

/** What a rule said before, newest first. */
export const versionsOf = async (
  { db }: Reading,
  { id, limit, cursor }: { id: number; limit: number; cursor?: string | undefined },
) => {
  const before = readCursor('rule-versions', cursor, 1)
  const { rows } = await sql<{ version: number; at: Date; by: string | null; rule: Record<string, unknown> }>`
    select v.version, v.at, s.name as by, v.rule from rule_versions v left join staff s on s.id = v.staff_id where v.rule_id = ${id}
      ${before ? sql`and v.version < ${before[0]}::int` : sql``} order by v.version desc limit ${limit + 1}`.execute(db)
  if (rows.length === 0 && !before) return notFound('rule')
  return pageOf(rows, limit, last => writeCursor('rule-versions', [last.version]))
}
