import { sql } from 'kysely'
import { pageOf, readCursor, writeCursor } from '../../platform/http/cursor.ts'
import { notFound } from '../../platform/refusal.ts'
import type { Reading } from '../../platform/work.ts'
import { assertMine } from './checking.ts'
import type { AbsenceKind } from './contract.ts'

type Named = { id: number; name: string }
export type AbsenceRow = {
  id: number
  staff: Named
  kind: AbsenceKind
  startsAt: Date
  endsAt: Date | null
  cover: Named | null
  note: string
  handedOver: boolean
  version: number
}

const columns = sql`a.id, json_build_object('id', s.id, 'name', s.name) as staff, a.kind, a.from_at as "startsAt", a.until_at as "endsAt",
  case when c.id is not null then json_build_object('id', c.id, 'name', c.name) end as cover, a.note,
  exists (select 1 from handovers h where h.absence_id = a.id and h.returned_at is null) as "handedOver", a.version
  from absences a join staff s on s.id = a.staff_id left join staff c on c.id = a.cover_id`

export const absenceById = async ({ db }: Pick<Reading, 'db'>, id: number): Promise<AbsenceRow> => {
  const { rows } = await sql<AbsenceRow>`select ${columns} where a.id = ${id}`.execute(db)
  return rows[0] ?? notFound('absence')
}

type Wanted = {
  limit: number
  cursor?: string | undefined
  staffId?: number | undefined
  state: 'open' | 'over'
}

/** Absences, those whose end is furthest away first; one's own only, unless one may note those of others. */
export const absences = async (reading: Reading, { limit, cursor, staffId, state }: Wanted) => {
  const { actor, now } = reading
  const whose = staffId ?? (actor.permissions.has('cover.edit') ? null : actor.id)
  if (whose !== null) assertMine(reading, whose)
  const list = `absences ${state}`
  const after = readCursor(list, cursor, 2)
  const { rows } = await sql<AbsenceRow>`select ${columns} where a.cancelled_at is null
    and ${state === 'open' ? sql`coalesce(a.until_at, 'infinity') > ${now}` : sql`a.until_at <= ${now}`}
    ${whose === null ? sql`` : sql`and a.staff_id = ${whose}`}
    ${after ? sql`and (coalesce(a.until_at, 'infinity'), a.id) < (${after[0]}::timestamptz, ${after[1]}::bigint)` : sql``}
    order by coalesce(a.until_at, 'infinity') desc, a.id desc limit ${limit + 1}`.execute(reading.db)
  return pageOf(rows, limit, row => writeCursor(list, [row.endsAt?.toISOString() ?? 'infinity', row.id]))
}
