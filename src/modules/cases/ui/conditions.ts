import { type Condition, type FieldType, type Leaf, type Operator, operators } from '../../../shared/condition.ts'
import { useCall } from '../../../ui/call.ts'
import { sayOr, useSay } from '../../../ui/language/index.ts'
import { cases } from '../contract.ts'

export type FieldInfo = {
  key: string
  label: string
  type: string
  choices?: string[] | undefined
  /** Whether it may be asked what changed: only rules on events know what was before. */
  changes?: boolean
}
export type Row = { key: string; field: string; op: string; value: unknown }
export type Mode = 'all' | 'any' | 'none'
/** A part of the sentence in brackets: all, any or none of its items. */
export type Group = { key: string; mode: Mode; items: Item[] }
export type Item = Row | Group

export const isGroup = (item: Item): item is Group => 'items' in item
const isLeaf = (node: Condition): node is Leaf => 'field' in node

export const useFields = (): FieldInfo[] => useCall(cases.fields, {}, { staleTime: 5 * 60_000 }).data?.items ?? []

let made = 0
const newKey = () => `part${++made}`

export const newRow = (field: FieldInfo | undefined): Row => ({
  key: newKey(),
  field: field?.key ?? '',
  op: firstOperator(field),
  value: undefined,
})
export const newGroup = (field: FieldInfo | undefined): Group => ({
  key: newKey(),
  mode: 'any',
  items: [newRow(field)],
})

const itemOf = (node: Condition): Item => {
  if (isLeaf(node)) return { key: newKey(), field: node.field, op: node.op, value: node.value }
  if ('not' in node) {
    const inner = node.not
    const items = !isLeaf(inner) && 'any' in inner ? inner.any : [inner]
    return { key: newKey(), mode: 'none', items: items.map(itemOf) }
  }
  const mode = 'any' in node ? 'any' : 'all'
  return { key: newKey(), mode, items: ('any' in node ? node.any : node.all).map(itemOf) }
}

/** What a view keeps as a sentence in brackets. Several conditions all hold. */
export const groupOf = (conditions: readonly Condition[]): Group => {
  const [only] = conditions
  const whole = conditions.length === 1 && only ? itemOf(only) : itemOf({ all: [...conditions] })
  return isGroup(whole) ? whole : { key: newKey(), mode: 'all', items: [whole] }
}

const nodeOf = (item: Item): Condition => {
  if (isGroup(item)) return conditionOf(item)
  return { field: item.field, op: item.op, ...(item.value === undefined ? {} : { value: item.value }) }
}

const said = (item: Item): boolean => (isGroup(item) ? item.items.some(said) : item.op !== '')

/** The sentence as it is kept. Parts that say nothing yet are left out. */
export const conditionOf = ({ mode, items }: Group): Condition => {
  const parts = items.filter(said).map(nodeOf)
  if (mode === 'none') return { not: { any: parts } }
  return mode === 'any' && parts.length > 0 ? { any: parts } : { all: parts }
}

const isType = (type: string): type is FieldType => type in operators

/** Operators that ask about a stored case, and for rules about what changed. */
export const operatorsOf = (field: FieldInfo | undefined): [string, Operator][] =>
  field && isType(field.type)
    ? Object.entries<Operator>(operators[field.type]).filter(
        ([, operator]) => field.changes || operator.kind !== 'change',
      )
    : []

/** What one mostly asks of such a field. */
export const firstOperator = (field: FieldInfo | undefined): string =>
  operatorsOf(field).find(([name]) => /^(is|has_any|contains|within_last)$/.test(name))?.[0] ?? ''

/** Whether every part has what it needs to be counted. */
export const isWhole = (item: Item, fields: readonly FieldInfo[]): boolean => {
  if (isGroup(item)) return item.items.every(one => isWhole(one, fields))
  const operator = operatorsOf(fields.find(field => field.key === item.field)).find(([key]) => key === item.op)?.[1]
  if (!operator) return false
  if (operator.value === 'nothing') return true
  if (item.value === undefined || item.value === '') return false
  if (operator.value.endsWith('Range')) {
    const range = item.value as { from?: unknown; to?: unknown }
    return range.from !== undefined && range.to !== undefined
  }
  return true
}

/** The words of a choice on screen, whatever it is a choice of. */
export const useChoiceWords = () => {
  useSay()
  return (field: string, value: string): string =>
    sayOr(`${field}.${value}`, field === 'needMet' ? sayOr(`solve.${value}`, value) : value.replaceAll('_', ' '))
}
