import { now, ticks } from './clock.ts'
import { type Database, openDatabase } from './database/pool.ts'
import { jobsFor, type Subscription } from './events/registry.ts'
import { type Actor, staffIdOf } from './permissions/actor.ts'
import { type Happening, type Job, type Reading, type Recorded, type Work, writeLedger } from './work.ts'

/** The running program as modules see it: a place to do work and to read, and nothing to hold on to. */
export type Kernel = {
  /**
   * Runs a verb in one transaction; events and jobs it recorded are written with it. A deadlock runs it up to twice more, so a
   * verb does nothing outside its transaction that must not be done twice.
   * @param cause what led to it, e.g. a request id
   * @param at when it happened, where that is not now: for history that is brought in; no subscriber is told
   */
  work<T>(actor: Actor, verb: (work: Work) => Promise<T>, cause?: string, at?: Date): Promise<T>
  /** Runs a read on a READ ONLY connection. */
  read<T>(actor: Actor, query: (reading: Reading) => Promise<T>): Promise<T>
  database: Database
  /** Told after each commit which events it wrote. */
  onCommitted(listener: (events: readonly Recorded[]) => void): void
  /** Told after each commit that left errands. */
  onErrands(listener: () => void): void
  close(): Promise<void>
}

export type KernelOptions = {
  url: string
  subscriptions?: readonly Subscription[]
  clock?: () => Date
  onError?: (error: Error) => void
}

const gatherMs = 25
/** Jobs for a moment this near are woken at it; later ones are found when the workers next look by themselves. */
const nearMs = 60_000

/**
 * Wakes the job workers of all processes after a commit: at once, and under load every 25 ms. Done inside the
 * transaction, as the job library would, NOTIFY makes commits wait for each other until each is on disk. A wake-up that
 * is lost costs two seconds: so often the workers look by themselves.
 */
const waker = (database: Database) => {
  let timer: NodeJS.Timeout | null = null
  let count = 0
  let last = Number.NEGATIVE_INFINITY
  const wake = () => {
    timer = null
    last = ticks()
    database.owner.query(`select pg_notify('jobs:insert', $1)`, [JSON.stringify({ count })]).catch(() => {})
    count = 0
  }
  const later = new Set<NodeJS.Timeout>()
  const add = (jobs: number) => {
    count += jobs
    if (jobs > 0) timer ??= setTimeout(wake, Math.max(0, last + gatherMs - ticks()))
  }
  const addIn = (ms: number) => {
    const one = setTimeout(() => {
      later.delete(one)
      add(1)
    }, ms)
    later.add(one)
  }
  return {
    /** @param jobs that were enqueued, @param at what time that was */
    wakeFor: (jobs: readonly Job[], at: Date) => {
      const waits = jobs.map(job => (job.at ? job.at.getTime() - at.getTime() : 0))
      add(waits.filter(ms => ms <= 0).length)
      for (const ms of waits) if (ms > 0 && ms <= nearMs) addIn(ms)
    },
    stop: () => {
      if (timer) clearTimeout(timer)
      for (const one of later) clearTimeout(one)
    },
  }
}

const mostTries = 3

/** Two that locked the same rows in a different order: PostgreSQL ends one of them, and it may simply come again. */
const isCrossed = (problem: unknown) => ['40P01', '40001'].includes((problem as { code?: string } | null)?.code ?? '')

const again = async <T>(run: () => Promise<T>, tries = mostTries): Promise<T> => {
  try {
    return await run()
  } catch (problem) {
    if (tries <= 1 || !isCrossed(problem)) throw problem
    return again(run, tries - 1)
  }
}

const byOf = (actor: Actor) => ({ staffId: staffIdOf(actor), name: actor.name })

/** Opens the database and returns the one object through which everything is done. */
export const startKernel = ({ url, subscriptions = [], clock = now, onError }: KernelOptions): Kernel => {
  let closing = false
  // A pool says that it has ended before the last farewell has left: a server that stops then is no trouble.
  const database = openDatabase(url, error => void (closing || onError?.(error)))
  const workers = waker(database)
  const listeners: ((events: readonly Recorded[]) => void)[] = []
  const errandListeners: (() => void)[] = []
  return {
    database,
    work: async (actor, verb, cause, at) => {
      let recorded: Recorded[] = []
      let all: Job[] = []
      let nudges: Recorded[] = []
      const result = await again(() =>
        database.write.transaction().execute(async tx => {
          const happenings: Happening[] = []
          const jobs: Job[] = []
          nudges = []
          const work: Work = {
            tx,
            actor,
            now: at ?? clock(),
            record: happening => void happenings.push(happening),
            enqueue: job => void jobs.push(job),
            nudge: (type, { kind, id }) => void nudges.push({ id: null, type, subjectKind: kind, subjectId: id }),
          }
          const value = await verb(work)
          // History that is brought in has no consequences: nobody is written to about it.
          all = [...jobs, ...jobsFor(at ? [] : subscriptions, happenings, byOf(actor), cause)]
          recorded = await writeLedger(work, happenings, all, cause ?? null)
          return value
        }),
      )
      workers.wakeFor(
        all.filter(job => !job.together),
        clock(),
      )
      if (all.some(job => job.together)) for (const listener of errandListeners) listener()
      const told = [...recorded, ...nudges]
      if (told.length > 0) for (const listener of listeners) listener(told)
      return result
    },
    read: (actor, query) => query({ db: database.read, actor, now: clock() }),
    onCommitted: listener => void listeners.push(listener),
    onErrands: listener => void errandListeners.push(listener),
    close: () => {
      closing = true
      workers.stop()
      return database.close()
    },
  }
}
