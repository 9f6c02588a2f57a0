import { filePicker, type Picker } from './files.ts'
import { showHelp } from './help.ts'
import { ask, keep, namedIn, type Refused, sessionNow, siteKey, stopListening, takeUp } from './line.ts'
import { field, make, sendBy, when } from './parts.ts'
import { type Around, forget, noteSeen, sayMore, showTalk } from './talk.ts'

/**
 * What stands in the frame on other websites: a form until something is said, then the conversation. It stands alone,
 * without a library, so that it weighs a few kilobytes.
 */
type Front = { organisation: string; greeting: string; openNow: boolean; opensAt: string | null; staffHere: boolean }
type Hello = { kind?: unknown; identity?: unknown; shown?: unknown }

const root = document.getElementById('talk') as HTMLElement
const presence = make('p', { class: 'presence' })
const organisation = make('h1')
const problem = make('p', { class: 'problem', role: 'alert' })
const path = `/api/widget/${encodeURIComponent(siteKey)}`

let front: Front | null = null
let frontAt = 0
let identity: string | null = null
/** A token the program did not believe: it is not sent again, and the visitor says who they are instead. */
let disbelieved: string | null = null
let begun = false

const fail = (error: unknown) => {
  problem.textContent = error instanceof TypeError ? 'We cannot be reached just now.' : (error as Error).message
  problem.scrollIntoView({ block: 'nearest' })
}
const around: Around = { shown: true, fail, problem }

const presenceOf = ({ openNow, opensAt, staffHere }: Front): string => {
  if (openNow) return staffHere ? 'We are here now.' : 'We answer during the day.'
  return opensAt ? `We are back ${when(opensAt)}. Write now and we answer then.` : 'We answer as soon as we can.'
}

const readFront = async () => {
  front = await ask<Front>('GET', path)
  frontAt = Date.now()
  organisation.textContent = front.organisation
  presence.textContent = presenceOf(front)
}

const head = () => {
  const close = make('button', { type: 'button', class: 'close', 'aria-label': 'Close' }, '×')
  close.addEventListener('click', () => window.parent.postMessage('rapport:close', '*'))
  return make('header', {}, make('div', {}, organisation, presence), close)
}
const place = (...parts: Node[]) => root.replaceChildren(head(), ...parts)

const helping = { place, write: () => showForm(), fail, problem, shown: () => around.shown }

type Typed = { text: string; name: string; email: string; picker: Picker }

/**
 * The first message. Its session is kept before it is sent: when the answer is lost the conversation is found again, and
 * sending again begins no second one. Words that were changed meanwhile are said in the one that did begin.
 */
const beginBy = async ({ text, name, email }: Omit<Typed, 'picker'>, fileIds: number[]): Promise<void> => {
  const who = identity ? { identity } : { ...(name ? { name } : {}), ...(email ? { email } : {}) }
  const session = sessionNow()
  keep(session, identity)
  try {
    await ask('POST', `${path}/talks`, { text, fileIds, session, ...who })
  } catch (error) {
    if ((error as Refused).status !== 409) throw error
    await sayMore(text, fileIds)
  }
}

/** Begins the conversation; where the website's word for its customer does not hold, they are asked themselves. */
const begin = async ({ picker, ...typed }: Typed) => {
  problem.textContent = ''
  try {
    await beginBy(typed, await picker.ids())
    await showTalk(around, place)
  } catch (error) {
    if ((error as Refused).field !== 'identity') return fail(error)
    disbelieved = identity
    identity = null
    showForm(typed.text, picker)
    problem.textContent =
      'This website could not tell us who you are. Leave your e-mail and send it again, or load the page anew.'
  }
}

const whoFields = (name: HTMLInputElement, email: HTMLInputElement) => [
  field('name', 'Your name (optional)', name),
  field('email', 'Your e-mail (optional)', email),
  make('p', { class: 'hint' }, 'With your e-mail the answer reaches you also when you have left.'),
]

const showForm = (typed = '', picker = filePicker()) => {
  const text = make('textarea', { rows: '4', maxlength: '10000' })
  text.value = typed
  picker.heed(text)
  const name = make('input', { type: 'text', maxlength: '200', autocomplete: 'name' })
  const email = make('input', { type: 'email', maxlength: '254', autocomplete: 'email' })
  const send = make('button', { type: 'submit' }, 'Send')
  const form = make(
    'form',
    {},
    make('p', { class: 'greeting', dir: 'auto' }, front?.greeting || 'Hello! How can we help?'),
    problem,
    field('text', 'Your message', text),
    picker.list,
    ...(identity ? [] : whoFields(name, email)),
    make('div', { class: 'row' }, picker.button, send),
  )
  const check = () => {
    text.required = picker.count() === 0
  }
  check()
  send.addEventListener('click', check)
  sendBy(form, send, () => begin({ text: text.value, name: name.value.trim(), email: email.value.trim(), picker }))
  place(form)
  if (around.shown) text.focus()
}

const start = async () => {
  begun = true
  problem.textContent = ''
  stopListening()
  forget()
  try {
    await readFront()
    if (!takeUp(identity)) return (await showHelp(helping)) || showForm()
    await showTalk(around, place).catch((error: Refused) => {
      // The conversation is gone: begin anew. When only the line is bad, keep it.
      if (error.status !== 404) throw error
      keep(null, identity)
      showForm()
    })
  } catch (error) {
    const again = make('button', { type: 'submit' }, 'Try again')
    const form = make('form', {}, problem, again)
    sendBy(form, again, start)
    place(form)
    fail(error)
  }
}

const staleMs = 60_000

/** What may have changed while nobody looked: who is there, and what was answered. */
const lookAgain = () => {
  if (!around.shown || document.visibilityState !== 'visible') return
  noteSeen(around)
  if (Date.now() - frontAt > staleMs) void readFront().catch(() => {})
}

/** The website's page says whether the window is open, and who its customer is: another one begins anew. */
const hear = ({ identity: token, shown }: Hello) => {
  around.shown = shown !== false
  const said = typeof token === 'string' && token !== disbelieved ? token : null
  const another = begun && namedIn(said) !== namedIn(identity)
  identity = said
  if (!begun || another) return void start()
  lookAgain()
}

window.addEventListener('message', event => {
  const said = event.data as Hello | null
  if (event.source === window.parent && said?.kind === 'rapport:hello') hear(said)
})
window.addEventListener('keydown', event => {
  if (event.key === 'Escape') window.parent.postMessage('rapport:close', '*')
})
document.addEventListener('visibilitychange', lookAgain)
setInterval(lookAgain, 5 * staleMs)
window.parent.postMessage('rapport:ready', '*')
// Where no page answers the window stands by itself.
setTimeout(() => {
  if (!begun) void start()
}, 1500)
