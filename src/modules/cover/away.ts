import { sql } from 'kysely'
import type { Reading } from '../../platform/work.ts'

type Db = Pick<Reading, 'db'>
type Named = { id: number; name: string }
type Away = { staffId: number; startsAt: Date; endsAt: Date | null; cover: Named | null }

const columns = sql`a.staff_id as "staffId", a.from_at as "startsAt", a.until_at as "endsAt",
  case when c.id is not null then json_build_object('id', c.id, 'name', c.name) end as cover
  from absences a left join staff c on c.id = a.cover_id`

const during = (at: Date) =>
  sql`a.cancelled_at is null and a.from_at <= ${at}::timestamptz and (a.until_at is null or a.until_at > ${at}::timestamptz)`

/**
 * Which of some members of staff are away at a moment.
 * @returns by their number: until when, and who covers for them; those who are not in it are here
 */
export const awayAt = async ({ db }: Db, staffIds: readonly number[], at: Date): Promise<ReadonlyMap<number, Away>> => {
  if (staffIds.length === 0) return new Map()
  const { rows } =
    await sql<Away>`select ${columns} where a.staff_id = any(${[...staffIds]}::bigint[]) and ${during(at)}`.execute(db)
  return new Map(rows.map(row => [row.staffId, row]))
}

/** Everybody who is away now. */
export const awayNow = async ({ db, now }: Pick<Reading, 'db' | 'now'>) => {
  const { rows } = await sql<Away>`select ${columns} join staff s on s.id = a.staff_id and s.ended_at is null
    where ${during(now)} order by a.staff_id`.execute(db)
  return { items: rows }
}
