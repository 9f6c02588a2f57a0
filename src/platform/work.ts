import { sql, type Transaction } from 'kysely'
import type { DB } from './database/rows.ts'
import { thenCommit } from './database/statements.ts'
import type { Actor } from './permissions/actor.ts'

/** Something that happened, as a verb states it; who, when and in whose name is added here. */
export type Happening = {
  type: string
  subject: { kind: string; id: number }
  data?: Record<string, unknown>
  before?: Record<string, unknown>
  after?: Record<string, unknown>
}

export type Job = {
  name: string
  payload: Record<string, unknown>
  /** Done together with others of its name that are due, by the kind's `runAll`: an errand, which costs a tenth. */
  together?: boolean
  /** Not before this time. */
  at?: Date
  /** One job or errand per key: a later one with the same key takes the place of the earlier. */
  key?: string
  /** Jobs of one queue run one after the other. */
  queue?: string
  maxAttempts?: number
}

/** What a verb is given: a transaction, who acts, the time, and the ways to tell others about it. */
export type Work = {
  tx: Transaction<DB>
  actor: Actor
  now: Date
  record(happening: Happening): void
  enqueue(job: Job): void
  /** Lets screens know of something that is no event, such as who looks at a case: told live, kept nowhere. */
  nudge(type: string, subject: Happening['subject']): void
}

/** What a read is given: a READ ONLY connection, who asks, and the time. */
export type Reading = {
  db: Pick<Transaction<DB>, 'selectFrom' | 'selectNoFrom' | 'with' | 'getExecutor' | 'fn'>
  actor: Actor
  now: Date
}

/** What the live feed hands on; a nudge has no number. */
export type Recorded = { id: number | null; type: string; subjectKind: string; subjectId: number }

const actorKind = (actor: Actor) => (actor.tokenId ? 'token' : actor.kind)

const eventRow = ({ actor, now }: Work, happening: Happening, cause: string | null) => sql`(${now}, ${actorKind(actor)},
  ${actor.id}, ${actor.name}, ${cause}, ${happening.subject.kind}, ${happening.subject.id}, ${happening.type},
  ${JSON.stringify(happening.data ?? {})}, ${happening.before ? JSON.stringify(happening.before) : null},
  ${happening.after ? JSON.stringify(happening.after) : null})`

/** All errands in one value: a thousand timers as rows of values took three times as long to write down as to insert. */
const errandRows = (errands: readonly Job[], now: Date): string =>
  JSON.stringify(errands.map(({ name, payload, at, key }) => ({ name, payload, due_at: at ?? now, key: key ?? null })))

/** Of those with one key only the last counts: a statement may not write a row twice. */
const lastOfEachKey = (errands: readonly Job[]): readonly Job[] => {
  const last = new Map(errands.map(errand => [errand.key, errand]))
  return errands.filter(errand => errand.key === undefined || last.get(errand.key) === errand)
}

const jobCall = (job: Job) => sql`enqueue(${job.name}, ${JSON.stringify(job.payload)}::json, ${job.queue ?? null},
  ${job.at ?? null}::timestamptz, ${job.maxAttempts ?? 12}::int, ${job.key ?? null})`

/**
 * Writes what a transaction tells others, events, errands and jobs, as its last statement: one round trip for all of
 * it, with the commit behind it. The order events were recorded in is the order of their ids.
 */
export const writeLedger = async (
  work: Work,
  happenings: readonly Happening[],
  jobs: readonly Job[],
  cause: string | null,
): Promise<Recorded[]> => {
  if (happenings.length + jobs.length === 0) return []
  const errands = lastOfEachKey(jobs.filter(job => job.together))
  const parts = [
    happenings.length > 0
      ? sql`told as (insert into events (at, actor_kind, actor_id, actor_name, cause, subject_kind, subject_id, type, data, before, after)
          values ${sql.join(happenings.map(happening => eventRow(work, happening, cause)))} returning id)`
      : sql`told as (select null::bigint as id where false)`,
    ...(errands.length > 0
      ? [
          sql`sent as (insert into errands (name, payload, due_at, key)
            select * from jsonb_to_recordset(${errandRows(errands, work.now)}::jsonb) as e(name text, payload jsonb, due_at timestamptz, key text)
            on conflict (key) where key is not null do update set payload = excluded.payload, due_at = excluded.due_at)`,
        ]
      : []),
  ]
  const calls = jobs.filter(job => !job.together).map(jobCall)
  const { rows } = await sql<{ ids: number[] }>`with ${sql.join(parts)}
    select ${sql.join([sql`array(select id from told order by id) as ids`, ...calls])} ${sql.raw(thenCommit)}`.execute(
    work.tx,
  )
  return happenings.map(({ type, subject }, index) => ({
    id: rows[0]?.ids[index] ?? 0,
    type,
    subjectKind: subject.kind,
    subjectId: subject.id,
  }))
}
