import { sql } from 'kysely'
import { assertFresh, notFound, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { done } from '../../shared/contract.ts'
import { assertCaseCondition } from '../cases/index.ts'
import { allLevels, type Level } from './queries.ts'

type Given = Omit<Level, 'id' | 'position' | 'version' | 'since'>

const assertSound = async (work: Work, level: Partial<Given>): Promise<void> => {
  if (level.condition) await assertCaseCondition({ db: work.tx }, level.condition)
  if (!level.calendarId) return
  const found = await work.tx.selectFrom('calendars').select('id').where('id', '=', level.calendarId).executeTakeFirst()
  if (!found) refuseField('calendarId', 'There are no such working hours')
}

const one = async (work: Work, id: number) =>
  (await allLevels({ db: work.tx, now: work.now })).items.find(level => level.id === id) ?? notFound('service level')

/** Adds a rule, asked last of its kind. @throws Refusal naming `condition` or `calendarId` */
export const addLevel = async (work: Work, input: Given) => {
  await assertSound(work, input)
  const { rows } = await sql<{
    id: number
  }>`insert into service_levels (name, kind, position, condition, target_minutes, clock, calendar_id, alerts, pauses, since)
    select ${input.name}, ${input.kind}, coalesce(max(position), 0) + 1, ${JSON.stringify(input.condition)}::jsonb, ${input.targetMinutes}::int, ${input.clock},
      ${input.calendarId}::bigint, ${JSON.stringify(input.alerts)}::jsonb, ${input.pauses}::text[], ${work.now} from service_levels where kind = ${input.kind} returning id`.execute(
    work.tx,
  )
  const id = rows[0]?.id as number
  work.record({
    type: 'level.added',
    subject: { kind: 'service_level', id },
    data: { name: input.name, kind: input.kind },
  })
  return one(work, id)
}

type Change = { [K in keyof Omit<Given, 'kind'>]?: Given[K] | undefined } & {
  id: number
  ended?: true | undefined
  version?: number | undefined
}

/** Changes or ends a rule; open promises it concerns are planned anew by a job. */
export const changeLevel = async (work: Work, input: Change) => {
  const before = await work.tx
    .selectFrom('service_levels')
    .selectAll()
    .where('id', '=', input.id)
    .where('ended_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!before) return notFound('service level')
  assertFresh(before.version, input.version, 'service level')
  await assertSound(work, input as Partial<Given>)
  const set = {
    ...(input.name === undefined ? {} : { name: input.name }),
    ...(input.condition === undefined ? {} : { condition: JSON.stringify(input.condition) }),
    ...(input.targetMinutes === undefined ? {} : { target_minutes: input.targetMinutes }),
    ...(input.clock === undefined ? {} : { clock: input.clock }),
    ...(input.calendarId === undefined ? {} : { calendar_id: input.calendarId }),
    ...(input.alerts === undefined ? {} : { alerts: JSON.stringify(input.alerts) }),
    ...(input.pauses === undefined ? {} : { pauses: input.pauses }),
    ...(input.ended ? { ended_at: work.now } : {}),
  }
  await work.tx
    .updateTable('service_levels')
    .set({ ...set, version: before.version + 1 })
    .where('id', '=', input.id)
    .execute()
  work.record({
    type: input.ended ? 'level.ended' : 'level.changed',
    subject: { kind: 'service_level', id: input.id },
    data: { name: input.name ?? before.name, kind: before.kind },
    before: { targetMinutes: before.target_minutes },
    after: { targetMinutes: input.targetMinutes ?? before.target_minutes },
  })
  return allLevels({ db: work.tx, now: work.now })
}

/** Says in which order the rules of a kind are asked. @throws Refusal naming `ids` unless each is named once */
export const orderLevels = async (work: Work, { kind, ids }: { kind: Level['kind']; ids: number[] }) => {
  const { rows } = await sql<{
    id: number
  }>`select id from service_levels where kind = ${kind} and ended_at is null order by id for update`.execute(work.tx)
  const same =
    rows.length === ids.length && new Set(ids).size === ids.length && rows.every(({ id }) => ids.includes(id))
  if (!same) refuseField('ids', 'Name every rule of this kind once. Somebody may have added or ended one meanwhile.')
  await sql`update service_levels l set position = o.position from unnest(${ids}::bigint[]) with ordinality as o(id, position) where l.id = o.id`.execute(
    work.tx,
  )
  work.record({ type: 'level.ordered', subject: { kind: 'service_level', id: ids[0] as number }, data: { kind } })
  return done
}
