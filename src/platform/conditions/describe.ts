import type { Condition } from '../../shared/condition.ts'
import type { Catalogue, Field } from './catalogue.ts'
import { type CheckedLeaf, checkedLeaf } from './check.ts'
import { walk } from './walk.ts'

type Phrase = { text: string; joined: boolean }
const phrase = (text: string): Phrase => ({ text, joined: false })
const inner = ({ text, joined }: Phrase) => (joined ? `(${text})` : text)

function join(parts: Phrase[], word: string, empty: string): Phrase {
  if (parts.length < 2) return parts[0] ?? phrase(empty)
  return { text: parts.map(inner).join(` ${word} `), joined: true }
}

/** The condition as one plain English sentence; times are written in `zone`. Throws BadCondition. */
export function describe(catalogue: Catalogue, condition: Condition, zone = 'UTC'): string {
  const { text } = walk<Phrase>(condition, {
    all: parts => join(parts, 'and', 'anything'),
    any: parts => join(parts, 'or', 'nothing'),
    not: part => phrase(`it is not true that ${inner(part)}`),
    leaf: (leaf, path) => phrase(sentence(checkedLeaf(catalogue, leaf, path), zone)),
  })
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

function sentence({ field, operator, value }: CheckedLeaf, zone: string): string {
  return [field.label, operator.label, ...words(field, value, zone)].join(' ')
}

function words(field: Field, value: unknown, zone: string): string[] {
  if (value === undefined) return []
  if (Array.isArray(value)) return [value.length === 0 ? 'none' : listed(value.map(item => word(field, item, zone)))]
  if (typeof value !== 'object' || value === null) return [word(field, value, zone)]
  if ('from' in value && 'to' in value) return [word(field, value.from, zone), 'and', word(field, value.to, zone)]
  const { n, unit } = value as { n: number; unit: string }
  return [`${n} ${n === 1 ? unit.slice(0, -1) : unit}`]
}

const listed = (items: string[]) => new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(items)

function word(field: Field, value: unknown, zone: string): string {
  if (field.type === 'choice') return field.choices.find(choice => choice.value === value)?.label ?? String(value)
  if (field.type === 'flag') return value === true ? 'yes' : 'no'
  if (field.type === 'money') return money(value as number, field.currency)
  if (field.type === 'number')
    return new Intl.NumberFormat('en-GB', { maximumFractionDigits: 20 }).format(value as number)
  if (field.type === 'date' || field.type === 'time') return moment(value as string, zone)
  if (field.type === 'text' || field.type === 'set') return `“${String(value)}”`
  return String(value)
}

function money(minor: number, currency: string | undefined): string {
  if (currency === undefined) return `${minor} minor units`
  const format = new Intl.NumberFormat('en-GB', { style: 'currency', currency })
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 0))
}

function moment(value: string, zone: string): string {
  if (!value.includes('T'))
    return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(Date.parse(value))
  const format = { dateStyle: 'long', timeStyle: 'short', timeZone: zone } as const
  const text = new Intl.DateTimeFormat('en-GB', format).format(Date.parse(value))
  return zone === 'UTC' ? `${text} UTC` : text
}
