import { sql } from 'kysely'
import type { Kernel } from '../../platform/kernel.ts'
import { system } from '../../platform/permissions/actor.ts'
import type { Work } from '../../platform/work.ts'
import { caseFacts, changeCase } from '../cases/index.ts'
import { type Free, whoMayBeGiven } from './available.ts'
import { type Rule, ruleFor, rulesInForce } from './rules.ts'

/** In whose name cases are given by rule. */
const giver = { ...system, name: 'Assignment' }

const time = (at: Date | null): number => at?.getTime() ?? 0

/** Whose turn it is: who has most room, or who was given something longest ago. Who came to it longest ago breaks ties. */
export const choose = (way: Rule['way'], free: readonly Free[]): Free | null => {
  const share = (one: Free) => (way === 'least_loaded' ? one.load / one.capacity : 0)
  const inOrder = free.toSorted(
    (a, b) => share(a) - share(b) || time(a.lastGivenAt) - time(b.lastGivenAt) || a.id - b.id,
  )
  return inOrder[0] ?? null
}

/**
 * Locks everybody who could be chosen: two cases at once choose one after the other, and the second sees what the first
 * took. Who is free is asked by a statement of its own, after the wait.
 */
const freeNow = async (work: Work, ask: Parameters<typeof whoMayBeGiven>[1]): Promise<Free[]> => {
  const reading = { db: work.tx, now: work.now }
  const ids = (await whoMayBeGiven(reading, ask)).map(one => one.id)
  if (ids.length === 0) return []
  await sql`insert into staff_work (staff_id) select unnest(${ids}::bigint[]) order by 1 on conflict do nothing`.execute(
    work.tx,
  )
  await sql`select 1 from staff_work where staff_id = any(${ids}::bigint[]) order by staff_id for update`.execute(
    work.tx,
  )
  return (await whoMayBeGiven(reading, ask)).filter(one => ids.includes(one.id))
}

const wait = (work: Work, caseId: number, rule: Rule) =>
  sql`insert into assignment_waiting (case_id, rule_id, since) values (${caseId}, ${rule.id}, ${work.now})
    on conflict (case_id) do update set rule_id = excluded.rule_id`.execute(work.tx)

const noLonger = (work: Work, caseId: number) =>
  work.tx.deleteFrom('assignment_waiting').where('case_id', '=', caseId).execute()

const skillNames = async (work: Work, rule: Rule): Promise<string[]> => {
  if (rule.skills.length === 0) return []
  const ids = rule.skills.map(one => one.skillId)
  return (await work.tx.selectFrom('skills').select('name').where('id', 'in', ids).orderBy('name').execute()).map(
    one => one.name,
  )
}

const give = async (work: Work, caseId: number, rule: Rule, to: Free, teamId: number | null): Promise<void> => {
  await changeCase(work, {
    id: caseId,
    assigneeId: to.id,
    ...(rule.teamId && rule.teamId !== teamId ? { teamId: rule.teamId } : {}),
  })
  await work.tx.updateTable('staff_work').set({ last_given_at: work.now }).where('staff_id', '=', to.id).execute()
  await noLonger(work, caseId)
  work.record({
    type: 'case.given',
    subject: { kind: 'case', id: caseId },
    data: {
      ruleId: rule.id,
      rule: rule.name,
      way: rule.way,
      name: to.name,
      load: to.load,
      capacity: to.capacity,
      skills: await skillNames(work, rule),
    },
  })
}

/**
 * Gives an open case that nobody has to whom the first rule that fits says, with why; where nobody is free it waits.
 * @returns whether anything was done
 */
export const giveByRule = async (work: Work, caseId: number): Promise<boolean> => {
  const rules = await rulesInForce({ db: work.tx })
  if (rules.length === 0) return false
  const { fields, rows } = await caseFacts(work, [caseId])
  const [row] = rows
  const isOpen = row && row.status !== 'solved' && row.status !== 'closed' && !row.mergedInto && !row.asleep
  const rule =
    isOpen && row.assignee === null ? (await ruleFor({ db: work.tx, now: work.now }, rules, fields))(row) : null
  if (!row || !rule) {
    await noLonger(work, caseId)
    return false
  }
  const teamId = row.team === null ? null : Number(row.team)
  if (rule.way === 'team') {
    if (teamId === rule.teamId) return false
    await changeCase(work, { id: caseId, teamId: rule.teamId })
    const data = { ruleId: rule.id, rule: rule.name, way: rule.way }
    work.record({ type: 'case.given', subject: { kind: 'case', id: caseId }, data })
    return true
  }
  const to = choose(
    rule.way,
    await freeNow(work, {
      teamId: rule.teamId ?? teamId,
      skills: rule.skills,
      confidential: row.confidential === true,
    }),
  )
  if (to) await give(work, caseId, rule, to, teamId)
  else await wait(work, caseId, rule)
  return to !== null
}

export const giveOne = (kernel: Kernel, caseId: number): Promise<boolean> =>
  kernel.work(giver, work => giveByRule(work, caseId), 'assignment')

const mostAtOnce = 100

/** A place came free: those that waited for one are given out, the most urgent first, each in a transaction of its own. */
export const catchUp = async (kernel: Kernel): Promise<void> => {
  const waiting = await kernel.read(
    system,
    async ({ db }) =>
      (
        await sql<{
          id: number
          ruleId: number
        }>`select w.case_id as id, w.rule_id as "ruleId" from assignment_waiting w
        join cases c on c.id = w.case_id order by c.urgent_from, c.id limit ${mostAtOnce}`.execute(db)
      ).rows,
  )
  const full = new Set<number>()
  for (const { id, ruleId } of waiting) if (!full.has(ruleId) && !(await giveOne(kernel, id))) full.add(ruleId)
}
