import { sql } from 'kysely'
import { check } from '../../platform/conditions/index.ts'
import { assertFresh, Refusal, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { done } from '../../shared/contract.ts'
import { askIfMet } from './closing.ts'
import { allFields } from './fields.ts'
import { isOpen, type Kase, lockCase } from './loading.ts'
import { caseById } from './reading.ts'
import { never, urgentFrom } from './urgency.ts'

export type Change = {
  id: number
  version?: number | undefined
  subject?: string | undefined
  kind?: string | undefined
  status?: string | undefined
  stage?: string | null | undefined
  topicId?: number | null | undefined
  severity?: number | undefined
  teamId?: number | null | undefined
  assigneeId?: number | 'me' | null | undefined
  confidential?: boolean | undefined
  tags?: string[] | undefined
  custom?: Record<string, unknown> | undefined
  askIfMet?: boolean | undefined
  needMet?: string | undefined
}

type Names = {
  topic: string | null
  team: string | null
  assignee: string | null
  topicBefore: string | null
  teamBefore: string | null
  assigneeBefore: string | null
}

const namesOf = async (
  work: Work,
  kase: Kase,
  next: { topic: number | null; team: number | null; assignee: number | null },
): Promise<Names> => {
  const { rows } = await sql<Names>`select
    (select name from topics where id = ${next.topic}) as topic, (select name from topics where id = ${kase.topic_id}) as "topicBefore",
    (select name from teams where id = ${next.team} and ended_at is null) as team, (select name from teams where id = ${kase.team_id}) as "teamBefore",
    (select name from staff where id = ${next.assignee} and ended_at is null) as assignee,
    (select name from staff where id = ${kase.assignee_id}) as "assigneeBefore"`.execute(work.tx)
  const names = rows[0] as Names
  if (next.topic && !names.topic) refuseField('topicId', 'There is no such topic')
  if (next.team && next.team !== kase.team_id && !names.team) refuseField('teamId', 'There is no such team')
  if (next.assignee && next.assignee !== kase.assignee_id && !names.assignee)
    refuseField('assigneeId', 'There is no such member of staff')
  return names
}

const assertMay = (work: Work, input: Change): void => {
  const needs = (permission: string, field: string) => {
    if (work.actor.kind === 'system' || work.actor.permissions.has(permission)) return
    throw new Refusal('forbidden', `Changing this needs the permission "${permission}".`, [
      { field, message: `needs ${permission}` },
    ])
  }
  if (input.confidential !== undefined) needs('case.confidential', 'confidential')
  if (
    input.teamId !== undefined ||
    (input.assigneeId !== undefined && input.assigneeId !== 'me' && input.assigneeId !== work.actor.id)
  )
    needs('case.assign', 'assigneeId')
}

/** Every custom field is declared, and its value has the declared type. */
const assertCustom = async (work: Work, custom: Record<string, unknown> | undefined): Promise<void> => {
  if (!custom) return
  const fields = await allFields({ db: work.tx })
  for (const [key, value] of Object.entries(custom)) {
    const field = fields[`custom.${key}`]
    if (!field) refuseField(`custom.${key}`, 'There is no such field')
    else if (value !== null && field.type === 'choice') check(fields, { field: `custom.${key}`, op: 'is', value })
    else if (
      value !== null &&
      typeof value !== { number: 'number', flag: 'boolean' }[field.type as string] &&
      (field.type === 'number' || field.type === 'flag')
    )
      refuseField(`custom.${key}`, `This must be ${field.type === 'number' ? 'a number' : 'true or false'}`)
  }
}

const nextOf = (work: Work, kase: Kase, input: Change) => ({
  subject: input.subject ?? kase.subject,
  kind: input.kind ?? kase.kind,
  status: input.status ?? kase.status,
  stage: input.stage === undefined ? kase.stage : input.stage,
  topic: input.topicId === undefined ? kase.topic_id : input.topicId,
  severity: input.severity ?? kase.severity,
  team: input.teamId === undefined ? kase.team_id : input.teamId,
  assignee:
    input.assigneeId === undefined ? kase.assignee_id : input.assigneeId === 'me' ? work.actor.id : input.assigneeId,
  confidential: input.confidential ?? kase.confidential,
  tags: input.tags ? [...new Set(input.tags)] : kase.tags,
  custom: input.custom ? { ...kase.custom, ...input.custom } : kase.custom,
  needMet: input.needMet ?? kase.need_met,
})

type Next = ReturnType<typeof nextOf>

const differences = (kase: Kase, next: Next, names: Names) => {
  const before: Record<string, unknown> = {
    subject: kase.subject,
    kind: kase.kind,
    status: kase.status,
    stage: kase.stage,
    topic: names.topicBefore,
    severity: kase.severity,
    team: names.teamBefore,
    assignee: names.assigneeBefore,
    confidential: kase.confidential,
    tags: kase.tags,
    custom: kase.custom,
    needMet: kase.need_met,
  }
  const after: Record<string, unknown> = {
    ...next,
    topic: names.topic,
    team: next.team ? (names.team ?? names.teamBefore) : null,
    assignee: next.assignee ? (names.assignee ?? names.assigneeBefore) : null,
  }
  const fields = Object.keys(before).filter(field => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
  const only = (record: Record<string, unknown>) => Object.fromEntries(fields.map(field => [field, record[field]]))
  return { fields, before: only(before), after: only(after) }
}

/** Waiting ends with the case; a case that opens again by hand waits again. */
const waitingAfter = (work: Work, kase: Kase, status: string): Date | null => {
  if (!isOpen(status) || status === 'waiting_customer') return null
  if (!isOpen(kase.status)) return work.now
  return kase.waiting_since
}

const store = async (work: Work, kase: Kase, next: Next): Promise<void> => {
  const waiting = waitingAfter(work, kase, next.status)
  await work.tx
    .updateTable('cases')
    .set({
      subject: next.subject,
      kind: next.kind,
      status: next.status,
      stage: next.stage,
      topic_id: next.topic,
      severity: next.severity,
      team_id: next.team,
      assignee_id: next.assignee,
      confidential: next.confidential,
      tags: next.tags,
      custom: JSON.stringify(next.custom),
      need_met: next.needMet,
      waiting_since: waiting,
      urgent_from: waiting ? urgentFrom({ ...kase, ...next, waitingSince: waiting }) : never,
      solved_at: isOpen(next.status) ? null : (kase.solved_at ?? work.now),
      closed_at: next.status === 'closed' ? (kase.closed_at ?? work.now) : null,
      reopened: kase.reopened + (isOpen(next.status) && !isOpen(kase.status) ? 1 : 0),
      version: kase.version + 1,
    })
    .where('id', '=', kase.id)
    .execute()
}

/**
 * Changes fields of a case and records each with what it was.
 * @throws Refusal `stale` with an old version, `forbidden` beyond the role, `invalid` naming the field
 */
export const changeCase = async (work: Work, input: Change) => {
  const kase = await lockCase(work, input.id)
  assertFresh(kase.version, input.version, 'case')
  assertMay(work, input)
  await assertCustom(work, input.custom)
  const next = nextOf(work, kase, input)
  const { fields, before, after } = differences(kase, next, await namesOf(work, kase, next))
  if (fields.length > 0) {
    await store(work, kase, next)
    work.record({ type: 'case.changed', subject: { kind: 'case', id: kase.id }, before, after })
  }
  if (input.askIfMet) await askIfMet(work, kase)
  // Handing a case to another team may take it out of one's own sight: the answer still shows what was done.
  return caseById({ db: work.tx, actor: work.actor, now: work.now }, kase.id, sql<boolean>`true`)
}

/** Follows a case or stops following it. */
export const follow = async (work: Work, input: { id: number; following: boolean }) => {
  const kase = await lockCase(work, input.id)
  const row = { case_id: kase.id, staff_id: work.actor.id as number }
  if (input.following)
    await work.tx
      .insertInto('followers')
      .values(row)
      .onConflict(c => c.doNothing())
      .execute()
  else
    await work.tx
      .deleteFrom('followers')
      .where('case_id', '=', row.case_id)
      .where('staff_id', '=', row.staff_id)
      .execute()
  work.record({ type: input.following ? 'case.followed' : 'case.unfollowed', subject: { kind: 'case', id: kase.id } })
  return done
}
