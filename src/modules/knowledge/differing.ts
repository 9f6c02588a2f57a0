import { diffWordsWithSpace } from 'diff'
import { sql } from 'kysely'
import { notFound } from '../../platform/refusal.ts'
import type { Reading } from '../../platform/work.ts'
import type { Difference } from './contract-shapes.ts'
import { newestSql } from './visibility.ts'

type Piece = Difference['pieces'][number]

/** Beyond so many changes, or so long, two texts are no longer compared word by word. */
const mostEdits = 5000
const longestMs = 1000

/**
 * What became of one text in the other, word by word. The pieces that are not added are the first text, those that are
 * not removed the second, to the letter. Texts with hardly anything in common are one piece each.
 */
export const differenceOf = (before: string, after: string): Piece[] => {
  const parts = diffWordsWithSpace(before, after, { maxEditLength: mostEdits, timeout: longestMs })
  if (!parts)
    return [
      { text: before, change: 'removed' },
      { text: after, change: 'added' },
    ]
  return parts.map(({ value, added, removed }) => ({
    text: value,
    change: added ? 'added' : removed ? 'removed' : 'same',
  }))
}

type Row = {
  number: number
  text: string
  title: string
  summary: string
  kind: string
  source: string
  audience: string
  team: string | null
  files: string
}

const compared = ['title', 'summary', 'kind', 'source', 'audience', 'team', 'files'] as const

/** @throws Refusal `not_found` for an article one may not write, or a version it does not have */
export const articleDifference = async (
  { db, actor }: Reading,
  { id, from, to }: { id: number; from: number; to: number },
): Promise<Difference> => {
  const { rows } =
    await sql<Row>`select v.number, v.text, v.title, v.summary, v.kind, v.source, v.audience, t.name as team,
      coalesce((select string_agg(f.name, ', ' order by f.id) from article_files f where f.id = any(v.file_ids)), '') as files
    from article_versions v join articles a on a.id = v.article_id left join teams t on t.id = v.team_id
    where v.article_id = ${id} and v.number in (${from}, ${to}) and ${newestSql(actor)}`.execute(db)
  const before = rows.find(row => row.number === from) ?? notFound('version')
  const after = rows.find(row => row.number === to) ?? notFound('version')
  return {
    from,
    to,
    fields: compared.flatMap(field =>
      before[field] === after[field] ? [] : [{ field, before: before[field] ?? '', after: after[field] ?? '' }],
    ),
    pieces: differenceOf(before.text, after.text),
  }
}
