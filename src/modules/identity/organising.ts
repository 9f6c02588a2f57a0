import { nextOpening } from '../../platform/calendar/index.ts'
import { assertFresh, notFound, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import type { WorkingCalendar } from '../../shared/calendar.ts'
import { calendarById, organisationOf, teamById } from './queries.ts'

const assertZone = (zone: string): void => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
  } catch {
    refuseField('zone', 'This is not a time zone such as Europe/London')
  }
}

export const changeOrganisation = async (
  work: Work,
  input: {
    name?: string | undefined
    zone?: string | undefined
    currency?: string | undefined
    jurisdiction?: string | undefined
    version?: number | undefined
  },
) => {
  const before = await work.tx.selectFrom('organisation').selectAll().forUpdate().executeTakeFirstOrThrow()
  assertFresh(before.version, input.version, 'organisation')
  if (input.zone) assertZone(input.zone)
  const after = {
    name: input.name ?? before.name,
    zone: input.zone ?? before.zone,
    currency: input.currency ?? before.currency,
    jurisdiction: input.jurisdiction ?? before.jurisdiction,
  }
  await work.tx
    .updateTable('organisation')
    .set({ ...after, version: before.version + 1 })
    .execute()
  work.record({
    type: 'organisation.changed',
    subject: { kind: 'organisation', id: 1 },
    before: {
      name: before.name,
      zone: before.zone,
      currency: before.currency,
      jurisdiction: before.jurisdiction,
    },
    after,
  })
  return organisationOf({ db: work.tx })
}

const assertNameFree = async (work: Work, name: string, id?: number): Promise<void> => {
  const other = await work.tx.selectFrom('teams').select('id').where('name', '=', name).executeTakeFirst()
  if (other && other.id !== id) refuseField('name', 'Another team has this name')
}

const assertCalendar = async (work: Work, id: number | null | undefined): Promise<void> => {
  if (id && !(await work.tx.selectFrom('calendars').select('id').where('id', '=', id).executeTakeFirst()))
    refuseField('calendarId', 'There are no such working hours')
}

export const addTeam = async (work: Work, input: { name: string; description: string; calendarId: number | null }) => {
  await assertNameFree(work, input.name)
  await assertCalendar(work, input.calendarId)
  const { id } = await work.tx
    .insertInto('teams')
    .values({ name: input.name, description: input.description, calendar_id: input.calendarId })
    .returning('id')
    .executeTakeFirstOrThrow()
  work.record({ type: 'team.added', subject: { kind: 'team', id }, data: { name: input.name } })
  return teamById({ db: work.tx }, id)
}

type TeamChange = {
  id: number
  name?: string | undefined
  description?: string | undefined
  calendarId?: number | null | undefined
  version?: number | undefined
}

export const changeTeam = async (work: Work, input: TeamChange) => {
  const before = await work.tx.selectFrom('teams').selectAll().where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!before) return notFound('team')
  assertFresh(before.version, input.version, 'team')
  if (input.name) await assertNameFree(work, input.name, input.id)
  await assertCalendar(work, input.calendarId)
  const after = {
    name: input.name ?? before.name,
    description: input.description ?? before.description,
    calendar_id: input.calendarId === undefined ? before.calendar_id : input.calendarId,
  }
  await work.tx
    .updateTable('teams')
    .set({ ...after, version: before.version + 1 })
    .where('id', '=', input.id)
    .execute()
  work.record({
    type: 'team.changed',
    subject: { kind: 'team', id: input.id },
    before: { name: before.name },
    after: { name: after.name },
  })
  return teamById({ db: work.tx }, input.id)
}

const columnsOf = (hours: WorkingCalendar) => ({
  zone: hours.zone,
  week: JSON.stringify(hours.week),
  holidays: JSON.stringify(hours.holidays),
})

const yearMs = 366 * 86_400_000

/** Hours in which nothing opens for a year are a mistake: whatever is promised by them would never fall due. */
const assertOpens = (hours: WorkingCalendar | undefined, now: Date): void => {
  if (!hours) return
  const opening = firstOpening(hours, now)
  if (!opening || opening.getTime() - now.getTime() > yearMs)
    refuseField('hours', 'These hours do not open once within a year. Give at least one day some hours.')
}

const firstOpening = (hours: WorkingCalendar, now: Date): Date | null => {
  try {
    return nextOpening(hours, now)
  } catch {
    return null
  }
}

export const addCalendar = async (work: Work, input: { name: string; hours: WorkingCalendar }) => {
  assertOpens(input.hours, work.now)
  const { id } = await work.tx
    .insertInto('calendars')
    .values({ name: input.name, ...columnsOf(input.hours) })
    .returning('id')
    .executeTakeFirstOrThrow()
  work.record({ type: 'calendar.added', subject: { kind: 'calendar', id }, data: { name: input.name } })
  return calendarById({ db: work.tx, now: work.now }, id)
}

/** @throws Refusal naming `teamId` when there is no such team any more; null and undefined name none */
export const assertTeam = async (work: Work, teamId: number | null | undefined): Promise<void> => {
  if (!teamId) return
  const team = await work.tx
    .selectFrom('teams')
    .select('id')
    .where('id', '=', teamId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (!team) refuseField('teamId', 'There is no such team')
}

/** Changes working hours. The version goes up, so that a promise can say by which hours it was made. */
export const changeCalendar = async (
  work: Work,
  input: { id: number; name?: string | undefined; hours?: WorkingCalendar | undefined; version?: number | undefined },
) => {
  const before = await work.tx
    .selectFrom('calendars')
    .selectAll()
    .where('id', '=', input.id)
    .forUpdate()
    .executeTakeFirst()
  if (!before) return notFound('calendar')
  assertFresh(before.version, input.version, 'calendar')
  assertOpens(input.hours, work.now)
  await work.tx
    .updateTable('calendars')
    .set({
      name: input.name ?? before.name,
      ...(input.hours ? columnsOf(input.hours) : {}),
      version: before.version + 1,
    })
    .where('id', '=', input.id)
    .execute()
  work.record({
    type: 'calendar.changed',
    subject: { kind: 'calendar', id: input.id },
    data: { name: input.name ?? before.name },
    before: { zone: before.zone, week: before.week, holidays: before.holidays },
    after: input.hours ?? {},
  })
  return calendarById({ db: work.tx, now: work.now }, input.id)
}
