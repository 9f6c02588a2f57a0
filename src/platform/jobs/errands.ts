import { sql } from 'kysely'
import { isUnreachable } from '../database/pool.ts'
import type { Kernel } from '../kernel.ts'
import type { Log } from '../log.ts'
import { system } from '../permissions/actor.ts'
import type { Work } from '../work.ts'
import type { JobKind } from './worker.ts'

type Errand = { id: number; name: string; payload: unknown }

/** How many are done in one transaction, how long errands gather for it, and how often those of later are looked for. */
const mostAtOnce = 32
const gatherMs = 50
const lookMs = 1000

const due = (work: Work, names: readonly string[]): Promise<Errand[]> =>
  sql<Errand>`delete from errands where id in (select id from errands where due_at <= ${work.now} and name = any(${names}::text[])
    order by due_at, id limit ${mostAtOnce} for update skip locked) returning id, name, payload`
    .execute(work.tx)
    .then(({ rows }) => rows.toSorted((a, b) => a.id - b.id))

const carryOut = async (work: Work, kinds: readonly JobKind[], errands: readonly Errand[]): Promise<void> => {
  for (const kind of kinds) {
    const own = errands.filter(errand => errand.name === kind.name).map(errand => kind.payload.parse(errand.payload))
    if (own.length > 0) await kind.runAll?.(work, own)
  }
}

/** Does one by itself; what fails becomes a job, which is tried again and shown where jobs are. */
const single = async (kernel: Kernel, kinds: readonly JobKind[], errand: Errand, log: Log): Promise<void> => {
  const take = (work: Work) => work.tx.deleteFrom('errands').where('id', '=', errand.id).executeTakeFirst()
  try {
    await kernel.work(system, async work => {
      const { numDeletedRows } = await take(work)
      if (numDeletedRows > 0n) await carryOut(work, kinds, [errand])
    })
  } catch (error) {
    if (isUnreachable(error)) throw error
    log.warn({ err: error, job: errand.name }, 'errand failed, is now a job')
    await kernel.work(system, async work => {
      const { numDeletedRows } = await take(work)
      if (numDeletedRows > 0n) work.enqueue({ name: errand.name, payload: errand.payload as Record<string, unknown> })
    })
  }
}

/** Does what is due in one transaction, or, where that fails, one after the other. @returns how many there were */
const together = async (kernel: Kernel, kinds: readonly JobKind[], log: Log): Promise<number> => {
  const names = kinds.map(kind => kind.name)
  let errands: Errand[] = []
  try {
    await kernel.work(system, async work => {
      errands = await due(work, names)
      await carryOut(work, kinds, errands)
    })
  } catch (error) {
    if (isUnreachable(error)) throw error
    for (const errand of errands) await single(kernel, kinds, errand, log)
  }
  return errands.length
}

const anyDue = async (kernel: Kernel): Promise<boolean> =>
  kernel.read(system, async ({ db, now }) => {
    const { rows } = await sql<{
      due: boolean
    }>`select exists (select 1 from errands where due_at <= ${now}) as due`.execute(db)
    return rows[0]?.due ?? false
  })

export type Errands = { stop(): Promise<void> }

/**
 * Takes up errands: soon after this process left one, and once a second for those of other processes and of later.
 * They are rows that are locked while they are done and gone when it is committed, so that a process that is killed
 * keeps none back.
 */
export const startErrands = (kernel: Kernel, all: readonly JobKind[], log: Log): Errands => {
  const kinds = all.filter(kind => kind.runAll)
  let stopped = false
  let running: Promise<void> | null = null
  let timer: NodeJS.Timeout | null = null
  const drain = async (): Promise<void> => {
    try {
      while (!stopped && (await together(kernel, kinds, log)) === mostAtOnce);
    } catch (error) {
      log.warn({ err: error }, 'errands pause')
    } finally {
      running = null
    }
  }
  const soon = (): void => {
    if (stopped) return
    timer ??= setTimeout(() => {
      timer = null
      if (running) soon()
      else running = drain()
    }, gatherMs)
  }
  const look = setInterval(() => {
    if (!running && !timer)
      anyDue(kernel).then(
        is => is && soon(),
        () => {},
      )
  }, lookMs)
  kernel.onErrands(soon)
  return {
    stop: async () => {
      stopped = true
      clearInterval(look)
      if (timer) clearTimeout(timer)
      await running
    },
  }
}
