import { type RawBuilder, sql } from 'kysely'
import { pageOf, readCursor, writeCursor } from '../../platform/http/cursor.ts'
import type { Actor } from '../../platform/permissions/actor.ts'
import { notFound } from '../../platform/refusal.ts'
import type { Reading } from '../../platform/work.ts'
import { allowanceOf, decisionsOf } from '../authority/index.ts'
import { assertVisible, visibleSql } from '../cases/index.ts'
import { currencyOf } from '../identity/index.ts'
import type { Form, Referral } from './contract.ts'

type Db = Pick<Reading, 'db' | 'actor' | 'now'>

export type ReferralRow = Omit<Referral, 'madeAt' | 'answeredAt' | 'dueAt' | 'can' | 'form'> & {
  madeAt: Date
  answeredAt: Date | null
  dueAt: Date | null
  form: Form | null
  teamId: number | null
}

const columns = sql`r.id, json_build_object('id', c.id, 'subject', c.subject, 'kind', c.kind, 'status', c.status,
    'requester', json_build_object('id', p.id, 'name', p.name), 'vulnerable', p.vulnerable) as "case",
  r.conversation_id as "conversationId", r.reason, r.to_kind as "toKind", r.how, r.question, r.said,
  case when r.to_team_id is not null and r.decider_id is null then (select json_build_object('id', t.id, 'name', t.name) from teams t where t.id = r.to_team_id)
    when r.to_person_id is not null then (select json_build_object('id', o.id, 'name', o.name) from people o where o.id = r.to_person_id)
    else (select json_build_object('id', s.id, 'name', s.name) from staff s where s.id = r.decider_id) end as "to",
  json_build_object('id', m.id, 'name', m.name) as "madeBy", r.made_at as "madeAt", r.form, r.worth, (select x.due_at from promises x where x.id = r.promise_id) as "dueAt", r.trail, r.state, r.answer,
  (select json_build_object('id', s.id, 'name', s.name) from staff s where s.id = r.answered_by) as "answeredBy", r.answered_at as "answeredAt",
  r.decision_id as "decisionId", (select d.amount from decisions d where d.id = r.decision_id) as granted, r.version, r.to_team_id as "teamId"`
const joins = sql`join conversations v on v.id = r.conversation_id join cases c on c.id = v.case_id
  join people p on p.id = c.requester_id join staff m on m.id = r.made_by`

/** What the one who asks may do with a referral: the same answer drives the buttons. */
const abilities = (actor: Actor, row: ReferralRow): Referral['can'] => {
  if (actor.kind !== 'staff' || !actor.permissions.has('case.handle')) return []
  const own = row.madeBy.id === actor.id
  if (row.state === 'open') {
    if (own) return ['withdraw']
    return row.toKind === 'supplier'
      ? ['advise']
      : [...(row.form ? (['decide'] as const) : []), 'advise', 'take_over', 'pass_on']
  }
  return row.state === 'taken_over' && row.answeredBy?.id === actor.id ? ['hand_back'] : []
}

const shown = (actor: Actor, row: ReferralRow) => {
  const { teamId: _, ...rest } = row
  return { ...rest, can: abilities(actor, row) }
}

const select = async (reading: Db, where: RawBuilder<unknown>, order: RawBuilder<unknown>, limit: number) => {
  const { rows } = await sql<ReferralRow>`select ${columns} from referrals r ${joins}
    where ${visibleSql(reading.actor)} and ${where} order by ${order} limit ${limit}`.execute(reading.db)
  return rows
}

/** One referral of a case one may see. */
export const referralById = async (reading: Db, id: number) => {
  const [row] = await select(reading, sql`r.id = ${id}`, sql`r.id`, 1)
  return row ? shown(reading.actor, row) : notFound('referral')
}

/** Its number in the register, its cases: those that were merged into it too. */
const caseIds = async ({ db }: Db, id: number): Promise<number[]> => {
  const { rows } = await sql<{ id: number }>`select id from cases where id = ${id} or merged_into = ${id}`.execute(db)
  return rows.map(row => row.id)
}

export const referralsOfCase = async (reading: Db, asked: number) => {
  const { id } = await assertVisible(reading, asked)
  const items = await select(reading, sql`v.case_id = ${id}`, sql`r.id desc`, 50)
  const decisions = await decisionsOf(reading, { kind: 'case', ids: await caseIds(reading, id) })
  return { items: items.map(row => shown(reading.actor, row)), decisions }
}

type Desk = {
  whose: 'mine' | 'team' | 'asked' | 'all'
  state: 'open' | 'done'
  sort: 'age' | 'worth'
  limit: number
  cursor?: string | undefined
}

const whoseSql = ({ actor }: Db, whose: Desk['whose']): RawBuilder<unknown> => {
  const teams = sql`${[...actor.teams]}::bigint[]`
  if (whose === 'mine')
    return sql`(r.decider_id = ${actor.id} or (r.decider_id is null and r.to_team_id = any(${teams}) and r.made_by <> ${actor.id}))`
  if (whose === 'asked') return sql`r.made_by = ${actor.id}`
  if (whose === 'team')
    return sql`(c.team_id = any(${teams}) or r.to_team_id = any(${teams})
      or exists (select 1 from team_members x where x.staff_id = r.decider_id and x.team_id = any(${teams})))`
  return sql`true`
}

type Key = readonly (string | number)[] | null

/** The order of the list and where it goes on: oldest or dearest first; what is done, latest first. */
const orderOf = ({ state, sort }: Desk, after: Key): { where: RawBuilder<unknown>; order: RawBuilder<unknown> } => {
  if (state === 'done')
    return {
      where: sql`r.state <> 'open' ${after ? sql`and (r.answered_at, r.id) < (${after[0]}::timestamptz, ${after[1]}::bigint)` : sql``}`,
      order: sql`r.answered_at desc, r.id desc`,
    }
  if (sort === 'worth')
    return {
      where: sql`r.state = 'open' ${after ? sql`and (r.worth < ${after[0]}::bigint or (r.worth = ${after[0]}::bigint and r.id > ${after[1]}::bigint))` : sql``}`,
      order: sql`r.worth desc, r.id`,
    }
  return {
    where: sql`r.state = 'open' ${after ? sql`and (r.made_at, r.id) > (${after[0]}::timestamptz, ${after[1]}::bigint)` : sql``}`,
    order: sql`r.made_at, r.id`,
  }
}

/** The desk: referrals as far as one may see their cases. */
export const desk = async (reading: Db, input: Desk) => {
  const list = `referrals ${input.state} ${input.state === 'done' ? '' : input.sort}`
  const { where, order } = orderOf(input, readCursor(list, input.cursor, 2))
  const rows = await select(reading, sql`${where} and ${whoseSql(reading, input.whose)}`, order, input.limit + 1)
  const keyOf = (row: ReferralRow) =>
    input.state === 'done'
      ? (row.answeredAt as Date).toISOString()
      : input.sort === 'worth'
        ? row.worth
        : row.madeAt.toISOString()
  const page = pageOf(rows, input.limit, last => writeCursor(list, [keyOf(last), last.id]))
  return { ...page, items: page.items.map(row => shown(reading.actor, row)) }
}

/** What the customer said last, and when the case was opened. */
const lastSaid = async ({ db }: Db, caseId: number) => {
  const { rows } = await sql<{
    preview: string
    openedAt: Date
  }>`select c.opened_at as "openedAt", coalesce((select left(m.text, 2000)
      from messages m join conversations v on v.id = m.conversation_id and v.kind = 'customer'
      where m.case_id = c.id and m.direction = 'in' order by m.id desc limit 1), '') as preview from cases c where c.id = ${caseId}`.execute(
    db,
  )
  return rows[0] as { preview: string; openedAt: Date }
}

/** Everything that is needed to decide a referral. */
export const panelOf = async (reading: Db, id: number) => {
  const referral = await referralById(reading, id)
  const { form } = referral
  const kase = await lastSaid(reading, referral.case.id)
  const personId = referral.case.requester.id
  const history = await decisionsOf(reading, { personId })
  const allowance = form ? await allowanceOf(reading, reading.actor.id, { ...form, personId }) : null
  return { referral, ...kase, history, allowance }
}

/** How far one may go in a case. @param currency that of one’s limit where nothing is said */
export const allowanceInCase = async (
  reading: Db,
  input: { id: number; act: Form['act']; currency?: string | undefined; amount: number },
) => {
  const { id } = await assertVisible(reading, input.id)
  const { requester_id: personId } = await reading.db
    .selectFrom('cases')
    .select('requester_id')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const counted = input.act === 'replacement' || input.act === 'closing_complaint'
  const currency = counted ? null : (input.currency ?? (await usualCurrency(reading, input.act)))
  return allowanceOf(reading, reading.actor.id, { ...input, currency, personId })
}

/** The currency most limits are in. */
const usualCurrency = async ({ db }: Db, act: string): Promise<string> => {
  const { rows } = await sql<{ currency: string }>`select currency from authority_limits where currency is not null
    group by currency order by count(*) filter (where act = ${act}) desc, count(*) desc, currency limit 1`.execute(db)
  return rows[0]?.currency ?? currencyOf({ db })
}
