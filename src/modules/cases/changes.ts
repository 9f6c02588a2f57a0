import { sql } from 'kysely'
import { check } from '../../platform/conditions/index.ts'
import { Refusal, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import type { BulkChange } from './contract-bulk.ts'
import { allFields } from './fields.ts'
import type { Kase } from './loading.ts'

export type Change = {
  id: number
  version?: number | undefined
  subject?: string | undefined
  kind?: string | undefined
  status?: string | undefined
  stage?: string | null | undefined
  topicId?: number | null | undefined
  productId?: number | null | undefined
  severity?: number | undefined
  teamId?: number | null | undefined
  assigneeId?: number | 'me' | null | undefined
  confidential?: boolean | undefined
  tags?: string[] | undefined
  custom?: Record<string, unknown> | undefined
  askIfMet?: boolean | undefined
  needMet?: string | undefined
  checkBackMinutes?: number | undefined
}

/** The fields of a case by what they hold, not by their names: what an undo goes by. */
export type Raw = {
  subject: string
  kind: string
  status: string
  stage: string | null
  topicId: number | null
  productId: number | null
  severity: number
  teamId: number | null
  assigneeId: number | null
  confidential: boolean
  tags: string[]
  custom: Record<string, unknown>
  needMet: string | null
}

export const rawOf = (kase: Kase): Raw => ({
  subject: kase.subject,
  kind: kase.kind,
  status: kase.status,
  stage: kase.stage,
  topicId: kase.topic_id,
  productId: kase.product_id,
  severity: kase.severity,
  teamId: kase.team_id,
  assigneeId: kase.assignee_id,
  confidential: kase.confidential,
  tags: kase.tags,
  custom: kase.custom,
  needMet: kase.need_met,
})

/** What one of many changes, or a macro, comes to for a case as it is now: tags are added and taken away, not replaced. */
export const changeFrom = ({ addTags = [], removeTags = [], ...fields }: BulkChange, now: Raw): Partial<Change> => {
  if (addTags.length === 0 && removeTags.length === 0) return fields
  const tags = [...new Set([...now.tags, ...addTags])].filter(tag => !removeTags.includes(tag)).slice(0, 50)
  return { ...fields, tags }
}

export const rawOfNext = ({ topic, product, team, assignee, ...next }: Next): Raw => ({
  ...next,
  topicId: topic,
  productId: product,
  teamId: team,
  assigneeId: assignee,
})

type Names = {
  topic: string | null
  product: string | null
  team: string | null
  assignee: string | null
  topicBefore: string | null
  productBefore: string | null
  teamBefore: string | null
  assigneeBefore: string | null
}

const unnamed: Names = {
  topic: null,
  product: null,
  team: null,
  assignee: null,
  topicBefore: null,
  productBefore: null,
  teamBefore: null,
  assigneeBefore: null,
}

export const namesOf = async (
  work: Work,
  kase: Kase,
  next: { topic: number | null; product: number | null; team: number | null; assignee: number | null },
): Promise<Names> => {
  // Most changes name nobody: then there is nothing to look up.
  const same =
    next.topic === kase.topic_id &&
    next.product === kase.product_id &&
    next.team === kase.team_id &&
    next.assignee === kase.assignee_id
  if (same) return unnamed
  const { rows } = await sql<Names>`select
    (select name from topics where id = ${next.topic}) as topic, (select name from topics where id = ${kase.topic_id}) as "topicBefore",
    (select name from products where id = ${next.product}) as product, (select name from products where id = ${kase.product_id}) as "productBefore",
    (select name from teams where id = ${next.team} and ended_at is null) as team, (select name from teams where id = ${kase.team_id}) as "teamBefore",
    (select name from staff where id = ${next.assignee} and ended_at is null) as assignee,
    (select name from staff where id = ${kase.assignee_id}) as "assigneeBefore"`.execute(work.tx)
  const names = rows[0] as Names
  if (next.topic && !names.topic) refuseField('topicId', 'There is no such topic')
  if (next.product && !names.product) refuseField('productId', 'There is no such product')
  if (next.team && next.team !== kase.team_id && !names.team) refuseField('teamId', 'There is no such team')
  if (next.assignee && next.assignee !== kase.assignee_id && !names.assignee)
    refuseField('assigneeId', 'There is no such member of staff')
  return names
}

/** @throws Refusal `forbidden` naming the field that is beyond the role */
export const assertMay = (work: Work, input: Change): void => {
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
export const assertCustom = async (work: Work, custom: Record<string, unknown> | undefined): Promise<void> => {
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

/** What the case is to be, by the fields that were given. */
export const nextOf = (work: Work, kase: Kase, input: Change) => ({
  subject: input.subject ?? kase.subject,
  kind: input.kind ?? kase.kind,
  status: input.status ?? kase.status,
  stage: input.stage === undefined ? kase.stage : input.stage,
  topic: input.topicId === undefined ? kase.topic_id : input.topicId,
  product: input.productId === undefined ? kase.product_id : input.productId,
  severity: input.severity ?? kase.severity,
  team: input.teamId === undefined ? kase.team_id : input.teamId,
  assignee:
    input.assigneeId === undefined ? kase.assignee_id : input.assigneeId === 'me' ? work.actor.id : input.assigneeId,
  confidential: input.confidential ?? kase.confidential,
  tags: input.tags ? [...new Set(input.tags)] : kase.tags,
  custom: input.custom ? { ...kase.custom, ...input.custom } : kase.custom,
  needMet: input.needMet ?? kase.need_met,
})

export type Next = ReturnType<typeof nextOf>

/** Which fields differ, in names, as a person reads them. */
export const differences = (kase: Kase, next: Next, names: Names) => {
  const before: Record<string, unknown> = {
    subject: kase.subject,
    kind: kase.kind,
    status: kase.status,
    stage: kase.stage,
    topic: names.topicBefore,
    product: names.productBefore,
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
    product: next.product ? (names.product ?? names.productBefore) : null,
    team: next.team ? (names.team ?? names.teamBefore) : null,
    assignee: next.assignee ? (names.assignee ?? names.assigneeBefore) : null,
  }
  const fields = Object.keys(before).filter(field => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
  const only = (record: Record<string, unknown>) => Object.fromEntries(fields.map(field => [field, record[field]]))
  return { fields, before: only(before), after: only(after) }
}

type Ids = { topicId: number | null; productId: number | null; teamId: number | null; assigneeId: number | null }
type Moments = { waitingSince: string | null; solvedAt: string | null; closedAt: string | null; reopened: number }

/** What an event of a change keeps beyond the names in it: by which version it is taken back, and what a name stands for. */
export type Kept = { version: number; was: Ids & Moments; is: Ids }

export const keptOf = (kase: Kase, next: Next): Kept => ({
  version: kase.version + 1,
  was: {
    topicId: kase.topic_id,
    productId: kase.product_id,
    teamId: kase.team_id,
    assigneeId: kase.assignee_id,
    waitingSince: kase.waiting_since?.toISOString() ?? null,
    solvedAt: kase.solved_at?.toISOString() ?? null,
    closedAt: kase.closed_at?.toISOString() ?? null,
    reopened: kase.reopened,
  },
  is: { topicId: next.topic, productId: next.product, teamId: next.team, assigneeId: next.assignee },
})

type Fields = Record<string, unknown>

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** Fields of one's own that go back: those that are still as a change left them. What was not there is empty again. */
export const customBack = (now: Fields, before: Fields, after: Fields): Fields =>
  Object.fromEntries(
    Object.keys({ ...before, ...after })
      .filter(key => !same(before[key], after[key]) && same(now[key], after[key]))
      .map(key => [key, before[key] ?? null]),
  )
