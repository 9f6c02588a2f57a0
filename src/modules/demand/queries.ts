import { sql } from 'kysely'
import { pageOf, readCursor, writeCursor } from '../../platform/http/cursor.ts'
import { mayDo } from '../../platform/permissions/actor.ts'
import { notFound } from '../../platform/refusal.ts'
import type { Reading } from '../../platform/work.ts'
import { assertVisible, visibleSql } from '../cases/index.ts'
import type { Demand, Said } from './contract-shapes.ts'

type Asking = Pick<Reading, 'db' | 'actor'>

/** A demand as it is shown: case and person only where the one who asks may see them. Reads `demands` as `d`. */
const columns = ({ actor }: Pick<Reading, 'actor'>) => sql`d.id, d.asked_at as "askedAt", d.quantity, d.reason,
  json_build_object('id', p.id, 'name', p.name, 'number', p.number) as product,
  (select json_build_object('id', l.id, 'name', l.name) from places l where l.id = d.place_id) as place,
  v.id as "caseId", case when ${mayDo(actor, 'person.read')} and (d.case_id is null or v.id is not null) then
    (select json_build_object('id', w.id, 'name', w.name) from people w where w.id = d.person_id) end as person,
  case when d.case_id is null or v.id is not null then d.words else '' end as words,
  d.worth_minor as "worthMinor", d.currency, d.outcome, case when d.case_id is null or v.id is not null then d.answer else '' end as answer,
  (select json_build_object('id', o.id, 'name', o.name) from products o where o.id = d.accepted_id) as accepted,
  coalesce((select json_agg(json_build_object('productId', o.id, 'name', o.name, 'answer', f.answer) order by f.at, o.id)
    from demand_offers f join products o on o.id = f.product_id where f.demand_id = d.id), '[]') as offers,
  (select m.due_at from promises m where m.id = d.promise_id and m.closed_at is null) as "tellBy", d.told_at as "toldAt",
  coalesce((select json_agg(json_build_object('id', t.id, 'from', a.name, 'to', b.name, 'state', t.state) order by t.id) from transfers t
    join places a on a.id = t.from_place_id join places b on b.id = t.to_place_id where t.demand_id = d.id), '[]') as transfers, d.version`

const joins = ({ actor }: Pick<Reading, 'actor'>) => sql`join products p on p.id = d.product_id
  left join lateral (select c.id from cases k join cases c on c.id = coalesce(k.merged_into, k.id) where k.id = d.case_id and ${visibleSql(actor)}) v on true`

export const demandById = async (reading: Asking, id: number): Promise<Demand> => {
  const { rows } =
    await sql<Demand>`select ${columns(reading)} from demands d ${joins(reading)} where d.id = ${id}`.execute(
      reading.db,
    )
  return rows[0] ?? notFound('demand')
}

type ListInput = {
  limit: number
  cursor?: string | undefined
  caseId?: number | undefined
  productId?: number | undefined
  waiting?: 'true' | undefined
}

/** What was asked for and could not be had, the latest first. */
export const listDemands = async (reading: Asking, input: ListInput) => {
  const after = readCursor('demands', input.cursor, 2)
  const caseId = input.caseId ? (await assertVisible(reading, input.caseId)).id : null
  const parts = [
    sql<boolean>`true`,
    ...(caseId
      ? [sql<boolean>`d.case_id in (select id from cases where id = ${caseId} or merged_into = ${caseId})`]
      : []),
    ...(input.productId ? [sql<boolean>`d.product_id = ${input.productId}`] : []),
    ...(input.waiting ? [sql<boolean>`d.promise_id is not null and d.told_at is null`] : []),
    ...(after ? [sql<boolean>`(d.asked_at, d.id) < (${after[0]}::timestamptz, ${after[1]}::bigint)`] : []),
  ]
  const { rows } = await sql<Omit<Demand, 'askedAt'> & { askedAt: Date }>`select ${columns(reading)} from (
      select * from demands d where ${sql.join(parts, sql` and `)} order by asked_at desc, id desc limit ${input.limit + 1}
    ) d ${joins(reading)} order by d.asked_at desc, d.id desc`.execute(reading.db)
  return pageOf(rows, input.limit, last => writeCursor('demands', [last.askedAt.toISOString(), last.id]))
}

/** What customers say of a product: how each case about it began, and of which kinds they are. */
export const saidOf = async (
  { db, actor }: Asking,
  input: { id: number; limit: number; cursor?: string | undefined },
) => {
  const after = readCursor('said', input.cursor, 1)
  const { rows } = await sql<Said>`select c.id as "caseId", c.subject, c.kind, c.status, c.opened_at as at,
      coalesce((select left(m.text, 400) from messages m where m.case_id = c.id and m.direction = 'in' order by m.id limit 1), '') as text
    from cases c where c.product_id = ${input.id} and ${visibleSql(actor)} ${after ? sql`and c.id < ${after[0]}::bigint` : sql``}
    order by c.id desc limit ${input.limit + 1}`.execute(db)
  const kinds = await sql<{ kind: string; count: number }>`select kind, count(*)::int as count from (
      select c.kind from cases c where c.product_id = ${input.id} and ${visibleSql(actor)} order by c.id desc limit 1000) c
    group by kind order by count desc, kind`.execute(db)
  return { ...pageOf(rows, input.limit, last => writeCursor('said', [last.caseId])), kinds: kinds.rows }
}
