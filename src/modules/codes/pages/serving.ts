import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { type Html, html } from '../../../platform/http/page.ts'
import { anonymous } from '../../../platform/permissions/actor.ts'
import type { Reading } from '../../../platform/work.ts'
import { type HelpSite, sendHelpPage } from '../../knowledge/index.ts'
import type { Content } from '../contract-shapes.ts'
import { publicPathOf } from '../queries.ts'
import { en } from '../ui/en.ts'

type Code = { id: number; content: Content; at: Date }

/** What is published for customers; nobody's draft, whoever is signed in. */
const publicCodes = async ({ db }: Pick<Reading, 'db'>, id?: number): Promise<Code[]> => {
  const { rows } = await sql<Code>`select c.id, v.content, v.published_at as at
    from codes c join code_versions v on v.code_id = c.id and v.number = c.published_version
    where c.archived_at is null and v.content @> '{"clauses": [{"part": "customers"}]}'
      ${id === undefined ? sql`` : sql`and c.id = ${id}`} order by lower(c.name), c.id limit 200`.execute(db)
  return rows
}

const paragraph = (title: string, text: string): Html | false => text !== '' && html`<h2>${title}</h2><p>${text}</p>`

const frontPage = (codes: readonly Code[]): Html => html`<h1>${en['codes.public.title']}</h1>
<p>${codes.length > 0 ? en['codes.public.lead'] : en['codes.public.none']}</p>
<ul class="cases">${codes.map(({ id, content }) => html`<li><a href="${publicPathOf(id, content)}"><strong>${content.name}</strong>${content.scope && html`<span class="dim small">${content.scope}</span>`}</a></li>`)}</ul>`

const codePage = ({
  content,
  at,
}: Code): Html => html`<nav class="small" aria-label="Breadcrumb"><a href="/help/codes">${en['codes.public.title']}</a></nav>
<article><h1>${content.name}</h1>${content.scope && html`<p class="dim">${content.scope}</p>`}
<ol>${content.clauses
  .filter(clause => clause.part === 'customers')
  .map(
    ({ text, promise }) =>
      html`<li><p>${text}</p>${promise?.remedy && html`<p class="dim small">${en['codes.public.remedy']} ${promise.remedy}</p>`}</li>`,
  )}</ol>
${paragraph(en['codes.limits'], content.limits)}${paragraph(en['codes.definitions'], content.definitions)}${paragraph(en['codes.contact'], content.contact)}</article>
<p class="dim small">${en['codes.public.since']} ${new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' }).format(at)}</p>`

const gone = html`<h1>${en['codes.public.gone']}</h1><p><a href="/help/codes">${en['codes.public.title']}</a></p>`

/** What we promise our customers, for everybody: plain HTML, printable, no script. */
export const serveCodes = (app: FastifyInstance, site: HelpSite): void => {
  const limited = { config: { rateLimit: { max: 120, timeWindow: '1 minute' } }, schema: { hide: true } as object }
  app.get('/help/codes', limited, async (request, reply) =>
    sendHelpPage(site, request, reply, {
      title: en['codes.public.title'],
      body: frontPage(await site.kernel.read(anonymous, reading => publicCodes(reading))),
      path: '/help/codes',
    }),
  )
  app.get('/help/codes/:id', limited, async (request: FastifyRequest, reply: FastifyReply) => {
    const asked = (request.params as { id: string }).id
    const id = Number(/^[1-9]\d{0,14}(?=$|-)/.exec(asked)?.[0] ?? 0)
    const [code] = id === 0 ? [] : await site.kernel.read(anonymous, reading => publicCodes(reading, id))
    const path = code && publicPathOf(code.id, code.content)
    if (!code || !path)
      return sendHelpPage(site, request, reply, { title: en['codes.public.gone'], body: gone, status: 404 })
    if (`/help/codes/${encodeURIComponent(asked)}` !== path) return reply.redirect(path, 301)
    const description = code.content.scope
    return sendHelpPage(site, request, reply, {
      title: code.content.name,
      body: codePage(code),
      path,
      ...(description ? { description } : {}),
    })
  })
}
