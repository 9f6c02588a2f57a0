import fc from 'fast-check'
import { sql } from 'kysely'
import { type Condition, operators } from '../../shared/condition.ts'
import { type Catalogue, custom } from './index.ts'

/** What the tests of conditions share: a catalogue with every field type, awkward rows, and random conditions. */
const choices = [
  { value: 'open', label: 'Open' },
  { value: 'done', label: 'Done' },
]
const data = sql.ref('s.data')
export const catalogue: Catalogue = {
  title: { type: 'text', label: 'Title', sql: sql.ref('s.title') },
  priority: { type: 'number', label: 'Priority', sql: sql.ref('s.priority') },
  score: { type: 'number', label: 'Score', sql: sql.ref('s.score') },
  price: { type: 'money', label: 'Price', currency: 'GBP', sql: sql.ref('s.price') },
  vip: { type: 'flag', label: 'VIP', sql: sql.ref('s.vip') },
  status: { type: 'choice', label: 'Status', choices, sql: sql.ref('s.status') },
  tags: { type: 'set', label: 'Tags', sql: sql.ref('s.tags') },
  day: { type: 'date', label: 'Day', sql: sql.ref('s.day') },
  due: { type: 'time', label: 'Due', sql: sql.ref('s.due') },
  owner: { type: 'id', label: 'Owner', sql: sql.ref('s.owner') },
  'custom.colour': custom(data, 'colour', { type: 'text', label: 'Colour' }),
  'custom.size': custom(data, 'size', { type: 'number', label: 'Size' }),
  'custom.cost': custom(data, 'cost', { type: 'money', label: 'Cost' }),
  'custom.gift': custom(data, 'gift', { type: 'flag', label: 'Gift' }),
  'custom.stage': custom(data, 'stage', { type: 'choice', label: 'Stage', choices }),
  'custom.marks': custom(data, 'marks', { type: 'set', label: 'Marks' }),
  'custom.born': custom(data, 'born', { type: 'date', label: 'Born' }),
  'custom.seen': custom(data, 'seen', { type: 'time', label: 'Seen' }),
  'custom.friend': custom(data, "fri'end", { type: 'id', label: 'Friend' }),
}
export const table = sql`create table sample (id int primary key, title text, priority int, score float8, price bigint,
  vip boolean, status text, tags text[], day date, due timestamptz, owner bigint, data jsonb)`

const words =
  'Refund|REFUND late|straße|STRASSE|İstanbul|istanbul|ISTANBUL|ıI|ΟΔΟΣ|οδος|οδοσ|ΟΔΟΣ ΟΔΟΣ|a%b_c|%|_|\\|o\'k\\|| |Ǆ|ﬁ|K|ẞ|\uA7D2|e\u0301|É|😀|null|{a,b}|"|\n'
const word = fc.constantFrom(...words.split('|'))
const text = fc.oneof(
  { weight: 3, arbitrary: word },
  fc.string({ unit: 'grapheme', maxLength: 6 }).filter(value => !value.includes('\0') && value.isWellFormed()),
  fc.constantFrom('ref', 'R', 'ς', 'Σ', 's', 'i', '\u0307'),
)
const tag = fc.constantFrom('a', 'b', 'c', 'A', 'null', '', 'x,y')
const small = fc.constantFrom(-2, -1, 0, 1, 2, 1.5, -0.5, 0.1, 1e15, 1e300, 5e-324, Number.MAX_SAFE_INTEGER)
const whole = fc.constantFrom(-2, -1, 0, 1, 2, 999, Number.MAX_SAFE_INTEGER)
const big = fc.constantFrom('0', '1', '-1', '9223372036854775807', '-9223372036854775808', '9007199254740993')
const date = fc.constantFrom('2024-02-29', '2026-03-28', '2026-03-29', '2026-03-30', '1000-01-01', '9000-12-31')
const instants = [
  '2026-03-28T23:59:59.999Z',
  '2026-03-29T00:00:00Z',
  '2026-03-29T01:00:00+01:00',
  '1969-12-31T23:59:59.999Z',
]
const time = fc.oneof(
  fc.constantFrom(...instants, '2026-03-29T00:00:00.123Z', '1000-01-01T00:00:00Z'),
  fc
    .date({ min: new Date('2026-03-28'), max: new Date('2026-03-31'), noInvalidDate: true })
    .map(at => at.toISOString()),
)
const range = <V>(value: fc.Arbitrary<V>) => fc.record({ from: value, to: value })
const list = <V>(value: fc.Arbitrary<V>) => fc.array(value, { maxLength: 4 })
const span = (units: string[]) => fc.record({ n: fc.integer({ min: 1, max: 40 }), unit: fc.constantFrom(...units) })
const choice = fc.constantFrom('open', 'done')
const id = fc.oneof(whole, big, fc.constant('me'))
const arbitraryOf: Record<string, fc.Arbitrary<unknown>> = {
  nothing: fc.constant(undefined),
  text,
  texts: list(fc.oneof(text, tag)),
  number: small,
  numbers: list(small),
  numberRange: range(small),
  amount: whole,
  amounts: list(whole),
  amountRange: range(whole),
  flag: fc.boolean(),
  choice,
  choices: list(choice),
  date,
  dateRange: range(date),
  time,
  timeRange: range(time),
  daySpan: span(['days', 'weeks', 'months']),
  timeSpan: span(['minutes', 'hours', 'days', 'weeks', 'months']),
  id,
  ids: list(id),
}

const leaves = Object.entries(catalogue).flatMap(([field, { type }]) =>
  Object.entries(operators[type])
    .filter(([, operator]) => operator.kind !== 'change')
    .map(([op, operator]) => arbitraryOf[operator.value]!.map((value): Condition => ({ field, op, value }))),
)
export const anyCondition: fc.Arbitrary<Condition> = fc.letrec<{ node: Condition }>(tie => ({
  node: fc.oneof(
    { maxDepth: 5, depthSize: 'small', withCrossShrink: true },
    fc.oneof(...leaves),
    fc.record({ all: fc.array(tie('node'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('node'), { maxLength: 3 }) }),
    fc.record({ not: tie('node') }),
  ),
})).node

const json = fc.oneof(
  fc.oneof(text, small, whole, fc.boolean(), list(tag), date, time, choice, fc.constant(null)),
  fc.constantFrom(
    {},
    [1, 'a'],
    [['a']],
    '2026-02-30',
    '2026-13-01T00:00:00Z',
    'infinity',
    '5',
    'true',
    '2026-03-29 00:00',
  ),
)
const sometimes = <V>(value: fc.Arbitrary<V>) => fc.option(value, { freq: 4 })
const keys = ['colour', 'size', 'cost', 'gift', 'stage', 'marks', 'born', 'seen', "fri'end"]
// Written as JSON text so that numbers no JavaScript number can hold reach the database.
const dataText = fc
  .record(Object.fromEntries(keys.map(key => [key, json])), { requiredKeys: [] })
  .map(value => JSON.stringify(value).replaceAll('1e+300', '1e400').replaceAll('5e-324', '1e-400'))
export const anyRow = fc.record({
  title: sometimes(text),
  priority: sometimes(fc.integer({ min: -2, max: 2 })),
  score: sometimes(
    fc.oneof(small, fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0)),
  ),
  price: sometimes(big),
  vip: sometimes(fc.boolean()),
  status: sometimes(choice),
  tags: sometimes(fc.array(fc.option(tag, { freq: 9 }), { maxLength: 3 })),
  day: sometimes(fc.oneof(date, fc.constantFrom('infinity', '-infinity', '0001-01-01', '9999-12-31'))),
  due: sometimes(
    fc.oneof(
      time,
      fc.constantFrom(
        'infinity',
        '-infinity',
        '2026-03-29T00:00:00.122999Z',
        '2026-03-28T23:59:59.999999Z',
        '1969-12-31T23:59:59.9999Z',
      ),
    ),
  ),
  owner: sometimes(big),
  data: sometimes(dataText),
})
