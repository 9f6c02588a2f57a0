import type { Condition, Leaf } from '../../shared/condition.ts'
import type { ActionCall } from '../../shared/contract.ts'
import type { When } from './contract-rules.ts'

/** A rule as far as what it sets off can be known from its words. */
export type Wired = { id: number; name: string; when: When; condition: Condition; actions: readonly ActionCall[] }

/** What a field of a change is called in a condition. */
const fieldOf: Record<string, string> = {
  topicId: 'topic',
  productId: 'product',
  teamId: 'team',
  assigneeId: 'assignee',
}

/** The fields a rule sets, and to what: the last word counts. */
const setsOf = (rule: Wired): Map<string, unknown> => {
  const sets = new Map<string, unknown>()
  for (const act of rule.actions) {
    if (act.do !== 'change') continue
    for (const [key, value] of Object.entries((act.change ?? {}) as Record<string, unknown>)) {
      if (key === 'addTags' || key === 'removeTags') continue
      if (key === 'custom')
        for (const [name, one] of Object.entries(value as Record<string, unknown>)) sets.set(`custom.${name}`, one)
      else sets.set(fieldOf[key] ?? key, value)
    }
  }
  return sets
}

/** The parts of a condition that all have to hold. */
const required = (condition: Condition): Leaf[] => {
  if ('all' in condition) return condition.all.flatMap(required)
  return 'field' in condition ? [condition] : []
}

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

const among = (list: unknown, value: unknown) => Array.isArray(list) && list.some(one => same(one, value))

/** Whether what one rule sets rules a part of another's condition out. */
const contradicts = ({ field, op, value }: Leaf, sets: ReadonlyMap<string, unknown>): boolean => {
  if (!sets.has(field)) return false
  const now = sets.get(field)
  if (op === 'is' || op === 'changed_to') return !same(now, value)
  if (op === 'one_of') return !among(value, now)
  if (op === 'absent') return now !== null
  return op === 'present' && now === null
}

const speaksOfChange = ({ op }: Leaf) => op === 'changed' || op === 'changed_to' || op === 'changed_from'

/** Whether one rule's doing is what another waits for, as far as their words tell. */
const setsOff = (one: Wired, other: Wired): boolean => {
  if (!('event' in other.when) || other.when.event !== 'case.changed') return false
  const [sets, leaves] = [setsOf(one), required(other.condition)]
  const waited = leaves.filter(leaf => speaksOfChange(leaf) && sets.has(leaf.field))
  return waited.length > 0 && !leaves.some(leaf => contradicts(leaf, sets))
}

/** Whether rules that set each other off never come to rest: some field is set to one thing and back. */
const neverRests = (circle: readonly Wired[]): boolean => {
  const seen = new Map<string, unknown>()
  for (const rule of circle)
    for (const [field, value] of setsOf(rule)) {
      if (seen.has(field) && !same(seen.get(field), value)) return true
      seen.set(field, value)
    }
  return false
}

const longest = 6

/**
 * The rules that a rule would go round in a circle with, as far as that is certain from what they say: each sets off the
 * next, and some field goes one way and back. What cannot be told beforehand is stopped when it happens.
 * @returns the circle from the rule on, or null
 */
export const circleOf = (rule: Wired, others: readonly Wired[]): Wired[] | null => {
  const walk = (path: readonly Wired[]): Wired[] | null => {
    const last = path.at(-1) as Wired
    if (path.length > 1 && setsOff(last, rule) && neverRests(path)) return [...path]
    if (path.length >= longest) return null
    for (const next of others) {
      if (path.includes(next) || !setsOff(last, next)) continue
      const found = walk([...path, next])
      if (found) return found
    }
    return null
  }
  return walk([rule])
}
