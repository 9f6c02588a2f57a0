import { ask } from './line.ts'
import { field, make } from './parts.ts'

type Line = { id: number; title: string; summary: string; language: string }
type Article = Line & { html: string; path: string }

/** How the help moves on: what is shown in the frame, and the way to writing. */
type Way = {
  place(...parts: Node[]): void
  write(): void
  fail(error: unknown): void
  problem: HTMLElement
  shown(): boolean
}

const tags = new Set(
  'P BR HR STRONG B EM I U S CODE PRE BLOCKQUOTE UL OL LI H2 H3 H4 TABLE THEAD TBODY TR TH TD A IMG'.split(' '),
)

/** Only what is on the list is made anew, element by element; nothing is set as markup, whatever was sent. */
const drawn = (from: Node, into: Node): void => {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) into.appendChild(document.createTextNode(node.textContent ?? ''))
    if (!(node instanceof Element)) continue
    const made = tags.has(node.tagName) ? document.createElement(node.tagName) : null
    const [href, src] = [node.getAttribute('href') ?? '', node.getAttribute('src') ?? '']
    if (made instanceof HTMLAnchorElement && /^(https?:\/\/|mailto:|tel:)/i.test(href)) {
      made.href = href
      made.target = '_blank'
      made.rel = 'noopener noreferrer'
    }
    if (made instanceof HTMLImageElement) {
      if (!/^\/help\/articles\/files\/\d+$/.test(src)) continue
      made.src = src
      made.alt = node.getAttribute('alt') ?? ''
    }
    drawn(node, made ? into.appendChild(made) : into)
  }
}

const button = (text: string, act: () => void, kind: 'quiet' | 'article' | 'primary' = 'quiet'): HTMLButtonElement => {
  const made = make('button', { type: 'button', class: kind }, text)
  made.addEventListener('click', act)
  return made
}

const find = (q: string): Promise<Line[]> =>
  ask<{ items: Line[] }>('GET', `/api/help/articles${q ? `?q=${encodeURIComponent(q)}` : ''}`).then(
    ({ items }) => items,
  )

const stillNeed = (way: Way): HTMLElement =>
  make('div', { class: 'still' }, make('p', {}, 'Still need help?'), button('Write to us', way.write, 'primary'))

const answer = (id: number, way: Way): HTMLElement => {
  const place = make('div', { class: 'helped' })
  const say = (helped: boolean) => () => {
    ask('POST', `/api/help/articles/${id}/helped`, { helped })
      .then(() => {
        place.replaceChildren(make('p', { role: 'status', class: 'hint' }, 'Thank you for telling us.'))
      })
      .catch(way.fail)
  }
  place.append(make('p', {}, 'Did this help?'), button('Yes', say(true)), button('No', say(false)))
  return place
}

const read = async (id: number, way: Way, back: () => void): Promise<void> => {
  const { title, html, language } = await ask<Article>('GET', `/api/help/articles/${id}`)
  const heading = make('h2', { tabindex: '-1', dir: 'auto' }, title)
  const text = make('article', { lang: language, dir: 'auto' }, heading)
  drawn(new DOMParser().parseFromString(html, 'text/html').body, text)
  way.problem.textContent = ''
  way.place(make('div', { class: 'help' }, button('‹ Back', back), way.problem, text, answer(id, way), stillNeed(way)))
  if (way.shown()) heading.focus()
}

const listOf = (lines: readonly Line[], open: (id: number) => void): HTMLElement =>
  make(
    'ul',
    {},
    ...lines.map(({ id, title, language }) => {
      const link = button(title, () => open(id), 'article')
      link.lang = language
      link.dir = 'auto'
      return make('li', {}, link)
    }),
  )

/**
 * Articles to read before writing. What was looked for stays when one comes back to it.
 * @returns whether there are any; without them one writes at once
 */
export const showHelp = async (way: Way): Promise<boolean> => {
  const useful = await find('').catch((): Line[] => [])
  if (useful.length === 0) return false
  const words = make('input', { type: 'search', maxlength: '200', autocomplete: 'off' })
  const found = make('div', { class: 'found', 'aria-live': 'polite' })
  const form = make('form', { role: 'search' }, field('q', 'What do you need help with?', words))
  form.append(make('button', { type: 'submit' }, 'Search'))
  const show = () => way.place(make('div', { class: 'help' }, way.problem, form, found, stillNeed(way)))
  const back = () => {
    show()
    words.focus()
  }
  const open = (id: number) => void read(id, way, back).catch(way.fail)
  const looked = async () => {
    const q = words.value.trim()
    const lines = q ? await find(q) : useful
    way.problem.textContent = ''
    if (lines.length > 0) return found.replaceChildren(listOf(lines, open))
    found.replaceChildren(make('p', {}, `Nothing was found for “${q}”.`))
    await ask('POST', '/api/help/searches', { q })
  }
  form.addEventListener('submit', event => {
    event.preventDefault()
    void looked().catch(way.fail)
  })
  found.append(listOf(useful, open))
  show()
  if (way.shown()) words.focus()
  return true
}
