import { sql } from 'kysely'
import { assertFresh, notFound, Refusal, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import type { AbsenceKind } from './contract.ts'
import { absenceById } from './queries.ts'

type Times = { staffId: number; startsAt: Date; endsAt: Date | null; coverId: number | null }

/** Why somebody is away is theirs to know and that of whoever answers for the day. */
export const assertMine = (work: Pick<Work, 'actor'>, staffId: number): void => {
  if (staffId === work.actor.id || work.actor.permissions.has('cover.edit')) return
  throw new Refusal('forbidden', 'You can note this of yourself only.', [
    { field: 'staffId', message: 'needs cover.edit' },
  ])
}

/** The name of somebody who works here. */
const nameOf = async (work: Work, id: number, field: string): Promise<string> =>
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

const assertTimes = async (work: Work, times: Times, except = 0): Promise<void> => {
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

export type NewAbsence = {
  staffId?: number | undefined
  kind: AbsenceKind
  startsAt?: string | undefined
  endsAt: string | null
  coverId: number | null
  note: string
}

const meOf = ({ actor }: Work): number =>
  actor.id ??
  (() => {
    throw new Refusal('forbidden', 'Only a member of staff can be away.')
  })()

/** @throws Refusal naming `staffId`, `startsAt`, `endsAt` or `coverId` */
export const addAbsence = async (work: Work, input: NewAbsence) => {
  const me = meOf(work)
  const staffId = input.staffId ?? me
  assertMine(work, staffId)
  const name = await nameOf(work, staffId, 'staffId')
  const startsAt = input.startsAt ? new Date(input.startsAt) : work.now
  const endsAt = input.endsAt ? new Date(input.endsAt) : null
  await assertTimes(work, { staffId, startsAt, endsAt, coverId: input.coverId })
  const { id } = await work.tx
    .insertInto('absences')
    .values({
      staff_id: staffId,
      kind: input.kind,
      from_at: startsAt,
      until_at: endsAt,
      cover_id: input.coverId,
      note: input.note,
      made_by: me,
      made_at: work.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  tell(work, 'staff.away', staffId, { absenceId: id, name, startsAt, endsAt })
  return absenceById({ db: work.tx }, id)
}

/** Never why: the trail is read by more people than that concerns. */
const tell = (
  work: Work,
  type: 'staff.away' | 'staff.away_changed',
  staffId: number,
  data: { absenceId: number; name: string; startsAt: Date; endsAt: Date | null },
): void => {
  const subject = { kind: 'staff', id: staffId }
  const said = { ...data, startsAt: data.startsAt.toISOString(), endsAt: data.endsAt?.toISOString() ?? null }
  work.record({ type, subject, data: said })
}

type AbsenceChange = {
  id: number
  kind?: AbsenceKind | undefined
  startsAt?: string | undefined
  endsAt?: string | null | undefined
  coverId?: number | null | undefined
  note?: string | undefined
  version?: number | undefined
}

/** An absence that is not over, locked. Somebody else's does not exist for those who may not note it. */
export const lockAbsence = async (work: Work, id: number) => {
  const row = await work.tx.selectFrom('absences').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row || (row.staff_id !== work.actor.id && !work.actor.permissions.has('cover.edit'))) return notFound('absence')
  if (row.cancelled_at || (row.until_at && row.until_at <= work.now))
    throw new Refusal('conflict', 'This absence is over.')
  return row
}

/** @throws Refusal naming the field, or `conflict` when it is over */
export const changeAbsence = async (work: Work, input: AbsenceChange) => {
  const before = await lockAbsence(work, input.id)
  assertFresh(before.version, input.version, 'absence')
  const after = {
    kind: input.kind ?? before.kind,
    from_at: input.startsAt ? new Date(input.startsAt) : before.from_at,
    until_at: input.endsAt === undefined ? before.until_at : input.endsAt === null ? null : new Date(input.endsAt),
    cover_id: input.coverId === undefined ? before.cover_id : input.coverId,
    note: input.note ?? before.note,
  }
  const staffId = before.staff_id
  const [startsAt, endsAt] = [after.from_at, after.until_at]
  await assertTimes(work, { staffId, startsAt, endsAt, coverId: after.cover_id }, before.id)
  await work.tx
    .updateTable('absences')
    .set({ ...after, version: before.version + 1 })
    .where('id', '=', before.id)
    .execute()
  tell(work, 'staff.away_changed', staffId, {
    absenceId: before.id,
    name: await nameOf(work, staffId, 'staffId'),
    startsAt,
    endsAt,
  })
  return absenceById({ db: work.tx }, before.id)
}
