import { cleanText } from '../text/clean.ts'

/** A word, a phrase or the beginning of a word to look for, or (negated) to leave out. */
export interface QueryTerm {
  kind: 'word' | 'phrase' | 'prefix'
  text: string
  negated: boolean
}

export type QueryOp = ':' | '<' | '>' | '<=' | '>='

/** What a filter compares with: something written, nothing at all (`field:none`), or anything (`field:*`). */
export type QueryValue = { kind: 'text'; text: string } | { kind: 'none' } | { kind: 'any' }

/** One condition on a field. Several values of one filter mean any of them; several filters mean all of them. */
export interface QueryFilter {
  field: string
  op: QueryOp
  values: QueryValue[]
  negated: boolean
}

export interface Query {
  terms: QueryTerm[]
  filters: QueryFilter[]
  /** A bare number, with or without `#`. It is among the terms as well. */
  number?: number
  sort?: { field: string; direction: 'asc' | 'desc' | null }
}

export interface QueryOptions {
  /** The fields there are, in lower case. A colon after any other word is taken as part of the text. */
  fields?: ReadonlySet<string>
}

const LONGEST = 500
const MOST_TERMS = 20

const TOKEN =
  /(?<minus>-?)(?:(?<field>[A-Za-z][\w.]{0,63})(?<op>:|<=|>=|<|>)(?!\/\/)(?:"(?<quotedValue>[^"]*)(?:"|$)|(?<value>[^\s"]+))|"(?<phrase>[^"]*)(?:"|$)|(?<word>[^\s"]+))/g

/**
 * Reads what a person typed into a search box: `word "a phrase" begin* -not field:value field<value`. Never throws:
 * an open quotation mark closes at the end, and what is not a filter is text. Reads 500 characters and 20 terms and
 * filters at most. A field named twice means either value.
 */
export function parseQuery(typed: string, options: QueryOptions = {}): Query {
  const query: Query = { terms: [], filters: [] }
  const text = cleanText(cleanText(typed, { singleLine: true }).slice(0, LONGEST))
  let read = 0
  for (const { groups } of text.matchAll(TOKEN)) {
    if (read++ >= MOST_TERMS) break
    const {
      field = '',
      op = '',
      quotedValue,
      value,
      phrase,
      word,
      minus,
    } = groups as Record<string, string | undefined>
    const negated = minus === '-'
    if (phrase !== undefined) addTerm(query, 'phrase', phrase, negated)
    else if (word !== undefined) addWord(query, word, negated)
    else if (isField(field, options))
      addField(query, field.toLowerCase(), op as QueryOp, { quotedValue, value }, negated)
    else if (quotedValue !== undefined) addTerm(query, 'phrase', `${field} ${quotedValue}`, negated)
    else addWord(query, field + op + value, negated)
  }
  return query
}

/** One thing somebody typed, as it stands there: what a screen shows as a chip that can be taken away. */
export type QueryPart = { text: string; kind: 'text' | 'filter' | 'sort'; field: string | null; value: string | null }

/** What was typed, part by part, in the order it was typed. */
export function partsOf(typed: string, options: QueryOptions = {}): QueryPart[] {
  const text = cleanText(cleanText(typed, { singleLine: true }).slice(0, LONGEST))
  return [...text.matchAll(TOKEN)].slice(0, MOST_TERMS).map(match => {
    const { field, quotedValue, value } = match.groups as Record<string, string | undefined>
    if (!field || !isField(field, options)) return { text: match[0], kind: 'text', field: null, value: null }
    const name = field.toLowerCase()
    return {
      text: match[0],
      kind: SORTING.has(name) ? 'sort' : 'filter',
      field: name,
      value: quotedValue ?? value ?? '',
    }
  })
}

const SORTING = new Set(['sort', 'order_by', 'order'])

function isField(field: string, { fields }: QueryOptions): boolean {
  const name = field.toLowerCase()
  return !fields || fields.has(name) || SORTING.has(name)
}

type Written = { quotedValue: string | undefined; value: string | undefined }

function addField(query: Query, field: string, op: QueryOp, { quotedValue, value }: Written, negated: boolean): void {
  const text = (quotedValue ?? value ?? '').trim()
  if (text === '') return
  if (SORTING.has(field)) {
    addSort(query, text.toLowerCase())
    return
  }
  const wanted = quotedValue === undefined ? special(text) : { kind: 'text' as const, text }
  // A field named twice means either; two bounds mean both, or a range could not be written.
  const same = op === ':' && query.filters.find(had => had.field === field && had.op === op && had.negated === negated)
  if (same) same.values.push(wanted)
  else query.filters.push({ field, op, values: [wanted], negated })
}

function special(text: string): QueryValue {
  if (text === '*') return { kind: 'any' }
  return text.toLowerCase() === 'none' ? { kind: 'none' } : { kind: 'text', text }
}

/** `order_by:created sort:desc`, `sort:created`, `sort:-created`. */
function addSort(query: Query, text: string): void {
  const had = query.sort
  if (text === 'asc' || text === 'desc') query.sort = { field: had?.field ?? '', direction: text }
  else if (/^-?[a-z][\w.]*$/.test(text)) {
    query.sort = { field: text.replace('-', ''), direction: text.startsWith('-') ? 'desc' : (had?.direction ?? null) }
  }
}

function addWord(query: Query, word: string, negated: boolean): void {
  const number = /^#?(\d{1,15})$/.exec(word)?.[1]
  if (number && !negated) query.number ??= Number(number)
  if (word.endsWith('*')) addTerm(query, 'prefix', word.replace(/\*+$/, ''), negated)
  else addTerm(query, 'word', word, negated)
}

function addTerm(query: Query, kind: QueryTerm['kind'], text: string, negated: boolean): void {
  if (/[\p{L}\p{N}]/u.test(text)) query.terms.push({ kind, text: text.trim(), negated })
}

/**
 * The terms as text for `to_tsquery(config, $1)`: all must match. Every word is a quoted lexeme, so nothing typed
 * can be an operator; `''` if there is nothing to look for (which `to_tsquery` would refuse with a notice).
 * @param weight only words of that weight count, such as those of a title (A)
 * Grammar: PostgreSQL manual, 8.11.2 tsquery.
 */
export function toTsQuery(terms: readonly QueryTerm[], weight?: 'A' | 'B' | 'D'): string {
  return terms.flatMap(term => tsTerm(term, weight) ?? []).join(' & ')
}

function tsTerm({ kind, text, negated }: QueryTerm, weight = ''): string | null {
  const words = text
    .split(/[\s\0]+/)
    .filter(word => /[\p{L}\p{N}]/u.test(word))
    .map(lexeme)
  if (words.length === 0) return null
  const last = words.pop() as string
  if (weight) words.splice(0, words.length, ...words.map(word => `${word}:${weight}`))
  words.push(kind === 'prefix' || weight ? `${last}:${kind === 'prefix' ? '*' : ''}${weight}` : last)
  const joined = words.length > 1 ? `(${words.join(' <-> ')})` : words[0]!
  const whole = kind === 'word' && !weight ? orApart(text, joined) : joined
  return negated ? `!${whole}` : whole
}

/** `bill_march-2026.pdf` is one word to the parser, and four in the index of names. */
function orApart(text: string, joined: string): string {
  const parts = text.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
  const isName = parts.length > 1 && /[\p{L}\p{N}][._-]/u.test(text) && !text.includes('@')
  return isName ? `(${joined} | (${parts.map(lexeme).join(' <-> ')}))` : joined
}

/** A quoted lexeme: quotes and backslashes doubled. */
function lexeme(word: string): string {
  return `'${word.replace(/['\\]/g, '$&$&')}'`
}
