import type { Look } from '../platform/database/looking.ts'
import { migrations } from '../platform/database/migrate.ts'

/** What one look found: fine, worth knowing, or in need of somebody. `next` says what to do. */
export type Finding = { level: 'ok' | 'note' | 'wrong'; what: string; next?: string }

export const ok = (what: string): Finding => ({ level: 'ok', what })
export const note = (what: string, next: string): Finding => ({ level: 'note', what, next })
export const wrong = (what: string, next: string): Finding => ({ level: 'wrong', what, next })

export type Query = Look['query']

const mostSkewSeconds = 5

/** Version, migrations, clock and the partitions that the next events need. */
export const checkDatabase = async (query: Query, at: () => Date): Promise<Finding[]> => {
  const [server] = await query<{ version: string; number: number; now: Date }>(
    `select current_setting('server_version') as version, current_setting('server_version_num')::int as number, clock_timestamp() as now`,
  )
  const version =
    (server?.number ?? 0) < 180_000
      ? wrong(`PostgreSQL ${server?.version} is too old.`, 'Use PostgreSQL 18 or newer.')
      : ok(`PostgreSQL ${server?.version} answers.`)
  const skew = Math.abs(at().getTime() - (server?.now.getTime() ?? 0)) / 1000
  const clock =
    skew > mostSkewSeconds
      ? wrong(
          `The clocks of this machine and of the database differ by ${Math.round(skew)} s.`,
          'Let both take the time from NTP.',
        )
      : ok('The clocks of this machine and of the database agree.')
  const migrated = await checkMigrations(query)
  return [version, clock, ...(await checkTime(query, at())), ...migrated]
}

/** With a database on the same machine both clocks can be wrong together: what was recorded tells when time went back. */
const checkTime = async (query: Query, at: Date): Promise<Finding[]> => {
  const [there] = await query<{ yes: boolean }>(`select to_regclass('events') is not null as yes`)
  if (!there?.yes) return []
  const [newest] = await query<{ at: Date }>('select at from events order by id desc limit 1')
  const ahead = newest ? (newest.at.getTime() - at.getTime()) / 1000 : 0
  if (ahead <= mostSkewSeconds) return []
  return [
    wrong(
      `The clock went back: it says ${at.toISOString()}, and something happened at ${newest?.at.toISOString()} already.`,
      'Let this machine take the time from NTP. What is due later waits until the clock is right.',
    ),
  ]
}

const checkMigrations = async (query: Query): Promise<Finding[]> => {
  const [there] = await query<{ yes: boolean }>(`select to_regclass('migrations') is not null as yes`)
  if (!there?.yes) return [note('The database is empty.', 'Start Rapport: it sets everything up.')]
  const applied = new Set((await query<{ name: string }>('select name from migrations')).map(row => row.name))
  const known = migrations().map(migration => migration.name)
  const foreign = [...applied].filter(name => !known.includes(name))
  const pending = known.filter(name => !applied.has(name))
  if (foreign.length > 0)
    return [
      wrong(
        `The database is newer than this program ("${foreign[0]}").`,
        'Start the newer program, or restore a backup.',
      ),
    ]
  if (pending.length > 0)
    return [note(`${pending.length} migrations are to be made.`, 'The next start makes them, after a backup.')]
  const [partition] = await query<{ yes: boolean }>(
    `select exists (select 1 from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = 'events'::regclass and c.relname = 'events_' || to_char(now() + interval '1 month', 'YYYY_MM')) as yes`,
  )
  return [
    ok(`All ${known.length} migrations are made.`),
    ...(partition?.yes === false
      ? [
          note(
            'There is no partition for next month’s events yet.',
            'It is made at each start; start again before then.',
          ),
        ]
      : []),
  ]
}

export const count = async (query: Query, text: string): Promise<{ n: number; oldest: Date | null }> =>
  (await query<{ n: number; oldest: Date | null }>(text))[0] ?? { n: 0, oldest: null }

export const minutesSince = (moment: Date | null, at: Date): number =>
  moment ? Math.round((at.getTime() - moment.getTime()) / 60_000) : 0

/** Jobs and errands: how many wait, since when, and which fail again and again or were given up. */
export const checkJobs = async (query: Query, at: Date): Promise<Finding[]> => {
  const due = await count(
    query,
    `select count(*)::int as n, min(since) as oldest from (
      select run_at as since from graphile_worker.jobs where run_at <= now() and attempts = 0
      union all select due_at from errands where due_at <= now()) waiting`,
  )
  const failing = await query<{ name: string; n: number; over: boolean; error: string | null }>(
    `select task_identifier as name, attempts >= max_attempts as over, count(*)::int as n, left(max(last_error), 120) as error
      from graphile_worker.jobs where attempts > 2 group by 1, 2 order by 2 desc, 3 desc limit 5`,
  )
  const waited = minutesSince(due.oldest, at)
  const backlog =
    waited > 5
      ? wrong(`${due.n} jobs wait, the oldest for ${waited} minutes.`, 'Is a process with --roles=jobs running?')
      : ok(`${due.n} jobs wait.`)
  const failures = failing.map(job =>
    job.over
      ? wrong(
          `${job.n} jobs "${job.name}" were given up: ${job.error ?? ''}`,
          'Mend the cause, then try them again under Organisation > Background jobs.',
        )
      : note(`${job.n} jobs "${job.name}" keep failing: ${job.error ?? ''}`, 'See Organisation > Background jobs.'),
  )
  return [backlog, ...failures]
}
