import { type Html, html } from '../../../platform/http/page.ts'
import { caseLinkDays } from '../../cases/index.ts'
import type { casesOf, frontOf } from '../queries.ts'
import type { Visitor } from '../visiting.ts'
import { field, filesField, kindField, mostText, type Problems, problemBox, stampField, type Values } from './form.ts'
import { say, sayOf, when } from './say.ts'

type Front = NonNullable<Awaited<ReturnType<typeof frontOf>>>

const hours = (front: Front, zone: string): string | null => {
  if (front.openNow) return say('help.openNow')
  return front.opensAt ? say('help.opensAt', { when: when(front.opensAt, zone) }) : null
}

type AskPage = {
  front: Front
  zone: string
  visitor: Visitor | null
  values: Values
  problems: Problems
  stamp: string
}

/** The public form. */
export const askPage = ({ front, zone, visitor, values, problems, stamp }: AskPage): Html => {
  const about = hours(front, zone)
  if (!front.open) return html`<h1>${say('help.title')}</h1><p>${say('help.closed')}</p>`
  return html`${problemBox(problems)}<h1>${say('help.title')}</h1>
${front.intro ? front.intro.split(/\n+/).map(part => html`<p>${part}</p>`) : html`<p>${say('help.lead')}</p>`}${about && html`<p class="dim">${about}</p>`}
<form method="post" action="/help" enctype="multipart/form-data">
${
  !visitor && [
    field({ name: 'name', label: say('help.name'), autocomplete: 'name', values, problems, max: 200 }),
    field({
      name: 'email',
      label: say('help.email'),
      hint: say('help.emailHint'),
      type: 'email',
      autocomplete: 'email',
      values,
      problems,
      max: 254,
    }),
  ]
}
${kindField(front.kinds, values)}
${field({ name: 'subject', label: say('help.subject'), values, problems, max: 300 })}
${field({ name: 'text', label: say('help.text'), values, problems, max: mostText, rows: true })}
${filesField(problems)}
<div class="trap" aria-hidden="true"><label for="website">${say('help.trap')}</label><input type="text" id="website" name="website" tabindex="-1" autocomplete="off"></div>
${stampField(stamp)}<div class="row"><button type="submit">${say('help.send')}</button></div></form>`
}

export const sentPage = (number: string, email: string): Html =>
  html`<div class="done" role="status"><h1>${say('help.sentTitle')}</h1><p>${say('help.sent', { number, email })}</p></div>
<div class="row"><a class="button" href="/help/cases">${say('help.myCases')}</a></div>`

export const emailPage = (values: Values, problems: Problems): Html =>
  html`${problemBox(problems)}<h1>${say('signin.title')}</h1><p>${say('signin.lead')}</p><form method="post" action="/help/code">
${field({ name: 'email', label: say('help.email'), type: 'email', autocomplete: 'email', values, problems, max: 254 })}
<div class="row"><button type="submit">${say('signin.send')}</button></div></form>`

export const codePage = (email: string, wrong: boolean): Html =>
  html`${wrong && problemBox({ code: say('signin.wrong') })}<h1>${say('signin.codeTitle')}</h1><p>${say('signin.codeLead', { email })}</p>
<form method="post" action="/help/sign-in"><input type="hidden" name="email" value="${email}"><label for="code">${say('signin.code')}</label>
<input type="text" id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="12" required${wrong && html` aria-invalid="true" aria-describedby="code-error"`}>
${wrong && html`<p class="error" id="code-error">${say('signin.wrong')}</p>`}
<div class="row"><button type="submit">${say('signin.enter')}</button></div></form>
<form method="post" action="/help/code"><input type="hidden" name="email" value="${email}"><div class="row"><button class="quiet" type="submit">${say('signin.another')}</button></div></form>`

export const casesPage = ({ items, next }: Awaited<ReturnType<typeof casesOf>>, zone: string): Html =>
  html`<h1>${say('cases.title')}</h1>${
    items.length === 0
      ? html`<p>${say('cases.none')}</p>`
      : html`<ul class="cases">${items.map(
          kase => html`<li><a href="/help/cases/${kase.id}"><strong dir="auto">${kase.subject}</strong><span class="dim small">#${kase.id} <span class="state">${sayOf('state', kase.status)}</span>
${say('cases.last', { when: when(kase.lastAt, zone) })} ${!kase.own && say('cases.of', { name: kase.requester })}</span></a></li>`,
        )}</ul>`
  }${next !== null && html`<p><a href="/help/cases?cursor=${next}">${say('cases.older')}</a></p>`}
<div class="row"><a class="button" href="/help">${say('help.write')}</a></div>`

export const troublePage = (title: string, text: string): Html =>
  html`<h1>${title}</h1><p>${text}</p><div class="row"><a class="button" href="/help">${say('help.write')}</a></div>`

export const gonePage = (): Html =>
  html`<h1>${say('gone.title')}</h1><p>${say('gone.text')}</p><div class="row"><a class="button" href="/help/sign-in">${say('help.signIn')}</a><a href="/help">${say('help.write')}</a></div>`

/** @param action where a new link is asked for */
export const expiredPage = (action: string): Html =>
  html`<h1>${say('expired.title')}</h1><p>${say('expired.text', { days: caseLinkDays })}</p><form method="post" action="${action}"><div class="row"><button type="submit">${say('expired.send')}</button><a href="/help">${say('help.write')}</a></div></form>`

/** The same for everybody: it does not say whether an address is known. */
export const renewedPage = (): Html =>
  html`<div class="done" role="status"><h1>${say('expired.sentTitle')}</h1><p>${say('expired.sent', { days: caseLinkDays })}</p></div>
<div class="row"><a class="button" href="/help/sign-in">${say('help.signIn')}</a><a href="/help">${say('help.write')}</a></div>`
