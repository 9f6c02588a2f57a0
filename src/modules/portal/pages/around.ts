import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FileStore } from '../../../platform/files/store.ts'
import { type Html, publicPage } from '../../../platform/http/page.ts'
import { linksForCustomers } from '../../../platform/http/public-links.ts'
import type { Kernel } from '../../../platform/kernel.ts'
import { anonymous } from '../../../platform/permissions/actor.ts'
import { readCaseLink } from '../../cases/index.ts'
import { zoneOf } from '../../identity/index.ts'
import { hasExpired } from '../renewing.ts'
import { visitorOf } from '../signing-in.ts'
import { type Visitor, visitorById } from '../visiting.ts'
import { expiredPage, gonePage } from './front.ts'
import { say } from './say.ts'

export type Site = {
  kernel: Kernel
  files: FileStore
  formKey: Buffer
  linkKey: Buffer
  secure: boolean
  baseUrl: string
}

const graceMs = 86_400_000

const cookieName = 'rapport_portal'

export const sessionIn = (request: FastifyRequest): string | null =>
  new RegExp(`(?:^|;\\s*)${cookieName}=([\\w-]{20,100})`).exec(request.headers.cookie ?? '')?.[1] ?? null

export const setCookie = (reply: FastifyReply, site: Site, value: string, seconds: number) =>
  reply.header(
    'set-cookie',
    `${cookieName}=${value}; Path=/help; HttpOnly; SameSite=Lax; Max-Age=${seconds}${site.secure ? '; Secure' : ''}`,
  )

/** Pages that a search engine may list; the others are about somebody. */
const findable = new Set([say('help.title'), say('signin.title')])

/** Everything the public pages have in common: who visits, the frame around a page, and what a refusal looks like. */
export const surroundings = (site: Site) => {
  const { kernel } = site
  /** As it was last read, for the page that says that nothing can be read. */
  let name = say('help.title')
  const plain = (reply: FastifyReply, title: string, body: Html, status: number) =>
    reply
      .status(status)
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(publicPage({ organisation: name, title, body, home: '/help' }))
  const frame = async (reply: FastifyReply, title: string, body: Html, visitor: Visitor | null, status = 200) => {
    const organisation = await kernel.read(anonymous, ({ db }) =>
      db.selectFrom('organisation').select('name').executeTakeFirstOrThrow(),
    )
    name = organisation.name
    const links = [
      ...(await linksForCustomers(kernel)),
      // A link to one case speaks for its owner without a session that could be ended.
      ...(visitor && !visitor.onlyCase ? [{ href: '/help/sign-out', text: say('help.signOut') }] : []),
    ]
    return (
      reply
        .status(status)
        .type('text/html; charset=utf-8')
        .header('cache-control', 'no-store')
        // The address holds a key; with no-referrer a browser would not even tell us that a form comes from here.
        .header('referrer-policy', 'same-origin')
        .send(publicPage({ organisation: name, title, body, home: '/help', links, index: findable.has(title) }))
    )
  }
  const visitorBy = (request: FastifyRequest) =>
    kernel.read(anonymous, reading => visitorOf(reading, sessionIn(request)))
  /** Whoever opened the page in time may still send what they wrote there. */
  const visitorByLink = (token: string, method: string) => {
    const link = readCaseLink(site.linkKey, token)
    if (!link) return null
    return kernel.read(anonymous, async reading =>
      (await hasExpired(reading, link, method === 'POST' ? graceMs : 0))
        ? null
        : visitorById(reading, link.personId, link.caseId),
    )
  }
  const zone = () => kernel.read(anonymous, zoneOf)
  const gone = (reply: FastifyReply, visitor: Visitor | null = null) =>
    frame(reply, say('gone.title'), gonePage(), visitor, 404)
  /** A link of ours that is good no longer leads to a new one; any other leads nowhere. */
  const expired = (reply: FastifyReply, token: string) =>
    readCaseLink(site.linkKey, token)
      ? frame(reply, say('expired.title'), expiredPage(`/k/${token}/new`), null, 410)
      : gone(reply)
  return { kernel, plain, frame, visitorBy, visitorByLink, zone, gone, expired }
}

export type Around = ReturnType<typeof surroundings>
