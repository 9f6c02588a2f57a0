import { sql } from 'kysely'
import { check } from '../../platform/conditions/index.ts'
import { assertFresh, notFound, Refusal, refuseField } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import type { Condition, Leaf } from '../../shared/condition.ts'
import { done } from '../../shared/contract.ts'
import type { Layout, Sort } from './contract-shapes.ts'
import { allFields } from './fields.ts'

/** My views, those of my teams, and those shared with everybody. */
export const viewsOf = async ({ db, actor }: Pick<Reading, 'db' | 'actor'>) => {
  const rows = await db
    .selectFrom('views as v')
    .leftJoin('view_positions as p', join => join.onRef('p.view_id', '=', 'v.id').on('p.staff_id', '=', actor.id))
    .select(['v.id', 'name', 'v.staff_id', 'team_id as teamId', 'condition', 'sort', 'version'])
    .select(['columns', 'group_by as groupBy', 'layout'])
    .where(({ or, eb }) => or([eb('v.staff_id', '=', actor.id), eb('v.staff_id', 'is', null)]))
    .orderBy(sql`p.position nulls last`)
    .orderBy('v.position')
    .orderBy('name')
    .execute()
  return rows
    .filter(row => row.teamId === null || actor.visibility === 'all' || actor.teams.includes(row.teamId))
    .map(({ staff_id, ...row }) => ({
      ...row,
      sort: row.sort as Sort,
      layout: row.layout as Layout,
      condition: row.condition as unknown as Condition,
      shared: staff_id === null,
      mine: staff_id === actor.id,
    }))
}

/** Every leaf is asked of each case that is looked at; a field of one's own costs four times one that every case has. */
const mostCustom = 60

/** @throws Refusal naming the part of the condition, and the field where there are too many of one's own */
export const assertCountable = async (reading: Pick<Reading, 'db'>, condition: Condition): Promise<void> => {
  const fields = await allFields(reading)
  check(fields, condition)
  const custom = leavesOf(condition).filter(leaf => leaf.field.startsWith('custom.'))
  const beyond = custom[mostCustom]
  if (beyond)
    refuseField(
      'condition',
      `At most ${mostCustom} parts may ask about fields of your own; "${fields[beyond.field]?.label}" is one too many`,
    )
}

const leavesOf = (node: Condition): Leaf[] => {
  if ('field' in node) return [node]
  if ('not' in node) return leavesOf(node.not)
  return ('all' in node ? node.all : node.any).flatMap(leavesOf)
}

/** @throws Refusal `forbidden` when sharing with others is beyond the role */
export const assertMayShare = (work: Work): void => {
  if (work.actor.kind !== 'system' && !work.actor.permissions.has('view.share'))
    throw new Refusal('forbidden', 'Sharing a view needs the permission "view.share".', [
      { field: 'shared', message: 'needs view.share' },
    ])
}

/** @throws Refusal naming the field when the team is not there, or not one whose views the sharer sees */
export const assertTeam = async (work: Work, teamId: number | null | undefined): Promise<void> => {
  if (!teamId) return
  const team = await work.tx
    .selectFrom('teams')
    .select('id')
    .where('id', '=', teamId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  const { actor } = work
  const reaches = actor.kind === 'system' || actor.visibility === 'all' || actor.teams.includes(teamId)
  if (!team || !reaches) refuseField('teamId', 'Choose a team you belong to')
}

type Looks = { columns?: string[] | undefined; groupBy?: string | null | undefined; layout?: Layout | undefined }

export const addView = async (
  work: Work,
  input: Looks & { name: string; condition: Condition; sort: Sort; shared: boolean; teamId: number | null },
) => {
  if (input.shared || input.teamId) assertMayShare(work)
  await assertTeam(work, input.teamId)
  await assertCountable({ db: work.tx }, input.condition)
  const { id } = await work.tx
    .insertInto('views')
    .values({
      name: input.name,
      condition: JSON.stringify(input.condition),
      sort: input.sort,
      columns: input.columns ?? [],
      group_by: input.groupBy ?? null,
      layout: input.layout ?? 'list',
      staff_id: input.shared || input.teamId ? null : work.actor.id,
      team_id: input.teamId,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  work.record({ type: 'view.saved', subject: { kind: 'view', id }, data: { name: input.name } })
  return oneView(work, id)
}

const oneView = async (work: Work, id: number) =>
  (await viewsOf({ db: work.tx, actor: work.actor })).find(view => view.id === id) ?? notFound('view')

const ownOrShared = async (work: Work, id: number) => {
  const view = await oneView(work, id)
  if (!view.mine) assertMayShare(work)
  return view
}

export const changeView = async (
  work: Work,
  input: Looks & {
    id: number
    name?: string | undefined
    condition?: Condition | undefined
    sort?: Sort | undefined
    shared?: boolean | undefined
    teamId?: number | null | undefined
    version?: number | undefined
  },
) => {
  const before = await ownOrShared(work, input.id)
  const teamId = input.shared === false ? null : input.teamId === undefined ? before.teamId : input.teamId
  const shared = teamId !== null || (input.shared ?? before.shared)
  if (shared !== before.shared || teamId !== before.teamId) assertMayShare(work)
  if (teamId !== before.teamId) await assertTeam(work, teamId)
  assertFresh(before.version, input.version, 'view')
  if (input.condition) await assertCountable({ db: work.tx }, input.condition)
  await work.tx
    .updateTable('views')
    .set({
      name: input.name ?? before.name,
      condition: JSON.stringify(input.condition ?? before.condition),
      sort: input.sort ?? before.sort,
      columns: input.columns ?? before.columns,
      group_by: input.groupBy === undefined ? before.groupBy : input.groupBy,
      layout: input.layout ?? before.layout,
      staff_id: shared ? null : work.actor.id,
      team_id: teamId,
      version: before.version + 1,
    })
    .where('id', '=', input.id)
    .execute()
  work.record({
    type: 'view.saved',
    subject: { kind: 'view', id: input.id },
    data: { name: input.name ?? before.name },
  })
  return oneView(work, input.id)
}

export const removeView = async (work: Work, id: number) => {
  const view = await ownOrShared(work, id)
  await work.tx.deleteFrom('views').where('id', '=', id).execute()
  work.record({ type: 'view.removed', subject: { kind: 'view', id }, data: { name: view.name } })
  return done
}

/** In which order I see the views; those that are not named come after them. For me alone, shared or not. */
export const orderViews = async (work: Work, { ids }: { ids: number[] }) => {
  const seen = new Set((await viewsOf({ db: work.tx, actor: work.actor })).map(view => view.id))
  const staffId = work.actor.id
  if (staffId === null) return done
  await work.tx.deleteFrom('view_positions').where('staff_id', '=', staffId).execute()
  const rows = [...new Set(ids)]
    .filter(id => seen.has(id))
    .map((id, position) => ({ staff_id: staffId, view_id: id, position }))
  if (rows.length > 0) await work.tx.insertInto('view_positions').values(rows).execute()
  return done
}
