import sanitize from 'sanitize-html'
import { htmlToText } from '../../platform/text/html.ts'
import { shallowHtml } from '../../platform/text/html-depth.ts'
import { redactHtml } from '../../platform/text/redact.ts'
import { writtenTags } from './contract.ts'

const own = /^\/api\/attachments\/(\d{1,15})$/

/** The content id under which an uploaded picture stands within a message. */
export const contentIdOf = (attachmentId: number): string => `a${attachmentId}@rapport`

const picture =
  (usable: ReadonlySet<number>, used: Set<number>) =>
  (tagName: string, { src = '', alt = '' }: sanitize.Attributes): sanitize.Tag => {
    const id = Number(own.exec(src)?.[1] ?? 0)
    if (!usable.has(id)) return { tagName: 'removed', attribs: {} }
    used.add(id)
    return { tagName, attribs: { 'data-cid': contentIdOf(id), alt } }
  }

const link = (tagName: string, { href = '' }: sanitize.Attributes): sanitize.Tag => ({
  tagName,
  attribs: /^(?:https?:\/\/|mailto:|tel:)/i.test(href.trim()) ? { href: href.trim() } : {},
})

/**
 * What somebody here wrote with formatting, as it is kept and sent: paragraphs, bold, italic, lists, quotes, code, links
 * and pictures that were uploaded for it. No styles, no classes, no addresses of elsewhere but in links.
 * @param attachmentIds the pictures that may stand in it
 * @returns the cleaned HTML, the same as plain text, and which of the pictures stand within it
 */
export const formatted = (html: string, attachmentIds: readonly number[]) => {
  const used = new Set<number>()
  const clean = sanitize(redactHtml(shallowHtml(html)).html, {
    allowedTags: [...writtenTags, 'a', 'img'],
    allowedAttributes: { a: ['href'], ol: ['start'], img: ['data-cid', 'alt'] },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowProtocolRelative: false,
    transformTags: { a: link, img: picture(new Set(attachmentIds), used) },
    nestingLimit: 30,
    enforceHtmlBoundary: false,
  })
  return { html: clean, text: htmlToText(clean).trim(), inlineIds: [...used] }
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string): string => text.replace(/[&<>"]/g, sign => escapes[sign] ?? sign)

/** Plain text as paragraphs. */
export const textAsHtml = (text: string): string =>
  text
    .split(/\n{2,}/)
    .map(part => `<p>${escaped(part).replaceAll('\n', '<br>')}</p>`)
    .join('')

/** Pictures of a message by their address again, for going on writing. */
export const editable = (html: string): string =>
  html.replace(/<img data-cid="a(\d+)@rapport"/g, '<img src="/api/attachments/$1"')
