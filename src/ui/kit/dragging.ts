import { type PointerEvent as ReactPointerEvent, useEffect, useRef, useState } from 'react'

type Drag<T> = { item: T; x: number; y: number; over: string | null }
const startsAfterPx = 6

/** What lies under the pointer, by its `data-column`. */
const columnAt = (x: number, y: number): string | null =>
  document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-column]')?.dataset.column ?? null

/**
 * Dragging with a mouse or pen; a finger scrolls, and moves cards by their menu. Escape lets go.
 * @param drop where it was let go: what, and over which column
 */
export const useDragging = <T>(drop: (item: T, column: string) => void) => {
  const [drag, setDrag] = useState<Drag<T> | null>(null)
  const held = useRef<{ item: T; x: number; y: number } | null>(null)
  const dropped = useRef(drop)
  dropped.current = drop
  const moving = drag !== null
  const current = useRef(drag)
  current.current = drag
  useEffect(() => {
    const move = (event: PointerEvent) => {
      const start = held.current
      if (!start) return
      const [x, y] = [event.clientX - start.x, event.clientY - start.y]
      if (!current.current && Math.hypot(x, y) < startsAfterPx) return
      event.preventDefault()
      setDrag({ item: start.item, x, y, over: columnAt(event.clientX, event.clientY) })
    }
    const end = () => {
      const last = current.current
      held.current = null
      setDrag(null)
      if (last?.over) dropped.current(last.item, last.over)
    }
    const cancel = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !held.current) return
      held.current = null
      setDrag(null)
    }
    // A card is a link: letting it go must not open it.
    const click = (event: MouseEvent) => {
      if (current.current) event.preventDefault()
    }
    window.addEventListener('pointermove', move)
    window.addEventListener('pointerup', end)
    window.addEventListener('pointercancel', end)
    window.addEventListener('keydown', cancel)
    window.addEventListener('click', click, true)
    return () => {
      window.removeEventListener('pointermove', move)
      window.removeEventListener('pointerup', end)
      window.removeEventListener('pointercancel', end)
      window.removeEventListener('keydown', cancel)
      window.removeEventListener('click', click, true)
    }
  }, [])
  const hold = (item: T) => (event: ReactPointerEvent) => {
    if (event.button !== 0 || event.pointerType === 'touch') return
    held.current = { item, x: event.clientX, y: event.clientY }
  }
  return { drag, moving, hold }
}
