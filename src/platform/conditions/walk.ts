import type { Condition, Leaf } from '../../shared/condition.ts'

export type Reading<R> = {
  all(parts: R[]): R
  any(parts: R[]): R
  not(part: R): R
  leaf(leaf: Leaf, path: string): R
}

/** Reads a condition from its leaves up. A leaf's path is as a person would write it: `any[1].not`. */
export function walk<R>(condition: Condition, read: Reading<R>, path = ''): R {
  const child = (step: string) => (path === '' ? step : `${path}.${step}`)
  if ('all' in condition) return read.all(condition.all.map((part, i) => walk(part, read, child(`all[${i}]`))))
  if ('any' in condition) return read.any(condition.any.map((part, i) => walk(part, read, child(`any[${i}]`))))
  if ('not' in condition) return read.not(walk(condition.not, read, child('not')))
  return read.leaf(condition, path)
}

/** The keys of the fields a condition mentions, each once, in order of appearance. */
export function fieldsOf(condition: Condition): string[] {
  const join = (parts: string[][]) => parts.flat()
  const all = walk<string[]>(condition, { all: join, any: join, not: part => part, leaf: leaf => [leaf.field] })
  return [...new Set(all)]
}
