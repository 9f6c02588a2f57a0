import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Html, html, publicPage } from '../../../platform/http/page.ts'
import { linksForCustomers } from '../../../platform/http/public-links.ts'
import type { Kernel } from '../../../platform/kernel.ts'
import { anonymous } from '../../../platform/permissions/actor.ts'
import { say } from './say.ts'

export type Site = { kernel: Kernel; baseUrl: string; readerKey: Buffer }

export type Page = {
  title: string
  body: Html
  /** What a search engine shows under the title. */
  description?: string
  /** Where the page really is; without it no search engine lists the page. */
  path?: string
  alternates?: { language: string; path: string }[]
  /** What the page is, by the words of schema.org. */
  data?: object
  status?: number
}

/** JSON within a page: nothing in it can end the element it stands in. */
const asData = (data: object): Html =>
  new Html(
    `<script type="application/ld+json">${JSON.stringify(data).replace(/[<>&\u2028\u2029]/g, sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)}</script>`,
  )

const headOf = ({ path, alternates = [], data }: Page, baseUrl: string): Html =>
  html`${path && html`<link rel="canonical" href="${baseUrl}${path}">`}${alternates.map(
    one => html`<link rel="alternate" hreflang="${one.language}" href="${baseUrl}${one.path}">`,
  )}${data && asData(data)}`

/** Readers, and whatever stands between them and us, may keep a page for so long without asking. */
const freshSeconds = 60

/**
 * A page of the help centre, the same for everybody: whoever has it already is told that it still holds (RFC 9110, 13.1.2).
 */
export const sendPage = async (site: Site, request: FastifyRequest, reply: FastifyReply, page: Page) => {
  const { name } = await site.kernel
    .read(anonymous, ({ db }) => db.selectFrom('organisation').select('name').executeTakeFirst())
    .then(row => row ?? { name: say('help.title') })
  const text = publicPage({
    organisation: name,
    title: page.title,
    body: page.body,
    home: '/help/articles',
    links: await linksForCustomers(site.kernel),
    index: page.path !== undefined,
    head: headOf(page, site.baseUrl),
    ...(page.description ? { description: page.description } : {}),
  })
  // With no-referrer a browser would not even tell us that a form comes from here.
  reply.header('referrer-policy', 'same-origin')
  const status = page.status ?? 200
  if (status !== 200)
    return reply.status(status).type('text/html; charset=utf-8').header('cache-control', 'no-store').send(text)
  const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`
  reply.header('etag', tag).header('cache-control', `public, max-age=${freshSeconds}`)
  if (request.headers['if-none-match']?.split(/,\s*/).some(one => one === tag || one === `W/${tag}`))
    return reply.status(304).send()
  return reply.type('text/html; charset=utf-8').send(text)
}
