import { type Condition, type FieldType, type Leaf, type Operator, operators } from '../../../shared/condition.ts'
import { useCall } from '../../../ui/call.ts'
import { sayOr, useSay } from '../../../ui/language/index.ts'
import { cases } from '../contract.ts'

export type FieldInfo = { key: string; label: string; type: string; choices?: string[] | undefined }
export type Row = { key: string; field: string; op: string; value: unknown }

export const isLeaf = (node: Condition): node is Leaf => 'field' in node

export const useFields = (): FieldInfo[] => useCall(cases.fields, {}, { staleTime: 5 * 60_000 }).data?.items ?? []

const rowOf = (leaf: Leaf, index: number): Row => ({
  key: `${index}${leaf.field}`,
  field: leaf.field,
  op: leaf.op,
  value: leaf.value,
})

/** A flat tree as lines of a sentence. What is nested deeper is left out, and `whole` says so. */
export const rowsOf = (conditions: Condition[]): { mode: 'all' | 'any'; rows: Row[]; whole: boolean } => {
  const only = conditions.length === 1 ? conditions[0] : undefined
  if (only && 'any' in only)
    return { mode: 'any', rows: only.any.filter(isLeaf).map(rowOf), whole: only.any.every(isLeaf) }
  const list = only && 'all' in only ? only.all : conditions
  return { mode: 'all', rows: list.filter(isLeaf).map(rowOf), whole: list.every(isLeaf) }
}

export const treeOf = (mode: 'all' | 'any', rows: Row[]): Condition => {
  const leaves = rows
    .filter(row => row.op !== '')
    .map(({ field, op, value }) => ({ field, op, ...(value === undefined ? {} : { value }) }))
  return mode === 'all' ? { all: leaves } : { any: leaves }
}

const isType = (type: string): type is FieldType => type in operators

/** Operators that ask about a stored case; "changed" only makes sense for rules. */
export const operatorsOf = (field: FieldInfo | undefined): [string, Operator][] =>
  field && isType(field.type)
    ? Object.entries<Operator>(operators[field.type]).filter(([, operator]) => operator.kind !== 'change')
    : []

/** The words of a choice on screen, whatever it is a choice of. */
export const useChoiceWords = () => {
  useSay()
  return (field: string, value: string): string =>
    sayOr(`${field}.${value}`, field === 'needMet' ? sayOr(`solve.${value}`, value) : value.replaceAll('_', ' '))
}
