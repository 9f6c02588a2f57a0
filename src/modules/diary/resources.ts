import { sql } from 'kysely'
import { assertFresh, notFound, refuseField } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import type { Resource } from './contract.ts'

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
