import { sql } from 'kysely'
import { type Catalogue, check, columns } from '../../platform/conditions/index.ts'
import type { Reading, Work } from '../../platform/work.ts'
import type { Condition } from '../../shared/condition.ts'
import { lockCases } from './due.ts'
import { allFields } from './fields.ts'

/** A case as rules see it: its fields, and the moments that clocks are set by. */
export type CaseFacts = {
  caseId: number
  status: string
  openedAt: Date
  firstReplyAt: Date | null
  waitingSince: Date | null
  solvedAt: Date | null
  asleep: boolean
  mergedInto: number | null
  requesterId: number
  /** The working hours of the team that handles it; null are those of the organisation. */
  calendarId: number | null
  /** When somebody of ours last wrote to the customer. */
  answeredAt: Date | null
} & Record<string, unknown>

/** Cases with what conditions can ask of them; locked, so that two who plan the same case come one after the other. */
export const caseFacts = async (
  work: Work,
  ids: readonly number[],
): Promise<{ fields: Catalogue; rows: CaseFacts[] }> => {
  await lockCases(work, ids)
  const fields = await allFields({ db: work.tx })
  const rows = await work.tx
    .selectFrom('cases as c')
    .select(columns(fields))
    .select(['c.id as caseId', 'c.status', 'c.opened_at as openedAt', 'c.first_reply_at as firstReplyAt'])
    .select(['c.waiting_since as waitingSince', 'c.solved_at as solvedAt', 'c.merged_into as mergedInto'])
    .select(['c.requester_id as requesterId', sql<boolean>`c.snoozed_until is not null`.as('asleep')])
    .select(sql<number | null>`(select t.calendar_id from teams t where t.id = c.team_id)`.as('calendarId'))
    .select(
      sql<Date | null>`(select max(m.at) from messages m where m.case_id = c.id and m.direction = 'out'
        and m.delivery is distinct from 'cancelled')`.as('answeredAt'),
    )
    .where('c.id', 'in', [...ids])
    .orderBy('c.id')
    .execute()
  return { fields, rows }
}

/** @throws Refusal naming the part of the condition that makes no sense */
export const assertCaseCondition = async ({ db }: Pick<Reading, 'db'>, condition: Condition): Promise<void> =>
  check(await allFields({ db }), condition)

/** A case as conditions see it, to be tested in memory and not changed. */
export const caseRow = async (
  { db }: Pick<Reading, 'db'>,
  id: number,
): Promise<{ fields: Catalogue; row: Record<string, unknown> }> => {
  const fields = await allFields({ db })
  const row = await db.selectFrom('cases as c').select(columns(fields)).where('c.id', '=', id).executeTakeFirstOrThrow()
  return { fields, row }
}

/** What conditions can ask of a case, for modules that add to it. */
export const conditionFields = ({ db }: Pick<Reading, 'db'>): Promise<Catalogue> => allFields({ db })

/** Cases as conditions see them, to be tested in memory and not changed; in no order. */
export const caseRows = async ({ db }: Pick<Reading, 'db'>, ids: readonly number[]) => {
  const fields = await allFields({ db })
  const rows = await db
    .selectFrom('cases as c')
    .select(columns(fields))
    .select('c.id as caseId')
    .where('c.id', 'in', [...ids])
    .execute()
  return { fields, rows: rows as ({ caseId: number } & Record<string, unknown>)[] }
}
