import { Logger, type Runner, run, type TaskList } from 'graphile-worker'
import type * as z from 'zod'
import type { Kernel } from '../kernel.ts'
import type { Log } from '../log.ts'
import type { Work } from '../work.ts'

/** A kind of background work. Delivered at least once, so `run` does no harm when it is repeated. */
export type JobKind<P extends z.ZodType = z.ZodType> = {
  name: string
  payload: P
  run(payload: z.output<P>, kernel: Kernel): Promise<void>
  /** Does many errands of this kind in the transaction that takes them off the list, so that it happens exactly once. */
  runAll?(work: Work, payloads: readonly z.output<P>[]): Promise<void>
  /** When it runs by itself, in cron notation (UTC). */
  cron?: string
}

export const job = <P extends z.ZodType>(kind: JobKind<P>): JobKind => kind

/** What the worker says of a failed job repeats the error, which stands in a line of ours, cleaned, just before. */
const said = (message: string): string => message.replace(/ with error '[\s\S]*/, '').slice(0, 500)

const logger = (log: Log) =>
  new Logger(() => (level, message) => {
    if (level === 'error') log.error({ part: 'jobs' }, said(message))
    else if (level === 'warning') log.warn({ part: 'jobs' }, said(message))
  })

const taskOf = (kind: JobKind, kernel: Kernel, log: Log) => async (raw: unknown) => {
  const { _cron: _, ...payload } = (raw ?? {}) as Record<string, unknown>
  const parsed = kind.payload.safeParse(payload)
  if (!parsed.success) throw new Error(`${kind.name}: its payload is not what it should be: ${parsed.error.message}`)
  try {
    await kind.run(parsed.data, kernel)
  } catch (error) {
    log.warn({ err: error, job: kind.name }, 'job failed, will be tried again')
    throw error
  }
}

export type Worker = { stop(): Promise<void>; running(): boolean }

/** Starts carrying out jobs. Stopping waits for those under way and gives the rest back. */
export const startWorker = async (kernel: Kernel, kinds: readonly JobKind[], log: Log): Promise<Worker> => {
  const tasks: TaskList = Object.fromEntries(kinds.map(kind => [kind.name, taskOf(kind, kernel, log)]))
  const crontab = kinds
    .filter(kind => kind.cron)
    .map(kind => `${kind.cron} ${kind.name} ?fill=1d`)
    .join('\n')
  const runner: Runner = await run({
    pgPool: kernel.database.owner,
    taskList: tasks,
    ...(crontab ? { crontab } : {}),
    concurrency: 4,
    pollInterval: 2000,
    noHandleSignals: true,
    logger: logger(log),
  })
  let up = true
  runner.promise.catch(error => log.error({ err: error }, 'the job worker ended')).finally(() => (up = false))
  return {
    running: () => up,
    stop: async () => {
      if (up) await runner.stop().catch(() => {})
    },
  }
}
