import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { once } from '../../../platform/http/idempotency.ts'
import { fromAnotherSite } from '../../../platform/http/origin.ts'
import { html } from '../../../platform/http/page.ts'
import { anonymous } from '../../../platform/permissions/actor.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { ask } from '../asking.ts'
import { casesOf, frontOf } from '../queries.ts'
import { askCode, signIn, signOut } from '../signing-in.ts'
import { asCustomer, type Visitor } from '../visiting.ts'
import { type Around, type Site, sessionIn, setCookie } from './around.ts'
import { mostText, type Problems, problemBox, sameForm, stampHolds, stampOf, type Values } from './form.ts'
import { askPage, casesPage, codePage, emailPage, sentPage } from './front.ts'
import { say } from './say.ts'
import { sentBy, TooBig } from './sent.ts'

const plain = (values: unknown): Values => values ?? {}
const isEmail = (text: string) => text.length <= 254 && /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]{2,}$/.test(text)

/** Nothing is cut off unseen: what is longer than we take is given back to be shortened. */
const tooLong = (values: Values, most: Record<string, number>): Problems =>
  Object.fromEntries(
    Object.entries(most).flatMap(([name, max]) =>
      (values[name]?.trim().length ?? 0) > max ? [[name, say('help.tooLong', { max })]] : [],
    ),
  )

const missingIn = (values: Values, visitor: Visitor | null, kinds: readonly string[]): Problems => ({
  ...(!visitor && !values.name?.trim() ? { name: say('help.missing.name') } : {}),
  ...(!visitor && !isEmail(values.email?.trim() ?? '') ? { email: say('help.missing.email') } : {}),
  ...(kinds.includes(values.kind ?? '') ? {} : { kind: say('help.missing.kind') }),
  ...(values.subject?.trim() ? {} : { subject: say('help.missing.subject') }),
  ...(values.text?.trim() ? {} : { text: say('help.missing.text') }),
  ...tooLong(values, { name: 200, subject: 300, text: mostText }),
})

/** The public form, and signing in by a code. */
export const serveFront = (app: FastifyInstance, site: Site, around: Around, limited: object): void => {
  const { kernel } = site
  const showForm = async (
    request: FastifyRequest,
    reply: FastifyReply,
    values: Values = {},
    problems: Problems = {},
  ) => {
    const [visitor, zone] = [await around.visitorBy(request), await around.zone()]
    const [front, now] = await kernel.read(anonymous, async reading => [await frontOf(reading), reading.now] as const)
    if (!front) return reply.redirect('/', 303)
    const body = askPage({ front, zone, visitor, values, problems, stamp: stampOf(site.formKey, now) })
    return around.frame(reply, say('help.title'), body, visitor, Object.keys(problems).length > 0 ? 422 : 200)
  }
  app.get('/help', limited, (request, reply) => showForm(request, reply))
  app.post('/help', limited, async (request, reply) => {
    let values: Values = {}
    try {
      const sent = await sentBy(request, site.files)
      values = sent.values
      if (fromAnotherSite(request)) return showForm(request, reply, values, { origin: say('help.elsewhere') })
      const visitor = await around.visitorBy(request)
      const [front, now] = await kernel.read(anonymous, async reading => [await frontOf(reading), reading.now] as const)
      const problems = missingIn(values, visitor, front?.kinds ?? [])
      if (Object.keys(problems).length > 0) return showForm(request, reply, values, problems)
      if (values.website?.trim() || !stampHolds(site.formKey, values.stamp, now))
        return showForm(request, reply, values, { robot: say('help.robot') })
      const asked = {
        name: visitor?.name ?? values.name?.trim() ?? '',
        email: values.email?.trim() ?? '',
        kind: values.kind ?? '',
        subject: values.subject?.trim() ?? '',
        text: values.text?.trim() ?? '',
        files: sent.files,
      }
      const keyed = sameForm('portal.form', visitor?.personId ?? null, sent)
      const made = await kernel.work(
        visitor ? asCustomer(visitor) : anonymous,
        work => once(work, keyed, 201, () => ask(work, asked, visitor)),
        request.id,
      )
      return around.frame(
        reply,
        say('help.sentTitle'),
        sentPage(String(made.number), asked.email || asked.name),
        visitor,
        201,
      )
    } catch (error) {
      if (error instanceof TooBig) return showForm(request, reply, error.values, { files: say('help.tooBig') })
      if (error instanceof Refusal) return showForm(request, reply, values, { refused: error.message })
      throw error
    }
  })
  app.get('/help/sign-in', limited, (_request, reply) =>
    around.frame(reply, say('signin.title'), emailPage({}, {}), null),
  )
  app.post('/help/code', limited, async (request, reply) => {
    const values = plain((await sentBy(request, site.files)).values)
    const email = values.email?.trim() ?? ''
    if (!isEmail(email)) {
      const body = emailPage(values, { email: say('help.missing.email') })
      return around.frame(reply, say('signin.title'), body, null, 422)
    }
    try {
      const page = `${site.baseUrl}/help/sign-in`
      await kernel.work(anonymous, work => askCode(work, { email, address: request.ip, page }), request.id)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return around.frame(
        reply,
        say('signin.title'),
        html`${problemBox({ refused: error.message })}${emailPage(values, {})}`,
        null,
        429,
      )
    }
    return around.frame(reply, say('signin.codeTitle'), codePage(email, false), null)
  })
  app.post('/help/sign-in', limited, async (request, reply) => {
    const values = plain((await sentBy(request, site.files)).values)
    const [email, code] = [values.email?.trim() ?? '', values.code?.trim() ?? '']
    if (!isEmail(email) || fromAnotherSite(request)) return reply.redirect('/help/sign-in', 303)
    const session = await kernel.work(anonymous, work => signIn(work, { email, code }), request.id)
    if (!session) return around.frame(reply, say('signin.codeTitle'), codePage(email, true), null, 422)
    return setCookie(reply, site, session.session, 30 * 86_400).redirect('/help/cases', 303)
  })
  app.get('/help/sign-out', limited, async (_request, reply) =>
    around.frame(
      reply,
      say('help.signOut'),
      html`<h1>${say('help.signOut')}</h1><form method="post" action="/help/sign-out"><button type="submit">${say('help.signOut')}</button></form>`,
      null,
    ),
  )
  app.post('/help/sign-out', limited, async (request, reply) => {
    if (!fromAnotherSite(request)) await kernel.work(anonymous, work => signOut(work, sessionIn(request)), request.id)
    return setCookie(reply, site, 'none', 0).redirect('/help', 303)
  })
  app.get<{ Querystring: { cursor?: string } }>('/help/cases', limited, async (request, reply) => {
    const visitor = await around.visitorBy(request)
    if (!visitor) return reply.redirect('/help/sign-in', 303)
    try {
      const cases = await kernel.read(anonymous, reading => casesOf(reading, visitor, request.query.cursor))
      return around.frame(reply, say('cases.title'), casesPage(cases, await around.zone()), visitor)
    } catch (error) {
      if (error instanceof Refusal) return reply.redirect('/help/cases', 303)
      throw error
    }
  })
}
