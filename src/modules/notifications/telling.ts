import { sql } from 'kysely'
import * as z from 'zod'
import type { Work } from '../../platform/work.ts'
import { type Reason, usual, type Way } from './contract.ts'

/** What a subscriber is told of an event. */
export const Heard = z.object({
  type: z.string(),
  subject: z.object({ kind: z.string(), id: z.number() }),
  data: z.record(z.string(), z.unknown()).default({}),
  by: z.object({ staffId: z.number().nullable(), name: z.string() }),
})
export type Heard = z.infer<typeof Heard>

type About = {
  id: number
  assignee: number | null
  followers: number[]
  planning: number[]
  team: number[]
  supervisors: number[]
}
type Told = { staffId: number; reason: Reason; caseId: number | null; by: string; data: Record<string, unknown> }

/** What leaves within this time is on its way, not planned. */
const soonMs = 60_000

/** The cases that the events are about, with whom they concern: also whose reply waits there for a later moment. */
const aboutOf = async (work: Work, heard: readonly Heard[]): Promise<Map<number, About>> => {
  const ids = [...new Set(heard.filter(one => one.subject.kind === 'case').map(one => one.subject.id))]
  if (ids.length === 0) return new Map()
  const { rows } = await sql<About>`select c.id, c.assignee_id as assignee,
      array(select f.staff_id from followers f where f.case_id = c.id) as followers,
      array(select m.staff_id from messages m where m.case_id = c.id and m.delivery = 'waiting' and m.staff_id is not null
        and m.send_at > ${new Date(work.now.getTime() + soonMs)}) as planning,
      array(select t.staff_id from team_members t where t.team_id = c.team_id) as team,
      array(select t.staff_id from team_members t join staff s on s.id = t.staff_id join roles r on r.id = s.role_id
        where t.team_id = c.team_id and r.key = 'supervisor') as supervisors from cases c where c.id = any(${ids}::bigint[])`.execute(
    work.tx,
  )
  return new Map(rows.map(row => [row.id, row]))
}

const numbers = (value: unknown): number[] =>
  Array.isArray(value) ? value.filter(one => typeof one === 'number') : typeof value === 'number' ? [value] : []

/** Whom an event concerns, and why. Somebody who has several reasons is told the first. */
const concerned = (heard: Heard, about: About | undefined): { staffId: number; reason: Reason }[] => {
  const { type, data, subject } = heard
  const with_ = (ids: readonly (number | null)[], reason: Reason) =>
    ids.flatMap(staffId => (staffId === null ? [] : [{ staffId, reason }]))
  if (type === 'bulk.done') return with_([subject.id], 'bulk_done')
  if (type === 'rule.stopped') return with_(numbers(data.ownerId), 'rule_stopped')
  if (type === 'offer.approval_asked') return with_(numbers(data.approverId), 'to_approve')
  if (type === 'offer.approved' || type === 'offer.declined') return with_(numbers(data.requesterId), 'wish_decided')
  if (type === 'code.campaign_started') return with_(numbers(data.staffIds), 'to_read')
  if (subject.kind !== 'case') return reminded(heard)
  if (!about) return []
  const near = [about.assignee, ...about.followers]
  if (type === 'case.changed' || type === 'case.opened') return with_(numbers(data.assigneeId), 'assigned')
  // Somebody outside who was asked is no customer.
  if (type === 'case.received' && data.aside === true) return with_(near, 'referral_answered')
  if (type === 'case.referral_answered') return with_(numbers(data.makerId), 'referral_answered')
  if (type === 'case.received') return [...with_(about.planning, 'reply_planned'), ...with_(near, 'customer_wrote')]
  if (type === 'case.noted') return [...with_(numbers(data.mentionIds), 'mentioned'), ...with_(near, 'colleague_noted')]
  if (type === 'case.check_answered') return data.met === 'yes' ? [] : with_(near, 'need_not_met')
  if (type === 'case.woken') return data.because === 'asked' ? [] : with_(near, 'woken')
  if (type === 'case.delivery_failed' || type === 'case.bounced') return with_(near, 'delivery_failed')
  if (type === 'promise.warned') return with_(warned(data, about), 'promise_soon')
  if (type === 'promise.escalated') return with_(warned(data, about), 'promise_missed')
  return []
}

/** What somebody of ours promised us: to read a code, to look through what they answer for. */
const reminded = ({ type, data }: Heard): { staffId: number; reason: Reason }[] =>
  type === 'promise.warned' || type === 'promise.escalated'
    ? numbers(data.byStaffId).map(staffId => ({
        staffId,
        reason: data.kind === 'acknowledge' ? 'to_read' : 'to_review',
      }))
    : []

/** What has a name of its own and no case. */
const named: ReadonlySet<Reason> = new Set(['to_read', 'to_review', 'to_approve', 'wish_decided'])

/** Where it is read: the screen leads there. */
const addressed = ({ subject, data }: Heard) => ({
  title: data.title ?? data.name,
  ...(subject.kind === 'code' ? { codeId: subject.id } : {}),
  ...(subject.kind === 'article' ? { articleId: subject.id } : {}),
})

/** Whom a promise that is about to break names. Where nobody handles the case, its team is told. */
const warned = (data: Record<string, unknown>, about: About): number[] => {
  const handler = typeof data.byStaffId === 'number' ? data.byStaffId : about.assignee
  const whom = Array.isArray(data.whom) ? data.whom : []
  return [
    ...(whom.includes('handler') ? (handler === null ? about.team : [handler]) : []),
    ...(whom.includes('team') ? about.team : []),
    ...(whom.includes('supervisor') ? about.supervisors : []),
  ]
}

const firstOf = <T>(all: readonly T[], key: (one: T) => string): T[] =>
  [...new Map(all.toReversed().map(one => [key(one), one])).values()].toReversed()

/** How each is told of what, by their own choice. */
const waysOf = async (work: Work, staffIds: readonly number[]): Promise<(staffId: number, reason: Reason) => Way> => {
  const { rows } = await sql<{ staff_id: number; reasons: Partial<Record<Reason, Way>> }>`
    select staff_id, reasons from notification_settings where staff_id = any(${[...staffIds]}::bigint[])`.execute(
    work.tx,
  )
  const chosen = new Map(rows.map(row => [row.staff_id, row.reasons]))
  return (staffId, reason) => chosen.get(staffId)?.[reason] ?? usual[reason]
}

/** A mail waits this long: whoever reads the inbox meanwhile gets none. */
const mailAfterMs = 120_000

/** Tells those whom events concern, never somebody of their own doing, and each once for events that come together. */
export const tell = async (work: Work, heard: readonly Heard[]): Promise<void> => {
  const about = await aboutOf(work, heard)
  const all = heard.flatMap(one =>
    firstOf(concerned(one, about.get(one.subject.id)), ({ staffId }) => String(staffId))
      .filter(({ staffId, reason }) => reason === 'bulk_done' || staffId !== one.by.staffId)
      .map(({ staffId, reason }): Told => {
        const caseId = one.subject.kind === 'case' ? one.subject.id : null
        const data =
          reason === 'bulk_done'
            ? { bulkId: one.data.bulkId }
            : reason === 'rule_stopped'
              ? { name: one.data.name, why: one.data.reason, ruleId: one.subject.id }
              : reason === 'promise_soon' || reason === 'promise_missed'
                ? { kind: one.data.kind, title: one.data.title, dueAt: one.data.dueAt }
                : named.has(reason)
                  ? addressed(one)
                  : {}
        return { staffId, reason, caseId, by: one.by.name, data }
      }),
  )
  const told = firstOf(all, one => `${one.staffId} ${one.caseId} ${one.reason} ${JSON.stringify(one.data)}`)
  if (told.length === 0) return
  const way = await waysOf(
    work,
    told.map(one => one.staffId),
  )
  const wanted = told.filter(one => way(one.staffId, one.reason) !== 'off')
  if (wanted.length === 0) return
  await sql`insert into notifications (staff_id, at, reason, case_id, by_name, data)
    select t."staffId", ${work.now}, t.reason, t."caseId", t.by, t.data
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as t("staffId" bigint, reason text, "caseId" bigint, by text, data jsonb)
    join staff s on s.id = t."staffId" and s.ended_at is null`.execute(work.tx)
  for (const staffId of new Set(wanted.map(one => one.staffId)))
    work.record({ type: 'staff.notified', subject: { kind: 'staff', id: staffId } })
  for (const staffId of new Set(wanted.filter(one => way(one.staffId, one.reason) === 'mail').map(one => one.staffId)))
    work.enqueue({
      name: 'notifications:mail',
      payload: { staffId },
      key: `notify:${staffId}`,
      at: new Date(work.now.getTime() + mailAfterMs),
    })
}
