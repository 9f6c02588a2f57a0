import { useEffect, useRef } from 'react'

/** What can be taken back just now, the last thing last. */
const undoable: { current: () => void }[] = []

/** Lets the undo key take this back as long as the way back is on screen. */
export const useUndoable = (run: (() => void) | null): void => {
  const current = useRef<() => void>(() => {})
  current.current = run ?? (() => {})
  const active = run !== null
  useEffect(() => {
    if (!active) return
    const one = { current: () => current.current() }
    undoable.push(one)
    return () => {
      const at = undoable.indexOf(one)
      if (at >= 0) undoable.splice(at, 1)
    }
  }, [active])
}

/** @returns whether there was anything to take back */
export const undoLast = (): boolean => {
  const last = undoable.at(-1)
  last?.current()
  return last !== undefined
}
