import { type RawBuilder, sql } from 'kysely'
import { notFound } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import type { Content, Value } from './contract-shapes.ts'
import type { Mark } from './meaning.ts'

export type Locked = {
  id: number
  draft: Content
  owner_id: number
  position: number
  published_version: number | null
  ended_at: Date | null
  version: number
}

/** The one way a verb gets a procedure to change it. @throws Refusal `not_found` */
export const lockProcedure = async (work: Work, id: number): Promise<Locked> => {
  const { rows } = await sql<Locked>`select id, draft, owner_id, position, published_version, ended_at, version
    from procedures where id = ${id} for update`.execute(work.tx)
  return rows[0] ?? notFound('procedure')
}

/** A procedure as a case meets it: in the version the case began with, or the one in force. */
export type InForce = { id: number; number: number; published: number | null; content: Content; runIds: number[] }

export type StoredMark = Mark & {
  step: string
  note: string
  by: string
  at: Date
  promiseId: number | null
  value: Value | null
}

/** The case of a number and those that were merged into it: what was done there was done here. */
const theseCases = (id: number): RawBuilder<unknown> =>
  sql`(select id from cases where id = ${id} or merged_into = ${id})`

/** Procedures in force, and those that a case has begun with, in their order. */
export const inForceFor = async ({ db }: Pick<Reading, 'db'>, caseId: number): Promise<InForce[]> => {
  const { rows } = await sql<InForce>`
    with runs as (select procedure_id, max(number) as number, array_agg(id order by id) as ids from procedure_runs
      where case_id in ${theseCases(caseId)} group by procedure_id)
    select p.id, v.number, p.published_version as published, v.content, coalesce(r.ids, '{}') as "runIds"
    from procedures p left join runs r on r.procedure_id = p.id
      join procedure_versions v on v.procedure_id = p.id and v.number = coalesce(r.number, p.published_version)
    where p.ended_at is null or r.procedure_id is not null order by p.position, p.id limit 200`.execute(db)
  return rows
}

/** What became of the steps of some runs, each by its latest mark. */
export const marksOf = async (
  { db }: Pick<Reading, 'db'>,
  runIds: readonly number[],
): Promise<Map<string, StoredMark>> => {
  if (runIds.length === 0) return new Map()
  const { rows } =
    await sql<StoredMark>`select distinct on (step) step, outcome, value, note, by_name as by, at, promise_id as "promiseId"
    from procedure_marks where run_id = any(${[...runIds]}::bigint[]) order by step, id desc`.execute(db)
  return new Map(rows.map(row => [row.step, row]))
}

/** Whether something was referred, or given or decided, in a case. */
export const happenedIn = async ({ db }: Pick<Reading, 'db'>, caseId: number) => {
  const { rows } = await sql<{ refer: boolean; offer: boolean }>`select
    exists (select 1 from conversations v join referrals r on r.conversation_id = v.id
      where v.case_id = ${caseId} and r.state <> 'withdrawn') as refer,
    exists (select 1 from decisions d where d.subject_kind = 'case' and d.subject_id in ${theseCases(caseId)}
      and d.outcome in ('own', 'approved', 'approved_less') and d.act <> 'closing_complaint'
      and not exists (select 1 from decisions r where r.reverses = d.id)) as offer`.execute(db)
  return rows[0] ?? { refer: false, offer: false }
}
