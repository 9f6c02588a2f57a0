import { sql } from 'kysely'
import { pageOf, readCursor, writeCursor } from '../../platform/http/cursor.ts'
import { notFound } from '../../platform/refusal.ts'
import { isFormula } from '../../platform/text/csv.ts'
import type { Reading, Work } from '../../platform/work.ts'
import { todayOf } from './loading.ts'
import { subject } from './writing.ts'

type Row = {
  staff: { id: number; name: string; left: boolean; role: string }
  number: number
  askedAt: Date | null
  dueOn: string | null
  readAt: Date | null
  late: boolean
}

type Asked = { id: number; limit: number; cursor?: string | undefined; state?: 'open' | 'read' | undefined }

/** Who was asked to read which version and who read it when: the newest version first, then by name. */
export const registerOf = async (reading: Pick<Reading, 'db' | 'now'>, { id, limit, cursor, state }: Asked) => {
  const list = `code register ${id} ${state ?? ''}`
  const after = readCursor(list, cursor, 3)
  const today = await todayOf(reading)
  const { rows } =
    await sql<Row>`select json_build_object('id', s.id, 'name', s.name, 'left', s.ended_at is not null, 'role', r.name) as staff,
      q.number, q.asked_at as "askedAt", k.due_on::text as "dueOn", q.read_at as "readAt",
      coalesce(case when q.read_at is null then k.due_on < ${today}::date
        else (q.read_at at time zone (select zone from organisation))::date > k.due_on end, false) as late
    from code_readings q join codes c on c.id = q.code_id join staff s on s.id = q.staff_id join roles r on r.id = s.role_id
      left join code_campaigns k on k.id = q.campaign_id
    where q.code_id = ${id}
      ${state === 'open' ? sql`and q.read_at is null and q.number = c.published_version and s.ended_at is null` : sql``}
      ${state === 'read' ? sql`and q.read_at is not null` : sql``}
      ${after ? sql`and (-q.number, lower(s.name), s.id) > (${-Number(after[0])}::int, ${after[1]}::text, ${after[2]}::bigint)` : sql``}
    order by -q.number, lower(s.name), s.id limit ${limit + 1}`.execute(reading.db)
  return pageOf(rows, limit, row => writeCursor(list, [row.number, row.staff.name.toLowerCase(), row.staff.id]))
}

const cell = (value: string): string => {
  // What begins like a formula is shown, not calculated.
  const safe = isFormula(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const header = ['version', 'name', 'role', 'left', 'asked', 'due', 'read', 'late']

/** The register as CSV; that somebody took it along is on record. */
export const exportedRegister = async (work: Work, id: number): Promise<string> => {
  const code = await work.tx.selectFrom('codes').select('name').where('id', '=', id).executeTakeFirst()
  if (!code) return notFound('code')
  const lines = [header.join(',')]
  let cursor: string | undefined
  do {
    const page = await registerOf({ db: work.tx, now: work.now }, { id, limit: 500, cursor })
    for (const { staff, number, askedAt, dueOn, readAt, late } of page.items)
      lines.push(
        [
          String(number),
          staff.name,
          staff.role,
          staff.left ? 'yes' : '',
          askedAt?.toISOString() ?? '',
          dueOn ?? '',
          readAt?.toISOString() ?? '',
          late ? 'yes' : '',
        ]
          .map(cell)
          .join(','),
      )
    cursor = page.next ?? undefined
  } while (cursor)
  work.record({ type: 'code.register_exported', subject: subject(id), data: { name: code.name } })
  return `${lines.join('\r\n')}\r\n`
}
