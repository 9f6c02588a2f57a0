import { sql } from 'kysely'
import { pageOf, readCursor, writeCursor } from '../../platform/http/cursor.ts'
import { staffIdOf } from '../../platform/permissions/actor.ts'
import { notFound, refuseField } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import { done } from '../../shared/contract.ts'
import type { Deficiency } from './contract-shapes.ts'

const dayMs = 86_400_000
const usualDays = 90

export type Span = { since: Date; until: Date }

type Input = {
  limit: number
  cursor?: string | undefined
  since?: string | undefined
  until?: string | undefined
  familyId?: number | undefined
  open?: 'true' | undefined
  /** Only the families somebody answers for. */
  staffId?: number
}

const spanOf = (now: Date, { since, until }: Pick<Input, 'since' | 'until'>): Span => {
  const end = until ? new Date(Date.parse(`${until}T00:00:00Z`) + dayMs) : new Date(now.getTime() + 1)
  const start = since ? new Date(`${since}T00:00:00Z`) : new Date(end.getTime() - usualDays * dayMs)
  return start < end ? { since: start, until: end } : refuseField('until', 'The end must not lie before the beginning')
}

/**
 * What could not be supplied, by product: most often asked for first. Lost is the worth of what was neither replaced nor
 * brought from elsewhere, as far as prices are known.
 * @throws Refusal naming `until`
 */
export const register = async ({ db, now }: Pick<Reading, 'db' | 'now'>, input: Input) => {
  const { since, until } = spanOf(now, input)
  const after = readCursor('register', input.cursor, 2)
  const { rows } = await sql<Deficiency & { key: number }>`
    with per as (select d.product_id, count(*)::int as asked, count(distinct d.person_id)::int + count(*) filter (where d.person_id is null)::int as customers,
        coalesce(sum(d.worth_minor) filter (where d.outcome not in ('accepted', 'transfer')), 0)::bigint as lost,
        count(*) filter (where exists (select 1 from demand_offers o where o.demand_id = d.id))::int as offered,
        count(*) filter (where d.outcome = 'accepted')::int as accepted, count(*) filter (where d.promise_id is not null and d.told_at is null)::int as waiting,
        max(d.asked_at) as last, max(d.currency) as currency
      from demands d where d.asked_at >= ${since} and d.asked_at < ${until} group by d.product_id)
    select json_build_object('id', p.id, 'name', p.name, 'number', p.number) as product, f.name as "familyName", s.name as responsible,
      per.asked, per.customers, per.lost as "lostMinor", per.currency, per.offered, per.accepted, per.waiting, per.last as "lastAskedAt",
      coalesce((select json_agg(json_build_object('reason', r.reason, 'count', r.n) order by r.n desc, r.reason) from (select d.reason, count(*)::int as n
        from demands d where d.product_id = p.id and d.asked_at >= ${since} and d.asked_at < ${until} group by 1) r), '[]') as reasons,
      coalesce((select json_agg(json_build_object('id', i.id, 'name', i.name, 'count', i.n) order by i.n desc, i.id) from (select o.id, o.name, count(*)::int as n
        from demands d join products o on o.id = d.accepted_id where d.product_id = p.id and d.asked_at >= ${since} and d.asked_at < ${until} group by 1, 2) i), '[]') as "acceptedInstead",
      case when v.at is null then null else json_build_object('at', v.at, 'by', v.by, 'outcome', v.outcome, 'words', v.words) end as review,
      v.at is null or per.last > v.at as "askedSinceReview", p.id as key
    from per join products p on p.id = per.product_id left join product_families f on f.id = p.family_id left join staff s on s.id = f.staff_id
      left join lateral (select r.at, r.outcome, r.words, (select name from staff where id = r.staff_id) as by from demand_reviews r
        where r.product_id = p.id order by r.at desc limit 1) v on true
    where true ${input.familyId ? sql`and p.family_id = ${input.familyId}` : sql``} ${input.staffId ? sql`and f.staff_id = ${input.staffId}` : sql``}
      ${input.open ? sql`and (v.at is null or per.last > v.at)` : sql``}
      ${after ? sql`and (per.asked, p.id) < (${after[0]}::int, ${after[1]}::bigint)` : sql``}
    order by per.asked desc, p.id desc limit ${input.limit + 1}`.execute(db)
  const page = pageOf(rows, input.limit, last => writeCursor('register', [last.asked, last.key]))
  return { ...page, items: page.items.map(({ key: _key, ...one }) => one) }
}

/** Notes what was done about a deficiency; until it is asked for again there is nothing to look at. */
export const review = async (work: Work, input: { id: number; outcome: string; words: string }) => {
  const product = await work.tx.selectFrom('products').select('name').where('id', '=', input.id).executeTakeFirst()
  if (!product) return notFound('product')
  await work.tx
    .insertInto('demand_reviews')
    .values({
      product_id: input.id,
      at: work.now,
      staff_id: staffIdOf(work.actor),
      outcome: input.outcome,
      words: input.words,
    })
    .execute()
  const data = { name: product.name, outcome: input.outcome, words: input.words }
  work.record({ type: 'demand.reviewed', subject: { kind: 'product', id: input.id }, data })
  return done
}
