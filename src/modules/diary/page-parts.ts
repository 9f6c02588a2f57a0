import type { FastifyReply } from 'fastify'
import { type Html, html, publicPage } from '../../platform/http/page.ts'
import { linksForCustomers } from '../../platform/http/public-links.ts'
import type { Kernel } from '../../platform/kernel.ts'
import { anonymous } from '../../platform/permissions/actor.ts'
import { organisationName } from '../identity/index.ts'

export type Site = { kernel: Kernel; key: Buffer }

/** How many days are offered, and on which minutes of an hour: enough to choose from, few enough to read. */
const mostDays = 10
const everyMs = 30 * 60_000

const dayOf = (at: Date, zone: string) =>
  new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: zone }).format(at)
const clockOf = (at: Date, zone: string) =>
  new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: zone }).format(at)
export const momentOf = (at: Date, zone: string) => `${dayOf(at, zone)}, ${clockOf(at, zone)}`

/** Times to choose from, by day; none is chosen beforehand. */
export const timesField = (times: readonly Date[], zone: string): Html => {
  const offered = times.filter(at => at.getTime() % everyMs === 0)
  const days = [...Map.groupBy(offered, at => dayOf(at, zone))].slice(0, mostDays)
  return html`${days.map(
    ([day, at]) =>
      html`<fieldset><legend><h2>${day}</h2></legend><div class="row">${at.map(
        one =>
          html`<label class="choice"><input type="radio" name="at" value="${one.toISOString()}" required> ${clockOf(one, zone)}</label>`,
      )}</div></fieldset>`,
  )}`
}

export const problemNote = (problem: string | null): Html | '' =>
  problem ? html`<div class="problem" role="alert"><p>${problem}</p></div>` : ''

/** A page for customers; nothing of it is kept by anybody on the way. */
export const sendPage = async ({ kernel }: Site, reply: FastifyReply, title: string, body: Html, status = 200) => {
  const organisation = await kernel.read(anonymous, organisationName)
  return reply
    .status(status)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'same-origin')
    .send(publicPage({ organisation, title, body, home: '/help', links: await linksForCustomers(kernel) }))
}
