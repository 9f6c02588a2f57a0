import { sql } from 'kysely'
import * as z from 'zod'
import { api, edge, read } from '../../platform/http/api.ts'
import { job } from '../../platform/jobs/worker.ts'
import type { Kernel } from '../../platform/kernel.ts'
import type { Module } from '../../platform/module.ts'
import { system } from '../../platform/permissions/actor.ts'
import { notFound } from '../../platform/refusal.ts'
import type { Reading } from '../../platform/work.ts'
import { done } from '../../shared/contract.ts'
import { automation } from './contract.ts'

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

const jobsNow = async ({ db }: Reading) => {
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

const retry = async (kernel: Kernel, id: number) => {
  const { rowCount } = await kernel.database.owner.query(
    'select * from graphile_worker.reschedule_jobs(array[$1]::bigint[], run_at => now(), attempts => 0)',
    [id],
  )
  return rowCount ? done : notFound('job')
}

const drop = async (kernel: Kernel, id: number) => {
  const { rowCount } = await kernel.database.owner.query(
    'select * from graphile_worker.complete_jobs(array[$1]::bigint[])',
    [id],
  )
  return rowCount ? done : notFound('job')
}

const nothing = z.object({}).loose()

/** Housekeeping that no part of the domain owns. */
const housekeeping = [
  job({
    name: 'platform:partitions',
    payload: nothing,
    cron: '17 3 * * *',
    run: async (_payload, kernel) => {
      await kernel.database.owner.query('select ensure_event_partitions(now(), 4)')
    },
  }),
  job({
    name: 'platform:forget_keys',
    payload: nothing,
    cron: '23 * * * *',
    run: (_payload, kernel) =>
      kernel.work(system, async work => {
        await work.tx
          .deleteFrom('idempotency_keys')
          .where('at', '<', new Date(work.now.getTime() - 86_400_000))
          .execute()
      }),
  }),
]

export const automationModule: Module = {
  name: 'automation',
  uses: [],
  owns: [],
  start: () => ({
    jobs: housekeeping,
    api: api(automation, {
      jobs: read(jobsNow),
      retryJob: edge(({ kernel: k }, { id }) => retry(k, id)),
      dropJob: edge(({ kernel: k }, { id }) => drop(k, id)),
    }),
  }),
}
