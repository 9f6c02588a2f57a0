/** Longer than a palette ever takes to open; after this the keys are what they were. */
const mostMs = 3000

let kept = ''
let stop: (() => void) | null = null

/** Keeps what is typed between asking for the search and its field being there, so that no letter acts as a key. */
export const keepTyping = () => {
  stop?.()
  kept = ''
  const press = (event: KeyboardEvent) => {
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    event.preventDefault()
    event.stopImmediatePropagation()
    kept += event.key
  }
  const timer = setTimeout(() => stop?.(), mostMs)
  window.addEventListener('keydown', press, true)
  stop = () => {
    clearTimeout(timer)
    window.removeEventListener('keydown', press, true)
    stop = null
  }
}

/** What was typed meanwhile, once. From here on the field has the keys. */
export const takeTyped = (): string => {
  stop?.()
  const typed = kept
  kept = ''
  return typed
}
