import { convert } from 'html-to-text'
import sanitize from 'sanitize-html'
import { shallowHtml } from './html-depth.ts'

const TAGS =
  'a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ol p pre q s samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr'.split(
    ' ',
  )

const LENGTH = /^(?:auto|0|-?\d{1,4}(?:\.\d{1,3})?(?:px|pt|em|rem|ex|%))$/i
const LENGTHS = /^(?:(?:auto|0|\d{1,4}(?:\.\d{1,3})?(?:px|pt|em|rem|ex|%))\s*){1,4}$/i
const COLOUR = /^(?:#[0-9a-f]{3,8}|rgba?\([\d\s.,%]{1,40}\)|[a-z]{3,20})$/i
const WORD = /^[a-z-]{1,20}$/i
const BORDER = /^(?:[a-z]{3,12}|\d{1,2}(?:px|pt)?|#[0-9a-f]{3,8}|rgba?\([\d\s.,%]{1,40}\)|\s){1,8}$/i
const FONTS = /^[\w\s,'"-]{1,200}$/

const STYLES: Record<string, RegExp[]> = {
  color: [COLOUR],
  'background-color': [COLOUR],
  background: [COLOUR],
  'font-family': [FONTS],
  'font-size': [LENGTH, WORD],
  'font-style': [WORD],
  'font-weight': [WORD, /^[1-9]00$/],
  'line-height': [LENGTH, WORD, /^\d(?:\.\d{1,3})?$/],
  'text-align': [WORD],
  'text-decoration': [WORD],
  'text-transform': [WORD],
  'vertical-align': [WORD],
  'white-space': [WORD],
  'list-style-type': [WORD],
  'border-collapse': [WORD],
  direction: [/^(?:ltr|rtl)$/],
  ...Object.fromEntries(['width', 'height', 'max-width', 'min-width'].map(name => [name, [LENGTH]])),
  ...Object.fromEntries(
    ['margin', 'padding'].flatMap(box =>
      ['', '-top', '-right', '-bottom', '-left'].map(side => [box + side, [LENGTHS]]),
    ),
  ),
  ...Object.fromEntries(['', '-top', '-right', '-bottom', '-left'].map(side => [`border${side}`, [BORDER]])),
}

const LINK = /^(?:https?:\/\/|mailto:|tel:)/i

function link(tagName: string, { href, rel: _rel, target: _target, ...rest }: sanitize.Attributes): sanitize.Tag {
  const address = href?.trim() ?? ''
  if (!LINK.test(address)) return { tagName, attribs: rest }
  return { tagName, attribs: { ...rest, href: address, rel: 'noopener noreferrer nofollow', target: '_blank' } }
}

/** An image never loads by itself: its address moves to an attribute that does nothing. */
function image(tagName: string, attribs: sanitize.Attributes): sanitize.Tag {
  const { src = '', alt = '', title = '', width = '', height = '' } = attribs
  const address = (src || attribs['data-remote-src'] || '').trim()
  const content = /^cid:(.+)$/i.exec(address)?.[1] ?? (src ? '' : (attribs['data-cid'] ?? ''))
  const remote = /^https?:\/\//i.test(address) ? address : ''
  const shown = { alt, title, width, height, 'data-remote-src': remote, 'data-cid': content }
  return { tagName, attribs: Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== '')) }
}

const OPTIONS: sanitize.IOptions = {
  allowedTags: TAGS,
  allowedAttributes: {
    '*': ['style', 'dir', 'lang', 'title', 'align', 'valign', 'data-quote'],
    a: ['href', 'rel', 'target'],
    img: ['alt', 'width', 'height', 'data-remote-src', 'data-cid'],
    blockquote: ['type'],
    font: ['color', 'face', 'size'],
    col: ['span', 'width'],
    ol: ['start', 'type'],
    table: ['border', 'cellpadding', 'cellspacing', 'width', 'bgcolor'],
    td: ['colspan', 'rowspan', 'width', 'height', 'bgcolor'],
    th: ['colspan', 'rowspan', 'width', 'height', 'bgcolor', 'scope'],
  },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowProtocolRelative: false,
  allowedStyles: { '*': STYLES },
  nonTextTags: [
    'script',
    'style',
    'textarea',
    'option',
    'noscript',
    'title',
    'template',
    'xmp',
    'noembed',
    'noframes',
    'plaintext',
  ],
  transformTags: { a: link, img: image },
  nestingLimit: 100,
  enforceHtmlBoundary: false,
}

/**
 * The part of a mail's HTML that is safe to show: text, tables, links (http, https, mailto, tel; opened in a new
 * window without referrer) and quiet styles. Pictures do not load: a remote address stands in `data-remote-src`, an
 * attached picture in `data-cid`, for the screen to ask about and fill in. Show the result in a sandboxed frame anyway.
 */
export function sanitizeMailHtml(html: string): string {
  return sanitize(shallowHtml(html), OPTIONS)
}

/** HTML as readable text: links keep their address, tables their cells, pictures their alternative text. */
export function htmlToText(html: string): string {
  return convert(shallowHtml(html), {
    wordwrap: false,
    limits: { maxDepth: 100, maxInputLength: 2 ** 24 },
    selectors: [
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true, ignoreHref: false } },
      { selector: 'img', format: 'altText' },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map(selector => ({ selector, options: { uppercase: false } })),
    ],
    formatters: {
      altText: (element, _walk, builder) => {
        const alt: unknown = element.attribs?.alt
        if (typeof alt === 'string' && alt.trim() !== '') builder.addInline(`[${alt.trim()}]`)
      },
    },
  })
}
