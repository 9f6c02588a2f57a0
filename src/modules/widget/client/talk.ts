import { filePicker, type Picker } from './files.ts'
import { ask, listen, random, save } from './line.ts'
import { field, make, sendBy, sizeOf } from './parts.ts'

type Sent = { id: number; name: string; size: number }
type Said = { id: number; fromUs: boolean; from: string | null; text: string; attachments: Sent[] }
type Talk = { status: string; messages: Said[]; byMail: boolean }

/** What the window knows of its surroundings. */
export type Around = { shown: boolean; fail(error: unknown): void; problem: HTMLElement }

const list = make('ol', { class: 'said', role: 'log', 'aria-live': 'polite', 'aria-label': 'Conversation' })
const lines = new Map<number, HTMLLIElement>()
const leaving = make('div')
let newest: Said[] = []
let lastSeen = 0

/** Forgets one conversation before another is shown. */
export const forget = (): void => {
  for (const line of lines.values()) line.remove()
  lines.clear()
  leaving.replaceChildren()
  newest = []
  lastSeen = 0
}

const fileButton = (around: Around, { id, name, size }: Sent): HTMLElement => {
  const button = make('button', { type: 'button', class: 'file', dir: 'auto' }, `${name} (${sizeOf(size)})`)
  button.addEventListener('click', () => void save(id, name).catch(around.fail))
  return button
}

const lineOf = (around: Around, { fromUs, from, text, attachments }: Said): HTMLLIElement =>
  make(
    'li',
    { class: fromUs ? 'us' : 'you' },
    make('span', { class: 'from' }, fromUs ? (from ?? '') : 'You'),
    // Who sends files without words says their names alone, which stand below.
    ...(text === attachments.map(file => file.name).join(', ') ? [] : [make('p', { dir: 'auto' }, text)]),
    ...attachments.map(file => fileButton(around, file)),
  )

/** Tells the website's page how many answers wait behind its button, and the program which have been on screen. */
export const noteSeen = (around: Around): void => {
  const unseen = newest.filter(message => message.fromUs && message.id > lastSeen)
  const last = unseen.at(-1)
  const looked = around.shown && document.visibilityState === 'visible'
  if (last && looked) {
    lastSeen = last.id
    ask('POST', '/api/widget-talk/seen', { messageId: last.id }).catch(() => {
      // It is said again with the next answer; until then the mail says it too.
    })
  }
  window.parent.postMessage({ kind: 'rapport:unread', count: looked ? 0 : unseen.length }, '*')
}

/** Only what is new is added, so that a screen reader reads no more than that. */
const draw = (around: Around, { messages, byMail }: Talk): void => {
  newest = messages
  const ids = new Set(messages.map(message => message.id))
  for (const [id, line] of lines)
    if (!ids.has(id)) {
      line.remove()
      lines.delete(id)
    }
  const fresh = messages.filter(message => !lines.has(message.id))
  for (const message of fresh) {
    const line = lineOf(around, message)
    lines.set(message.id, line)
    list.append(line)
  }
  if (fresh.length > 0) list.scrollTop = list.scrollHeight
  if (byMail) leaving.querySelector('form')?.remove()
  else if (!leaving.hasChildNodes()) leaving.append(addressForm(around))
  noteSeen(around)
}

const refresh = (around: Around): Promise<void> => ask<Talk>('GET', '/api/widget-talk').then(talk => draw(around, talk))

/** Whoever gave no address is asked for one while there is time: without it the answer ends with the visit. */
const addressForm = (around: Around): HTMLFormElement => {
  const email = make('input', { type: 'email', maxlength: '254', autocomplete: 'email', required: '' })
  const send = make('button', { type: 'submit' }, 'Save')
  const form = make('form', { class: 'address' }, field('leaving', 'Leaving? Your e-mail for the answer', email), send)
  sendBy(form, send, () =>
    ask('POST', '/api/widget-talk/address', { email: email.value.trim() })
      .then(() => {
        const said = `When you have left, the answer goes to ${email.value.trim()}.`
        leaving.replaceChildren(make('p', { class: 'hint', role: 'status' }, said))
      })
      .catch(around.fail),
  )
  return form
}

let attempt = { said: '', key: '' }

/** Says more; the same words and files that are sent again, because no answer came, are said once. */
export const sayMore = async (text: string, fileIds: number[]): Promise<void> => {
  const said = JSON.stringify([text, fileIds])
  if (attempt.said !== said) attempt = { said, key: random() }
  await ask('POST', '/api/widget-talk/messages', { text, fileIds }, attempt.key)
  attempt = { said: '', key: '' }
}

const send = async (around: Around, text: HTMLTextAreaElement, picker: Picker) => {
  if (text.value.trim() === '' && picker.count() === 0) return
  around.problem.textContent = ''
  try {
    await sayMore(text.value, await picker.ids())
    text.value = ''
    picker.clear()
    await refresh(around)
  } catch (error) {
    around.fail(error)
  }
  text.focus()
}

const moreForm = (around: Around): HTMLFormElement => {
  const text = make('textarea', { rows: '2', maxlength: '10000', dir: 'auto', 'aria-label': 'Your message' })
  const submit = make('button', { type: 'submit' }, 'Send')
  const picker = filePicker()
  picker.heed(text)
  const form = make('form', { class: 'more' }, picker.list, make('div', {}, picker.button, text, submit))
  sendBy(form, submit, () => send(around, text, picker))
  text.addEventListener('keydown', event => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    form.requestSubmit()
  })
  return form
}

/** The conversation, kept up as long as the window stands. @throws Refused where it is gone */
export const showTalk = async (around: Around, place: (...parts: Node[]) => void): Promise<void> => {
  const again = () => void refresh(around).catch(() => {})
  await refresh(around)
  const form = moreForm(around)
  place(list, leaving, around.problem, form)
  list.scrollTop = list.scrollHeight
  if (around.shown) form.querySelector('textarea')?.focus()
  listen(again)
}
