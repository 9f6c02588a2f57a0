import { sql } from 'kysely'
import { notFound, Refusal } from '../../platform/refusal.ts'
import { htmlToText } from '../../platform/text/html.ts'
import type { Work } from '../../platform/work.ts'
import { publicPathOf } from './reading.ts'
import { publishedSql } from './visibility.ts'

type Row = { title: string; html: string; audience: string }

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
export const escaped = (text: string): string => text.replace(/[&<>"]/g, sign => escapes[sign] ?? sign)

const lines = (text: string): string =>
  text
    .split(/\n+/)
    .filter(line => line.trim() !== '')
    .map(line => `<p>${escaped(line.trim())}</p>`)
    .join('')

/**
 * What an article says as it may stand in a letter: headings as bold lines, tables as lines, no pictures, which only
 * those could see who read the article here.
 */
export const asLetter = (html: string): string =>
  html
    .replace(/<table>[\s\S]*?<\/table>/g, table =>
      lines(
        [...table.matchAll(/<tr>([\s\S]*?)<\/tr>/g)]
          .map(([, row = '']) =>
            [...row.matchAll(/<t[hd][^>]*>([\s\S]*?)<\/t[hd]>/g)]
              .map(([, cell = '']) => htmlToText(cell).trim())
              .join(' · '),
          )
          .join('\n'),
      ),
    )
    .replace(/<h[2-4]>([\s\S]*?)<\/h[2-4]>/g, '<p><strong>$1</strong></p>')
    .replace(/<img [^>]*>/g, '')
    .replace(/<hr ?\/?>/g, '')
    .replace(/<p>\s*<\/p>/g, '')

/**
 * An article is used to answer somebody: counted, and handed out as it is published.
 * @param how its text, or a link to where everybody reads it
 * @throws Refusal `not_found`, or naming `how` where there is nothing to link to
 */
export const useArticle = async (work: Work, { id, how }: { id: number; how: 'text' | 'link' }, baseUrl: string) => {
  const { rows } = await sql<Row>`select v.title, v.html, v.audience from articles a
    join article_versions v on v.article_id = a.id and v.number = a.published_version
    where a.id = ${id} and ${publishedSql(work.actor)} for update of a`.execute(work.tx)
  const { title, html, audience } = rows[0] ?? notFound('article')
  const message = 'Only an article that everybody may read can be linked to'
  if (how === 'link' && audience !== 'public') throw new Refusal('invalid', message, [{ field: 'how', message }])
  await work.tx
    .updateTable('articles')
    .set(({ eb }) => ({ used: eb('used', '+', 1), last_used_at: work.now }))
    .where('id', '=', id)
    .execute()
  const address = `${baseUrl}${publicPathOf(id, title)}`
  return { title, html: how === 'text' ? asLetter(html) : `<p><a href="${escaped(address)}">${escaped(title)}</a></p>` }
}
