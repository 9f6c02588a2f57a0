import { sql } from 'kysely'
import { refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import type { PromiseReason } from './contract.ts'
import { type Kept, lockOpen } from './loading.ts'

type Ended = {
  id: number
  at: Date
  outcome: 'kept' | 'late' | 'broken' | 'withdrawn'
  lateMs: number | null
  reason: string | null
  note: string | null
}

const store = (work: Work, ended: readonly Ended[]) =>
  sql`with input as (select * from jsonb_to_recordset(${JSON.stringify(ended)}::jsonb)
        as x(id bigint, at timestamptz, outcome text, "lateMs" bigint, reason text, note text)),
    facts as (insert into promise_facts (promise_id, seq, at, fact, actor_id, actor_name, due_at, why)
      select i.id, (select max(f.seq) + 1 from promise_facts f where f.promise_id = i.id), i.at,
        case when i.outcome in ('kept', 'late') then 'fulfil' else 'withdraw' end, ${work.actor.id}::bigint, ${work.actor.name}, p.due_at, coalesce(i.reason, '')
      from input i join promises p on p.id = i.id)
    update promises p set outcome = i.outcome, kept_at = case when i.outcome in ('kept', 'late') then i.at end, closed_at = i.at, late_ms = i."lateMs",
      reason = coalesce(i.reason, p.reason), note = coalesce(i.note, p.note), breached_at = case when i.outcome in ('late', 'broken') then coalesce(p.breached_at, p.due_at) else p.breached_at end,
      next_at = null, paused_at = null, due_at = coalesce(p.due_at, i.at), version = p.version + 1
    from input i where p.id = i.id`.execute(work.tx)

const tell = (work: Work, promise: Kept, { outcome, lateMs, reason }: Ended): void => {
  // In time by rule is as it should be and fills no timeline.
  if (promise.policy_id && (outcome === 'kept' || outcome === 'withdrawn')) return
  const type = outcome === 'late' ? 'promise.kept_late' : `promise.${outcome}`
  work.record({
    type,
    subject: { kind: promise.subject_kind, id: promise.subject_id },
    data: {
      promiseId: promise.id,
      kind: promise.kind,
      title: promise.title,
      ...(lateMs ? { lateMinutes: Math.ceil(lateMs / 60_000) } : {}),
      ...(reason ? { reason } : {}),
    },
  })
}

export type Keeping = { id: number; at?: Date; reason?: PromiseReason | undefined; note?: string | undefined }

/**
 * Notes promises as kept: in time, or late and by how much. Those that are closed already are left as they are.
 * @param keeping when each was kept; now, where nothing is said
 * @returns how each ended
 */
export const keepPromises = async (work: Work, keeping: readonly Keeping[]): Promise<Ended[]> => {
  const byId = new Map(keeping.map(one => [one.id, one]))
  const open = await lockOpen(work, [...byId.keys()])
  const ended = open.map((promise): Ended => {
    const { at = work.now, reason = null, note = null } = byId.get(promise.id) as Keeping
    const late = promise.due_at ? at.getTime() - promise.due_at.getTime() : 0
    return { id: promise.id, at, outcome: late > 0 ? 'late' : 'kept', lateMs: late > 0 ? late : null, reason, note }
  })
  if (ended.length > 0) await store(work, ended)
  for (const [i, promise] of open.entries()) tell(work, promise, ended[i] as Ended)
  return ended
}

/** Notes one promise as kept. One that is late says why: without a reason nobody learns from it. */
export const keepPromise = async (
  work: Work,
  id: number,
  input: { at?: Date; reason?: PromiseReason | undefined; note?: string | undefined; late?: 'reason' } = {},
): Promise<void> => {
  const [promise] = await lockOpen(work, [id])
  const late = promise?.due_at && (input.at ?? work.now) > promise.due_at
  if (late && input.late === 'reason' && !input.reason)
    refuseField('reason', 'This is later than was promised. Say why, so that it can be learnt from.')
  await keepPromises(work, [{ id, ...input }])
}

/** Takes promises back. One whose time had passed was broken, whatever became of it afterwards. */
export const withdrawPromises = async (
  work: Work,
  withdrawing: readonly { id: number; reason: PromiseReason; note?: string | undefined; at?: Date }[],
): Promise<void> => {
  const byId = new Map(withdrawing.map(one => [one.id, one]))
  const open = await lockOpen(work, [...byId.keys()])
  const ended = open.map((promise): Ended => {
    const { reason, note = null, at = work.now } = byId.get(promise.id) as (typeof withdrawing)[number]
    const missed = promise.breached_at !== null || (promise.due_at !== null && promise.due_at < at)
    return { id: promise.id, at, outcome: missed ? 'broken' : 'withdrawn', lateMs: null, reason, note }
  })
  if (ended.length > 0) await store(work, ended)
  for (const [i, promise] of open.entries()) tell(work, promise, ended[i] as Ended)
}

export const withdrawPromise = (
  work: Work,
  id: number,
  why: { reason: PromiseReason; note?: string | undefined },
): Promise<void> => withdrawPromises(work, [{ id, ...why }])
