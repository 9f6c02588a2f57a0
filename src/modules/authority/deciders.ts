import { sql } from 'kysely'
import type { Reading } from '../../platform/work.ts'
import { awayAmong } from './away.ts'
import type { Act, Step } from './contract.ts'
import { rolesToAsk } from './limits.ts'
import { mayDecide, type Standing, standingsOf } from './standing.ts'

type Db = Pick<Reading, 'db' | 'now'>

export type Asked = {
  /** Whoever asks: never the one who decides. */
  makerId: number
  /** What is to be decided; without it anybody on the way may answer. */
  what?: { act: Act; currency: string | null; amount: number; personId: number | null } | undefined
  /** Who was named, or the role that was. */
  namedId?: number | undefined
  roleId?: number | undefined
  /** Whom the request stands with already: it is to go further than them. */
  beyond?: readonly number[] | undefined
}

export type Found = { decider: { id: number; name: string } | null; trail: Step[] }

type Way = { id: number; by: Step['by'] }

/** The managers above somebody, nearest first. Rings are refused where managers are set; 20 levels are a ring. */
const managersOf = async ({ db }: Db, staffId: number): Promise<Way[]> => {
  const { rows } = await sql<{ id: number }>`with recursive up as (
      select manager_id as id, 1 as level from staff where id = ${staffId} and manager_id is not null
      union all select s.manager_id, u.level + 1 from up u join staff s on s.id = u.id where s.manager_id is not null and u.level < 20)
    select id from up order by level`.execute(db)
  return rows.map(({ id }) => ({ id, by: 'manager' }))
}

/** Those who hold some roles, in the roles' order; in each first those of whoever asks' teams. */
const holdersOf = async ({ db }: Db, roleIds: readonly number[], makerId: number): Promise<Way[]> => {
  if (roleIds.length === 0) return []
  const { rows } = await sql<{ id: number }>`select s.id from staff s
    where s.role_id = any(${[...roleIds]}::bigint[]) and s.ended_at is null
    order by array_position(${[...roleIds]}::bigint[], s.role_id), exists (select 1 from team_members m join team_members o on o.team_id = m.team_id
      where m.staff_id = s.id and o.staff_id = ${makerId}) desc, s.id limit 200`.execute(db)
  return rows.map(({ id }) => ({ id, by: 'role' }))
}

/** Anybody else whose own limit goes far enough, whoever's goes least far first. */
const othersWithLimit = async ({ db }: Db, { act, currency, amount }: NonNullable<Asked['what']>): Promise<Way[]> => {
  const { rows } = await sql<{
    id: number
  }>`select s.id from staff s cross join lateral authority_limit_of(s.id, ${act}, ${currency}) l
    where s.ended_at is null and l.limit_id is not null and (l.most is null or l.most >= ${amount})
    order by l.most nulls last, s.id limit 50`.execute(db)
  return rows.map(({ id }) => ({ id, by: 'limit' }))
}

const waysUp = async (reading: Db, asked: Asked, maker: Standing | undefined): Promise<Way[]> => {
  const { what, namedId, roleId, makerId } = asked
  const above = what && maker ? await rolesToAsk(reading, maker, what.act, what.currency) : []
  const named = namedId === undefined ? [] : [{ id: namedId, by: 'named' } as const]
  return [
    ...named,
    ...(namedId === undefined || namedId === makerId ? [] : await managersOf(reading, namedId)),
    ...(await holdersOf(reading, [...new Set([...(roleId === undefined ? [] : [roleId]), ...above])], makerId)),
    ...(await managersOf(reading, makerId)),
    ...(what ? await othersWithLimit(reading, what) : []),
  ]
}

const whyNot = (standing: Standing, asked: Asked, away: ReadonlySet<number>): Step['passedOver'] => {
  if (standing.staffId === asked.makerId) return 'asks_themselves'
  if (standing.ended) return 'left'
  if (away.has(standing.staffId)) return 'away'
  if (asked.what && !mayDecide(standing, asked.what.amount)) return 'limit'
  return null
}

const askedFor = { act: 'policy_exception', currency: null, personId: null } as const

/**
 * Who decides: whoever was named, else the next level up by role and line manager, else anybody whose limit goes far
 * enough. Those who left, are away, may not go so far, or ask themselves are passed over.
 * @returns nobody where there is nobody, and the way that was gone in any case
 */
export const deciderFor = async (reading: Db, asked: Asked): Promise<Found> => {
  const about = asked.what ?? askedFor
  const maker = (await standingsOf(reading, [asked.makerId], about)).get(asked.makerId)
  const ways = await waysUp(reading, asked, maker)
  const first = ways.filter(({ id }, index) => ways.findIndex(other => other.id === id) === index)
  const left = first.filter(({ id, by }) => !asked.beyond?.includes(id) && (id !== asked.makerId || by !== 'limit'))
  const ids = left.map(({ id }) => id)
  const [standings, away] = [await standingsOf(reading, ids, about), await awayAmong(reading, ids)]
  const trail: Step[] = []
  for (const { id, by } of left) {
    const standing = standings.get(id)
    if (!standing) continue
    const passedOver = whyNot(standing, asked, away)
    if (passedOver !== 'limit' || by !== 'limit') trail.push({ id, name: standing.name, by, passedOver })
    if (passedOver === null) return { decider: { id, name: standing.name }, trail }
  }
  return { decider: null, trail }
}
