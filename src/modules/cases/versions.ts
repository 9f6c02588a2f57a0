import { sql } from 'kysely'
import type { Reading, Work } from '../../platform/work.ts'
import { assertVisible } from './reading.ts'

type Key = { case_id: number; staff_id: number; kind: 'reply' | 'note' }

const kept = 10
/** Two versions lie at least this far apart, unless much is taken away at once. */
const apartSeconds = 60
/** Taking away this much at once is kept whatever the time: it is what slips of the hand do. */
const lostCharacters = 80

/**
 * Keeps what a draft says before it is changed, ten versions back: once a minute, and whenever much of it goes at once.
 * @param next what the draft says from now on
 */
export const keepVersion = async (work: Work, key: Key, next: string): Promise<void> => {
  const { rows } = await sql<{ id: number }>`
    insert into draft_versions (case_id, staff_id, kind, text, html, at)
      select d.case_id, d.staff_id, d.kind, d.text, d.html, d.updated_at from drafts d
      left join lateral (select v.text, v.at from draft_versions v where v.case_id = d.case_id and v.staff_id = d.staff_id
        and v.kind = d.kind order by v.id desc limit 1) last on true
      where d.case_id = ${key.case_id} and d.staff_id = ${key.staff_id} and d.kind = ${key.kind}
        and d.text <> ${next} and d.text <> '' and d.text is distinct from last.text
        and (length(d.text) - length(${next}::text) >= ${lostCharacters} or ${next}::text = ''
          or coalesce(last.at, '-infinity') < ${work.now}::timestamptz - make_interval(secs => ${apartSeconds}))
    returning id`.execute(work.tx)
  if (rows.length === 0) return
  await sql`delete from draft_versions where id in (select id from draft_versions
    where case_id = ${key.case_id} and staff_id = ${key.staff_id} and kind = ${key.kind} order by id desc offset ${kept})`.execute(
    work.tx,
  )
}

/** Earlier versions of my own draft, the latest first. */
export const versionsOf = async (reading: Reading, input: { id: number; kind: 'reply' | 'note' }) => {
  const { id } = await assertVisible(reading, input.id)
  return reading.db
    .selectFrom('draft_versions')
    .select(['id', 'text', 'html', 'at'])
    .where('case_id', '=', id)
    .where('staff_id', '=', reading.actor.id)
    .where('kind', '=', input.kind)
    .orderBy('id', 'desc')
    .limit(kept)
    .execute()
}

export const sweepVersions = async (work: Work, before: Date): Promise<void> => {
  await work.tx.deleteFrom('draft_versions').where('at', '<', before).execute()
}
