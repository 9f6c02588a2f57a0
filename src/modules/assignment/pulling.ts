import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import { caseRows } from '../cases/index.ts'
import { loadOf } from './available.ts'
import type { Needed } from './contract.ts'
import { ruleFor, rulesInForce } from './rules.ts'

type Mine = { capacity: number | null; load: number; skills: Needed[] }

const mine = async (work: Work): Promise<Mine> => {
  const { rows } = await sql<Mine>`select w.capacity, ${loadOf('s.id')} as load,
      coalesce((select json_agg(json_build_object('skillId', k.skill_id, 'level', k.level)) from staff_skills k where k.staff_id = s.id), '[]') as skills
    from staff s left join staff_work w on w.staff_id = s.id where s.id = ${work.actor.id}`.execute(work.tx)
  return rows[0] ?? { capacity: null, load: 0, skills: [] }
}

const able = (skills: readonly Needed[], needed: readonly Needed[]): boolean =>
  needed.every(need => skills.some(one => one.skillId === need.skillId && one.level >= need.level))

/**
 * Which of some cases may be handed to whoever asks for the next one: their own always; of those that nobody has, the
 * ones they are able to do, as long as they have a place free. By hand anything can still be taken.
 */
export const fitToPull = async (work: Work, ids: readonly number[]): Promise<ReadonlySet<number>> => {
  const [{ capacity, load, skills }, rules] = [await mine(work), await rulesInForce({ db: work.tx })]
  const { fields, rows } = await caseRows({ db: work.tx }, ids)
  const find = await ruleFor({ db: work.tx, now: work.now }, rules, fields)
  const fits = rows.filter(row => {
    if (row.assignee !== null) return true
    if (capacity !== null && load >= capacity) return false
    return able(skills, find(row)?.skills ?? [])
  })
  return new Set(fits.map(row => row.caseId))
}
