import { useEffect, useRef } from 'react'

const isLost = () => document.activeElement === null || document.activeElement === document.body

/**
 * Gives the focus back once this is closed: to where it was before, or to the heading of what is open where that is gone.
 * What takes the focus itself meanwhile, such as the next case, keeps it.
 */
export const useFocusBack = (): void => {
  // Asked while it is first drawn: afterwards the focus is within it.
  const before = useRef(document.activeElement)
  useEffect(() => {
    const from = before.current
    return () => {
      // Two frames: what was covered hears keys and takes the focus again only after the cover is gone.
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          if (!isLost()) return
          const there = from instanceof HTMLElement && from.isConnected && from !== document.body ? from : null
          const heading = document.querySelector<HTMLElement>('article [data-heading], #main h1')
          ;(there ?? heading)?.focus({ preventScroll: true })
        }),
      )
    }
  }, [])
}
