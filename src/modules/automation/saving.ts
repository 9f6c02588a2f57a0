import { sql } from 'kysely'
import { check } from '../../platform/conditions/index.ts'
import { staffIdOf } from '../../platform/permissions/actor.ts'
import { assertFresh, notFound, refuseField } from '../../platform/refusal.ts'
import { assertActions, type Parts } from '../../platform/rules/parts.ts'
import type { Work } from '../../platform/work.ts'
import type { Condition } from '../../shared/condition.ts'
import { type ActionCall, done } from '../../shared/contract.ts'
import { conditionFields } from '../cases/index.ts'
import { circleOf } from './circles.ts'
import { isWithinHours } from './clock.ts'
import { anchors, type When } from './contract-rules.ts'
import { allRules, rulesInForce, whenOf } from './queries.ts'

export type Given = {
  name: string
  when: When
  condition: Condition
  actions: ActionCall[]
  stops: boolean
  enabled: boolean
}

/** @throws Refusal naming `when` or the part of the condition that makes no sense */
export const assertAsks = async (work: Work, parts: Parts, { when, condition }: Pick<Given, 'when' | 'condition'>) => {
  if ('event' in when && !parts.triggers.some(one => one.event === when.event))
    refuseField('when.event', `There is no event "${when.event}" to set a rule on`)
  if ('anchor' in when && when.minutes < 0 && when.anchor !== 'dueAt')
    refuseField('when.minutes', 'Only before what is promised can something be done: nothing else is known beforehand')
  if (
    'anchor' in when &&
    when.working &&
    when.minutes !== 0 &&
    !(await isWithinHours({ db: work.tx }, when.minutes, work.now))
  )
    refuseField('when.minutes', 'So much working time does not pass within ten years by these hours')
  check(await conditionFields({ db: work.tx }), condition, 'event' in when ? 'change' : 'record')
}

const assertNoCircle = async (work: Work, id: number, rule: Given): Promise<void> => {
  if (!rule.enabled) return
  const others = (await rulesInForce({ db: work.tx })).filter(one => one.id !== id)
  const circle = circleOf(
    { id, ...rule },
    others.map(one => ({ ...one, when: whenOf(one) })),
  )
  if (!circle) return
  const names = circle.slice(1).map(one => `“${one.name}”`)
  refuseField(
    'actions',
    `Together with ${names.join(' and ')} it would go round in a circle: each undoes what the other did`,
  )
}

const valuesOf = ({ name, when, condition, actions, stops, enabled }: Given) => ({
  name,
  event: 'event' in when ? when.event : null,
  anchor: 'anchor' in when ? when.anchor : null,
  minutes: 'anchor' in when ? when.minutes : null,
  working: 'anchor' in when && when.working,
  condition: JSON.stringify(condition),
  actions: JSON.stringify(actions),
  stops,
  enabled,
})

const keepVersion = (work: Work, id: number, version: number, rule: Given) =>
  work.tx
    .insertInto('rule_versions')
    .values({ rule_id: id, version, at: work.now, staff_id: staffIdOf(work.actor), rule: JSON.stringify(rule) })
    .execute()

const one = async (work: Work, id: number) =>
  (await allRules({ db: work.tx, now: work.now })).items.find(rule => rule.id === id) ?? notFound('rule')

const assertSound = async (work: Work, parts: Parts, id: number, rule: Given): Promise<void> => {
  await assertAsks(work, parts, rule)
  await assertActions(work, parts, rule.actions, 'actions')
  await assertNoCircle(work, id, rule)
}

/** Writes a rule, asked last. @throws Refusal naming the part that makes no sense, or `actions` where it goes in a circle */
export const addRule = (parts: () => Parts) => async (work: Work, input: Given) => {
  await assertSound(work, parts(), 0, input)
  const { id } = await work.tx
    .insertInto('rules')
    .values({
      ...valuesOf(input),
      position: sql<number>`(select coalesce(max(position), 0) + 1 from rules)`,
      owner_id: staffIdOf(work.actor),
      changed_at: work.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await keepVersion(work, id, 1, input)
  work.record({ type: 'rule.added', subject: { kind: 'rule', id }, data: { name: input.name } })
  return one(work, id)
}

type Change = { [K in keyof Given]?: Given[K] | undefined } & {
  id: number
  ended?: true | undefined
  version?: number | undefined
}

const lockRule = async (work: Work, id: number) =>
  (await work.tx
    .selectFrom('rules')
    .selectAll()
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()) ?? notFound('rule')

const asGiven = (row: Awaited<ReturnType<typeof lockRule>>): Given => ({
  name: row.name,
  when: whenOf({ ...row, anchor: anchors.find(known => known === row.anchor) ?? null }),
  condition: row.condition as Condition,
  actions: row.actions as unknown as ActionCall[],
  stops: row.stops,
  enabled: row.enabled,
})

const eventOf = (input: Change, before: Given): string => {
  if (input.ended) return 'rule.ended'
  if (input.enabled === undefined || input.enabled === before.enabled) return 'rule.changed'
  return input.enabled ? 'rule.switched_on' : 'rule.switched_off'
}

/** Changes a rule, switches it on or off, or ends it. Whoever changes what it does owns it from then on. */
export const changeRule = (parts: () => Parts) => async (work: Work, input: Change) => {
  const row = await lockRule(work, input.id)
  assertFresh(row.version, input.version, 'rule')
  const before = asGiven(row)
  const { id, ended, version: _, ...given } = input
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<Given>
  const next: Given = { ...before, ...said }
  if (!ended && (next.enabled || JSON.stringify(next) !== JSON.stringify({ ...before, enabled: next.enabled })))
    await assertSound(work, parts(), id, next)
  // A rule on time that asks something else meets every case anew; one that is switched on meets what fits today.
  const anew = (next.enabled && !before.enabled) || said.when !== undefined || said.condition !== undefined
  if (anew) await work.tx.deleteFrom('rule_matches').where('rule_id', '=', id).execute()
  await work.tx
    .updateTable('rules')
    .set({
      ...valuesOf(next),
      ...(ended ? { ended_at: work.now, enabled: false } : {}),
      ...(anew ? { looked_at: null, looked_id: null } : {}),
      ...(next.enabled ? { failures: 0, off_reason: null, off_at: null } : {}),
      owner_id: staffIdOf(work.actor) ?? row.owner_id,
      changed_at: work.now,
      version: row.version + 1,
    })
    .where('id', '=', id)
    .execute()
  await keepVersion(work, id, row.version + 1, next)
  work.record({ type: eventOf(input, before), subject: { kind: 'rule', id }, data: { name: next.name } })
  return allRules({ db: work.tx, now: work.now })
}

/** Says in which order rules are asked. @throws Refusal naming `ids` unless each is named once */
export const orderRules = async (work: Work, { ids }: { ids: number[] }) => {
  const { rows } = await sql<{
    id: number
  }>`select id from rules where ended_at is null order by id for update`.execute(work.tx)
  const same =
    rows.length === ids.length && new Set(ids).size === ids.length && rows.every(({ id }) => ids.includes(id))
  if (!same) refuseField('ids', 'Name every rule once. Somebody may have added or ended one meanwhile.')
  await sql`update rules r set position = o.position from unnest(${ids}::bigint[]) with ordinality as o(id, position) where r.id = o.id`.execute(
    work.tx,
  )
  work.record({ type: 'rule.ordered', subject: { kind: 'rule', id: ids[0] as number } })
  return done
}
