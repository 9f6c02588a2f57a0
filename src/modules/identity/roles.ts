import { type RoleLimit as Rung, rolesAbove } from '../../platform/permissions/limits.ts'
import { assertFresh, notFound, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import type { RoleLimit } from './contract.ts'
import { roleById } from './queries.ts'
import { assertAdministratorRemains } from './staffing.ts'

/** Each act once in a currency; beyond a limit another role is asked, and the way up ends. */
const assertLimits = async (work: Work, roleId: number, limits: RoleLimit[]): Promise<void> => {
  const rows = await work.tx.selectFrom('roles').select(['id', 'limits']).execute()
  const others = rows
    .filter(row => row.id !== roleId)
    .map(row => ({ id: row.id, limits: row.limits as unknown as Rung[] }))
  for (const [index, limit] of limits.entries()) {
    const field = `limits[${index}]`
    if (limits.findIndex(one => one.act === limit.act && one.currency === limit.currency) < index)
      refuseField(`${field}.act`, 'This act has a limit in this currency already')
    if (!Intl.supportedValuesOf('currency').includes(limit.currency))
      refuseField(`${field}.currency`, 'There is no such currency')
    if (limit.referTo === null) continue
    if (limit.most === null) refuseField(`${field}.referTo`, 'Without a maximum there is nothing to refer')
    if (limit.referTo === roleId) refuseField(`${field}.referTo`, 'A role cannot refer to itself')
    if (!rows.some(row => row.id === limit.referTo)) refuseField(`${field}.referTo`, 'There is no such role')
    try {
      rolesAbove([...others, { id: roleId, limits }], roleId, limit.act, limit.currency)
    } catch {
      refuseField(`${field}.referTo`, 'That role refers to this one: nobody would decide in the end')
    }
  }
}

type RoleChange = {
  id: number
  permissions?: string[] | undefined
  visibility?: 'all' | 'team' | 'own' | 'none' | undefined
  limits?: RoleLimit[] | undefined
  version?: number | undefined
}

/**
 * Changes what a role may do, how far it sees and decides.
 * @param known every permission there is
 * @throws Refusal naming the field, or when nobody who can give access would remain
 */
export const changeRole = async (work: Work, input: RoleChange, known: readonly string[]) => {
  // Two changes at once could close a circle that neither sees: all roles are held, in one order, until this is done.
  if (input.limits) await work.tx.selectFrom('roles').select('id').orderBy('id').forUpdate().execute()
  const before = await work.tx.selectFrom('roles').selectAll().where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!before) return notFound('role')
  assertFresh(before.version, input.version, 'role')
  const foreign = input.permissions?.findIndex(permission => !known.includes(permission)) ?? -1
  if (foreign >= 0) refuseField(`permissions[${foreign}]`, 'There is no such permission')
  if (input.limits) await assertLimits(work, input.id, input.limits)
  const after = {
    permissions: input.permissions ?? before.permissions,
    visibility: input.visibility ?? before.visibility,
    limits: input.limits ?? (before.limits as unknown as RoleLimit[]),
  }
  await work.tx
    .updateTable('roles')
    .set({ ...after, limits: JSON.stringify(after.limits), version: before.version + 1 })
    .where('id', '=', input.id)
    .execute()
  await assertAdministratorRemains(work)
  work.record({
    type: 'role.changed',
    subject: { kind: 'role', id: input.id },
    data: { name: before.name },
    before: { permissions: before.permissions, visibility: before.visibility, limits: before.limits },
    after,
  })
  return roleById({ db: work.tx }, input.id)
}
