import { sql } from 'kysely'
import { assertFresh, notFound, refuseField } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import type { AppointmentType } from './contract.ts'
import { allResources } from './resources.ts'

type Db = Pick<Reading, 'db'>

const typeColumns = sql`t.id, t.name, t.description, t.kind, t.minutes, t.place, t.team_id as "teamId", t.resource_ids as "resourceIds", t.public,
  t.notice_minutes as "noticeMinutes", t.horizon_days as "horizonDays", t.version`

export const allTypes = async ({ db }: Db): Promise<{ items: AppointmentType[] }> => {
  const { rows } =
    await sql<AppointmentType>`select ${typeColumns} from appointment_types t where t.ended_at is null order by t.name, t.id`.execute(
      db,
    )
  return { items: rows }
}

const assertType = async (
  work: Work,
  input: { resourceIds?: readonly number[] | undefined; teamId?: number | null | undefined },
) => {
  const known = new Set((await allResources({ db: work.tx })).items.map(one => one.id))
  if (input.resourceIds?.some(id => !known.has(id))) refuseField('resourceIds', 'One of these cannot be booked')
  if (!input.teamId) return
  const team = await work.tx
    .selectFrom('teams')
    .select('id')
    .where('id', '=', input.teamId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (!team) refuseField('teamId', 'There is no such team')
}

type NewType = Omit<AppointmentType, 'id' | 'version'>

/** @throws Refusal naming `resourceIds` or `teamId` */
export const addType = async (work: Work, input: NewType): Promise<AppointmentType> => {
  await assertType(work, input)
  const { rows } =
    await sql<AppointmentType>`insert into appointment_types as t (name, description, kind, minutes, place, team_id, resource_ids, public, notice_minutes, horizon_days)
    values (${input.name}, ${input.description}, ${input.kind}, ${input.minutes}, ${input.place}, ${input.teamId}, ${input.resourceIds}::bigint[], ${input.public},
      ${input.noticeMinutes}, ${input.horizonDays}) returning ${typeColumns}`.execute(work.tx)
  const made = rows[0] as AppointmentType
  work.record({
    type: 'appointment_type.added',
    subject: { kind: 'appointment_type', id: made.id },
    data: { name: made.name },
  })
  return made
}

type TypeChange = { [K in keyof Omit<NewType, 'kind'>]?: NewType[K] | undefined } & {
  id: number
  ended?: true | undefined
  version?: number | undefined
}

export const changeType = async (work: Work, input: TypeChange) => {
  const before =
    (await allTypes({ db: work.tx })).items.find(one => one.id === input.id) ?? notFound('kind of appointment')
  assertFresh(before.version, input.version, 'kind of appointment')
  await assertType(work, input)
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
  const next = { ...before, ...given }
  await sql`update appointment_types set name = ${next.name}, description = ${next.description}, minutes = ${next.minutes}, place = ${next.place}, team_id = ${next.teamId},
      resource_ids = ${next.resourceIds}::bigint[], public = ${next.public}, notice_minutes = ${next.noticeMinutes}, horizon_days = ${next.horizonDays},
      ended_at = ${input.ended ? work.now : null}::timestamptz, version = version + 1 where id = ${input.id}`.execute(
    work.tx,
  )
  work.record({
    type: input.ended ? 'appointment_type.ended' : 'appointment_type.changed',
    subject: { kind: 'appointment_type', id: input.id },
    data: { name: next.name },
  })
  return allTypes({ db: work.tx })
}
