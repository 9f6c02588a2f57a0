import { type RawBuilder, sql } from 'kysely'
import { pageOf, readCursor, writeCursor } from '../../platform/http/cursor.ts'
import { notFound } from '../../platform/refusal.ts'
import type { Reading } from '../../platform/work.ts'
import { findingsIn, type Law, repealedLaws } from './checking.ts'
import type { CodeLine, Content, Finding } from './contract-shapes.ts'
import { todayOf } from './loading.ts'
import { measuresOf } from './measuring.ts'
import { missedOf } from './missed.ts'

type Line = Omit<CodeLine, 'publishedAt' | 'findings'> & { publishedAt: Date | null }
type Row = Line & { draft: Content; published: Content | null; note: string }
type Db = Pick<Reading, 'db' | 'actor' | 'now'>

const columns = ({ actor }: Db): RawBuilder<unknown> => sql`c.id, c.name, c.level,
  json_build_object('id', s.id, 'name', s.name, 'left', s.ended_at is not null) as owner, c.review_on::text as "reviewOn",
  c.published_version as "publishedNumber", v.published_at as "publishedAt", v.content is distinct from c.draft as changed,
  c.archived_at is not null as archived, jsonb_array_length(coalesce(v.content, c.draft) -> 'clauses') as clauses,
  case when x.read_at is null then (select k.due_on::text from code_campaigns k where k.id = x.campaign_id and k.ended_at is null) end as "toReadBy",
  x.read_at is not null as "readByMe",
  (select count(*)::int from code_readings q where q.code_id = c.id and q.number = c.published_version and q.asked_at is not null) as asked,
  (select count(*)::int from code_readings q where q.code_id = c.id and q.number = c.published_version and q.read_at is not null) as read,
  c.draft, v.content as published, coalesce(v.note, '') as note, c.version
  from codes c join staff s on s.id = c.owner_id left join code_versions v on v.code_id = c.id and v.number = c.published_version
  left join code_readings x on x.code_id = c.id and x.number = c.published_version and x.staff_id = ${actor.id}`

/** Whoever does not write codes sees those that are published. */
const visible = ({ actor }: Db): RawBuilder<boolean> =>
  actor.kind === 'system' || actor.permissions.has('knowledge.edit') || actor.permissions.has('knowledge.approve')
    ? sql<boolean>`true`
    : sql<boolean>`c.published_version is not null and c.archived_at is null`

const checked = (row: Row, laws: readonly Law[], today: string): Finding[] =>
  findingsIn(row.draft, laws, { today, reviewOn: row.reviewOn, ownerLeft: row.owner.left, owner: row.owner.name })

type Listed = {
  limit: number
  cursor?: string | undefined
  level?: string | undefined
  toRead?: 'true' | undefined
  archived?: 'true' | undefined
}

/** Codes by name. */
export const allCodes = async (reading: Db, input: Listed) => {
  const list = `codes ${input.level ?? ''} ${input.toRead ?? ''} ${input.archived ?? ''}`
  const after = readCursor(list, input.cursor, 2)
  const { rows } = await sql<Row>`select ${columns(reading)} where ${visible(reading)}
    and (c.archived_at is not null) = ${input.archived === 'true'}
    ${input.level ? sql`and c.level = ${input.level}` : sql``}
    ${input.toRead ? sql`and x.asked_at is not null and x.read_at is null` : sql``}
    ${after ? sql`and (lower(c.name), c.id) > (${after[0]}::text, ${after[1]}::bigint)` : sql``}
    order by lower(c.name), c.id limit ${input.limit + 1}`.execute(reading.db)
  const [laws, today] = [await repealedLaws(reading), await todayOf(reading)]
  const page = pageOf(rows, input.limit, row => writeCursor(list, [row.name.toLowerCase(), row.id]))
  const items = page.items.map(row => {
    const { draft: _, published: __, note: ___, ...line } = row
    return { ...line, findings: checked(row, laws, today).length }
  })
  return { items, next: page.next }
}

const rowOf = async (reading: Db, id: number): Promise<Row> => {
  const { rows } = await sql<Row>`select ${columns(reading)} where ${visible(reading)} and c.id = ${id}`.execute(
    reading.db,
  )
  return rows[0] ?? notFound('code')
}

type Campaign = {
  id: number
  number: number
  dueOn: string
  startedAt: Date
  startedBy: string
  ended: boolean
  asked: number
  read: number
}

const campaignsOf = async ({ db }: Db, id: number): Promise<Campaign[]> => {
  const { rows } =
    await sql<Campaign>`select k.id, k.number, k.due_on::text as "dueOn", k.started_at as "startedAt", s.name as "startedBy",
      k.ended_at is not null as ended, count(q.staff_id)::int as asked, count(q.read_at)::int as read
    from code_campaigns k join staff s on s.id = k.started_by left join code_readings q on q.campaign_id = k.id
    where k.code_id = ${id} group by k.id, s.name order by k.id desc limit 50`.execute(db)
  return rows
}

export const slugOf = (name: string): string =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)

export const publicPathOf = (id: number, { name, clauses }: Content): string | null =>
  clauses.some(clause => clause.part === 'customers') ? `/help/codes/${id}-${slugOf(name)}` : null

/** A code with what its checks found. Whoever does not write codes sees what is published. @throws Refusal `not_found` */
export const codeById = async (reading: Db, id: number) => {
  const row = await rowOf(reading, id)
  const found = checked(row, await repealedLaws(reading), await todayOf(reading))
  const writes = reading.actor.kind === 'system' || reading.actor.permissions.has('knowledge.edit')
  return {
    ...row,
    draft: writes ? row.draft : (row.published ?? row.draft),
    findings: found.length,
    checks: found,
    publicPath: row.published && !row.archived ? publicPathOf(id, row.published) : null,
    campaigns: await campaignsOf(reading, id),
  }
}

/** How the promises of the published version were kept. */
export const measuresOfCode = async (reading: Reading, id: number) => {
  const { published } = await rowOf(reading, id)
  return { items: published ? await measuresOf(reading, published) : [] }
}

/** Which promises of a clause of the published version were missed, for whoever may see their cases. */
export const missedOfCode = async (reading: Reading, { id, clause }: { id: number; clause: string }) => {
  const { published } = await rowOf(reading, id)
  return published ? missedOf(reading, published, clause) : { items: [] }
}

type Version = { number: number; content: Content; note: string; at: Date; by: string }

/** Every version that was published, the newest first. */
export const versionsOf = async (
  reading: Db,
  { id, limit, cursor }: { id: number; limit: number; cursor?: string | undefined },
) => {
  await rowOf(reading, id)
  const list = `code versions ${id}`
  const after = readCursor(list, cursor, 1)
  const { rows } = await sql<Version>`select v.number, v.content, v.note, v.published_at as at, s.name as by
    from code_versions v join staff s on s.id = v.published_by
    where v.code_id = ${id} ${after ? sql`and v.number < ${after[0]}::int` : sql``}
    order by v.number desc limit ${limit + 1}`.execute(reading.db)
  return pageOf(rows, limit, row => writeCursor(list, [row.number]))
}
