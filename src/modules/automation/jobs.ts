import { sql } from 'kysely'
import type { Kernel } from '../../platform/kernel.ts'
import { notFound } from '../../platform/refusal.ts'
import type { Reading } from '../../platform/work.ts'
import { done } from '../../shared/contract.ts'

type JobRow = {
  id: number
  name: string
  attempts: number
  maxAttempts: number
  lastError: string | null
  runAt: Date
  createdAt: Date
  givenUp: boolean
}

export const jobsNow = async ({ db }: Reading) => {
  const counts = await sql<{
    waiting: number
    running: number
  }>`select count(*) filter (where locked_at is null)::int as waiting,
    count(*) filter (where locked_at is not null)::int as running from graphile_worker.jobs where attempts < max_attempts`.execute(
    db,
  )
  const failing =
    await sql<JobRow>`select id, task_identifier as name, attempts, max_attempts as "maxAttempts", left(last_error, 500) as "lastError",
    run_at as "runAt", created_at as "createdAt", attempts >= max_attempts as "givenUp"
    from graphile_worker.jobs where last_error is not null order by id desc limit 200`.execute(db)
  return { waiting: counts.rows[0]?.waiting ?? 0, running: counts.rows[0]?.running ?? 0, failing: failing.rows }
}

export const retryJob = async (kernel: Kernel, id: number) => {
  const { rowCount } = await kernel.database.owner.query(
    'select * from graphile_worker.reschedule_jobs(array[$1]::bigint[], run_at => now(), attempts => 0)',
    [id],
  )
  return rowCount ? done : notFound('job')
}

export const dropJob = async (kernel: Kernel, id: number) => {
  const { rowCount } = await kernel.database.owner.query(
    'select * from graphile_worker.complete_jobs(array[$1]::bigint[])',
    [id],
  )
  return rowCount ? done : notFound('job')
}
