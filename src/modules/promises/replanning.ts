import { sql } from 'kysely'
import type { Kernel } from '../../platform/kernel.ts'
import { system } from '../../platform/permissions/actor.ts'
import type { Work } from '../../platform/work.ts'
import { hoursAsOf } from './hours.ts'
import { movePromises } from './moving.ts'

/** How many promises are planned anew in one transaction. */
const atOnce = 500

type Changed = { calendarId: number }

/** Promises of older hours, in the order of their numbers; those that name a moment keep it. */
const ofOlderHours = async (work: Work, calendarId: number, after: number) => {
  const { rows } = await sql<{
    id: number
    current: number
  }>`select p.id, k.version as current from promises p join calendars k on k.id = p.calendar_id
    where p.calendar_id = ${calendarId} and p.closed_at is null and p.clock = 'working' and p.calendar_version < k.version and p.id > ${after}
    order by p.id limit ${atOnce}`.execute(work.tx)
  return rows
}

const planSome = async (work: Work, { calendarId }: Changed, after: number) => {
  const rows = await ofOlderHours(work, calendarId, after)
  const [first] = rows
  if (!first) return null
  const hours = await hoursAsOf({ db: work.tx }, calendarId, first.current)
  const why = 'Working hours changed'
  const moved = await movePromises(work, new Map(rows.map(({ id }) => [id, { hours, why }])))
  return { last: rows.at(-1)?.id as number, looked: rows.length, moved }
}

/**
 * Plans open promises anew after working hours changed, some at a time, and says which ones moved.
 * Run twice it finds nothing to do: each promise says by which version of the hours it was made.
 */
export const replan = async (kernel: Kernel, changed: Changed): Promise<void> => {
  let [after, looked, moved] = [0, 0, 0]
  for (;;) {
    const some = await kernel.work(system, async work => {
      const done = await planSome(work, changed, after)
      for (const { promise, before, after: due } of done?.moved ?? [])
        work.record({
          type: 'promise.moved',
          subject: { kind: promise.subject_kind, id: promise.subject_id },
          data: { promiseId: promise.id, kind: promise.kind, title: promise.title, calendarId: changed.calendarId },
          before: { dueAt: before?.toISOString() ?? null },
          after: { dueAt: due?.toISOString() ?? null },
        })
      return done
    })
    if (!some) break
    after = some.last
    looked += some.looked
    moved += some.moved.length
  }
  if (looked > 0)
    await kernel.work(system, async work =>
      work.record({
        type: 'calendar.replanned',
        subject: { kind: 'calendar', id: changed.calendarId },
        data: { looked, moved },
      }),
    )
}
