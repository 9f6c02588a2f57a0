import { sql } from 'kysely'
import { type Catalogue, compile, type Row, resolve } from '../../platform/conditions/index.ts'
import { assertFresh, notFound, refuseField } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import { done } from '../../shared/contract.ts'
import { assertCaseCondition } from '../cases/index.ts'
import { assertTeam, zoneOf } from '../identity/index.ts'
import type { AssignmentRule, Needed } from './contract.ts'

export type Rule = Omit<AssignmentRule, 'waiting'>
type Given = Omit<Rule, 'id' | 'position' | 'version'>
type Change = { [K in keyof Given]?: Given[K] | undefined } & {
  id: number
  ended?: true | undefined
  version?: number | undefined
}

const columns = sql`r.id, r.name, r.condition, r.team_id as "teamId", r.way, r.skills, r.position, r.enabled, r.version`

/** The rules that are switched on, in the order they are asked. */
export const rulesInForce = async ({ db }: Pick<Reading, 'db'>): Promise<Rule[]> =>
  (
    await sql<Rule>`select ${columns} from assignment_rules r where r.ended_at is null and r.enabled order by r.position, r.id`.execute(
      db,
    )
  ).rows

/** The first rule that fits a case, or null. */
export const ruleFor = async (
  reading: Pick<Reading, 'db' | 'now'>,
  rules: readonly Rule[],
  fields: Catalogue,
): Promise<(row: Row) => Rule | null> => {
  const zone = await zoneOf(reading)
  const tests = rules.map(rule => ({
    rule,
    fits: compile(fields, resolve(fields, rule.condition, { now: reading.now, zone, me: null })),
  }))
  return row => tests.find(({ fits }) => fits(row))?.rule ?? null
}

export const allRules = async ({ db }: Pick<Reading, 'db'>) => ({
  items: (
    await sql<AssignmentRule>`select ${columns}, (select count(*)::int from assignment_waiting w where w.rule_id = r.id) as waiting
      from assignment_rules r where r.ended_at is null order by r.position, r.id`.execute(db)
  ).rows,
})

const assertSkills = async (work: Work, skills: readonly Needed[]): Promise<void> => {
  if (skills.length === 0) return
  const ids = [...new Set(skills.map(one => one.skillId))]
  const found = await work.tx
    .selectFrom('skills')
    .select('id')
    .where('id', 'in', ids)
    .where('ended_at', 'is', null)
    .execute()
  if (found.length < ids.length) refuseField('skills', 'There is no such skill')
}

const assertSound = async (work: Work, rule: Given): Promise<void> => {
  await assertCaseCondition({ db: work.tx }, rule.condition)
  await assertTeam(work, rule.teamId)
  await assertSkills(work, rule.skills)
  if (rule.way === 'team' && !rule.teamId) refuseField('teamId', 'Say to which team')
}

const valuesOf = ({ name, condition, teamId, way, skills, enabled }: Given) => ({
  name,
  condition: JSON.stringify(condition),
  team_id: teamId,
  way,
  skills: JSON.stringify(skills),
  enabled,
})

/** @throws Refusal naming `condition`, `teamId` or `skills` */
export const addRule = async (work: Work, input: Given) => {
  await assertSound(work, input)
  const { id } = await work.tx
    .insertInto('assignment_rules')
    .values({
      ...valuesOf(input),
      position: sql<number>`(select coalesce(max(position), 0) + 1 from assignment_rules)`,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  work.record({ type: 'assignment_rule.added', subject: { kind: 'assignment_rule', id }, data: { name: input.name } })
  return (await allRules({ db: work.tx })).items.find(rule => rule.id === id) ?? notFound('assignment rule')
}

export const changeRule = async (work: Work, { id, ended, version, ...given }: Change) => {
  await sql`select 1 from assignment_rules where id = ${id} for update`.execute(work.tx)
  const before = (await allRules({ db: work.tx })).items.find(rule => rule.id === id) ?? notFound('assignment rule')
  assertFresh(before.version, version, 'assignment rule')
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  const next: Given = { ...before, ...said }
  if (!ended) await assertSound(work, next)
  await work.tx
    .updateTable('assignment_rules')
    .set({ ...valuesOf(next), version: before.version + 1, ...(ended ? { ended_at: work.now, enabled: false } : {}) })
    .where('id', '=', id)
    .execute()
  if (ended || !next.enabled) await work.tx.deleteFrom('assignment_waiting').where('rule_id', '=', id).execute()
  const type = ended ? 'assignment_rule.ended' : 'assignment_rule.changed'
  work.record({ type, subject: { kind: 'assignment_rule', id }, data: { name: next.name } })
  return allRules({ db: work.tx })
}

/** @throws Refusal naming `ids` unless each is named once */
export const orderRules = async (work: Work, { ids }: { ids: number[] }) => {
  const { items } = await allRules({ db: work.tx })
  const same =
    items.length === ids.length && new Set(ids).size === ids.length && items.every(({ id }) => ids.includes(id))
  if (!same) refuseField('ids', 'Name every rule once. Somebody may have added or ended one meanwhile.')
  await sql`update assignment_rules r set position = o.position from unnest(${ids}::bigint[]) with ordinality as o(id, position)
    where r.id = o.id`.execute(work.tx)
  work.record({ type: 'assignment_rule.ordered', subject: { kind: 'assignment_rule', id: ids[0] as number } })
  return done
}
