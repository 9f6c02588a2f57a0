import { type Html, html } from '../../../platform/http/page.ts'
import type { talkOf } from '../queries.ts'
import { field, filesField, mostText, type Problems, problemBox, stampField, type Values } from './form.ts'
import { say, sayOf, when } from './say.ts'

type Talk = Awaited<ReturnType<typeof talkOf>>
type Page = {
  talk: Talk
  base: string
  zone: string
  values: Values
  problems: Problems
  done: string | undefined
  stamp: string
}

const doneWords: Record<string, string> = {
  sent: say('talk.done.sent'),
  withdrawn: say('talk.done.withdrawn'),
  met: say('talk.done.met'),
}

const size = (bytes: number): string =>
  bytes < 1024
    ? `${bytes} B`
    : bytes < 1_048_576
      ? `${Math.round(bytes / 1024)} kB`
      : `${(bytes / 1_048_576).toFixed(1)} MB`

const said = ({ talk, base, zone }: Page): Html =>
  html`<h2>${say('talk.said')}</h2><ol class="talk">${talk.messages.map(
    message => html`<li class="${message.fromUs ? 'us' : 'you'}"><strong><bdi>${message.from}</bdi></strong>
<span class="dim small">${when(message.at, zone)}${message.noted && ` · ${say('talk.noted')}`}</span><div class="text" dir="auto">${message.text}</div>
${message.attachments.length > 0 && html`<p class="small">${message.attachments.map(file => html`<a href="${base}/files/${file.id}"><bdi>${file.name}</bdi></a> (${size(file.size)}) `)}</p>`}</li>`,
  )}</ol>`

const metForm = ({ base, stamp }: Page): Html =>
  html`<form method="post" action="${base}/met"><fieldset><legend><h2>${say('talk.met')}</h2></legend>
${(['yes', 'partly', 'no'] as const).map(met => html`<label class="choice"><input type="radio" name="met" value="${met}" required> ${say(`talk.met.${met}`)}</label>`)}</fieldset>
<label for="remark">${say('talk.remark')}</label><textarea id="remark" name="remark" maxlength="4000" dir="auto"></textarea>
${stampField(stamp)}<div class="row"><button type="submit">${say('talk.metSend')}</button></div></form>`

const writeForm = ({ talk, base, values, problems, stamp }: Page): Html => {
  const over = talk.status === 'solved' || talk.status === 'closed'
  return html`<h2>${say('talk.more')}</h2><form method="post" action="${base}" enctype="multipart/form-data">
${field({ name: 'text', label: say(over ? 'talk.reopen' : 'talk.message'), values, problems, max: mostText, rows: true })}
${filesField(problems)}${stampField(stamp)}<div class="row"><button type="submit">${say('talk.send')}</button></div></form>`
}

const withdrawForm = ({ base, stamp }: Page): Html =>
  html`<h2>${say('talk.withdrawTitle')}</h2><p class="dim">${say('talk.withdrawText')}</p>
<form method="post" action="${base}/withdraw">${stampField(stamp)}<button class="quiet" type="submit">${say('talk.withdraw')}</button></form>`

/** A case as its customer sees it, with what they can do there. */
export const talkPage = (page: Page): Html => {
  const { talk, zone, problems, done } = page
  return html`${done && doneWords[done] ? html`<div class="done" role="status"><p>${doneWords[done]}</p></div>` : ''}${problemBox(problems)}
<h1 dir="auto">${talk.subject}</h1><p class="dim">${say('talk.number', { number: talk.id, when: when(talk.openedAt, zone) })} <span class="state">${sayOf('state', talk.status)}</span></p>
${said(page)}${talk.can.includes('say_met') && metForm(page)}${talk.can.includes('write') ? writeForm(page) : html`<p class="dim">${say('talk.readOnly')}</p>`}
${talk.can.includes('withdraw') && withdrawForm(page)}`
}
