type Attributes = Record<string, string>

/** An element with its attributes and what stands in it; text is never read as markup. */
export const make = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] => {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...children)
  return element
}

/** A labelled field. */
export const field = (name: string, label: string, element: HTMLInputElement | HTMLTextAreaElement): HTMLDivElement => {
  element.id = name
  element.name = name
  element.dir = 'auto'
  return make('div', { class: 'field' }, make('label', { for: name }, label), element)
}

/** Sends a form by `act`, and lets nobody send it twice meanwhile. */
export const sendBy = (form: HTMLFormElement, send: HTMLButtonElement, act: () => Promise<unknown>): void =>
  form.addEventListener('submit', event => {
    event.preventDefault()
    if (send.disabled) return
    send.disabled = true
    void act().finally(() => {
      send.disabled = false
    })
  })

const dayMs = 86_400_000

/** A moment in the visitor's own words and zone: the day alone where it is near, with its date where it is not. */
export const when = (at: string): string => {
  const far = new Date(at).getTime() - Date.now() > 6 * dayMs
  const day = far ? ({ day: 'numeric', month: 'long' } as const) : ({ weekday: 'long' } as const)
  return new Intl.DateTimeFormat(undefined, { ...day, hour: '2-digit', minute: '2-digit' }).format(new Date(at))
}

export const sizeOf = (bytes: number): string =>
  bytes < 1_048_576 ? `${Math.max(1, Math.round(bytes / 1024))} kB` : `${(bytes / 1_048_576).toFixed(1)} MB`
