import { sql } from 'kysely'
import { CalendarError } from '../../platform/calendar/index.ts'
import { refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import type { Alert, PromiseKind } from './contract.ts'
import { alertsPassed, dueOf, inOrder, nextLook, type Timing } from './due.ts'
import { type Hours, hoursInForce } from './hours.ts'
import { setTimer } from './timer.ts'

export type Subject = { kind: string; id: number }

export type NewPromise = {
  kind: PromiseKind
  subject: Subject
  /** What was promised, in a few words. */
  title?: string
  toPersonId?: number | null
  toStaffId?: number | null
  byStaffId?: number | null
  byTeamId?: number | null
  /** Since when time counts; now, where nothing is said. */
  startedAt?: Date
  /** A moment that was named, or else an amount of time. */
  dueAt?: Date
  withinMinutes?: number
  clock?: 'working' | 'elapsed'
  /** Hours that count; those of the organisation, where nothing is said. */
  calendarId?: number | null
  alerts?: readonly Alert[]
  note?: string
  /** Something else in the same breath says so already, such as an appointment that is booked. */
  told?: true
  /** The rule that made it, for promises that nobody made by hand. */
  policy?: { id: number; version: number }
}

/** Whoever handles it is told half an hour before, they and their supervisors when it is missed. */
const usualAlerts: readonly Alert[] = [
  { minutes: -30, whom: ['handler'] },
  { minutes: 0, whom: ['handler', 'supervisor'] },
]

const timingOf = (input: NewPromise, now: Date): Timing => {
  const startedAt = input.startedAt ?? now
  if (input.dueAt) {
    if (input.dueAt <= now) refuseField('dueAt', 'That moment is over. A promise is about a time to come.')
    return { clock: 'fixed', startedAt, dueAt: input.dueAt }
  }
  const minutes = input.withinMinutes ?? refuseField('dueAt', 'Say by when: a moment, or within how much time')
  return { clock: input.clock ?? 'working', startedAt, targetMs: minutes * 60_000 }
}

/** @throws Refusal naming the field when the hours have no answer */
export const answered = <T>(ask: () => T): T => {
  try {
    return ask()
  } catch (error) {
    if (!(error instanceof CalendarError)) throw error
    return refuseField(
      error.code === 'no working hours' ? 'calendarId' : 'withinMinutes',
      error.code === 'no working hours'
        ? 'These working hours never open, so nothing can fall due in them'
        : 'That is more than ten years of these working hours',
    )
  }
}

const rowOf = (input: NewPromise, hours: Hours, work: Work) => {
  const timing = timingOf(input, work.now)
  const alerts = inOrder(input.alerts ?? usualAlerts)
  return answered(() => {
    const due = dueOf(timing, hours.calendar)
    const done = alertsPassed(alerts, due, work.now, timing, hours.calendar)
    return {
      kind: input.kind,
      subject_kind: input.subject.kind,
      subject_id: input.subject.id,
      title: input.title ?? '',
      to_person_id: input.toPersonId ?? null,
      to_staff_id: input.toStaffId ?? null,
      by_staff_id: input.byStaffId ?? null,
      by_team_id: input.byTeamId ?? null,
      policy_id: input.policy?.id ?? null,
      policy_version: input.policy?.version ?? null,
      clock: timing.clock,
      calendar_id: hours.id,
      calendar_version: hours.version,
      target_ms: timing.clock === 'fixed' ? null : timing.targetMs,
      started_at: timing.startedAt,
      due_at: due,
      alerts,
      alerts_done: done,
      next_at: nextLook(alerts, done, false, due, timing, hours.calendar),
      note: input.note ?? '',
    }
  })
}

/** All rows and their first facts in one statement: a burst of mail plans hundreds at once. */
const insert = async (work: Work, rows: readonly ReturnType<typeof rowOf>[]) => {
  const { rows: made } = await sql<{ id: number; next: Date | null }>`
    with input as (select nextval('promises_id_seq') as id, x.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(kind text,
        subject_kind text, subject_id bigint, title text, to_person_id bigint, to_staff_id bigint, by_staff_id bigint, by_team_id bigint,
        policy_id bigint, policy_version int, clock text, calendar_id bigint, calendar_version int, target_ms bigint, started_at timestamptz,
        due_at timestamptz, alerts jsonb, alerts_done int, next_at timestamptz, note text)),
    made as (insert into promises (id, kind, subject_kind, subject_id, instance, title, to_person_id, to_staff_id, by_staff_id, by_team_id,
        made_at, made_by, policy_id, policy_version, clock, calendar_id, calendar_version, target_ms, started_at, due_at, alerts, alerts_done, next_at, note)
      overriding system value select i.id, i.kind, i.subject_kind, i.subject_id, coalesce((select max(p.instance) from promises p
          where p.subject_kind = i.subject_kind and p.subject_id = i.subject_id and p.kind = i.kind), 0)
          + row_number() over (partition by i.subject_kind, i.subject_id, i.kind order by i.id),
        i.title, i.to_person_id, i.to_staff_id, i.by_staff_id, i.by_team_id, ${work.now}::timestamptz, ${work.actor.id}::bigint, i.policy_id,
        i.policy_version, i.clock, i.calendar_id, i.calendar_version, i.target_ms, i.started_at, i.due_at, i.alerts, i.alerts_done, i.next_at, i.note
      from input i),
    facts as (insert into promise_facts (promise_id, seq, at, fact, actor_id, actor_name, due_at)
      select id, 1, started_at, 'activate', ${work.actor.id}::bigint, ${work.actor.name}, due_at from input)
    select id, next_at as next from input order by id`.execute(work.tx)
  return made
}

/**
 * Makes promises: each with its due time by the working hours in force, and one timer.
 * @returns their ids, in the order given
 * @throws Refusal naming `dueAt`, `withinMinutes` or `calendarId`
 */
export const makePromises = async (work: Work, promises: readonly NewPromise[]): Promise<number[]> => {
  if (promises.length === 0) return []
  const hours = await hoursInForce({ db: work.tx }, [...new Set(promises.map(one => one.calendarId ?? null))])
  const rows = promises.map(one =>
    rowOf(one, hours.get(one.calendarId ?? null) ?? refuseField('calendarId', 'There are no such working hours'), work),
  )
  const made = await insert(work, rows)
  made.forEach(({ id, next }, i) => {
    setTimer(work, id, next)
    const { subject, policy, kind, title, told } = promises[i] as NewPromise
    const dueAt = rows[i]?.due_at.toISOString()
    // What a rule promises shows on the case; a line for each would drown what people did.
    if (!policy && !told)
      work.record({ type: 'promise.made', subject, data: { promiseId: id, kind, title: title ?? '', dueAt } })
  })
  return made.map(({ id }) => id)
}

export const makePromise = async (work: Work, promise: NewPromise): Promise<number> =>
  (await makePromises(work, [promise]))[0] as number
