import { sql } from 'kysely'
import { staffIdOf } from '../../platform/permissions/actor.ts'
import { notFound, Refusal, refuseField } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import { done } from '../../shared/contract.ts'
import type { Status } from './contract.ts'
import type { Joined, LinkKind, Other } from './contract-joining.ts'
import { lockCase } from './loading.ts'
import { visibleSql } from './policy.ts'
import { assertVisible } from './reading.ts'

type Found = Other & { seen: boolean }

/** What one may know of other cases, by id. A merged one is seen by whoever sees the case that holds it. */
const othersOf = async ({ db, actor }: Pick<Reading, 'db' | 'actor'>, ids: number[]): Promise<Map<number, Found>> => {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<Found>`select k.id, k.id as number, k.subject, k.status, p.name as requester, exists (
      select 1 from cases c where c.id = coalesce(k.merged_into, k.id) and ${visibleSql(actor)}) as seen
    from cases k join people p on p.id = k.requester_id where k.id = any(${ids}::bigint[])`.execute(db)
  return new Map(rows.map(row => [row.id, row]))
}

type Rows = {
  merges: { id: number; sourceId: number; intoId: number; at: Date; by: string | null }[]
  splits: { id: number; part: 'from' | 'into'; otherId: number; at: Date }[]
  links: { id: number; kind: LinkKind; outward: boolean; otherId: number }[]
}

const rowsOf = async ({ db }: Pick<Reading, 'db'>, id: number): Promise<Rows> => {
  const { rows } = await sql<Rows>`
    with recursive part (id) as (select ${id}::bigint union select g.source_id from case_merges g join part on g.target_id = part.id where g.undone_at is null)
    select
      coalesce((select json_agg(json_build_object('id', g.id, 'sourceId', g.source_id, 'intoId', g.target_id, 'at', g.at, 'by', s.name) order by g.id)
        from case_merges g join part on part.id = g.target_id left join staff s on s.id = g.staff_id where g.undone_at is null), '[]') as merges,
      coalesce((select json_agg(json_build_object('id', k.id, 'part', case when k.case_id = ${id} then 'into' else 'from' end,
          'otherId', case when k.case_id = ${id} then k.new_case_id else k.case_id end, 'at', k.at) order by k.id)
        from case_splits k where ${id} in (k.case_id, k.new_case_id) and k.undone_at is null), '[]') as splits,
      coalesce((select json_agg(json_build_object('id', l.id, 'kind', l.kind, 'outward', l.from_id = ${id},
          'otherId', case when l.from_id = ${id} then l.to_id else l.from_id end) order by l.id)
        from case_links l where ${id} in (l.from_id, l.to_id)), '[]') as links`.execute(db)
  return rows[0] as Rows
}

/** What a case was joined with, as far as the one who asks may see it; the rest is counted. */
export const joinedOf = async (reading: Reading, asked: number) => {
  const { id } = await assertVisible(reading, asked)
  const { merges, splits, links } = await rowsOf(reading, id)
  const ids = [...merges.map(m => m.sourceId), ...splits.map(s => s.otherId), ...links.map(l => l.otherId)]
  const others = await othersOf(reading, ids)
  const shown = (otherId: number): Other | null => {
    const found = others.get(otherId)
    return found?.seen ? found : null
  }
  const answer = {
    merges: merges.flatMap(({ sourceId, ...merge }) => {
      const source = shown(sourceId)
      return source ? [{ ...merge, source, subject: source.subject }] : []
    }),
    splits: splits.flatMap(({ otherId, ...split }) => {
      const other = shown(otherId)
      return other ? [{ ...split, other }] : []
    }),
    links: links.flatMap(({ otherId, ...link }) => {
      const other = shown(otherId)
      return other ? [{ ...link, other }] : []
    }),
  }
  const all = merges.length + splits.length + links.length
  const hidden = all - answer.merges.length - answer.splits.length - answer.links.length
  return { ...answer, hidden } satisfies Record<keyof Joined, unknown>
}

type Candidate = Other & { sameCustomer: boolean; at: Date; status: Status }

/** How many of the newest cases are compared by their subject. */
const compared = 2000

/** Cases that may be the same matter: of the same customer first, then with nearly the same subject. */
export const candidatesFor = async (reading: Reading, asked: number) => {
  const { id } = await assertVisible(reading, asked)
  const { rows } = await sql<Candidate>`
    with own as (select requester_id, subject from cases where id = ${id}),
    near as (
      (select c.id, c.subject, c.status, c.requester_id, c.last_at from cases c, own where c.requester_id = own.requester_id and c.id <> ${id}
        and ${visibleSql(reading.actor)} order by c.id desc limit 20)
      union
      (select c.id, c.subject, c.status, c.requester_id, c.last_at from (select * from cases order by last_at desc, id desc limit ${compared}) c, own
        where c.id <> ${id} and similarity(folded(c.subject), folded(own.subject)) > 0.4 and ${visibleSql(reading.actor)} limit 20))
    select near.id, near.id as number, near.subject, near.status, p.name as requester, near.requester_id = own.requester_id as "sameCustomer", near.last_at as at
    from near join people p on p.id = near.requester_id, own order by "sameCustomer" desc, near.last_at desc limit 10`.execute(
    reading.db,
  )
  return { items: rows }
}

/** Links two cases. @throws Refusal `conflict` when they are linked so already */
export const linkCases = async (work: Work, input: { id: number; toId: number; kind: LinkKind }) => {
  const from = await lockCase(work, input.id)
  if (input.toId === input.id) refuseField('toId', 'A case cannot be linked to itself')
  const { id: toId } = await assertVisible({ db: work.tx, actor: work.actor }, input.toId)
  if (toId === from.id) refuseField('toId', 'A case cannot be linked to itself')
  const row = await work.tx
    .insertInto('case_links')
    .values({
      from_id: from.id,
      to_id: toId,
      kind: input.kind,
      at: work.now,
      staff_id: staffIdOf(work.actor),
    })
    .onConflict(conflict => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!row)
    throw new Refusal('conflict', 'These two are linked already.', [{ field: 'toId', message: 'linked already' }])
  const data = { linkId: row.id, kind: input.kind, fromId: from.id, toId }
  work.record({ type: 'case.linked', subject: { kind: 'case', id: from.id }, data })
  work.record({ type: 'case.linked', subject: { kind: 'case', id: toId }, data })
  const other = (await othersOf({ db: work.tx, actor: work.actor }, [toId])).get(toId) as Found
  return { id: row.id, kind: input.kind, outward: true, other }
}

export const unlinkCases = async (work: Work, linkId: number) => {
  const link =
    (await work.tx
      .selectFrom('case_links')
      .select(['from_id', 'to_id', 'kind'])
      .where('id', '=', linkId)
      .executeTakeFirst()) ?? notFound('link')
  await lockCase(work, link.from_id)
  await work.tx.deleteFrom('case_links').where('id', '=', linkId).execute()
  const data = { kind: link.kind, fromId: link.from_id, toId: link.to_id }
  for (const id of [link.from_id, link.to_id])
    work.record({ type: 'case.unlinked', subject: { kind: 'case', id }, data })
  return done
}
