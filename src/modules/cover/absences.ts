import { assertFresh, notFound, Refusal } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { assertMine, assertTimes, nameOf } from './checking.ts'
import type { AbsenceKind } from './contract.ts'
import { absenceById } from './queries.ts'

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
