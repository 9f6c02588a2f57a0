import { type Condition, type Leaf, type Operator, operators, values } from '../../shared/condition.ts'
import { Refusal } from '../refusal.ts'
import type { Catalogue, Field } from './catalogue.ts'
import { type Meaning, meanings } from './operators.ts'
import { walk } from './walk.ts'

/** A condition that does not fit its catalogue. `path` names the part at fault, as in `any[1].value`. */
export class BadCondition extends Refusal {
  readonly path: string
  constructor(path: string, problem: string) {
    super('invalid', `${path}: ${problem}`, [{ field: path, message: problem }])
    this.name = 'BadCondition'
    this.path = path
  }
}

export type CheckedLeaf = { key: string; path: string; field: Field; op: string; operator: Operator; value: unknown }

const own = <T>(table: Record<string, T>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined

/** The leaf with its field, operator and value looked up. Throws BadCondition when one of them is wrong. */
export function checkedLeaf(catalogue: Catalogue, leaf: Leaf, path: string): CheckedLeaf {
  const at = (part: string) => (path === '' ? part : `${path}.${part}`)
  const field = own(catalogue, leaf.field)
  if (field === undefined) throw new BadCondition(at('field'), `There is no field "${leaf.field}"`)
  const operator = own<Operator>(operators[field.type], leaf.op)
  if (operator === undefined) throw new BadCondition(at('op'), `"${leaf.op}" does not apply to ${field.label}`)
  const parsed = values[operator.value].safeParse(leaf.value)
  if (!parsed.success) throw new BadCondition(at('value'), parsed.error.issues[0]?.message ?? 'Not a value')
  const unknownChoice = field.type === 'choice' ? notAmong(field.choices, leaf.value) : undefined
  if (unknownChoice !== undefined) throw new BadCondition(at('value'), `${field.label} is never "${unknownChoice}"`)
  return { key: leaf.field, path, field, op: leaf.op, operator, value: parsed.data }
}

function notAmong(choices: readonly { value: string }[], value: unknown): string | undefined {
  const wanted: string[] = typeof value === 'string' ? [value] : Array.isArray(value) ? value : []
  return wanted.find(one => !choices.some(choice => choice.value === one))
}

/**
 * Checks every leaf against the catalogue. Operators that compare before and after are refused unless the condition
 * is for a `change`. Throws BadCondition.
 */
export function check(catalogue: Catalogue, condition: Condition, use: 'record' | 'change' = 'record'): void {
  const nothing = () => undefined
  walk<void>(condition, {
    all: nothing,
    any: nothing,
    not: nothing,
    leaf: (leaf, path) => {
      const checked = checkedLeaf(catalogue, leaf, path)
      if (use === 'record') refuseChange(checked)
    },
  })
}

export function refuseChange({ path, operator, field }: CheckedLeaf): void {
  if (operator.kind !== 'change') return
  throw new BadCondition(
    path === '' ? 'op' : `${path}.op`,
    `"${field.label} ${operator.label}" needs a before and after`,
  )
}

/** The types are erased here, once: checkedLeaf has held the value against the kind its operator takes. */
type Erased = Meaning<unknown, unknown>
const table = meanings as unknown as Record<string, Record<string, Erased>>

/** The meaning of a plain operator. Throws BadCondition for one that has to be resolved first or compares changes. */
export function meaningOf(leaf: CheckedLeaf): Erased {
  refuseChange(leaf)
  refuseUnresolved(leaf)
  return table[leaf.field.type]![leaf.op]!
}

/** What "the same value" means for a field type: the operator that `changed_to` and `changed_from` stand on. */
export function equalityOf(leaf: CheckedLeaf): Erased {
  refuseUnresolved(leaf)
  const { is, on } = table[leaf.field.type]!
  return (is ?? on)!
}

function refuseUnresolved({ path, operator, field, value }: CheckedLeaf): void {
  const me = field.type === 'id' && (value === 'me' || (Array.isArray(value) && value.includes('me')))
  if (operator.kind === 'relative' || me) {
    throw new BadCondition(path === '' ? 'value' : `${path}.value`, 'Resolve the condition first')
  }
}
