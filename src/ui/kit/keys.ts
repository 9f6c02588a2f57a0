import { useEffect, useRef } from 'react'
import { useMe } from '../me.ts'

export type Keys = Record<string, (event: KeyboardEvent) => void>

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.closest('input, textarea, select, [role="combobox"], [role="listbox"], [role="menu"]') !== null)

const popups = '[role="dialog"], .mantine-Menu-dropdown, .mantine-Popover-dropdown, .mantine-Combobox-dropdown'

const inDialog = (target: EventTarget | null) =>
  (target instanceof HTMLElement && target.closest('[role="dialog"]') !== null) ||
  document.querySelector('[role="dialog"][aria-modal="true"]') !== null

/**
 * Single keys of a screen. They stay silent while somebody types, composes a character, or has a dialogue open, and
 * can be switched off altogether (WCAG 2.1.4). Escape is not a character and always works.
 */
export const useKeys = (keys: Keys, active = true) => {
  const current = useRef(keys)
  const covered = useRef(false)
  current.current = keys
  const enabled = useMe().preferences.shortcuts !== false
  useEffect(() => {
    if (!active) return
    const press = (event: KeyboardEvent) => {
      const run = current.current[event.key]
      if (!run || event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
      if (covered.current || inDialog(event.target)) return
      if (event.key !== 'Escape' && (!enabled || isTyping(event.target))) return
      // On a button or link Enter belongs to it.
      if (event.key === 'Enter' && event.target instanceof HTMLElement && event.target.closest('a, button')) return
      event.preventDefault()
      run(event)
    }
    // Whatever is open on top closes first. By the time the key arrives here it is gone, so one looks beforehand.
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
  }, [active, enabled])
}

/** Ctrl+Enter, or Cmd+Enter on a Mac. */
export const isSendKey = (event: React.KeyboardEvent) =>
  event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.nativeEvent.isComposing

export const onMac = /mac|iphone|ipad/i.test(navigator.userAgent)
