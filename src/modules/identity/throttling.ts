import { sql } from 'kysely'
import type { Kernel } from '../../platform/kernel.ts'
import { system } from '../../platform/permissions/actor.ts'
import type { Work } from '../../platform/work.ts'

export const windowMs = 15 * 60_000
const perAccount = 10
const perAddress = 50

/** True when an account, or an address trying many accounts, has failed too often in the last 15 minutes. */
export const tooManyFailures = (kernel: Kernel, email: string, address: string): Promise<boolean> =>
  kernel.read(system, async ({ db, now }) => {
    const since = new Date(now.getTime() - windowMs)
    const count = (column: 'email' | 'address', value: string) =>
      db
        .selectFrom('sign_in_failures')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where(column, '=', value)
        .where('at', '>', since)
        .executeTakeFirstOrThrow()
    const [account, from] = [await count('email', email), await count('address', address)]
    return account.count >= perAccount || from.count >= perAddress
  })

export const noteFailure = (kernel: Kernel, email: string, address: string): Promise<void> =>
  kernel.work(system, async work => {
    await work.tx.insertInto('sign_in_failures').values({ email, address, at: work.now }).execute()
    await work.tx
      .deleteFrom('sign_in_failures')
      .where('at', '<', new Date(work.now.getTime() - 24 * 3_600_000))
      .execute()
  })

export const clearFailures = (kernel: Kernel, email: string): Promise<void> =>
  kernel.work(system, async work => {
    await work.tx.deleteFrom('sign_in_failures').where('email', '=', email.toLowerCase()).execute()
  })

/**
 * Records a sign-in; someone who has left does not get a session.
 * @returns whether they may come in
 */
export const noteSignIn = async (work: Work, userId: string, how: string): Promise<boolean> => {
  const staff = await work.tx
    .selectFrom('staff')
    .select(['id', 'name', 'ended_at'])
    .where('user_id', '=', userId)
    .executeTakeFirst()
  if (!staff || staff.ended_at) {
    await sql`delete from auth.session where "userId" = ${userId}`.execute(work.tx)
    return false
  }
  work.record({
    type: 'staff.signed_in',
    subject: { kind: 'staff', id: staff.id },
    data: { how: how.split('/').slice(1).join(' ') },
  })
  return true
}
