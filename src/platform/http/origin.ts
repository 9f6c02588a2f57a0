import type { FastifyRequest } from 'fastify'

/** Whether a request was sent by a page of another site, which must not act in the name of whoever is signed in here. */
export const fromAnotherSite = (request: Pick<FastifyRequest, 'headers'>): boolean => {
  const { origin, host } = request.headers
  const site = request.headers['sec-fetch-site']
  const foreign = origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host)
  return foreign || (site !== undefined && site !== 'same-origin' && site !== 'none')
}
