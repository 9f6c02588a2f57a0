/**
 * What runs in the page. Each function is sent there as its own text, so it may use nothing from around it but these.
 */
type Box = { scrollTop: number; scrollHeight: number; clientHeight: number; focus(): void; dataset: { row?: string } }
declare const document: { querySelector(of: string): Box | null; querySelectorAll(of: string): Iterable<Box> }
declare const window: {
  drawnAfterKey: Promise<Drawn>
  addEventListener(
    type: 'keydown',
    heard: (event: { timeStamp: number }) => void,
    how: { capture: true; once: true },
  ): void
  dispatchEvent(event: Event): void
  history: { pushState(state: unknown, title: string, to: string): void }
}
declare const KeyboardEvent: new (type: string, how: { key: string; bubbles: true }) => Event
declare const PopStateEvent: new (type: string) => Event
declare const requestAnimationFrame: (draw: (at: number) => void) => void

type Drawn = { ms: number; pressedAt: number }

/** From the next key press on, waits until something is drawn; `drawn` has the outcome. */
export const awaitKey = (shown: string): void => {
  window.drawnAfterKey = new Promise(resolve => {
    let pressedAt: number | null = null
    window.addEventListener('keydown', event => (pressedAt = event.timeStamp), { capture: true, once: true })
    const look = () => {
      if (pressedAt === null || !document.querySelector(shown)) return requestAnimationFrame(look)
      const began = pressedAt
      // A task begun before a frame is painted is done right after it.
      setTimeout(() => resolve({ ms: performance.now() - began, pressedAt: began }), 0)
    }
    requestAnimationFrame(look)
  })
}

/** From the time the browser got the key until after the frame with what was waited for was painted, in ms. */
export const drawn = (): Promise<Drawn> => window.drawnAfterKey

/** Since when each address was asked for, as the page's clock says. */
export const askedFor = (part: string): number[] =>
  performance
    .getEntriesByType('resource')
    .filter(entry => entry.name.endsWith(part))
    .map(entry => entry.startTime)

export const keepAllEntries = (): void => performance.setResourceTimingBufferSize(100_000)

/** The numbers of the cases in the list, from the top. */
export const rowsShown = (): number[] =>
  [...document.querySelectorAll('[data-row]')].map(row => Number(row.dataset.row ?? 0))

export const focusOn = (one: string): void => document.querySelector(one)?.focus()

/** Puts the focus on something and presses a key there before a glance at a row can have it read ahead (80 ms). */
export const focusAndPress = ({ on, key }: { on: string; key: string }): void => {
  document.querySelector(on)?.focus()
  setTimeout(() => window.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })), 0)
}

export const toEndOf = (one: string): void => {
  const box = document.querySelector(one)
  if (box) box.scrollTop = box.scrollHeight
}

/** Opens an address as a link within the program does. */
export const goTo = (path: string): void => {
  window.history.pushState({}, '', path)
  window.dispatchEvent(new PopStateEvent('popstate'))
}

/** Scrolls by so many pixels in each frame, back at the end and on at the beginning. @returns the time between frames, in ms */
export const scrollBy = ({ of, step, ms }: { of: string; step: number; ms: number }): Promise<number[]> =>
  new Promise(resolve => {
    const box = document.querySelector(of) as Box
    const gaps: number[] = []
    let began = 0
    let last = 0
    let way = step
    box.scrollTop = 0
    const frame = (at: number) => {
      if (last === 0) began = at
      else gaps.push(at - last)
      last = at
      if (at - began > ms) return resolve(gaps)
      const end = box.scrollHeight - box.clientHeight
      if (way > 0 ? box.scrollTop >= end - 1 : box.scrollTop <= 0) way = -way
      box.scrollTop += way
      requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  })
