import { sql } from 'kysely'
import type { Reading } from '../../platform/work.ts'
import type { PersonLine } from './contract.ts'
import type { Likeness } from './contract-merging.ts'
import { lineColumns, personById } from './queries.ts'

type Db = Pick<Reading, 'db'>

/** How much alike two names must be; at 0.6 "Jon Smith" and "John Smith" meet, "Ann Lee" and "Anna Leigh" do not. */
const alike = 0.6

const notApart = sql`not exists (select 1 from people_apart x where x.one_id = least(a.id, b.id) and x.other_id = greatest(a.id, b.id))`

/** Who may be the same person as one, surest first, and the merges that stand. */
export const duplicatesOf = async (reading: Db, asked: number) => {
  const { id } = await personById(reading, asked)
  const { rows } = await sql<PersonLine & { likeness: Likeness }>`
    with a as (select id, name from people where id = ${id}),
    found as (
      select coalesce(w.merged_into, w.id) as id, 1 as rank from identities i join identities j on j.kind = 'phone' and j.normal = i.normal
        join people w on w.id = j.person_id where i.kind = 'phone' and i.person_id in (select id from people where id = ${id} or merged_into = ${id})
      union all
      select p.id, case when folded(p.name) = folded(a.name) then 2 else 3 end from a, people p
        where p.merged_into is null and folded(p.name) % folded(a.name) and similarity(folded(p.name), folded(a.name)) >= ${alike}),
    best as (select b.id, min(b.rank) as rank from found b, a where b.id <> a.id and ${notApart} group by b.id)
    select ${lineColumns}, case best.rank when 1 then 'same_phone' when 2 then 'same_name' else 'similar_name' end as likeness
    from best join people p on p.id = best.id left join customer_types t on t.id = p.type_id where p.merged_into is null
    order by best.rank, p.id limit 10`.execute(reading.db)
  const merges = await sql<{ id: number; name: string; at: Date; by: string | null }>`
    with recursive part (id) as (select ${id}::bigint union select g.source_id from person_merges g join part on g.target_id = part.id where g.undone_at is null)
    select g.id, p.name, g.at, s.name as by from person_merges g join part on part.id = g.target_id join people p on p.id = g.source_id
    left join staff s on s.id = g.staff_id where g.undone_at is null order by g.id`.execute(reading.db)
  return { items: rows, merges: merges.rows }
}

type Pair = { oneId: number; otherId: number; likeness: Likeness }

/** Pairs that may be the same person: the same telephone first, then the same name. */
export const allDuplicates = async (reading: Db) => {
  const { rows: pairs } = await sql<Pair>`
    with named as (select folded(name) as name, array_agg(id order by id) as ids from people where merged_into is null
        group by folded(name) having count(*) > 1 order by count(*) desc limit 200),
    pairs as (
      (select a.id as one, b.id as other, 1 as rank from identities i join identities j on j.kind = 'phone' and j.normal = i.normal and j.person_id <> i.person_id
        join people a on a.id = i.person_id and a.merged_into is null join people b on b.id = j.person_id and b.merged_into is null
        where i.kind = 'phone' and a.id < b.id and ${notApart} limit 200)
      union all
      (select a.id, b.id, 2 from named join people a on a.id = any(named.ids) join people b on b.id = any(named.ids) and b.id > a.id
        where ${notApart} limit 200)),
    best as (select one, other, min(rank) as rank from pairs group by one, other order by min(rank), one limit 50)
    select one as "oneId", other as "otherId", case rank when 1 then 'same_phone' else 'same_name' end as likeness from best order by rank, one`.execute(
    reading.db,
  )
  const ids = [...new Set(pairs.flatMap(pair => [pair.oneId, pair.otherId]))]
  if (ids.length === 0) return { items: [] }
  const { rows: lines } =
    await sql<PersonLine>`select ${lineColumns} from people p left join customer_types t on t.id = p.type_id
    where p.id = any(${ids}::bigint[])`.execute(reading.db)
  const byId = new Map(lines.map(line => [line.id, line]))
  return {
    items: pairs.map(({ oneId, otherId, likeness }) => ({
      one: byId.get(oneId) as PersonLine,
      other: byId.get(otherId) as PersonLine,
      likeness,
    })),
  }
}
