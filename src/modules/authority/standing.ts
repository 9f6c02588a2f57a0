import { sql } from 'kysely'
import { covers, type Limit, type Used } from '../../platform/permissions/limits.ts'
import type { Reading } from '../../platform/work.ts'
import type { Act, HolderKind } from './contract.ts'

type Db = Pick<Reading, 'db' | 'now'>

/** What is to be done, and for whom. */
export type About = { act: Act; currency: string | null; personId: number | null }

/** Where somebody stands: which limit holds for them, and what counts against it. */
export type Standing = {
  staffId: number
  name: string
  roleId: number
  ended: boolean
  limit: (Limit & { source: HolderKind; sourceName: string }) | null
  referTo: number | null
  used: Used
}

type Row = Omit<Standing, 'limit' | 'used'> &
  Limit &
  Used & { limitId: number | null; source: HolderKind; sourceName: string }

/** Where some members of staff stand now, by their id. */
export const standingsOf = async (
  { db, now }: Db,
  staffIds: readonly number[],
  { act, currency, personId }: About,
): Promise<Map<number, Standing>> => {
  const { rows } =
    await sql<Row>`select s.id as "staffId", s.name, s.role_id as "roleId", s.ended_at is not null as ended,
      l.limit_id as "limitId", l.source, l.source_name as "sourceName", l.most, l.per_customer as "perCustomer", l.per_shift as "perShift",
      l.refer_to as "referTo", u.of_customer as "ofCustomer", u.of_shift as "ofShift"
    from staff s left join lateral authority_limit_of(s.id, ${act}, ${currency}) l on true
    cross join lateral authority_used(${personId}::bigint, s.id, ${act}, ${currency}, ${now}::timestamptz) u
    where s.id = any(${[...staffIds]}::bigint[])`.execute(db)
  return new Map(
    rows.map(row => {
      const { limitId, source, sourceName, most, perCustomer, perShift, ofCustomer, ofShift, ...who } = row
      const limit = limitId === null ? null : { most, perCustomer, perShift, source, sourceName }
      return [row.staffId, { ...who, limit, used: { ofCustomer, ofShift } }]
    }),
  )
}

export const mayDecide = ({ limit, used, ended }: Standing, amount: number): boolean =>
  !ended && covers(limit, used, amount)
