import { assertFresh } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import type { CaseKind } from '../cases/contract.ts'
import { assertTeam } from '../identity/index.ts'

/** @param address where the public page is */
export const settingsOf = async ({ db }: Pick<Reading, 'db'>, address: string) => {
  const row = await db.selectFrom('portal_settings').selectAll().executeTakeFirstOrThrow()
  return {
    open: row.open,
    intro: row.intro,
    kinds: row.kinds as CaseKind[],
    teamId: row.team_id,
    address,
    version: row.version,
  }
}

type Change = {
  open?: boolean | undefined
  intro?: string | undefined
  kinds?: string[] | undefined
  teamId?: number | null | undefined
  version?: number | undefined
}

/** @throws Refusal `stale` with an old version, `invalid` naming `teamId` */
export const changeSettings = async (work: Work, input: Change, address: string) => {
  const before = await settingsOf({ db: work.tx }, address)
  assertFresh(before.version, input.version, 'settings')
  await assertTeam(work, input.teamId)
  const after = {
    open: input.open ?? before.open,
    intro: input.intro ?? before.intro,
    kinds: input.kinds ? [...new Set(input.kinds)] : before.kinds,
    team_id: input.teamId === undefined ? before.teamId : input.teamId,
  }
  await work.tx
    .updateTable('portal_settings')
    .set({ ...after, version: before.version + 1 })
    .execute()
  work.record({ type: 'portal.changed', subject: { kind: 'organisation', id: 1 }, before, after })
  return settingsOf({ db: work.tx }, address)
}
