import { sql } from 'kysely'
import * as z from 'zod'
import { type JobKind, job } from '../../platform/jobs/worker.ts'
import { system } from '../../platform/permissions/actor.ts'

/** How long it is kept what rules did. */
const keptDays = 90

const nothing = z.object({}).loose()

/** Housekeeping that no part of the domain owns. */
export const housekeeping: readonly JobKind[] = [
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
  job({
    name: 'automation:forget_runs',
    payload: nothing,
    cron: '37 3 * * *',
    run: async (_payload, kernel) => {
      for (;;) {
        const gone = await kernel.work(system, async work => {
          const before = new Date(work.now.getTime() - keptDays * 86_400_000)
          const { numAffectedRows } = await sql`delete from rule_runs where id in
            (select id from rule_runs where at < ${before} order by id limit 5000)`.execute(work.tx)
          await work.tx.deleteFrom('rule_trials').where('created_at', '<', before).execute()
          return Number(numAffectedRows ?? 0)
        })
        if (gone < 5000) return
      }
    },
  }),
]
