import { type RawBuilder, sql } from 'kysely'
import type { Condition } from '../../shared/condition.ts'
import { type Catalogue, type Row, readers } from './catalogue.ts'
import { type CheckedLeaf, checkedLeaf, equalityOf, meaningOf } from './check.ts'
import { type Reading, walk } from './walk.ts'

type Sql = RawBuilder<boolean>
type Test = (after: Row, before: Row | null) => boolean

/**
 * The condition as SQL for a WHERE. It may yield null for false; negate with `not` inside the condition, which is the
 * one place where three-valued logic ends. Throws BadCondition.
 */
export function toSql(catalogue: Catalogue, condition: Condition): Sql {
  return walk<Sql>(condition, {
    all: parts => (parts.length === 0 ? sql`true` : sql`(${sql.join(parts, sql` and `)})`),
    any: parts => (parts.length === 0 ? sql`false` : sql`(${sql.join(parts, sql` or `)})`),
    not: part => sql`(${part}) is not true`,
    leaf: (leaf, path) => {
      const checked = checkedLeaf(catalogue, leaf, path)
      return meaningOf(checked).sql(checked.field.sql, checked.value) as Sql
    },
  })
}

const logic: Omit<Reading<Test>, 'leaf'> = {
  all: parts => (after, before) => parts.every(part => part(after, before)),
  any: parts => (after, before) => parts.some(part => part(after, before)),
  not: part => (after, before) => !part(after, before),
}

function plain(leaf: CheckedLeaf, meaning = meaningOf(leaf)): (row: Row) => boolean {
  const read = readers[leaf.field.type]
  const test = meaning.test(leaf.value)
  const ofNothing = meaning.ofNothing === true
  return row => {
    const value = read(row[leaf.key])
    return value === null ? ofNothing : test(value)
  }
}

/** The condition as a test of one row of `columns(catalogue)`: true exactly where SQL is true. Throws BadCondition. */
export function compile(catalogue: Catalogue, condition: Condition): (row: Row) => boolean {
  const test = walk<Test>(condition, {
    ...logic,
    leaf: (leaf, path) => plain(checkedLeaf(catalogue, leaf, path)),
  })
  return row => test(row, null)
}

const comparable = (value: unknown) =>
  Array.isArray(value) ? JSON.stringify([...new Set(value as string[])].sort()) : value

function change(leaf: CheckedLeaf): Test {
  if (leaf.op === 'changed') {
    const read = readers[leaf.field.type]
    const valueIn = (row: Row | null) => comparable(row === null ? null : read(row[leaf.key]))
    return (after, before) => valueIn(after) !== valueIn(before)
  }
  const holds = plain(leaf, equalityOf(leaf))
  const held = (row: Row | null) => row !== null && holds(row)
  if (leaf.op === 'changed_to') return (after, before) => held(after) && !held(before)
  return (after, before) => held(before) && !held(after)
}

/**
 * The condition as a test of a change. `before` is null for a record that has just come to be; operators that do not
 * speak of change read `after`. Throws BadCondition.
 */
export function compileChange(
  catalogue: Catalogue,
  condition: Condition,
): (change: { before: Row | null; after: Row }) => boolean {
  const test = walk<Test>(condition, {
    ...logic,
    leaf: (leaf, path) => {
      const checked = checkedLeaf(catalogue, leaf, path)
      return checked.operator.kind === 'change' ? change(checked) : plain(checked)
    },
  })
  return ({ before, after }) => test(after, before)
}
