import { sql } from 'kysely'
import { notFound } from '../../platform/refusal.ts'
import type { Reading } from '../../platform/work.ts'
import { visibleSql } from './policy.ts'

const frame = (
  body: string,
): string => `<!doctype html><html><head><meta charset="utf-8"><meta name="referrer" content="no-referrer"><base target="_blank"><style>
body{margin:0;font:15px/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff;overflow-wrap:anywhere}img{max-width:100%;height:auto}
img[data-remote-src]:not([src]){display:inline-block;min-width:1rem;min-height:1rem;border:1px dashed #999}blockquote{margin:0 0 0 .5rem;padding-left:.75rem;border-left:3px solid #ccc}table{max-width:100%}
</style></head><body>${body}</body></html>`

/**
 * A formatted message as a page of its own for a sandboxed frame. It was sanitised when it came in: pictures of the mail
 * itself are filled in from its attachments, remote ones only when somebody asked for them.
 */
export const mailHtml = async ({ db, actor }: Reading, messageId: number, images: boolean): Promise<string> => {
  const { rows } = await sql<{ html: string | null }>`select m.html from messages m join cases c on c.id = m.case_id
    where m.id = ${messageId} and ${visibleSql(actor)}`.execute(db)
  const html = rows[0]?.html ?? notFound('formatted message')
  const attached = await db
    .selectFrom('attachments')
    .select(['id', 'content_id'])
    .where('message_id', '=', messageId)
    .where('content_id', 'is not', null)
    .execute()
  const own = new Map(attached.map(row => [row.content_id, row.id]))
  const filled = html.replace(/<img\b[^>]*\bdata-cid="([^"]*)"[^>]*>/g, (tag, cid: string) => {
    const id = own.get(cid)
    return id ? tag.replace('<img', `<img src="/api/attachments/${id}"`) : tag
  })
  return frame(images ? filled.replace(/\bdata-remote-src="(https?:[^"]*)"/g, 'src="$1"') : filled)
}
