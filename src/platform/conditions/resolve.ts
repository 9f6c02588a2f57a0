import { Temporal } from 'temporal-polyfill'
import type { Condition, Leaf } from '../../shared/condition.ts'
import type { Catalogue } from './catalogue.ts'
import { type CheckedLeaf, checkedLeaf } from './check.ts'
import { walk } from './walk.ts'

/** `me` is null where nobody in particular asks: a field is then never "me". `zone` is an IANA time zone. */
export type Context = { now: Date; zone: string; me: bigint | number | string | null }

type Span = { n: number; unit: 'minutes' | 'hours' | 'days' | 'weeks' | 'months' }
const nothing: Condition = { any: [] }
const instant = (at: { epochMilliseconds: number }) => new Date(at.epochMilliseconds).toISOString()

/**
 * The same condition with "me" and every relative date made absolute, ready for `toSql` and `compile`. Days, weeks and
 * months are counted by the calendar in the zone, minutes and hours by the clock. Both ends of a span belong to it, so
 * what happens at `now` is within the last hour. Throws BadCondition.
 */
export function resolve(catalogue: Catalogue, condition: Condition, context: Context): Condition {
  return walk<Condition>(condition, {
    all: parts => ({ all: parts }),
    any: parts => ({ any: parts }),
    not: part => ({ not: part }),
    leaf: (leaf, path) => {
      const checked = checkedLeaf(catalogue, leaf, path)
      if (checked.operator.kind === 'relative') return absolute(checked, context)
      return checked.field.type === 'id' ? withMe(leaf, context.me) : leaf
    },
  })
}

function withMe(leaf: Leaf, me: Context['me']): Condition {
  if (Array.isArray(leaf.value)) {
    return { ...leaf, value: leaf.value.flatMap(id => (id !== 'me' ? [id] : me === null ? [] : [String(me)])) }
  }
  if (leaf.value !== 'me') return leaf
  return me === null ? nothing : { ...leaf, value: String(me) }
}

function absolute({ key, op, field, value }: CheckedLeaf, { now, zone }: Context): Condition {
  const here = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone)
  if (op === 'on') return { field: key, op: 'between', value: dayIn(zone, value as string) }
  const { n, unit } = value as Span
  const at = (step: number) =>
    field.type === 'date'
      ? here
          .toPlainDate()
          .add({ [unit]: step })
          .toString()
      : instant(here.add({ [unit]: step }))
  if (op === 'older_than') return { field: key, op: 'before', value: at(-n) }
  const [from, to] = op === 'within_last' ? [-n, 0] : [0, n]
  return { field: key, op: 'between', value: { from: at(from), to: at(to) } }
}

/** The first and the last millisecond of a calendar date, which may last 23 or 25 hours. */
function dayIn(zone: string, date: string): { from: string; to: string } {
  const day = Temporal.PlainDate.from(date)
  const next = day.add({ days: 1 }).toZonedDateTime(zone)
  return { from: instant(day.toZonedDateTime(zone)), to: instant(next.subtract({ milliseconds: 1 })) }
}
