import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'

type Handed = { id: number; kind: string; title: string; subject_kind: string; subject_id: number }

/**
 * Gives open promises to somebody else to keep. When they are due stays as it was, and nobody outside is told.
 * @param from who has them now: those that somebody else keeps by now are left alone
 * @returns the numbers of those that were given
 */
export const handPromises = async (
  work: Work,
  ids: readonly number[],
  { from, to, name }: { from: number; to: number; name: string },
): Promise<number[]> => {
  if (ids.length === 0) return []
  // Locked before anything is read: a promise that is just being missed gets its fact first, and this one the next number.
  await sql`select id from promises where id = any(${[...ids]}::bigint[]) order by id for update`.execute(work.tx)
  const { rows } = await sql<Handed>`with given as (
      update promises set by_staff_id = ${to}, version = version + 1
      where id = any(${[...ids]}::bigint[]) and closed_at is null and by_staff_id = ${from} returning *),
    facts as (insert into promise_facts (promise_id, seq, at, fact, actor_id, actor_name, due_at, why)
      select g.id, (select max(f.seq) + 1 from promise_facts f where f.promise_id = g.id), ${work.now}::timestamptz, 'move',
        ${work.actor.id}::bigint, ${work.actor.name}, g.due_at, ${`Given to ${name}`} from given g)
    select id, kind, title, subject_kind, subject_id from given order by id`.execute(work.tx)
  for (const { id, kind, title, ...row } of rows)
    work.record({
      type: 'promise.handed',
      subject: { kind: row.subject_kind, id: row.subject_id },
      data: { promiseId: id, kind, title, name },
    })
  return rows.map(({ id }) => id)
}
