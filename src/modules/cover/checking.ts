import { sql } from 'kysely'
import { Refusal, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'

type Times = { staffId: number; startsAt: Date; endsAt: Date | null; coverId: number | null }

/** Why somebody is away is theirs to know and that of whoever answers for the day. */
export const assertMine = (work: Pick<Work, 'actor'>, staffId: number): void => {
  if (staffId === work.actor.id || work.actor.permissions.has('cover.edit')) return
  throw new Refusal('forbidden', 'You can note this of yourself only.', [
    { field: 'staffId', message: 'needs cover.edit' },
  ])
}

/** The name of somebody who works here. */
export const nameOf = async (work: Work, id: number, field: string): Promise<string> =>
  (
    await work.tx
      .selectFrom('staff')
      .select('name')
      .where('id', '=', id)
      .where('ended_at', 'is', null)
      .executeTakeFirst()
  )?.name ?? refuseField(field, 'There is no such member of staff')

/**
 * Whoever covers may be away too, and then theirs covers. A ring at one moment would leave nobody.
 * @param except the absence that is being changed
 */
const assertNoRing = async (work: Work, { staffId, startsAt, endsAt, coverId }: Times, except: number) => {
  if (coverId === null) return
  if (coverId === staffId) refuseField('coverId', 'Nobody covers for themselves')
  await nameOf(work, coverId, 'coverId')
  const { rows } = await sql<{ id: number }>`with recursive chain as (
      select ${coverId}::bigint as id, tstzrange(${startsAt}, ${endsAt}) as span
      union select a.cover_id, c.span * tstzrange(a.from_at, a.until_at) from chain c join absences a on a.staff_id = c.id
        and a.cover_id is not null and a.cancelled_at is null and a.id <> ${except} and tstzrange(a.from_at, a.until_at) && c.span)
    select id from chain where id = ${staffId} limit 1`.execute(work.tx)
  if (rows.length > 0)
    refuseField(
      'coverId',
      'They are away then too, and are covered by this very person in the end. Choose somebody else.',
    )
}

export const assertTimes = async (work: Work, times: Times, except = 0): Promise<void> => {
  const { staffId, startsAt, endsAt } = times
  if (endsAt && endsAt <= startsAt) refuseField('endsAt', 'This must be after the beginning')
  if (endsAt && endsAt <= work.now) refuseField('endsAt', 'That is over already')
  if (startsAt.getTime() < work.now.getTime() - 366 * 86_400_000)
    refuseField('startsAt', 'That is more than a year ago')
  // Two who note absences at once could close a ring that neither sees: they come one after the other.
  await sql`select pg_advisory_xact_lock(7203118)`.execute(work.tx)
  const { rows } = await sql<{
    at: Date
  }>`select from_at as at from absences where staff_id = ${staffId} and cancelled_at is null
    and id <> ${except} and tstzrange(from_at, until_at) && tstzrange(${startsAt}, ${endsAt}) order by from_at limit 1`.execute(
    work.tx,
  )
  if (rows[0])
    refuseField(
      rows[0].at <= startsAt ? 'startsAt' : 'endsAt',
      'They are noted as away at that time already. Change that absence instead.',
    )
  await assertNoRing(work, times, except)
}
