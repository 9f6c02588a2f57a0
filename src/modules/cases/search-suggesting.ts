import { sql } from 'kysely'
import { languagesOf } from '../../platform/text/language.ts'
import type { Reading } from '../../platform/work.ts'
import { findPeople } from '../people/index.ts'
import { visibleSql } from './policy.ts'
import { aliases, fieldOf, otherFields, states } from './search-fields.ts'
import { contextOf } from './search-meaning.ts'

type Suggestion = {
  kind: 'field' | 'value' | 'person'
  text: string
  q: string
  field: string | null
  id: number | null
}
type Context = Awaited<ReturnType<typeof contextOf>>

const most = 8
const latest = 1000

/** One name for each field: the first that leads to it. */
const offered = (context: Context): string[] => {
  const seen = new Set<string>()
  const own = Object.entries(aliases).flatMap(([name, key]) => {
    if (seen.has(key)) return []
    seen.add(key)
    return [name]
  })
  const others = otherFields.filter(name => name !== 'organization' && name !== 'has_attachment')
  return [...own, ...others, ...Object.keys(context.catalogue).filter(key => key.startsWith('custom.'))]
}

const fixed: Record<string, readonly string[]> = {
  is: states,
  has: ['attachment'],
  has_attachment: ['yes', 'no'],
  type: ['case', 'article', 'file', 'person', 'organisation'],
  sort: ['updated', '-updated', 'created', '-created'],
  order_by: ['updated', 'created'],
  severity: ['1', '2', '3', '4'],
  priority: ['low', 'normal', 'high', 'urgent'],
  language: languagesOf(),
}
const dates = ['1day', '7days', '1month']
const named: Record<string, 'staff' | 'teams' | 'topics' | 'products' | 'groups' | 'people'> = {
  assignee: 'staff',
  team: 'teams',
  topic: 'topics',
  product: 'products',
  requester: 'people',
  commenter: 'staff',
  submitter: 'staff',
  cc: 'people',
  customer: 'people',
  group: 'teams',
  name: 'people',
  organisation: 'groups',
  organization: 'groups',
}

const names = async ({ reading }: Context, table: string, start: string): Promise<string[]> => {
  if ((table === 'people' || table === 'groups') && !reading.actor.permissions.has('person.read')) return []
  if (table === 'people') return start.length < 2 ? [] : peopleNamed(reading, start)
  const ended = table === 'staff' || table === 'teams' ? sql`and ended_at is null` : sql``
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(table)}
    where folded(name) like folded(${`%${start.replace(/[\\%_]/g, '\\$&')}%`}) ${ended} order by name limit ${most}`.execute(
    reading.db,
  )
  return rows.map(row => row.name)
}

const peopleNamed = async (reading: Reading, start: string): Promise<string[]> => [
  ...new Set((await findPeople(reading, { q: start, limit: most })).items.map(person => person.name)),
]

/** Tags of the cases that something happened in last: nobody asks for those of years ago by their first letter. */
const tagsNamed = async ({ db, actor }: Reading, start: string): Promise<string[]> => {
  const { rows } = await sql<{ tag: string }>`select tag from (
      select c.tags from cases c where ${visibleSql(actor)} order by c.last_at desc limit ${latest}) l, unnest(l.tags) tag
    where starts_with(folded(tag), folded(${start})) group by tag order by count(*) desc, tag limit ${most}`.execute(db)
  return rows.map(row => row.tag)
}

const valuesOf = async (context: Context, field: string, start: string): Promise<string[]> => {
  const begins = (value: string) => value.toLowerCase().startsWith(start.toLowerCase())
  const table = named[field]
  if (table) {
    const words = table === 'staff' ? ['me', ...(field === 'assignee' ? ['none'] : [])] : []
    return [...words.filter(begins), ...(await names(context, table, start))]
  }
  if (field === 'tag' || field === 'tags') return tagsNamed(context.reading, start)
  const list = fixed[field]
  if (list) return list.filter(begins)
  const meant = fieldOf(context.catalogue, field)?.field
  if (meant?.type === 'choice') return meant.choices.map(choice => choice.value).filter(begins)
  if (meant?.type === 'flag') return ['yes', 'no'].filter(begins)
  return meant?.type === 'time' || meant?.type === 'date' ? dates.filter(begins) : []
}

const quoted = (value: string) => (/[\s"]/.test(value) ? `"${value.replaceAll('"', '')}"` : value)

/** How the last part of a search may go on: values of a field that is named, or else fields and people. */
export const suggestionsFor = async (reading: Reading, { q }: { q: string }): Promise<Suggestion[]> => {
  const context = await contextOf(reading)
  const typed =
    /^(?<before>.*?)(?<minus>-?)(?<field>[A-Za-z][\w.]*)(?<op>:|<=|>=|<|>)(?:"(?<inside>[^"]*)|(?<plain>[^"\s]*))$/.exec(
      q,
    )?.groups
  const last = /(?:^|\s)(?<word>-?[\w.]*)$/.exec(q)?.groups?.word ?? ''
  if (typed && (typed.before === '' || /\s$/.test(typed.before ?? ''))) {
    const { before, minus, field = '', op } = typed
    const start = typed.inside ?? typed.plain ?? ''
    const values = await valuesOf(context, field.toLowerCase(), start)
    return values.slice(0, most).map(text => ({
      kind: 'value',
      text,
      q: `${before}${minus}${field}${op}${quoted(text)} `,
      field,
      id: null,
    }))
  }
  const word = last.replace('-', '').toLowerCase()
  const fields = word
    ? offered(context)
        .filter(name => name.startsWith(word))
        .slice(0, 5)
    : []
  const before = q.slice(0, q.length - last.length)
  const minus = last.startsWith('-') ? '-' : ''
  const people =
    q.trim().length >= 2 && !/[:<>]/.test(q) && reading.actor.permissions.has('person.read')
      ? (await findPeople(reading, { q: q.trim(), limit: 4 })).items
      : []
  return [
    ...fields.map(
      (text): Suggestion => ({ kind: 'field', text, q: `${before}${minus}${text}:`, field: text, id: null }),
    ),
    ...people.map(({ id, name }): Suggestion => ({ kind: 'person', text: name, q, field: null, id })),
  ]
}
