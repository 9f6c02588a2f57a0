import { sql } from 'kysely'
import type { Reading } from '../../platform/work.ts'
import type { Condition } from '../../shared/condition.ts'
import type { Alert } from '../promises/contract.ts'
import type { LastOf } from './clocks.ts'
import type { levelKinds, pauseStates } from './contract.ts'

export type Level = {
  id: number
  name: string
  kind: (typeof levelKinds)[number]
  position: number
  condition: Condition
  targetMinutes: number
  clock: 'working' | 'elapsed'
  calendarId: number | null
  alerts: Alert[]
  pauses: (typeof pauseStates)[number][]
  version: number
  since: Date
}

const columns = sql`l.id, l.name, l.kind, l.position, l.condition, l.target_minutes as "targetMinutes", l.clock, l.calendar_id as "calendarId",
  l.alerts, l.pauses, l.version, l.since`

/** The rules in force, in the order they are asked. */
export const levelsInForce = async ({ db }: Pick<Reading, 'db'>): Promise<Level[]> => {
  const { rows } =
    await sql<Level>`select ${columns} from service_levels l where l.ended_at is null order by l.kind, l.position, l.id`.execute(
      db,
    )
  return rows
}

type Figures = {
  open: number
  ended: number
  kept: number
  replanned: { at: Date; looked: number; moved: number } | null
}

/** Rules with what became of the promises they made in the last 30 days. */
export const allLevels = async ({ db, now }: Pick<Reading, 'db' | 'now'>) => {
  const { rows } = await sql<Level & Figures>`
    with ended as (select policy_id, count(*)::int as ended, (count(*) filter (where outcome = 'kept'))::int as kept from promises
      where closed_at >= ${new Date(now.getTime() - 30 * 86_400_000)} and policy_id is not null and outcome <> 'withdrawn' group by policy_id)
    select ${columns}, (select count(*)::int from (select 1 from promises p where p.policy_id = l.id and p.closed_at is null limit 10000) o) as open,
      coalesce(e.ended, 0) as ended, coalesce(e.kept, 0) as kept,
      (select json_build_object('at', v.at, 'looked', (v.data ->> 'looked')::int, 'moved', (v.data ->> 'moved')::int) from events v
        where v.subject_kind = 'service_level' and v.subject_id = l.id and v.type = 'level.replanned' order by v.id desc limit 1) as replanned
    from service_levels l left join ended e on e.policy_id = l.id where l.ended_at is null order by l.kind, l.position, l.id`.execute(
    db,
  )
  return { items: rows }
}

/** The newest promise of each kind that a rule made in these cases and that has ended. */
export const lastByRule = async ({ db }: Pick<Reading, 'db'>, caseIds: readonly number[]): Promise<LastOf[]> => {
  const { rows } =
    await sql<LastOf>`select distinct on (p.subject_id, p.kind) p.id, p.subject_id as "caseId", p.kind, p.started_at as "startedAt",
      p.closed_at as "closedAt", p.outcome
    from promises p where p.subject_kind = 'case' and p.subject_id = any(${[...caseIds]}::bigint[]) and p.closed_at is not null and p.policy_id is not null
    order by p.subject_id, p.kind, p.instance desc`.execute(db)
  return rows
}
