import { assertFresh, notFound, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { roleById } from './queries.ts'
import { assertAdministratorRemains } from './staffing.ts'

type RoleChange = {
  id: number
  permissions?: string[] | undefined
  visibility?: 'all' | 'team' | 'own' | 'none' | undefined
  version?: number | undefined
}

/**
 * Changes what a role may do and how far it sees.
 * @param known every permission there is
 * @throws Refusal naming the field, or when nobody who can give access would remain
 */
export const changeRole = async (work: Work, input: RoleChange, known: readonly string[]) => {
  const before = await work.tx.selectFrom('roles').selectAll().where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!before) return notFound('role')
  assertFresh(before.version, input.version, 'role')
  const foreign = input.permissions?.findIndex(permission => !known.includes(permission)) ?? -1
  if (foreign >= 0) refuseField(`permissions[${foreign}]`, 'There is no such permission')
  const after = {
    permissions: input.permissions ?? before.permissions,
    visibility: input.visibility ?? before.visibility,
  }
  await work.tx
    .updateTable('roles')
    .set({ ...after, version: before.version + 1 })
    .where('id', '=', input.id)
    .execute()
  await assertAdministratorRemains(work)
  work.record({
    type: 'role.changed',
    subject: { kind: 'role', id: input.id },
    data: { name: before.name },
    before: { permissions: before.permissions, visibility: before.visibility },
    after,
  })
  return roleById({ db: work.tx }, input.id)
}
