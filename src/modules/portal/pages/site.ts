import type { FastifyInstance } from 'fastify'
import { type Site, surroundings } from './around.ts'
import { serveFront } from './serving-front.ts'
import { serveTalk } from './serving-talks.ts'

/** The pages for customers: plain HTML that needs no script, no account and no wide screen. */
export const servePortal = (app: FastifyInstance, site: Site): void => {
  const limited = { config: { rateLimit: { max: 60, timeWindow: '1 minute' } }, schema: { hide: true } as object }
  const around = surroundings(site)
  serveFront(app, site, around, limited)
  serveTalk(
    app,
    site,
    around,
    {
      path: '/help/cases/:id',
      visitor: around.visitorBy,
      base: request => `/help/cases/${Number(request.params.id)}`,
      id: request => Number(request.params.id) || 0,
    },
    limited,
  )
  serveTalk(
    app,
    site,
    around,
    {
      path: '/k/:token',
      visitor: request => around.visitorByLink(request.params.token),
      base: request => `/k/${encodeURIComponent(request.params.token)}`,
      id: (_request, visitor) => visitor.onlyCase ?? 0,
    },
    limited,
  )
}
