import { sql, type Transaction } from 'kysely'
import type { DB } from './database/rows.ts'
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
  /** Not before this time. */
  at?: Date
  /** One job per key: a later one with the same key replaces the earlier. */
  key?: string
  /** Jobs of one queue run one after the other. */
  queue?: string
  maxAttempts?: number
}

/** What a verb is given: a transaction, who acts, the time, and the two ways to tell others about it. */
export type Work = {
  tx: Transaction<DB>
  actor: Actor
  now: Date
  record(happening: Happening): void
  enqueue(job: Job): void
}

/** What a read is given: a READ ONLY connection, who asks, and the time. */
export type Reading = {
  db: Pick<Transaction<DB>, 'selectFrom' | 'selectNoFrom' | 'with' | 'getExecutor' | 'fn'>
  actor: Actor
  now: Date
}

export type Recorded = { id: number; type: string; subjectKind: string; subjectId: number }

/** Events and jobs of one transaction, written together just before it commits: one round trip each. */
export type Ledger = { happenings: Happening[]; jobs: Job[] }

const actorKind = (actor: Actor) => (actor.tokenId ? 'token' : actor.kind)

/** Writes the events of a transaction. The order they were recorded in is the order of their ids. */
export const writeEvents = async (
  work: Work,
  happenings: readonly Happening[],
  cause: string | null,
): Promise<Recorded[]> => {
  if (happenings.length === 0) return []
  const rows = await work.tx
    .insertInto('events')
    .values(
      happenings.map(happening => ({
        at: work.now,
        actor_kind: actorKind(work.actor),
        actor_id: work.actor.id,
        actor_name: work.actor.name,
        cause,
        subject_kind: happening.subject.kind,
        subject_id: happening.subject.id,
        type: happening.type,
        data: JSON.stringify(happening.data ?? {}),
        before: happening.before ? JSON.stringify(happening.before) : null,
        after: happening.after ? JSON.stringify(happening.after) : null,
      })),
    )
    .returning('id')
    .execute()
  return rows.map((row, index) => {
    const happening = happenings[index] as Happening
    return { id: row.id, type: happening.type, subjectKind: happening.subject.kind, subjectId: happening.subject.id }
  })
}

/** Hands jobs to the queue inside the transaction, so that they exist exactly when what they are about does. */
export const writeJobs = async (work: Pick<Work, 'tx'>, jobs: readonly Job[]): Promise<void> => {
  if (jobs.length === 0) return
  const calls = jobs.map(
    job => sql`enqueue(${job.name}, ${JSON.stringify(job.payload)}::json, ${job.queue ?? null}, ${job.at ?? null}::timestamptz,
      ${job.maxAttempts ?? 12}::int, ${job.key ?? null})`,
  )
  await sql`select ${sql.join(calls)}`.execute(work.tx)
}
