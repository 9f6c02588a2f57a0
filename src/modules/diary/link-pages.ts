import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { fromAnotherSite } from '../../platform/http/origin.ts'
import { html } from '../../platform/http/page.ts'
import { anonymous } from '../../platform/permissions/actor.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { zoneOf } from '../identity/index.ts'
import { asCustomer } from '../portal/index.ts'
import { freeTimes } from './free.ts'
import { readBookingLink } from './links.ts'
import { heldBooking } from './offering.ts'
import { momentOf, problemNote, type Site, sendPage, timesField } from './page-parts.ts'
import { cancelBooking, moveBooking } from './rebooking.ts'

const dayMs = 86_400_000
/** How far ahead times are offered. */
const offeredDays = 21

type Asked = FastifyRequest<{ Params: { token: string }; Querystring: { done?: string }; Body: Record<string, string> }>

const done: Record<string, string> = {
  moved: 'Your appointment is moved. You get a mail with the new time.',
  cancelled: 'Your appointment is cancelled.',
}

/** The page behind the signed link: whoever holds it moves or cancels this appointment, and nothing else. */
export const serveLink = (app: FastifyInstance, site: Site): void => {
  const { kernel } = site
  const limited = { config: { rateLimit: { max: 60, timeWindow: '1 minute' } }, schema: { hide: true } as object }
  const gone = (reply: FastifyReply) =>
    sendPage(
      site,
      reply,
      'Link not valid',
      html`<h1>This link is not valid</h1><p>Please answer our last mail, or <a href="/help">write to us</a>.</p>`,
      404,
    )
  const show = async (request: Asked, reply: FastifyReply, problem: string | null = null) => {
    const id = readBookingLink(site.key, request.params.token)
    const held = id === null ? null : await kernel.read(anonymous, reading => heldBooking(reading, id))
    if (!held) return gone(reply)
    const zone = await kernel.read(anonymous, zoneOf)
    const { booking, resourceIds } = held
    const open = booking.state === 'booked' && booking.startsAt > held.now
    const times = open
      ? await kernel.read(anonymous, reading =>
          freeTimes(reading, {
            ids: resourceIds,
            minutes: booking.minutes,
            from: held.now,
            to: new Date(held.now.getTime() + offeredDays * dayMs),
          }).catch(() => []),
        )
      : []
    const said = done[request.query.done ?? '']
    const body = html`${said && html`<div class="done" role="status"><p>${said}</p></div>`}${problemNote(problem)}
<h1 dir="auto">${booking.title}</h1><p><strong>${momentOf(booking.startsAt, zone)}</strong>${booking.place && html`<br>${booking.place}`}</p>
${booking.state === 'cancelled' && html`<p class="dim">This appointment is cancelled.</p>`}${!open && booking.state === 'booked' && html`<p class="dim">This appointment is over.</p>`}
${
  open &&
  html`<h2>Another time</h2>${
    times.length === 0
      ? html`<p class="dim">Nothing else is free in the next three weeks. Cancel it and write to us, and we find a time.</p>`
      : html`<form method="post" action="/appointment/${request.params.token}/move">${timesField(times, zone)}<div class="row"><button type="submit">Move it</button></div></form>`
  }
<h2>Cancel</h2><form method="post" action="/appointment/${request.params.token}/cancel"><label for="why">Would you tell us why? (optional)</label><input type="text" id="why" name="why" maxlength="300" dir="auto">
<div class="row"><button class="quiet" type="submit">Cancel the appointment</button></div></form>`
}`
    return sendPage(site, reply, booking.title, body, problem ? 422 : 200)
  }
  const act = async (
    request: Asked,
    reply: FastifyReply,
    what: string,
    run: (work: Work, id: number) => Promise<unknown>,
  ) => {
    const id = readBookingLink(site.key, request.params.token)
    const held = id === null ? null : await kernel.read(anonymous, reading => heldBooking(reading, id))
    if (!held || id === null) return gone(reply)
    if (fromAnotherSite(request))
      return show(request, reply, 'This came from another website. Please send it from here.')
    try {
      await kernel.work(asCustomer(held.customer), work => run(work, id), request.id)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return show(request, reply, error.message)
    }
    return reply.redirect(`/appointment/${request.params.token}?done=${what}`, 303)
  }
  const path = '/appointment/:token'
  app.get(path, limited, async (request, reply) => show(request as Asked, reply))
  app.post(`${path}/move`, limited, async (request, reply) => {
    const at = (request as Asked).body?.at ?? ''
    if (Number.isNaN(Date.parse(at))) return show(request as Asked, reply, 'Choose a time first.')
    return act(request as Asked, reply, 'moved', (work, id) =>
      moveBooking(work, { id, startsAt: at, outsideHours: false }),
    )
  })
  app.post(`${path}/cancel`, limited, async (request, reply) =>
    act(request as Asked, reply, 'cancelled', (work, id) =>
      cancelBooking(work, { id, why: ((request as Asked).body?.why ?? '').slice(0, 300) }),
    ),
  )
}
