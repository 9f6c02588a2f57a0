import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sendFile } from '../../../platform/files/sending.ts'
import type { FileStore } from '../../../platform/files/store.ts'
import { fromAnotherSite } from '../../../platform/http/origin.ts'
import { html } from '../../../platform/http/page.ts'
import { anonymous } from '../../../platform/permissions/actor.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { redactText } from '../../../platform/text/redact.ts'
import { readerSays } from '../answering.ts'
import { publicFile } from '../files.ts'
import { noteSearch } from '../gaps.ts'
import { helpArticle, helpMap, helpOnTopic, helpTopics, readerOf, searchHelp, usefulHelp } from '../helping.ts'
import { articlePage, dataOf, foundPage, frontPage, gonePage, topicPage } from './articles.ts'
import { type Site, sendPage } from './frame.ts'
import { say } from './say.ts'

type Asked = FastifyRequest<{
  Params: { id: string; key: string }
  Querystring: { q?: string | string[]; helped?: string }
}>
type Serve = (request: Asked, reply: FastifyReply) => Promise<FastifyReply>

/** The number at the beginning of an address; what follows says what it leads to and decides nothing. */
const numberIn = (text: string): number => Number(/^[1-9]\d{0,14}(?=$|-)/.exec(text)?.[0] ?? 0)

const organisationOf = async ({ kernel }: Site): Promise<string> =>
  kernel.read(
    anonymous,
    async ({ db }) => (await db.selectFrom('organisation').select('name').executeTakeFirst())?.name ?? '',
  )

/** The public help centre: plain HTML that needs no script, the same for everybody. Only what is for everybody is there. */
export const serveHelp = (app: FastifyInstance, site: Site, files: FileStore): void =>
  void app.register(async pages => servePages(pages, site, files))

const servePages = (app: FastifyInstance, site: Site, files: FileStore): void => {
  const { kernel, baseUrl } = site
  const limited = { config: { rateLimit: { max: 120, timeWindow: '1 minute' } }, schema: { hide: true } as object }
  const gone = (request: FastifyRequest, reply: FastifyReply) =>
    sendPage(site, request, reply, { title: say('help.goneTitle'), body: gonePage(), status: 404 })
  /** What is not there and what is not for everybody answer alike. */
  const orGone =
    (serve: Serve): Serve =>
    async (request, reply) => {
      try {
        return await serve(request, reply)
      } catch (error) {
        if (error instanceof Refusal && error.code === 'not_found') return gone(request, reply)
        throw error
      }
    }
  const get = (path: string, serve: Serve) =>
    app.get<Asked extends FastifyRequest<infer R> ? R : never>(path, limited, orGone(serve))

  get('/help/articles', async (request, reply) => {
    const [topics, useful] = await kernel.read(
      anonymous,
      async reading => [await helpTopics(reading), await usefulHelp(reading)] as const,
    )
    return sendPage(site, request, reply, {
      title: say('help.title'),
      body: frontPage(topics, useful),
      path: '/help/articles',
      description: say('help.lead'),
    })
  })
  get('/help/articles/search', async (request, reply) => {
    const given = request.query.q
    const q = redactText(String(Array.isArray(given) ? given[0] : (given ?? '')).slice(0, 200)).text.trim()
    if (q === '') return reply.redirect('/help/articles', 303)
    const found = await kernel.read(anonymous, reading => searchHelp(reading, q))
    if (found.items.length === 0) await kernel.work(anonymous, work => noteSearch(work, q, 'public'), request.id)
    return sendPage(site, request, reply, { title: say('help.search'), body: foundPage(q, found) })
  })
  get('/help/articles/topics/:key', async (request, reply) => {
    const { topic, items } = await kernel.read(anonymous, reading => helpOnTopic(reading, request.params.key))
    const path = `/help/articles/topics/${topic.key}`
    return sendPage(site, request, reply, { title: topic.name, body: topicPage(topic, items), path })
  })
  get('/help/articles/files/:id', async (request, reply) => {
    const file = await kernel.read(anonymous, reading => publicFile(reading, numberIn(request.params.id)))
    return sendFile(reply, file, files.open(file.sha256))
  })
  get('/help/articles/:id', async (request, reply) => {
    const article = await kernel.read(anonymous, reading => helpArticle(reading, numberIn(request.params.id)))
    if (`/help/articles/${encodeURIComponent(request.params.id)}` !== article.path) {
      const said = request.query.helped ? `?helped=${request.query.helped === 'yes' ? 'yes' : 'no'}` : ''
      return reply.redirect(`${article.path}${said}`, 301)
    }
    const { title, summary, language, path } = article
    return sendPage(site, request, reply, {
      title,
      body: articlePage(article, request.query.helped),
      path,
      alternates: [{ language, path }, ...article.translations].map(one => ({
        language: one.language,
        path: one.path,
      })),
      data: dataOf(article, baseUrl, await organisationOf(site)),
      ...(summary ? { description: summary } : {}),
    })
  })
  serveAnswer(app, site, limited, gone)
  app.get('/robots.txt', limited, async (_request, reply) =>
    reply
      .type('text/plain; charset=utf-8')
      .header('cache-control', 'public, max-age=3600')
      .send(
        `User-agent: *\nAllow: /help$\nAllow: /help/articles\nAllow: /help/codes\nDisallow: /\nSitemap: ${baseUrl}/sitemap.xml\n`,
      ),
  )
  app.get('/sitemap.xml', limited, async (_request, reply) => {
    const map = await kernel.read(anonymous, helpMap)
    const urls = map.map(
      ({ path, at }) => html`<url><loc>${baseUrl}${path}</loc><lastmod>${at.toISOString()}</lastmod></url>`,
    )
    const xml = html`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>${baseUrl}/help/articles</loc></url>${urls}</urlset>`
    return reply
      .type('application/xml; charset=utf-8')
      .header('cache-control', 'public, max-age=3600')
      .send(`<?xml version="1.0" encoding="UTF-8"?>\n${xml.text}`)
  })
}

/** A reader says whether an article helped: once a day each, without a cookie. */
const serveAnswer = (
  app: FastifyInstance,
  site: Site,
  limited: object,
  gone: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>,
): void => {
  app.post<{ Params: { id: string } }>('/help/articles/:id/helped', limited, async (request, reply) => {
    const id = numberIn(request.params.id)
    const { helped } = (request.body ?? {}) as { helped?: unknown }
    if (fromAnotherSite(request) || (helped !== 'yes' && helped !== 'no'))
      return reply.redirect(`/help/articles/${id}`, 303)
    try {
      await site.kernel.work(
        anonymous,
        work => readerSays(work, { id, helped: helped === 'yes' }, readerOf(site.readerKey, request, work.now)),
        request.id,
      )
    } catch (error) {
      if (error instanceof Refusal) return gone(request, reply)
      throw error
    }
    return reply.redirect(`/help/articles/${id}?helped=${helped}#helped`, 303)
  })
}
