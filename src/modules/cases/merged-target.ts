import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import { moveDrafts } from './draft-moving.ts'
import { isOpen, type Kase } from './loading.ts'

type Fields = {
  status: string
  severity: number
  confidential: boolean
  tags: string[]
  assigneeId: number | null
  teamId: number | null
}

/** How the case was that another was merged into, and what the merge made of it. */
export type TargetBefore = {
  sharedWith: string[]
  was?: Fields & { waitingSince: string | null; solvedAt: string | null; closedAt: string | null }
  became?: Fields
  /** Who follows it because they followed the other. */
  followers?: number[]
}

const fieldsOf = (kase: Kase): Fields => ({
  status: kase.status,
  severity: kase.severity,
  confidential: kase.confidential,
  tags: kase.tags,
  assigneeId: kase.assignee_id,
  teamId: kase.team_id,
})

const earlier = (a: Date | null, b: Date | null): Date | null => (a && b ? (a < b ? a : b) : (a ?? b))

/** What the target takes over: the greater trouble, the narrower circle, everybody who follows, and unfinished drafts. */
export const takeOver = async (work: Work, target: Kase, source: Kase) => {
  const waiting = earlier(target.waiting_since, source.waiting_since)
  const became: Fields = {
    status: waiting && (!isOpen(target.status) || target.status === 'waiting_customer') ? 'open' : target.status,
    severity: Math.max(target.severity, source.severity),
    confidential: target.confidential || source.confidential,
    tags: [...new Set([...target.tags, ...source.tags])].slice(0, 50),
    assigneeId: target.assignee_id ?? source.assignee_id,
    teamId: target.team_id ?? source.team_id,
  }
  const { assigneeId, teamId, ...same } = became
  await work.tx
    .updateTable('cases')
    .set({
      ...same,
      assignee_id: assigneeId,
      team_id: teamId,
      shared_with: [...new Set([...target.shared_with, ...source.shared_with])],
      hidden_from: [...new Set([...target.hidden_from, ...source.hidden_from])],
      ...(isOpen(became.status) ? { solved_at: null, closed_at: null } : {}),
    })
    .where('id', '=', target.id)
    .execute()
  const { rows } = await sql<{ id: number }>`insert into followers (case_id, staff_id)
    select ${target.id}, staff_id from followers where case_id = ${source.id} on conflict do nothing returning staff_id as id`.execute(
    work.tx,
  )
  await moveDrafts(work, source.id, target.id)
  const before: TargetBefore = {
    sharedWith: target.shared_with,
    was: {
      ...fieldsOf(target),
      waitingSince: target.waiting_since?.toISOString() ?? null,
      solvedAt: target.solved_at?.toISOString() ?? null,
      closedAt: target.closed_at?.toISOString() ?? null,
    },
    became,
    followers: rows.map(row => row.id),
  }
  return { waiting, before }
}

type Now = Fields & { merged: boolean; written: boolean; corresponded: boolean }

/** The target as it is today, and whether anything was written in what is its own since the merge. */
const targetNow = async (work: Work, id: number, since: Date): Promise<Now | undefined> => {
  const { rows } =
    await sql<Now>`select c.status, c.severity, c.confidential, c.tags, c.assignee_id as "assigneeId", c.team_id as "teamId",
      c.merged_into is not null as merged, coalesce(s.written, false) as written, coalesce(s.corresponded, false) as corresponded
    from cases c, lateral (select bool_or(true) as written, bool_or(m.direction <> 'note' and not m.automatic and m.delivery is distinct from 'cancelled') as corresponded
      from messages m where m.case_id = coalesce(c.merged_into, c.id) and m.at > ${since}) s where c.id = ${id}`.execute(
      work.tx,
    )
  return rows[0]
}

/**
 * Gives the target back what the merge changed in it, where nobody has changed it since.
 * @param since when the merge was
 * @returns since when its own customer waited before the merge; undefined where that is not known, or they were written
 *   to since
 */
export const giveBack = async (
  work: Work,
  id: number,
  { was, became, followers = [] }: TargetBefore,
  since: Date,
): Promise<Date | null | undefined> => {
  const now = await targetNow(work, id, since)
  if (!was || !became || !now) return undefined
  const back = <T>(field: keyof Fields, before: T, today: T): T => (now[field] === became[field] ? before : today)
  const came = became.tags.filter(tag => !was.tags.includes(tag))
  // Who wrote since decides how it stands; where nobody did, it is as it was. A case that was merged on is closed for that.
  const stands = now.merged || now.corresponded || now.status !== became.status
  if (!stands)
    await sql`update cases set status = ${was.status}, solved_at = ${was.solvedAt}::timestamptz, closed_at = ${was.closedAt}::timestamptz
      where id = ${id}`.execute(work.tx)
  await sql`update cases set severity = ${back('severity', was.severity, now.severity)},
      confidential = ${now.written ? now.confidential : back('confidential', was.confidential, now.confidential)},
      tags = ${now.tags.filter(tag => !came.includes(tag))}::text[],
      assignee_id = ${back('assigneeId', was.assigneeId, now.assigneeId)}, team_id = ${back('teamId', was.teamId, now.teamId)}
    where id = ${id}`.execute(work.tx)
  await sql`delete from followers where case_id = ${id} and staff_id = any(${followers}::bigint[])`.execute(work.tx)
  if (now.corresponded) return undefined
  return was.waitingSince ? new Date(was.waitingSince) : null
}
