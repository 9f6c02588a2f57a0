import { useEffect, useRef } from 'react'

/** What opens on top of a screen and takes the keys. */
export const popups = '[role="dialog"], .mantine-Menu-dropdown, .mantine-Popover-dropdown, .mantine-Combobox-dropdown'

const inDialog = (target: EventTarget | null) =>
  (target instanceof HTMLElement && target.closest('[role="dialog"]') !== null) ||
  document.querySelector('[role="dialog"][aria-modal="true"]') !== null

/** Escape goes one level back on this screen, unless something is open on top: that closes first. */
export const useEscape = (back: () => void, active = true) => {
  const current = useRef(back)
  const covered = useRef(false)
  current.current = back
  useEffect(() => {
    if (!active) return
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return
      if (covered.current || inDialog(event.target)) return
      event.preventDefault()
      current.current()
    }
    // By the time the key arrives here what was open is gone, so one looks beforehand.
    const look = (event: KeyboardEvent) => {
      covered.current =
        event.key === 'Escape' && [...document.querySelectorAll(popups)].some(popup => popup.checkVisibility())
    }
    window.addEventListener('keydown', look, true)
    window.addEventListener('keydown', press)
    return () => {
      window.removeEventListener('keydown', look, true)
      window.removeEventListener('keydown', press)
    }
  }, [active])
}

/** Ctrl+Enter, or Cmd+Enter on a Mac. */
export const isSendKey = (event: React.KeyboardEvent) =>
  event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.nativeEvent.isComposing

export const onMac = /mac|iphone|ipad/i.test(navigator.userAgent)
