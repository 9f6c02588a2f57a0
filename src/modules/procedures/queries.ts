import { type RawBuilder, sql } from 'kysely'
import { pageOf, readCursor, writeCursor } from '../../platform/http/cursor.ts'
import { notFound } from '../../platform/refusal.ts'
import type { Reading } from '../../platform/work.ts'
import type { Content, Procedure, ProcedureLine } from './contract-shapes.ts'

type Line = Omit<ProcedureLine, 'publishedAt'> & { publishedAt: Date | null }
type Full = Line & Pick<Procedure, 'draft' | 'published'>

/** Required steps are counted as the version in force names them; conditions are left to the case. */
const columns = (now: Date): RawBuilder<unknown> => sql`p.id, p.draft ->> 'name' as name, p.position,
  jsonb_array_length(p.draft -> 'steps') as steps,
  json_build_object('id', s.id, 'name', s.name, 'left', s.ended_at is not null) as owner,
  p.published_version as "publishedNumber", v.published_at as "publishedAt",
  v.content is distinct from p.draft as changed, p.ended_at is not null as ended, p.version,
  (select count(*)::int from procedure_runs r where r.procedure_id = p.id and r.started_at > ${now}::timestamptz - interval '90 days') as used,
  (select count(*)::int from procedure_runs r where r.procedure_id = p.id and r.started_at > ${now}::timestamptz - interval '90 days'
    and not exists (select 1 from procedure_versions w, jsonb_array_elements(w.content -> 'steps') q
      where w.procedure_id = r.procedure_id and w.number = r.number and (q ->> 'required')::boolean and q -> 'when' = 'null'
        and not exists (select 1 from procedure_marks m where m.run_id = r.id and m.step = q ->> 'key' and m.outcome <> 'undone'))) as whole`
const joins = sql`procedures p join staff s on s.id = p.owner_id
  left join procedure_versions v on v.procedure_id = p.id and v.number = p.published_version`

/** Procedures in their order. */
export const allProcedures = async (
  { db, now }: Pick<Reading, 'db' | 'now'>,
  input: { limit: number; cursor?: string | undefined; ended?: 'true' | undefined },
) => {
  const list = `procedures ${input.ended ?? ''}`
  const after = readCursor(list, input.cursor, 2)
  const { rows } = await sql<Line>`select ${columns(now)} from ${joins}
    where (p.ended_at is not null) = ${input.ended === 'true'}
      ${after ? sql`and (p.position, p.id) > (${after[0]}::int, ${after[1]}::bigint)` : sql``}
    order by p.position, p.id limit ${input.limit + 1}`.execute(db)
  return pageOf(rows, input.limit, row => writeCursor(list, [row.position, row.id]))
}

/** @throws Refusal `not_found` */
export const procedureById = async ({ db, now }: Pick<Reading, 'db' | 'now'>, id: number): Promise<Full> => {
  const { rows } =
    await sql<Full>`select ${columns(now)}, p.draft, v.content as published from ${joins} where p.id = ${id}`.execute(
      db,
    )
  return rows[0] ?? notFound('procedure')
}

type Version = { number: number; content: Content; note: string; at: Date; by: string }

/** What was in force since when, the newest first. */
export const versionsOf = async (
  reading: Pick<Reading, 'db' | 'now'>,
  { id, limit, cursor }: { id: number; limit: number; cursor?: string | undefined },
) => {
  await procedureById(reading, id)
  const list = `procedure versions ${id}`
  const after = readCursor(list, cursor, 1)
  const { rows } = await sql<Version>`select v.number, v.content, v.note, v.published_at as at, s.name as by
    from procedure_versions v join staff s on s.id = v.published_by
    where v.procedure_id = ${id} ${after ? sql`and v.number < ${after[0]}::int` : sql``}
    order by v.number desc limit ${limit + 1}`.execute(reading.db)
  return pageOf(rows, limit, row => writeCursor(list, [row.number]))
}
