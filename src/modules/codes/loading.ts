import { sql } from 'kysely'
import { notFound } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import type { Content } from './contract-shapes.ts'

export type Locked = {
  id: number
  draft: Content
  owner_id: number
  review_on: string | null
  published_version: number | null
  archived_at: Date | null
  version: number
}

/** The one way a verb gets a code to change it. @throws Refusal `not_found` */
export const lockCode = async (work: Work, id: number): Promise<Locked> => {
  const { rows } =
    await sql<Locked>`select id, draft, owner_id, review_on::text as review_on, published_version, archived_at, version
    from codes where id = ${id} for update`.execute(work.tx)
  return rows[0] ?? notFound('code')
}

/** The day it is where the organisation is. */
export const todayOf = async ({ db, now }: Pick<Reading, 'db' | 'now'>): Promise<string> => {
  const { rows } = await sql<{ day: string }>`select (${now}::timestamptz at time zone o.zone)::date::text as day
    from organisation o`.execute(db)
  return rows[0]?.day ?? now.toISOString().slice(0, 10)
}

/** The end of a day on the organisation's own clock. */
export const endOf = async ({ tx }: Pick<Work, 'tx'>, day: string): Promise<Date> => {
  const { rows } = await sql<{ at: Date }>`select (${day}::date + time '23:59') at time zone o.zone as at
    from organisation o`.execute(tx)
  return rows[0]?.at ?? new Date(`${day}T23:59:00Z`)
}

/** Open promises of one kind about a code. */
export const openOf = async ({ tx }: Pick<Work, 'tx'>, codeId: number, kind: 'review' | 'acknowledge') => {
  const { rows } = await sql<{
    id: number
    byStaffId: number | null
  }>`select id, by_staff_id as "byStaffId" from promises
    where subject_kind = 'code' and subject_id = ${codeId} and kind = ${kind} and closed_at is null`.execute(tx)
  return rows
}
