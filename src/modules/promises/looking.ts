import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import type { Alert } from './contract.ts'
import { alertAt, nextLook, type Timing } from './due.ts'
import { type Kept, lockOpen, timingOf } from './loading.ts'
import { setTimer } from './timer.ts'

type Looked = { id: number; breached: boolean; alerts_done: number; next_at: Date | null }

const tell = (work: Work, promise: Kept, type: string, alert?: Alert): void =>
  work.record({
    type,
    subject: { kind: promise.subject_kind, id: promise.subject_id },
    data: {
      promiseId: promise.id,
      kind: promise.kind,
      title: promise.title,
      dueAt: promise.due_at?.toISOString(),
      ...(promise.by_staff_id ? { byStaffId: promise.by_staff_id } : {}),
      ...(promise.by_team_id ? { byTeamId: promise.by_team_id } : {}),
      ...(alert ? { whom: alert.whom, minutes: alert.minutes } : {}),
    },
  })

const ringing = (work: Work, promise: Kept, due: Date, timing: Timing): number => {
  const left = promise.alerts.slice(promise.alerts_done)
  const ring = left.findIndex(alert => alertAt(alert, due, timing, promise.calendar) > work.now)
  return promise.alerts_done + (ring < 0 ? left.length : ring)
}

/** What is due of one promise: those who are to be told, and that it was missed, once. */
const look = (work: Work, promise: Kept): Looked => {
  const due = promise.due_at as Date
  const timing = timingOf(promise)
  const missed = due <= work.now
  if (missed && !promise.breached_at) tell(work, promise, 'promise.missed')
  const done = ringing(work, promise, due, timing)
  // Who is told too late that something is soon due is told that it was missed, and that alone.
  const rung = promise.alerts.slice(promise.alerts_done, done).filter(alert => alert.minutes >= 0 || !missed)
  for (const alert of rung) tell(work, promise, alert.minutes < 0 ? 'promise.warned' : 'promise.escalated', alert)
  const next_at = nextLook(promise.alerts, done, missed, due, timing, promise.calendar)
  return { id: promise.id, breached: missed && !promise.breached_at, alerts_done: done, next_at }
}

/** Looks at promises whose timer rang. One that was moved or kept meanwhile is left alone: its timer was not this one. */
export const lookAt = async (work: Work, ids: readonly number[]): Promise<void> => {
  const due = (await lockOpen(work, ids)).filter(
    promise => promise.due_at && promise.next_at && promise.next_at <= work.now,
  )
  if (due.length === 0) return
  const looked = due.map(promise => look(work, promise))
  await sql`with input as (select * from jsonb_to_recordset(${JSON.stringify(looked)}::jsonb) as x(id bigint, breached boolean, alerts_done int, next_at timestamptz)),
    facts as (insert into promise_facts (promise_id, seq, at, fact, actor_id, actor_name, due_at)
      select i.id, (select max(f.seq) + 1 from promise_facts f where f.promise_id = i.id), p.due_at, 'breach', null, ${work.actor.name}, p.due_at
      from input i join promises p on p.id = i.id where i.breached)
    update promises p set alerts_done = i.alerts_done, next_at = i.next_at, breached_at = case when i.breached then p.due_at else p.breached_at end
    from input i where p.id = i.id`.execute(work.tx)
  for (const { id, next_at } of looked) setTimer(work, id, next_at)
}
