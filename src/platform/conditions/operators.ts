import { type RawBuilder, sql } from 'kysely'
import type { FieldType, Operators, ValueKind, ValueOf } from '../../shared/condition.ts'
import type { Memory } from './catalogue.ts'
import { fold, foldSql, literally } from './fold.ts'

type Column = RawBuilder<unknown>

/**
 * Both meanings of one operator, side by side. Memory never hands `test` an absent value: the answer is then
 * `ofNothing`, false unless stated, and SQL yields that same answer or null.
 */
export type Meaning<X, V> = {
  sql: (column: Column, value: V) => RawBuilder<unknown>
  test: (value: V) => (x: X) => boolean
  ofNothing?: true
}
type PlainOf<T extends FieldType> = {
  [O in keyof Operators[T]]: Operators[T][O] extends { kind: 'plain' } ? O : never
}[keyof Operators[T]]
type ValueFor<Op> = Op extends { value: infer K extends ValueKind } ? ValueOf<K> : never

/** Every plain operator of the language has both meanings here, or this file does not compile. */
type Meanings = { [T in FieldType]: { [O in PlainOf<T>]: Meaning<Memory[T], ValueFor<Operators[T][O]>> } }

/** How the values of a condition become what memory compares, and as which SQL type they are sent. */
type Kind<X, V> = { read: (value: V) => X; type: (values: X[]) => string }
const same = <X>(type: string): Kind<X, X> => ({ read: value => value, type: () => type })
const integer: Kind<bigint, number | string> = { read: BigInt, type: () => 'bigint' }
// Whole numbers go as bigint so that an index on an integer column serves; a float8 column accepts both.
const number: Kind<number, number> = {
  read: value => value,
  type: all => (all.every(Number.isSafeInteger) ? 'bigint' : 'float8'),
}
// PostgreSQL keeps microseconds and Date does not: an instant is compared as the millisecond it falls into.
const instant = (ms: number) => sql`${new Date(ms).toISOString()}::timestamptz`

/** Values travel as their text and are cast there: one form for bigints, numbers and booleans. */
const param = (value: unknown, type: string) => sql`${String(value)}::${sql.raw(type)}`

const presence: { present: Meaning<unknown, undefined>; absent: Meaning<unknown, undefined> } = {
  present: { sql: column => sql`(${column}) is not null`, test: () => () => true },
  absent: { sql: column => sql`(${column}) is null`, test: () => () => false, ofNothing: true },
}

function is<X, V>({ read, type }: Kind<X, V>): Meaning<X, V> {
  return {
    sql: (column, value) => sql`(${column}) = ${param(read(value), type([read(value)]))}`,
    test: value => {
      const wanted = read(value)
      return x => x === wanted
    },
  }
}

function oneOf<X, V>({ read, type }: Kind<X, V>): Meaning<X, V[]> {
  return {
    sql: (column, values) =>
      sql`(${column}) = any(${values.map(value => String(read(value)))}::${sql.raw(type(values.map(read)))}[])`,
    test: values => {
      const wanted = new Set(values.map(read))
      return x => wanted.has(x)
    },
  }
}

function compared<X, V>(symbol: string, { read, type }: Kind<X, V>, test: (x: X, v: X) => boolean): Meaning<X, V> {
  return {
    sql: (column, value) => sql`(${column}) ${sql.raw(symbol)} ${param(read(value), type([read(value)]))}`,
    test: value => {
      const bound = read(value)
      return x => test(x, bound)
    },
  }
}

function between<X, V>({ read, type }: Kind<X, V>): Meaning<X, { from: V; to: V }> {
  return {
    sql: (column, { from, to }) => {
      const ends = [read(from), read(to)]
      const [low, high] = ends.map(end => param(end, type(ends)))
      return sql`(${column}) between ${low} and ${high}`
    },
    test: value => {
      const [low, high] = [read(value.from), read(value.to)]
      return x => x >= low && x <= high
    },
  }
}

const equality = <X, V>(kind: Kind<X, V>) => ({ is: is(kind), one_of: oneOf(kind) })
const order = <X, V>(kind: Kind<X, V>) => ({
  less: compared('<', kind, (x, v) => x < v),
  greater: compared('>', kind, (x, v) => x > v),
  at_least: compared('>=', kind, (x, v) => x >= v),
  at_most: compared('<=', kind, (x, v) => x <= v),
  between: between(kind),
})

const like = (column: Column, pattern: string) => sql`${foldSql(column)} like ${foldSql(sql`${pattern}::text`)}`

/** What each plain operator means in SQL and in memory. */
export const meanings: Meanings = {
  text: {
    ...presence,
    ...equality(same<string>('text')),
    contains: {
      sql: (column, value) => like(column, `%${literally(value)}%`),
      test: value => {
        const part = fold(value)
        return x => fold(x).includes(part)
      },
    },
    starts_with: {
      sql: (column, value) => like(column, `${literally(value)}%`),
      test: value => {
        const start = fold(value)
        return x => fold(x).startsWith(start)
      },
    },
  },
  number: { ...presence, ...equality(number), ...order(number) },
  money: { ...presence, ...equality(integer), ...order(integer) },
  flag: { ...presence, is: is(same<boolean>('boolean')) },
  choice: { ...presence, ...equality(same<string>('text')) },
  // To a person an empty set has no value, whether it is stored as null or as {}.
  set: {
    present: { sql: column => sql`cardinality(${column}) > 0`, test: () => x => x.length > 0 },
    absent: {
      sql: column => sql`(cardinality(${column}) > 0) is not true`,
      test: () => x => x.length === 0,
      ofNothing: true,
    },
    has_any: {
      sql: (column, value) => sql`(${column}) && ${value}::text[]`,
      test: value => x => value.some(item => x.includes(item)),
    },
    has_all: {
      sql: (column, value) => sql`(${column}) @> ${value}::text[]`,
      test: value => x => value.every(item => x.includes(item)),
    },
    has_none: {
      sql: (column, value) => sql`((${column}) && ${value}::text[]) is not true`,
      test: value => x => !value.some(item => x.includes(item)),
      ofNothing: true,
    },
  },
  date: {
    ...presence,
    on: is(same<string>('date')),
    before: compared('<', same<string>('date'), (x, v) => x < v),
    after: compared('>', same<string>('date'), (x, v) => x > v),
    between: between(same<string>('date')),
  },
  time: {
    ...presence,
    before: {
      sql: (column, value) => sql`(${column}) < ${instant(Date.parse(value))}`,
      test: value => {
        const bound = Date.parse(value)
        return x => x < bound
      },
    },
    after: {
      sql: (column, value) => sql`(${column}) >= ${instant(Date.parse(value) + 1)}`,
      test: value => {
        const bound = Date.parse(value)
        return x => x > bound
      },
    },
    between: {
      sql: (column, { from, to }) =>
        sql`((${column}) >= ${instant(Date.parse(from))} and (${column}) < ${instant(Date.parse(to) + 1)})`,
      test: ({ from, to }) => {
        const [first, last] = [Date.parse(from), Date.parse(to)]
        return x => x >= first && x <= last
      },
    },
  },
  id: { ...presence, ...equality(integer) },
}
