import { sql } from 'kysely'
import { assertFresh, notFound, refuseField } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import type { AppointmentType, Resource } from './contract.ts'

type Db = Pick<Reading, 'db'>

const columns = sql`r.id, coalesce(s.name, r.name) as name, r.kind, r.staff_id as "staffId", r.calendar_id as "calendarId",
  r.buffer_minutes as "bufferMinutes", r.version`

/** Who and what can be booked: people first. */
export const allResources = async ({ db }: Db): Promise<{ items: Resource[] }> => {
  const { rows } = await sql<Resource>`select ${columns} from resources r left join staff s on s.id = r.staff_id
    where r.ended_at is null and (s.id is null or s.ended_at is null) order by r.kind = 'person' desc, name, r.id`.execute(
    db,
  )
  return { items: rows }
}

const resourceById = async (db: Db, id: number) =>
  (await allResources(db)).items.find(one => one.id === id) ?? notFound('resource')

type NewResource = {
  name?: string | undefined
  kind: Resource['kind']
  staffId: number | null
  calendarId: number | null
  bufferMinutes: number
}

const nameOf = async (work: Work, { kind, staffId, name }: NewResource): Promise<string> => {
  if (kind !== 'person') {
    if (staffId !== null) refuseField('staffId', 'Only people are colleagues')
    return name ?? refuseField('name', 'Give it a name')
  }
  if (staffId === null) return refuseField('staffId', 'Say which colleague')
  const staff = await work.tx
    .selectFrom('staff')
    .select('name')
    .where('id', '=', staffId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return staff?.name ?? refuseField('staffId', 'There is no such member of staff')
}

const assertHours = async (work: Work, calendarId: number | null | undefined): Promise<void> => {
  if (!calendarId) return
  const found = await work.tx.selectFrom('calendars').select('id').where('id', '=', calendarId).executeTakeFirst()
  if (!found) refuseField('calendarId', 'There are no such working hours')
}

/** @throws Refusal naming `name`, `staffId` or `calendarId` */
export const addResource = async (work: Work, input: NewResource): Promise<Resource> => {
  const name = await nameOf(work, input)
  await assertHours(work, input.calendarId)
  const { rows } = await sql<{ id: number }>`insert into resources (name, kind, staff_id, calendar_id, buffer_minutes)
    values (${name}, ${input.kind}, ${input.staffId}, ${input.calendarId}, ${input.bufferMinutes}) on conflict do nothing returning id`.execute(
    work.tx,
  )
  const id = rows[0]?.id ?? refuseField(input.kind === 'person' ? 'staffId' : 'name', 'That can be booked already')
  work.record({ type: 'resource.added', subject: { kind: 'resource', id }, data: { name } })
  return resourceById({ db: work.tx }, id)
}

type ResourceChange = {
  id: number
  name?: string | undefined
  calendarId?: number | null | undefined
  bufferMinutes?: number | undefined
  ended?: true | undefined
  version?: number | undefined
}

/** Changes what can be booked. What is booked already stays. */
export const changeResource = async (work: Work, input: ResourceChange) => {
  const before = await work.tx
    .selectFrom('resources')
    .selectAll()
    .where('id', '=', input.id)
    .where('ended_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!before) return notFound('resource')
  assertFresh(before.version, input.version, 'resource')
  await assertHours(work, input.calendarId)
  await work.tx
    .updateTable('resources')
    .set({
      name: input.name ?? before.name,
      calendar_id: input.calendarId === undefined ? before.calendar_id : input.calendarId,
      buffer_minutes: input.bufferMinutes ?? before.buffer_minutes,
      ended_at: input.ended ? work.now : null,
      version: before.version + 1,
    })
    .where('id', '=', input.id)
    .execute()
  work.record({
    type: input.ended ? 'resource.ended' : 'resource.changed',
    subject: { kind: 'resource', id: input.id },
    data: { name: input.name ?? before.name },
  })
  return allResources({ db: work.tx })
}

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
  const next = { ...before, ...given } as AppointmentType
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
