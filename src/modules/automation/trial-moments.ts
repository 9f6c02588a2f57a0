import { type RawBuilder, sql } from 'kysely'
import type { Reading } from '../../platform/work.ts'
import type { Anchor, When } from './contract-rules.ts'
import type { Then } from './past.ts'

type Span = { since: Date; until: Date }
/** How far a trial has looked. */
export type Place = { at: Date; id: number }

const onEvent = (event: string, { since, until }: Span): RawBuilder<unknown> =>
  sql`select e.id as "eventId", e.id as key, e.subject_id as "caseId", e.at, e.type, e.data, e.before, e.after from events e
    where e.at >= ${since} and e.at < ${until} and e.type = ${event} and e.subject_kind = 'case'`

/** Since when something was so in each case, and until when, by what the ledger says. */
const stretches: Record<Anchor, (span: Span, minutes: number) => RawBuilder<unknown>> = {
  openedAt: () => sql`select c.id as case_id, c.opened_at as began, c.solved_at as ended from cases c`,
  dueAt: () => sql`select p.subject_id as case_id, p.due_at as began, p.closed_at as ended from promises p
    where p.subject_kind = 'case' and p.due_at is not null`,
  solvedAt: (span, minutes) =>
    turns(
      sql`e.type in ('case.changed', 'case.reopened') and e.after ? 'status'`,
      sql`e.after ->> 'status' in ('solved', 'closed')`,
      span,
      minutes,
    ),
  waitingSince: (span, minutes) =>
    turns(
      sql`(e.type in ('case.opened', 'case.received', 'case.replied') or (e.type = 'case.changed' and e.after ->> 'status' in ('solved', 'closed', 'waiting_customer')))`,
      sql`e.type in ('case.opened', 'case.received')`,
      span,
      minutes,
    ),
  lastAt: (span, minutes) =>
    turns(
      sql`e.type in ('case.opened', 'case.received', 'case.replied', 'case.noted')`,
      sql`true`,
      span,
      minutes,
      true,
    ),
}

/** Stretches that begin with one of some events and end with the next of them that does not go on the same way. */
const turns = (
  which: RawBuilder<unknown>,
  begins: RawBuilder<unknown>,
  { since, until }: Span,
  minutes: number,
  each = false,
) => sql`
  select case_id, at as began, lead(at) over (partition by case_id order by id) as ended, begins from (
    select e.subject_id as case_id, e.id, e.at, ${begins} as begins,
      lag(${begins}) over (partition by e.subject_id order by e.id) as began_before from events e
    where e.subject_kind = 'case' and e.at >= ${new Date(since.getTime() - minutes * 60_000)} and e.at < ${until} and ${which}) t
  where ${each} or begins is distinct from began_before`

const onTime = ({ anchor, minutes }: Extract<When, { anchor: Anchor }>, span: Span): RawBuilder<unknown> => {
  const from = new Date(span.since.getTime() - minutes * 60_000)
  const to = new Date(span.until.getTime() - minutes * 60_000)
  const begins = anchor === 'openedAt' || anchor === 'dueAt' ? sql`` : sql`and s.begins`
  return sql`select 0 as "eventId", s.case_id as key, s.case_id as "caseId", s.began + make_interval(mins => ${minutes}) as at, 'time passed' as type,
      '{}'::jsonb as data, null::jsonb as before, null::jsonb as after
    from (${stretches[anchor](span, minutes)}) s
    where s.began >= ${from} and s.began < ${to} ${begins} and (s.ended is null or s.ended > s.began + make_interval(mins => ${minutes}))`
}

const allOf = (when: When, span: Span): RawBuilder<unknown> =>
  'anchor' in when ? onTime(when, span) : onEvent(when.event, span)

/** How many moments there are at which a rule would have been asked. */
export const countMoments = async ({ db }: Pick<Reading, 'db'>, when: When, span: Span) =>
  (await sql<{ n: number }>`select count(*)::int as n from (${allOf(when, span)}) m`.execute(db)).rows[0]?.n ?? 0

/** The next moments at which a rule would have been asked, earliest first. */
export const nextMoments = async (
  { db }: Pick<Reading, 'db'>,
  when: When,
  span: Span,
  after: Place | null,
  limit: number,
): Promise<(Then & { key: number })[]> => {
  const { rows } = await sql<Then & { key: number }>`select * from (${allOf(when, span)}) m
    ${after ? sql`where (m.at, m.key) > (${after.at}, ${after.id})` : sql``} order by m.at, m.key limit ${limit}`.execute(
    db,
  )
  return rows
}
