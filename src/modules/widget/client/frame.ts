/**
 * What stands in the frame on other websites: a form until something is said, then the conversation. It stands alone,
 * without a library, so that it weighs a few kilobytes. The session is kept in the frame's own storage, which browsers
 * keep apart for each site; where there is none it lasts as long as the page.
 */
type Front = {
  organisation: string
  greeting: string
  openNow: boolean
  opensAt: string | null
  staffHere: boolean
}
type Said = { id: number; fromUs: boolean; from: string; text: string; at: string }
type Talk = { id: number; status: string; messages: Said[] }
type Problem = { detail?: string; errors?: { field: string; message: string }[] }
;(() => {
  const root = document.getElementById('talk') as HTMLElement
  const key = document.body.dataset.key ?? ''
  const place = `rapport:${key}`
  let session: string | null = null
  let identity: string | null = null
  let front: Front | null = null
  let stream: EventSource | null = null
  let shownIds = ''

  const kept = (): string | null => {
    try {
      return localStorage.getItem(place)
    } catch {
      return session
    }
  }
  const keep = (value: string | null) => {
    session = value
    try {
      if (value) localStorage.setItem(place, value)
      else localStorage.removeItem(place)
    } catch {
      // Without storage the conversation lasts as long as the page; answers then go on by mail.
    }
  }

  const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(path, {
      method,
      credentials: 'omit',
      headers: {
        ...(session ? { 'x-widget-session': session } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const answer = (await response.json().catch(() => ({}))) as T & Problem
    if (!response.ok)
      throw Object.assign(new Error(answer.detail ?? 'Something went wrong. Please try again.'), {
        status: response.status,
      })
    return answer
  }

  const make = <K extends keyof HTMLElementTagNameMap>(
    tag: K,
    attributes: Record<string, string> = {},
    ...children: (Node | string)[]
  ): HTMLElementTagNameMap[K] => {
    const element = document.createElement(tag)
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
    element.append(...children)
    return element
  }

  const when = (at: string) =>
    new Intl.DateTimeFormat(undefined, { weekday: 'long', hour: '2-digit', minute: '2-digit' }).format(new Date(at))

  const presence = (): string => {
    if (front?.staffHere && front.openNow) return 'We are here now.'
    if (front?.openNow) return 'We answer during the day.'
    return front?.opensAt
      ? `We are back ${when(front.opensAt)}. Write now and we answer then.`
      : 'We answer as soon as we can.'
  }

  const head = () => {
    const close = make('button', { type: 'button', class: 'close', 'aria-label': 'Close' }, '×')
    close.addEventListener('click', () => window.parent.postMessage('rapport:close', '*'))
    return make(
      'header',
      {},
      make('div', {}, make('h1', {}, front?.organisation ?? ''), make('p', { class: 'presence' }, presence())),
      close,
    )
  }

  const problem = make('p', { class: 'problem', role: 'alert' })
  const fail = (error: unknown) => {
    problem.textContent = error instanceof Error ? error.message : 'Something went wrong. Please try again.'
  }

  const field = (name: string, label: string, element: HTMLInputElement | HTMLTextAreaElement) => {
    element.id = name
    element.name = name
    return make('div', { class: 'field' }, make('label', { for: name }, label), element)
  }

  const showForm = () => {
    const text = make('textarea', { rows: '4', maxlength: '10000', required: '' })
    const name = make('input', { type: 'text', maxlength: '200', autocomplete: 'name' })
    const email = make('input', { type: 'email', maxlength: '254', autocomplete: 'email' })
    const send = make('button', { type: 'submit' }, 'Send')
    const form = make(
      'form',
      {},
      make('p', { class: 'greeting' }, front?.greeting || 'Hello! How can we help?'),
      problem,
      field('text', 'Your message', text),
      ...(identity
        ? []
        : [field('name', 'Your name (optional)', name), field('email', 'Your e-mail (optional)', email)]),
      ...(identity
        ? []
        : [make('p', { class: 'hint' }, 'With your e-mail the answer reaches you also when you have left.')]),
      send,
    )
    form.addEventListener('submit', event => {
      event.preventDefault()
      problem.textContent = ''
      send.disabled = true
      const said = {
        text: text.value,
        ...(name.value.trim() ? { name: name.value } : {}),
        ...(email.value.trim() ? { email: email.value.trim() } : {}),
        ...(identity ? { identity } : {}),
      }
      ask<{ session: string }>('POST', `/api/widget/${encodeURIComponent(key)}/talks`, said)
        .then(made => {
          keep(made.session)
          return showTalk()
        })
        .catch(fail)
        .finally(() => {
          send.disabled = false
        })
    })
    root.replaceChildren(head(), form)
    text.focus()
  }

  const list = make('ol', { class: 'said', role: 'log', 'aria-live': 'polite', 'aria-label': 'Conversation' })

  const render = (talk: Talk) => {
    const ids = talk.messages.map(message => message.id).join()
    if (ids === shownIds) return
    shownIds = ids
    list.replaceChildren(
      ...talk.messages.map(message =>
        make(
          'li',
          { class: message.fromUs ? 'us' : 'you' },
          make('span', { class: 'from' }, message.fromUs ? message.from : 'You'),
          make('p', {}, message.text),
        ),
      ),
    )
    list.scrollTop = list.scrollHeight
    const last = talk.messages.filter(message => message.fromUs).at(-1)
    if (last && document.visibilityState === 'visible')
      ask('POST', '/api/widget-talk/seen', { messageId: last.id }).catch(() => {})
  }

  const refresh = () => ask<Talk>('GET', '/api/widget-talk').then(render)

  const listen = () => {
    stream?.close()
    stream = new EventSource(`/api/widget-stream?session=${encodeURIComponent(session ?? '')}`)
    stream.addEventListener('change', () => void refresh().catch(() => {}))
    stream.onopen = () => void refresh().catch(() => {})
  }

  const showTalk = async () => {
    const text = make('textarea', { id: 'more', rows: '2', maxlength: '10000', 'aria-label': 'Your message' })
    const send = make('button', { type: 'submit' }, 'Send')
    const form = make('form', { class: 'more' }, problem, text, send)
    const submit = () => {
      if (text.value.trim() === '') return
      problem.textContent = ''
      send.disabled = true
      ask('POST', '/api/widget-talk/messages', { text: text.value })
        .then(() => {
          text.value = ''
          return refresh()
        })
        .catch(fail)
        .finally(() => {
          send.disabled = false
          text.focus()
        })
    }
    form.addEventListener('submit', event => {
      event.preventDefault()
      submit()
    })
    text.addEventListener('keydown', event => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
      event.preventDefault()
      submit()
    })
    shownIds = ''
    await refresh()
    root.replaceChildren(head(), list, form)
    text.focus()
    listen()
  }

  const start = async () => {
    front = await ask<Front>('GET', `/api/widget/${encodeURIComponent(key)}`)
    session = kept()
    if (!session) return showForm()
    await showTalk().catch((error: { status?: number }) => {
      // The conversation is gone: begin anew. When only the line is bad, keep it.
      if (error.status !== 404) throw error
      keep(null)
      showForm()
    })
  }

  window.addEventListener('message', event => {
    if (event.source !== window.parent || event.data?.kind !== 'rapport:hello') return
    identity = typeof event.data.identity === 'string' ? event.data.identity : null
    if (!session && front) showForm()
  })
  window.addEventListener('keydown', event => {
    if (event.key === 'Escape') window.parent.postMessage('rapport:close', '*')
  })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && session) void refresh().catch(() => {})
  })
  window.parent.postMessage('rapport:ready', '*')
  start().catch(error => {
    root.replaceChildren(head(), problem)
    fail(error)
  })
})()
