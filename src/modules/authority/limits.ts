import { sql } from 'kysely'
import { type Ladder, rolesAbove } from '../../platform/permissions/limits.ts'
import { assertFresh, notFound, refuseField } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import { counted, type Holder, type HolderKind, type Limit } from './contract.ts'

type Db = Pick<Reading, 'db'>

/** Every role, and each team and person limits were set for. */
export const holders = async ({ db }: Db): Promise<Holder[]> => {
  const { rows } = await sql<Holder>`
    select x.kind, x.id, x.name, coalesce(h.version, 0) as version,
      coalesce((select json_agg(json_build_object('act', l.act, 'currency', l.currency, 'most', l.most, 'perCustomer', l.per_customer,
        'perShift', l.per_shift, 'referTo', l.refer_to) order by l.id) from authority_limits l where l.holder_id = h.id), '[]') as limits
    from (select 'role' as kind, r.id, r.name, 1 as place from roles r
      union all select 'team', t.id, t.name, 2 from teams t where t.ended_at is null and exists (select 1 from limit_holders h where h.team_id = t.id)
      union all select 'person', s.id, s.name, 3 from staff s where s.ended_at is null and exists (select 1 from limit_holders h where h.staff_id = s.id)) x
    left join limit_holders h on case x.kind when 'role' then h.role_id when 'team' then h.team_id else h.staff_id end = x.id
    order by x.place, case when x.kind = 'role' then x.id end, x.name`.execute(db)
  return rows
}

const columnOf = { role: 'role_id', team: 'team_id', person: 'staff_id' } as const

const ladders = (all: readonly Holder[]): Ladder[] => all.filter(one => one.kind === 'role')

/** Each act once in a currency; what is counted has none; beyond a limit a role is asked, and the way up ends. */
const assertLimits = (all: readonly Holder[], kind: HolderKind, id: number, limits: readonly Limit[]): void => {
  const roles = all.filter(one => one.kind === 'role')
  const others = kind === 'role' ? roles.filter(role => role.id !== id) : roles
  for (const [index, limit] of limits.entries()) {
    const field = `limits[${index}]`
    const { act, currency, referTo } = limit
    if (limits.findIndex(one => one.act === act && one.currency === currency) < index)
      refuseField(`${field}.act`, 'This act has a limit in this currency already')
    assertMeasure(act, currency, `${field}.currency`)
    if (referTo === null) continue
    if (limit.most === null && limit.perCustomer === null && limit.perShift === null)
      refuseField(`${field}.referTo`, 'Without a maximum there is nothing to refer')
    if (kind === 'role' && referTo === id) refuseField(`${field}.referTo`, 'A role cannot refer to itself')
    if (!roles.some(role => role.id === referTo)) refuseField(`${field}.referTo`, 'There is no such role')
    if (kind !== 'role') continue
    try {
      rolesAbove([...ladders(others), { id, limits }], id, act, currency)
    } catch {
      refuseField(`${field}.referTo`, 'That role refers to this one: nobody would decide in the end')
    }
  }
}

/** @throws Refusal where money has no currency, or what is counted has one */
export const assertMeasure = (act: Limit['act'], currency: string | null, field = 'currency'): void => {
  if (counted.includes(act)) {
    if (currency !== null) refuseField(field, 'This is counted, not paid')
  } else if (currency === null || !Intl.supportedValuesOf('currency').includes(currency))
    refuseField(field, 'There is no such currency')
}

const nameOf = async (work: Work, kind: HolderKind, id: number): Promise<string> => {
  const { rows } = await sql<{ name: string }>`
    select name from roles where ${kind} = 'role' and id = ${id}
    union all select name from teams where ${kind} = 'team' and id = ${id} and ended_at is null
    union all select name from staff where ${kind} = 'person' and id = ${id} and ended_at is null`.execute(work.tx)
  return rows[0]?.name ?? notFound(kind)
}

const holderId = async (work: Work, kind: HolderKind, id: number): Promise<number> => {
  const column = sql.ref(columnOf[kind])
  const { rows } = await sql<{ id: number }>`insert into limit_holders (${column}, version) values (${id}, 1)
    on conflict (${column}) do update set version = limit_holders.version + 1 returning id`.execute(work.tx)
  return rows[0]?.id as number
}

type Setting = { kind: HolderKind; id: number; limits: Limit[]; version?: number | undefined }

/**
 * Sets how far a role, a team or a person decides alone; an empty list leaves it to the next more general.
 * @throws Refusal naming the entry, or `stale` on an old version
 */
export const setLimits = async (work: Work, input: Setting): Promise<Holder> => {
  const { kind, id, limits } = input
  // Two changes at once could close a circle that neither sees: they come one after the other.
  await sql`select pg_advisory_xact_lock(7203116)`.execute(work.tx)
  const name = await nameOf(work, kind, id)
  const all = await holders({ db: work.tx })
  const before = all.find(one => one.kind === kind && one.id === id)
  assertFresh(before?.version ?? 0, input.version, kind)
  assertLimits(all, kind, id, limits)
  const holder = await holderId(work, kind, id)
  await work.tx.deleteFrom('authority_limits').where('holder_id', '=', holder).execute()
  if (limits.length > 0)
    await work.tx
      .insertInto('authority_limits')
      .values(
        limits.map(limit => ({
          holder_id: holder,
          act: limit.act,
          currency: limit.currency,
          most: limit.most,
          per_customer: limit.perCustomer,
          per_shift: limit.perShift,
          refer_to: limit.referTo,
        })),
      )
      .execute()
  work.record({
    type: 'authority.limits_set',
    subject: { kind: kind === 'person' ? 'staff' : kind, id },
    data: { name },
    before: { limits: before?.limits ?? [] },
    after: { limits },
  })
  return { kind, id, name, version: (before?.version ?? 0) + 1, limits }
}

/** Whether anybody has a limit for an act. What nobody limits is open to all who handle cases. */
export const isLimited = async ({ db }: Db, act: Limit['act']): Promise<boolean> =>
  (await db.selectFrom('authority_limits').select('id').where('act', '=', act).limit(1).executeTakeFirst()) !==
  undefined

/** The roles above somebody for an act, nearest first. */
export const rolesToAsk = async (
  { db }: Db,
  from: { roleId: number; referTo: number | null },
  act: Limit['act'],
  currency: string | null,
): Promise<number[]> => {
  const { rows } = await sql<{ id: number; referTo: number | null }>`select h.role_id as id, l.refer_to as "referTo"
    from authority_limits l join limit_holders h on h.id = l.holder_id
    where h.role_id is not null and l.act = ${act} and l.currency is not distinct from ${currency}`.execute(db)
  const all = rows.map(({ id, referTo }): Ladder => ({ id, limits: [{ act, currency, referTo }] }))
  return from.referTo === null
    ? rolesAbove(all, from.roleId, act, currency)
    : [from.referTo, ...rolesAbove(all, from.referTo, act, currency)]
}
