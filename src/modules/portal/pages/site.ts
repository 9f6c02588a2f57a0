import type { FastifyInstance } from 'fastify'
import { hearOut } from '../../../platform/http/draining.ts'
import { fromAnotherSite } from '../../../platform/http/origin.ts'
import { judge } from '../../../platform/http/problem.ts'
import { anonymous } from '../../../platform/permissions/actor.ts'
import { caseLink, readCaseLink } from '../../cases/index.ts'
import { renewLink } from '../renewing.ts'
import { type Around, type Site, surroundings } from './around.ts'
import { renewedPage, troublePage } from './front.ts'
import { say } from './say.ts'
import { serveFront } from './serving-front.ts'
import { serveTalk } from './serving-talks.ts'

/** The number in the address of a case, as it is written there and no other way. */
const numberIn = (text: string): number => (/^[1-9]\d{0,14}$/.test(text) ? Number(text) : 0)

/** The pages for customers: plain HTML that needs no script, no account and no wide screen. */
export const servePortal = (app: FastifyInstance, site: Site): void =>
  void app.register(async pages => servePages(pages, site))

/** Also what goes wrong is said on a page: nobody is shown an answer that is meant for programs. */
const servePages = (app: FastifyInstance, site: Site): void => {
  const limited = { config: { rateLimit: { max: 60, timeWindow: '1 minute' } }, schema: { hide: true } as object }
  const around = surroundings(site)
  app.setErrorHandler(async (error, request, reply) => {
    await hearOut(error, request)
    const { status } = judge(error, request, reply)
    const [title, text] =
      status === 429
        ? [say('help.tooManyTitle'), say('help.tooMany')]
        : status === 413
          ? [say('help.again'), say('help.tooBig')]
          : [say('help.brokenTitle'), say('help.broken')]
    return around.plain(reply, title, troublePage(title, text), status)
  })
  serveFront(app, site, around, limited)
  serveTalk(
    app,
    site,
    around,
    {
      path: '/help/cases/:id',
      visitor: around.visitorBy,
      base: request => `/help/cases/${numberIn(request.params.id)}`,
      id: request => numberIn(request.params.id),
    },
    limited,
  )
  serveTalk(
    app,
    site,
    around,
    {
      path: '/k/:token',
      visitor: request => around.visitorByLink(request.params.token, request.method),
      base: request => `/k/${encodeURIComponent(request.params.token)}`,
      id: (_request, visitor) => visitor.onlyCase ?? 0,
      nobody: (request, reply) => around.expired(reply, request.params.token),
    },
    limited,
  )
  serveRenewing(app, site, around, limited)
}

/** A new link in place of one that has expired: it goes to the address on file, whoever asks. */
const serveRenewing = (app: FastifyInstance, site: Site, around: Around, limited: object): void => {
  app.post<{ Params: { token: string } }>('/k/:token/new', limited, async (request, reply) => {
    const link = readCaseLink(site.linkKey, request.params.token)
    if (!link) return around.gone(reply)
    if (fromAnotherSite(request)) return around.expired(reply, request.params.token)
    const linkFor = (madeAt: Date) => `${site.baseUrl}/k/${caseLink(site.linkKey, link.caseId, link.personId, madeAt)}`
    await site.kernel.work(anonymous, work => renewLink(work, link, linkFor), request.id)
    return around.frame(reply, say('expired.sentTitle'), renewedPage(), null)
  })
}
