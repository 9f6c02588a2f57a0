import { sql } from 'kysely'
import { pageOf, readCursor, writeCursor } from '../../platform/http/cursor.ts'
import { notFound } from '../../platform/refusal.ts'
import type { Reading } from '../../platform/work.ts'
import type { Met, Status } from '../cases/contract.ts'
import type { Answer } from './answers.ts'
import type { Offer, OfferRequest } from './contract.ts'

const periodMs = 90 * 86_400_000

/** What is offered, by team and name, with the measures that cases of customers have. */
export const allOffers = async ({ db, now }: Pick<Reading, 'db' | 'now'>): Promise<{ items: Offer[] }> => {
  const since = new Date(now.getTime() - periodMs)
  const { rows } = await sql<Offer>`select o.id, o.team_id as "teamId", t.name as team, o.name, o.description, o.fields,
      o.target_minutes as "targetMinutes", o.needs_approval as "needsApproval", o.version,
      (select json_build_object('asked', count(*), 'ended', count(p.closed_at) filter (where p.outcome <> 'withdrawn'),
          'inTime', count(*) filter (where p.outcome = 'kept'), 'yes', count(*) filter (where c.need_met = 'yes'),
          'partly', count(*) filter (where c.need_met = 'partly'), 'no', count(*) filter (where c.need_met = 'no'))
        from offer_requests r left join promises p on p.id = r.promise_id left join cases own on own.id = r.case_id
          left join cases c on c.id = coalesce(own.merged_into, own.id) where r.offer_id = o.id and r.requested_at > ${since}) as figures
    from offers o join teams t on t.id = o.team_id where o.ended_at is null order by t.name, o.name, o.id limit 500`.execute(
    db,
  )
  return { items: rows }
}

type Named = { id: number; name: string }
type Row = {
  id: number
  offer: { id: number; name: string; team: string }
  requestedBy: Named
  requestedAt: Date
  answers: Answer[]
  note: string
  state: OfferRequest['state']
  approver: Named | null
  decidedBy: Named | null
  reason: string
  case: { id: number; status: Status; needMet: Met | null } | null
  dueAt: Date | null
  outcome: OfferRequest['outcome']
  version: number
}

const columns = sql`r.id, json_build_object('id', o.id, 'name', o.name, 'team', t.name) as offer,
  json_build_object('id', s.id, 'name', s.name) as "requestedBy", r.requested_at as "requestedAt", r.answers, r.note, r.state,
  case when a.id is not null then json_build_object('id', a.id, 'name', a.name) end as approver,
  case when d.id is not null then json_build_object('id', d.id, 'name', d.name) end as "decidedBy", r.reason,
  case when c.id is not null then json_build_object('id', c.id, 'status', c.status, 'needMet', c.need_met) end as case,
  p.due_at as "dueAt", p.outcome, r.version
  from offer_requests r join offers o on o.id = r.offer_id join teams t on t.id = o.team_id join staff s on s.id = r.requested_by
  left join staff a on a.id = r.approver_id left join staff d on d.id = r.decided_by left join cases own on own.id = r.case_id
  left join cases c on c.id = coalesce(own.merged_into, own.id) left join promises p on p.id = r.promise_id`

const over = (status: Status): boolean => status === 'solved' || status === 'closed'

/** @param decides whether whoever asks may approve it */
const withAbilities = (row: Row, me: number | null, decides: boolean) => {
  const mine = row.requestedBy.id === me
  const asks = row.case !== null && over(row.case.status) && row.case.needMet === null
  const can: OfferRequest['can'] = [
    ...(decides && !mine && row.state === 'waiting' ? (['decide'] as const) : []),
    ...(mine && row.state === 'waiting' ? (['withdraw'] as const) : []),
    ...(mine && asks ? (['say_met'] as const) : []),
  ]
  return { ...row, can }
}

export const requestById = async ({ db, actor }: Pick<Reading, 'db' | 'actor'>, id: number) => {
  const { rows } = await sql<Row>`select ${columns} where r.id = ${id}`.execute(db)
  const row = rows[0] ?? notFound('request')
  return withAbilities(row, actor.id, row.approver?.id === actor.id)
}

/** What I asked for, or what waits for my approval. */
export const requestsOf = async (
  { db, actor }: Reading,
  { limit, cursor, whose }: { limit: number; cursor?: string | undefined; whose: 'mine' | 'approve' },
) => {
  const after = readCursor(`offer requests ${whose}`, cursor, 1)
  const which =
    whose === 'mine'
      ? sql`r.requested_by = ${actor.id}`
      : sql`r.state = 'waiting' and r.requested_by <> ${actor.id} and (r.approver_id = ${actor.id} or exists (
          with recursive up as (select manager_id as id, 1 as level from staff where id = r.requested_by
            union all select m.manager_id, u.level + 1 from up u join staff m on m.id = u.id where u.level < 20)
          select 1 from up where id = ${actor.id}))`
  const { rows } =
    await sql<Row>`select ${columns} where ${which} ${after ? sql`and r.id < ${after[0]}::bigint` : sql``}
    order by r.id desc limit ${limit + 1}`.execute(db)
  const page = pageOf(rows, limit, row => writeCursor(`offer requests ${whose}`, [row.id]))
  return { ...page, items: page.items.map(row => withAbilities(row, actor.id, whose === 'approve')) }
}
