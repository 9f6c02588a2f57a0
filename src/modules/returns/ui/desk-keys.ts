import type { KeyboardEvent } from 'react'
import { pressed } from '../../../ui/commands/keys.ts'
import { isSendKey } from '../../../ui/kit/keys.ts'
import { useMe } from '../../../ui/me.ts'
import type { Coming, Reason } from '../contract.ts'
import { conditionKeys, isTyped, letterOf, reasonKeys, stepWithin } from './keys.ts'

type Does = {
  reason: (reason: Reason) => void
  condition: (condition: Coming['condition']) => void
  line: (n: number) => void
  here: () => void
  exception: () => void
  settle: () => void
}

const arrows: Record<string, number> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }

/** Arrows go within a group; among ways to settle it they choose as they go. */
const arrow = (group: Element | null, target: Element, by: number) => {
  stepWithin(group, target, by)
  if (group?.matches('[data-group="options"]') && document.activeElement instanceof HTMLElement)
    document.activeElement.click()
}

const nth = (group: Element, n: number) => {
  const tile = group.querySelectorAll<HTMLElement>('.rp-tile')[n - 1]
  tile?.click()
  tile?.focus()
}

/** The letters and digits of the desk. @returns whether the key was one of them */
const letter = (key: string, group: Element | null, does: Does): boolean => {
  const reason = letterOf(reasonKeys, key)
  const condition = letterOf(conditionKeys, key)
  if (reason) does.reason(reason)
  else if (condition) does.condition(condition)
  else if (key === 'h') does.here()
  else if (key === 'e') does.exception()
  else if (!/^[1-9]$/.test(key)) return false
  else if (group?.matches('[data-group="options"]')) nth(group, Number(key))
  else does.line(Number(key))
  return true
}

/**
 * The keys of the desk, heard while the focus is on it and nobody types: letters for reason and condition, digits for what
 * has the focus, Enter on what is chosen settles it.
 */
export const useDeskKeys = (does: Does) => {
  const { shortcuts } = useMe().preferences
  return (event: KeyboardEvent<HTMLElement>) => {
    if (isSendKey(event)) {
      event.preventDefault()
      return does.settle()
    }
    const { target } = event
    const key = pressed(event.nativeEvent)
    if (!key || event.defaultPrevented || isTyped(target) || !(target instanceof HTMLElement)) return
    const group = target.closest('[data-group]')
    const by = arrows[key]
    if (by !== undefined && group) arrow(group, target, by)
    else if (key === 'Enter' && target.matches('.rp-tile[aria-pressed="true"]')) does.settle()
    else if (shortcuts === false || !letter(key, group, does)) return
    event.preventDefault()
  }
}
