import { seal, unseal } from '../../platform/key.ts'
import { assertFresh, refuseField } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import { assertTeam } from '../identity/index.ts'

export type Keys = { secret: Buffer; baseUrl: string }

type Db = Pick<Reading, 'db'>

const row = ({ db }: Db) => db.selectFrom('telephone_settings').selectAll().executeTakeFirstOrThrow()

export const settingsOf = async (reading: Db, keys: Keys) => {
  const settings = await row(reading)
  const extensions = await reading.db
    .selectFrom('telephone_extensions')
    .select(['extension', 'staff_id as staffId'])
    .orderBy('extension')
    .execute()
  return {
    hookUrl: `${keys.baseUrl}/api/telephone/hooks/${settings.hook}`,
    hasSecret: settings.secret !== null,
    teamId: settings.team_id,
    callBack: settings.call_back,
    extensions,
    version: settings.version,
  }
}

/** @returns the secret a telephone system signs with, where this is the address it was given */
export const secretAt = async (reading: Db, keys: Keys, hook: string): Promise<string | null> => {
  const settings = await row(reading)
  return settings.hook === hook && settings.secret ? unseal(keys.secret, settings.secret).toString() : null
}

type Extension = { extension: string; staffId: number }

/** @throws Refusal naming the row when a number or a colleague stands there twice, or is not there */
const setExtensions = async (work: Work, extensions: readonly Extension[]): Promise<void> => {
  for (const [index, { extension, staffId }] of extensions.entries()) {
    const before = extensions.slice(0, index)
    if (before.some(one => one.extension === extension))
      refuseField(`extensions[${index}].extension`, 'This extension stands here already')
    if (before.some(one => one.staffId === staffId))
      refuseField(`extensions[${index}].staffId`, 'This colleague has an extension already')
  }
  const ids = extensions.map(one => one.staffId)
  const staff = ids.length > 0 ? await work.tx.selectFrom('staff').select('id').where('id', 'in', ids).execute() : []
  if (staff.length !== ids.length) refuseField('extensions', 'One of these is not a member of staff')
  await work.tx.deleteFrom('telephone_extensions').execute()
  if (extensions.length > 0)
    await work.tx
      .insertInto('telephone_extensions')
      .values(extensions.map(({ extension, staffId }) => ({ extension, staff_id: staffId })))
      .execute()
}

type Change = {
  teamId?: number | null | undefined
  callBack?: boolean | undefined
  token?: string | undefined
  extensions?: Extension[] | undefined
  version?: number | undefined
}

/** @throws Refusal `stale` with an old version, `invalid` naming the field */
export const changeSettings = async (work: Work, keys: Keys, input: Change) => {
  const before = await settingsOf({ db: work.tx }, keys)
  assertFresh(before.version, input.version, 'setting')
  await assertTeam(work, input.teamId)
  if (input.extensions) await setExtensions(work, input.extensions)
  await work.tx
    .updateTable('telephone_settings')
    .set({
      team_id: input.teamId === undefined ? before.teamId : input.teamId,
      call_back: input.callBack ?? before.callBack,
      ...(input.token ? { secret: seal(keys.secret, Buffer.from(input.token)) } : {}),
      version: before.version + 1,
    })
    .execute()
  work.record({ type: 'telephone.changed', subject: { kind: 'organisation', id: 1 } })
  return settingsOf({ db: work.tx }, keys)
}
