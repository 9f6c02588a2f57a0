import { check } from '../../platform/conditions/index.ts'
import { assertFresh, notFound, Refusal, refuseField } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import type { Condition } from '../../shared/condition.ts'
import { done } from '../../shared/contract.ts'
import { allFields } from './fields.ts'

type Sort = 'urgency' | 'recent' | 'oldest'

/** My views, those of my teams, and those shared with everybody. */
export const viewsOf = async ({ db, actor }: Pick<Reading, 'db' | 'actor'>) => {
  const rows = await db
    .selectFrom('views')
    .select(['id', 'name', 'staff_id', 'team_id as teamId', 'condition', 'sort', 'version'])
    .where(({ or, eb }) => or([eb('staff_id', '=', actor.id), eb('staff_id', 'is', null)]))
    .orderBy('position')
    .orderBy('name')
    .execute()
  return rows
    .filter(row => row.teamId === null || actor.visibility === 'all' || actor.teams.includes(row.teamId))
    .map(({ staff_id, ...row }) => ({
      ...row,
      sort: row.sort as Sort,
      condition: row.condition as unknown as Condition,
      shared: staff_id === null,
      mine: staff_id === actor.id,
    }))
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

export const addView = async (
  work: Work,
  input: { name: string; condition: Condition; sort: Sort; shared: boolean; teamId: number | null },
) => {
  if (input.shared || input.teamId) assertMayShare(work)
  await assertTeam(work, input.teamId)
  check(await allFields({ db: work.tx }), input.condition)
  const { id } = await work.tx
    .insertInto('views')
    .values({
      name: input.name,
      condition: JSON.stringify(input.condition),
      sort: input.sort,
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
  input: {
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
  if (input.condition) check(await allFields({ db: work.tx }), input.condition)
  await work.tx
    .updateTable('views')
    .set({
      name: input.name ?? before.name,
      condition: JSON.stringify(input.condition ?? before.condition),
      sort: input.sort ?? before.sort,
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
