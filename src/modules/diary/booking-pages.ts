import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { fromAnotherSite } from '../../platform/http/origin.ts'
import { html } from '../../platform/http/page.ts'
import { anonymous } from '../../platform/permissions/actor.ts'
import { Refusal } from '../../platform/refusal.ts'
import { cleanText } from '../../platform/text/clean.ts'
import { redactText } from '../../platform/text/redact.ts'
import { zoneOf } from '../identity/index.ts'
import { asCustomer, sessionIn, type Visitor, visitorOf } from '../portal/index.ts'
import { bookingLink } from './links.ts'
import { bookOneself, offered, offersOf } from './offering.ts'
import { problemNote, type Site, sendPage, timesField } from './page-parts.ts'

type Asked = FastifyRequest<{ Params: { id: string }; Body: Record<string, string> }>

/** For customers who have shown who they are: what they may book themselves, and when. */
export const serveBooking = (app: FastifyInstance, site: Site): void => {
  const { kernel } = site
  const limited = { config: { rateLimit: { max: 60, timeWindow: '1 minute' } }, schema: { hide: true } as object }
  const visitorOfRequest = (request: FastifyRequest) =>
    kernel.read(anonymous, reading => visitorOf(reading, sessionIn(request)))
  const typeOf = async (request: Asked) =>
    (await kernel.read(anonymous, offered)).find(type => String(type.id) === request.params.id)

  app.get('/help/appointments', limited, async (_request, reply) => {
    const types = await kernel.read(anonymous, offered)
    const body = html`<h1>Book an appointment</h1>${
      types.length === 0
        ? html`<p>Nothing can be booked here at the moment. <a href="/help">Write to us</a>, and we find a time.</p>`
        : html`<p>What is it about?</p><ul class="cases">${types.map(
            type =>
              html`<li><a href="/help/appointments/${type.id}"><strong>${type.name}</strong> <span class="dim">${type.minutes} minutes${type.place && `, ${type.place}`}</span>${type.description && html`<br><span class="dim">${type.description}</span>`}</a></li>`,
          )}</ul>`
    }`
    return sendPage(site, reply, 'Book an appointment', body)
  })

  const show = async (request: Asked, reply: FastifyReply, visitor: Visitor | null, problem: string | null = null) => {
    const type = await typeOf(request)
    if (!type) return reply.redirect('/help/appointments', 303)
    if (!visitor) {
      const body = html`<h1>${type.name}</h1><p>So that the appointment is yours, and only yours to move: <a href="/help/cases">show us who you are with a code by mail</a>, then come back here.</p>`
      return sendPage(site, reply, type.name, body)
    }
    const zone = await kernel.read(anonymous, zoneOf)
    const offers = await kernel.read(anonymous, reading => offersOf(reading, type))
    const body = html`${problemNote(problem)}<h1>${type.name}</h1><p class="dim">${type.minutes} minutes${type.place && `, ${type.place}`}</p>${
      offers.length === 0
        ? html`<p>Nothing is free in the next ${type.horizonDays} days. <a href="/help">Write to us</a>, and we find a time.</p>`
        : html`<form method="post" action="/help/appointments/${type.id}">${timesField(
            offers.map(offer => offer.at),
            zone,
          )}<label for="text">What should we know beforehand? (optional)</label><textarea id="text" name="text" maxlength="2000" dir="auto">${request.body?.text ?? ''}</textarea>
<div class="row"><button type="submit">Book it</button></div></form>`
    }`
    return sendPage(site, reply, type.name, body, problem ? 422 : 200)
  }

  app.get('/help/appointments/:id', limited, async (request, reply) =>
    show(request as Asked, reply, await visitorOfRequest(request)),
  )

  app.post('/help/appointments/:id', limited, async (request, reply) => {
    const asked = request as Asked
    const visitor = await visitorOfRequest(request)
    const type = await typeOf(asked)
    if (!visitor || !type) return show(asked, reply, visitor)
    if (fromAnotherSite(request))
      return show(asked, reply, visitor, 'This came from another website. Please send it from here.')
    const offers = await kernel.read(anonymous, reading => offersOf(reading, type))
    const offer = offers.find(one => one.at.toISOString() === asked.body?.at)
    if (!offer) return show(asked, reply, visitor, 'That time is not free any more. Please choose another.')
    const text = redactText(cleanText((asked.body?.text ?? '').slice(0, 2000))).text.trim()
    try {
      const booking = await kernel.work(
        asCustomer(visitor),
        work =>
          bookOneself(work, type, {
            personId: visitor.personId,
            at: offer.at.toISOString(),
            resourceId: offer.resourceId,
            text,
          }),
        request.id,
      )
      return reply.redirect(`/appointment/${bookingLink(site.key, booking.id)}`, 303)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return show(asked, reply, visitor, error.message)
    }
  })
}
