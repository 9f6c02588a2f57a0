import { sql } from 'kysely'
import { assertFresh, notFound, Refusal, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { hashPassword } from './password.ts'
import { staffById } from './queries.ts'
import { makeUser } from './settingUp.ts'

type NewStaff = {
  name: string
  email: string
  password: string
  roleId: number
  teamIds: number[]
  managerId?: number | null | undefined
}

const assertRole = async (work: Work, roleId: number) =>
  (await work.tx.selectFrom('roles').select(['id', 'key']).where('id', '=', roleId).executeTakeFirst()) ??
  refuseField('roleId', 'There is no such role')

const setTeams = async (work: Work, staffId: number, teamIds: number[]): Promise<void> => {
  const known =
    teamIds.length === 0 ? [] : await work.tx.selectFrom('teams').select('id').where('id', 'in', teamIds).execute()
  if (known.length !== new Set(teamIds).size) refuseField('teamIds', 'One of these teams does not exist')
  await work.tx.deleteFrom('team_members').where('staff_id', '=', staffId).execute()
  if (known.length > 0)
    await work.tx
      .insertInto('team_members')
      .values(known.map(team => ({ team_id: team.id, staff_id: staffId })))
      .execute()
}

/**
 * Whom somebody answers to: somebody who is here, and not a ring that comes back to them.
 * @param staffId null for somebody new, whom nobody answers to yet
 */
const assertManager = async (work: Work, staffId: number | null, managerId: number | null): Promise<void> => {
  if (managerId === null) return
  // Two changes at once could close a ring that neither sees: they come one after the other.
  await sql`select pg_advisory_xact_lock(7203117)`.execute(work.tx)
  if (managerId === staffId) refuseField('managerId', 'Nobody is their own line manager')
  const { rows } = await sql<{ id: number; ended: boolean }>`with recursive up as (
      select id, manager_id, ended_at is not null as ended from staff where id = ${managerId}
      union select s.id, s.manager_id, s.ended_at is not null from up u join staff s on s.id = u.manager_id)
    select id, ended from up`.execute(work.tx)
  const manager = rows.find(row => row.id === managerId)
  if (!manager || manager.ended) refuseField('managerId', 'There is no such member of staff')
  if (rows.some(row => row.id === staffId))
    refuseField('managerId', 'They answer to this person themselves: nobody would decide in the end')
}

/** Adds a member of staff who can sign in at once. @throws Refusal naming the field */
export const addStaff = async (work: Work, input: NewStaff) => {
  const email = input.email.toLowerCase()
  const role = await assertRole(work, input.roleId)
  const taken = await work.tx.selectFrom('staff').select('id').where(sql`lower(email)`, '=', email).executeTakeFirst()
  if (taken) refuseField('email', 'A member of staff with this e-mail address exists already')
  await assertManager(work, null, input.managerId ?? null)
  const userId = await makeUser(work, input.name, email, await hashPassword(input.password))
  const { id } = await work.tx
    .insertInto('staff')
    .values({
      user_id: userId,
      name: input.name,
      email,
      role_id: role.id,
      manager_id: input.managerId ?? null,
      joined_at: work.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await setTeams(work, id, input.teamIds)
  work.record({
    type: 'staff.added',
    subject: { kind: 'staff', id },
    data: { name: input.name, email, role: role.key },
  })
  return staffById({ db: work.tx }, id)
}

export type StaffChange = {
  id: number
  name?: string | undefined
  roleId?: number | undefined
  teamIds?: number[] | undefined
  managerId?: number | null | undefined
  ended?: boolean | undefined
  password?: string | undefined
  version?: number | undefined
}

/** There must always be somebody who can give access. */
export const assertAdministratorRemains = async (work: Work): Promise<void> => {
  const left = await work.tx
    .selectFrom('staff as s')
    .innerJoin('roles as r', 'r.id', 's.role_id')
    .select('s.id')
    .where('s.ended_at', 'is', null)
    .where(sql<boolean>`'staff.edit' = any(r.permissions)`)
    .executeTakeFirst()
  if (!left)
    throw new Refusal('conflict', 'Somebody must remain who can give access. Give another person that role first.')
}

/** Takes away every way in at once: sessions, tokens. */
export const endAccess = async (work: Work, staffId: number, userId: string | null): Promise<void> => {
  await work.tx
    .updateTable('api_tokens')
    .set({ revoked_at: work.now })
    .where('staff_id', '=', staffId)
    .where('revoked_at', 'is', null)
    .execute()
  if (userId) await sql`delete from auth.session where "userId" = ${userId}`.execute(work.tx)
}

const setPassword = async (work: Work, userId: string, password: string): Promise<void> => {
  const hash = await hashPassword(password)
  await sql`update auth."account" set "password" = ${hash}, "updatedAt" = ${work.now} where "userId" = ${userId} and "providerId" = 'credential'`.execute(
    work.tx,
  )
  await sql`delete from auth.session where "userId" = ${userId}`.execute(work.tx)
}

/** Changes a member of staff. @throws Refusal when nobody who can give access would remain, or the version is old */
export const changeStaff = async (work: Work, input: StaffChange) => {
  const before = await work.tx.selectFrom('staff').selectAll().where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!before) return notFound('member of staff')
  assertFresh(before.version, input.version, 'member of staff')
  if (input.roleId !== undefined) await assertRole(work, input.roleId)
  if (input.managerId && input.managerId !== before.manager_id) await assertManager(work, input.id, input.managerId)
  const ended_at = input.ended === undefined ? before.ended_at : input.ended ? (before.ended_at ?? work.now) : null
  const values = {
    name: input.name ?? before.name,
    role_id: input.roleId ?? before.role_id,
    manager_id: input.managerId === undefined ? before.manager_id : input.managerId,
    ended_at,
    version: before.version + 1,
  }
  await work.tx.updateTable('staff').set(values).where('id', '=', input.id).execute()
  if (input.teamIds) await setTeams(work, input.id, input.teamIds)
  if (input.password && before.user_id) await setPassword(work, before.user_id, input.password)
  await assertAdministratorRemains(work)
  const subject = { kind: 'staff', id: input.id }
  if (ended_at && !before.ended_at) {
    await endAccess(work, input.id, before.user_id)
    work.record({ type: 'staff.ended', subject, data: { name: before.name } })
  }
  work.record({
    type: 'staff.changed',
    subject,
    data: { name: values.name, passwordSet: input.password !== undefined },
    before: {
      name: before.name,
      roleId: before.role_id,
      managerId: before.manager_id,
      ended: before.ended_at !== null,
    },
    after: { name: values.name, roleId: values.role_id, managerId: values.manager_id, ended: ended_at !== null },
  })
  return staffById({ db: work.tx }, input.id)
}
