import { sql } from 'kysely'
import { notFound } from '../../platform/refusal.ts'
import type { Reading } from '../../platform/work.ts'
import type { WorkingCalendar } from '../../shared/calendar.ts'

type Db = Pick<Reading, 'db'>

/** Working hours as they stand, or stood, under a number. */
export type Hours = { id: number; version: number; calendar: WorkingCalendar }

type Row = { id: number; version: number; zone: string; week: unknown; holidays: unknown }
const hoursOf = ({ id, version, zone, week, holidays }: Row): Hours => ({
  id,
  version,
  calendar: { zone, week, holidays } as WorkingCalendar,
})

/** The hours in force: for each team its own, and under null those of the organisation. */
export const hoursInForce = async (
  { db }: Db,
  calendarIds: readonly (number | null)[],
): Promise<Map<number | null, Hours>> => {
  const { rows } = await sql<Row & { standard: boolean }>`
    select k.id, k.version, k.zone, k.week, k.holidays, k.id = o.calendar_id as standard
    from calendars k cross join organisation o
    where k.id = o.calendar_id or k.id = any(${calendarIds.filter(id => id !== null)}::bigint[])`.execute(db)
  const found = new Map<number | null, Hours>(rows.map(row => [row.id, hoursOf(row)]))
  const standard = rows.find(row => row.standard)
  if (standard) found.set(null, found.get(standard.id) as Hours)
  return found
}

/** The hours that a promise was made by, as they were then. */
export const hoursAsOf = async ({ db }: Db, id: number, version: number): Promise<Hours> => {
  const row = await db
    .selectFrom('calendar_versions')
    .select(['calendar_id as id', 'version', 'zone', 'week', 'holidays'])
    .where('calendar_id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return row ? hoursOf(row) : notFound('calendar')
}
