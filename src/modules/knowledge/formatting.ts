import sanitize from 'sanitize-html'
import { htmlToText } from '../../platform/text/html.ts'
import { shallowHtml } from '../../platform/text/html-depth.ts'
import { redactHtml } from '../../platform/text/redact.ts'
import { articleTags } from './contract-shapes.ts'

const own = /^\/api\/article-files\/(\d{1,15})$/

const link = (tagName: string, { href = '' }: sanitize.Attributes): sanitize.Tag => ({
  tagName,
  attribs: /^(?:https?:\/\/|mailto:|tel:)/i.test(href.trim()) ? { href: href.trim() } : {},
})

const picture =
  (usable: ReadonlySet<number>) =>
  (tagName: string, { src = '', alt = '', 'data-file': kept = '' }: sanitize.Attributes): sanitize.Tag => {
    const id = Number(own.exec(src)?.[1] ?? kept)
    return usable.has(id) ? { tagName, attribs: { 'data-file': String(id), alt } } : { tagName: 'removed', attribs: {} }
  }

/**
 * An article's text as it is kept: headings, paragraphs, lists, tables, quotes, code, links, and pictures by their
 * number. No styles, no classes, no addresses of elsewhere but in links.
 * @param fileIds the pictures that may stand in it
 */
export const cleanArticle = (html: string, fileIds: readonly number[]): { html: string; text: string } => {
  const clean = sanitize(redactHtml(shallowHtml(html)).html, {
    allowedTags: [...articleTags, 'a', 'img'],
    allowedAttributes: {
      a: ['href'],
      ol: ['start'],
      img: ['data-file', 'alt'],
      td: ['colspan', 'rowspan'],
      th: ['colspan', 'rowspan'],
    },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowProtocolRelative: false,
    transformTags: { a: link, img: picture(new Set(fileIds)), h1: 'h2', h5: 'h4', h6: 'h4' },
    nestingLimit: 30,
    enforceHtmlBoundary: false,
  })
  return { html: clean, text: htmlToText(clean).trim() }
}

/** Pictures by an address, wherever the text is read. @param folder what stands before a file's number */
export const withPictures = (html: string, folder: string): string =>
  html.replace(/<img data-file="(\d+)"/g, (_, id: string) => `<img src="${folder}${id}"`)
