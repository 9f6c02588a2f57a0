import * as z from 'zod'

/**
 * The shape of a condition and the words of its operators. Browsers build conditions with these tables and never
 * evaluate them; `platform/conditions` gives each operator its meaning.
 */
export const caps = { depth: 8, leaves: 200, list: 100, text: 500, span: 10_000 } as const

export type Leaf = { field: string; op: string; value?: unknown }
export type Condition = { all: Condition[] } | { any: Condition[] } | { not: Condition } | Leaf

const Leaf = z.strictObject({
  /** At most 63 ASCII characters: the key is also a column name of the SELECT that feeds memory. */
  field: z
    .string()
    .max(63)
    .regex(/^[a-z][A-Za-z0-9_]*(\.[A-Za-z0-9_]+)*$/),
  op: z.string().max(30),
  value: z.unknown().optional(),
})

const Tree: z.ZodType<Condition> = z
  .lazy(() =>
    z.union([
      z.strictObject({ all: z.array(Tree).max(caps.leaves) }),
      z.strictObject({ any: z.array(Tree).max(caps.leaves) }),
      z.strictObject({ not: Tree }),
      Leaf,
    ]),
  )
  .meta({ id: 'Condition' })

const isObject = (node: unknown): node is Record<string, unknown> =>
  typeof node === 'object' && node !== null && !Array.isArray(node)

function childrenOf(node: unknown): unknown[] {
  if (!isObject(node)) return []
  return [node.all, node.any].flatMap(list => (Array.isArray(list) ? list : [])).concat('not' in node ? [node.not] : [])
}

/** Level by level, not by recursion: a hostile depth is refused here before it can exhaust the parser's stack. */
function sizeProblem(root: unknown): string | null {
  let leaves = 0
  let level = [root]
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > caps.depth) return `A condition may be nested at most ${caps.depth} levels deep`
    leaves += level.filter(node => isObject(node) && 'field' in node).length
    // Empty groups cost as much as leaves, so a level of either kind is held to the same number.
    if (leaves > caps.leaves || level.length > caps.leaves) {
      return `A condition may have at most ${caps.leaves} parts`
    }
    level = level.flatMap(childrenOf)
  }
  return null
}

/** Refuses more than 8 levels or 200 parts. Fields, operators and values are checked against a catalogue later. */
export const Condition = z.preprocess((input, context) => {
  const problem = sizeProblem(input)
  if (problem === null) return input
  context.addIssue(problem)
  return z.NEVER
}, Tree)

// PostgreSQL text holds neither NUL nor half a surrogate pair.
const text = z
  .string()
  .max(caps.text)
  .refine(value => value.isWellFormed() && !value.includes('\0'), 'Not a text that can be stored')
const list = <V extends z.ZodType>(value: V) => z.array(value).max(caps.list)
const range = <V extends z.ZodType>(value: V) => z.strictObject({ from: value, to: value })

// These years leave room for a zone or a relative step without a fifth digit or a year nought.
const date = z.iso.date().refine(value => value >= '1000' && value < '9001', 'Outside the years 1000 to 9000')
const time = z.iso.datetime({ offset: true }).refine(value => {
  const at = Date.parse(value)
  return at >= Date.parse('1000-01-01T00:00:00Z') && at < Date.parse('9001-01-01T00:00:00Z')
}, 'Outside the years 1000 to 9000')

const maxId = 2n ** 63n - 1n
const id = z.union([
  z.literal('me'),
  z.int(),
  z
    .string()
    .regex(/^-?\d{1,19}$/)
    .refine(value => BigInt(value) <= maxId && BigInt(value) >= -maxId - 1n, 'Too large'),
])
const span = <const U extends readonly string[]>(units: U) =>
  z.strictObject({ n: z.int().min(1).max(caps.span), unit: z.enum(units) })

/** What an operator takes, by the kind of control a builder shows for it. Times are compared in whole milliseconds. */
export const values = {
  nothing: z.undefined(),
  text,
  texts: list(text),
  number: z.number(),
  numbers: list(z.number()),
  numberRange: range(z.number()),
  /** Integer minor units of the field's currency. */
  amount: z.int(),
  amounts: list(z.int()),
  amountRange: range(z.int()),
  flag: z.boolean(),
  choice: text,
  choices: list(text),
  date,
  dateRange: range(date),
  time,
  timeRange: range(time),
  daySpan: span(['days', 'weeks', 'months']),
  timeSpan: span(['minutes', 'hours', 'days', 'weeks', 'months']),
  id,
  ids: list(id),
} as const
export type ValueKind = keyof typeof values
export type ValueOf<K extends ValueKind> = z.output<(typeof values)[K]>

/** `plain` reads a record; `relative` is resolved first (now, zone); `change` needs the record before and after. */
export type OperatorKind = 'plain' | 'relative' | 'change'
export type Operator = { label: string; value: ValueKind; kind: OperatorKind }

const op = <const V extends ValueKind>(label: string, value: V) => ({ label, value, kind: 'plain' }) as const
const relativeOp = <const V extends ValueKind>(label: string, value: V) => ({ label, value, kind: 'relative' }) as const
const changeOp = <const V extends ValueKind>(label: string, value: V) => ({ label, value, kind: 'change' }) as const

const always = {
  present: op('has a value', 'nothing'),
  absent: op('has no value', 'nothing'),
  changed: changeOp('changed', 'nothing'),
}
const changes = <const V extends ValueKind>(value: V) => ({
  changed_to: changeOp('changed to', value),
  changed_from: changeOp('changed from', value),
})
const equality = <const V extends ValueKind, const L extends ValueKind>(one: V, many: L) => ({
  is: op('is', one),
  one_of: op('is one of', many),
  ...changes(one),
})
const order = <const V extends ValueKind, const R extends ValueKind>(one: V, both: R) => ({
  less: op('is less than', one),
  greater: op('is more than', one),
  at_least: op('is at least', one),
  at_most: op('is at most', one),
  between: op('is between', both),
})
const relative = <const S extends ValueKind>(span: S) => ({
  within_last: relativeOp('is within the last', span),
  within_next: relativeOp('is within the next', span),
  older_than: relativeOp('is older than', span),
})

/** Every operator of every field type. Both ends of a `between` belong to it. */
export const operators = {
  text: {
    ...always,
    ...equality('text', 'texts'),
    contains: op('contains', 'text'),
    starts_with: op('starts with', 'text'),
  },
  number: { ...always, ...equality('number', 'numbers'), ...order('number', 'numberRange') },
  money: { ...always, ...equality('amount', 'amounts'), ...order('amount', 'amountRange') },
  flag: { ...always, is: op('is', 'flag'), ...changes('flag') },
  choice: { ...always, ...equality('choice', 'choices') },
  set: {
    ...always,
    has_any: op('has any of', 'texts'),
    has_all: op('has all of', 'texts'),
    has_none: op('has none of', 'texts'),
  },
  date: {
    ...always,
    on: op('is on', 'date'),
    before: op('is before', 'date'),
    after: op('is after', 'date'),
    between: op('is between', 'dateRange'),
    ...relative('daySpan'),
    ...changes('date'),
  },
  time: {
    ...always,
    on: relativeOp('is on', 'date'),
    before: op('is before', 'time'),
    after: op('is after', 'time'),
    between: op('is between', 'timeRange'),
    ...relative('timeSpan'),
  },
  id: { ...always, ...equality('id', 'ids') },
} as const satisfies Record<string, Record<string, Operator>>
export type Operators = typeof operators
export type FieldType = keyof Operators
