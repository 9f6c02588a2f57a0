/** Longer than a field ever takes to open; after this the keys are what they were. */
const mostMs = 3000

let stop: (() => void) | null = null

const isField = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea'))

/** Types a text where the cursor is, as if by keys: the field hears of it in its own way. */
const type = (text: string) => {
  // Nothing else does this for plain fields and for editors alike, with their own way back.
  // oxlint-disable-next-line typescript/no-deprecated
  if (text) document.execCommand('insertText', false, text)
}

/**
 * Keeps what is typed between asking for a field (the search, a reply) and its being there, so that no letter acts as a
 * key; the first field that takes the focus gets it.
 */
export const keepTyping = () => {
  stop?.()
  let kept = ''
  const press = (event: KeyboardEvent) => {
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    event.preventDefault()
    event.stopImmediatePropagation()
    kept += event.key
  }
  const arrive = (event: FocusEvent) => {
    // An editor puts the cursor in its place after it has the focus, before any further key is heard.
    if (isField(event.target)) queueMicrotask(end)
  }
  const off = () => {
    clearTimeout(timer)
    window.removeEventListener('keydown', press, true)
    window.removeEventListener('focusin', arrive)
    stop = null
  }
  const end = () => {
    off()
    if (isField(document.activeElement)) type(kept)
    kept = ''
  }
  const timer = setTimeout(off, mostMs)
  window.addEventListener('keydown', press, true)
  window.addEventListener('focusin', arrive)
  stop = off
}
