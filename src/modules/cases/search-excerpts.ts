import { type RawBuilder, sql } from 'kysely'
import { languagesOf, searchConfig } from '../../platform/text/language.ts'
import type { Reading } from '../../platform/work.ts'
import type { Found } from './search-walking.ts'

export type Piece = { text: string; hit: boolean }

// Signs nobody types, around what was found; a screen makes elements of them, never markup.
const [begin, end] = ['\ue000', '\ue001']

/** A text with marks as pieces. */
export const piecesOf = (marked: string): Piece[] => {
  const pieces: Piece[] = []
  const clean = marked.replace(/\s+/g, ' ').trim().slice(0, 400)
  for (const part of clean.split(begin)) {
    const [hit, rest] = part.includes(end) ? (part.split(end) as [string, string]) : ['', part]
    if (hit) pieces.push({ text: hit, hit: true })
    if (rest) pieces.push({ text: rest, hit: false })
  }
  return pieces
}

const options = `MaxFragments=1, MaxWords=25, MinWords=10, ShortWord=0, StartSel=${begin}, StopSel=${end}`
const configs = JSON.stringify(Object.fromEntries(languagesOf().map(language => [language, searchConfig(language)])))

const configOf = (language: RawBuilder<unknown>) =>
  sql`('rapport_' || coalesce(${configs}::jsonb ->> ${language}, 'english'))::regconfig`

/** The words that were looked for, stemmed in every language; null where only filters were. */
export type Sought = RawBuilder<unknown> | null

/** A case's subject with marks around what was looked for. */
export const markedSubject = (sought: Sought): RawBuilder<string> => {
  const whole = `HighlightAll=true, StartSel=${begin}, StopSel=${end}`
  return sought
    ? sql<string>`ts_headline(${configOf(sql.ref('c.language'))}, c.subject, ${sought}, ${whole})`
    : sql<string>`c.subject`
}

const keyOf = (found: Pick<Found, 'kind' | 'recordId'>) => `${found.kind} ${found.recordId}`

type Row = { kind: 'message' | 'file'; recordId: number; excerpt: string }

/**
 * The words around each hit, worked out only for the few that are shown. Of a long file a stretch around the first word
 * is taken: marking all of it takes 50 ms.
 */
export const excerptsOf = async (
  { db }: Pick<Reading, 'db'>,
  found: readonly Found[],
  sought: Sought,
  firstWord: string,
): Promise<(found: Found) => Piece[]> => {
  const idsOf = (kind: string) => found.filter(one => one.kind === kind).map(one => one.recordId)
  const cases = found.filter(one => one.kind === 'case').map(one => one.caseId)
  const marked = sought
    ? sql`ts_headline(${configOf(sql.ref('x.language'))}, x.text, ${sought}, ${options})`
    : sql`left(x.text, 200)`
  const start = firstWord.slice(0, Math.max(3, firstWord.length - 3)).toLowerCase()
  const { rows } = await sql<Row>`select x.kind, x.id as "recordId", ${marked} as excerpt from (
    select 'message' as kind, m.id, left(m.text, 20000) as text, m.language from messages m where m.id = any(${idsOf('message')}::bigint[])
    union all select 'case', c.id, left(m.text, 20000), m.language from cases c join messages m on m.id = c.last_message_id where c.id = any(${cases}::bigint[])
    union all select 'file', a.id, substr(t.text, greatest(1, position(${start} in lower(t.text)) - 400), 4000), t.language
      from attachments a join file_texts t on t.sha256 = a.sha256 where a.id = any(${idsOf('file')}::bigint[])) x`.execute(
    db,
  )
  const byKey = new Map(rows.map(row => [keyOf(row), piecesOf(row.excerpt ?? '')]))
  return one => byKey.get(keyOf(one)) ?? []
}
