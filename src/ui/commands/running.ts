import { useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react'
import { popups } from '../kit/keys.ts'
import { useMe } from '../me.ts'
import { keyOf, pressed } from './keys.ts'
import { type CommandName, commandNames } from './table.ts'
import { keepTyping } from './typed-ahead.ts'

type Run = () => void
type Runs = Partial<Record<CommandName, Run | false | undefined>>

/** What can be carried out just now; of two screens that know a command, the one opened last does it. */
const offered = new Map<CommandName, { current: Run }[]>()
const watchers = new Set<() => void>()
let available: readonly CommandName[] = []
const tell = () => {
  available = commandNames.filter(name => (offered.get(name)?.length ?? 0) > 0)
  for (const watcher of watchers) watcher()
}

/** These lead to a field; what is typed before it is there is meant for it. */
const writing: ReadonlySet<CommandName> = new Set(['log', 'reply', 'note', 'heard', 'forward', 'tags', 'link', 'merge'])

export const runCommand = (name: CommandName): void => {
  if (writing.has(name)) keepTyping()
  offered.get(name)?.at(-1)?.current()
}

/** Says how commands are carried out while this screen is there. What is false or left out cannot be done now. */
export const useCommands = (runs: Runs): void => {
  const current = useRef(runs)
  current.current = runs
  const names = commandNames.filter(name => runs[name]).join(',')
  // Before anything of the screen is seen, so that no key pressed at its sight is lost.
  useLayoutEffect(() => {
    const mine = (names === '' ? [] : (names.split(',') as CommandName[])).map(name => {
      const one = {
        current: () => {
          const run = current.current[name]
          if (run) run()
        },
      }
      offered.set(name, [...(offered.get(name) ?? []), one])
      return { name, one }
    })
    tell()
    return () => {
      for (const { name, one } of mine)
        offered.set(
          name,
          (offered.get(name) ?? []).filter(other => other !== one),
        )
      tell()
    }
  }, [names])
}

const watch = (watcher: () => void) => {
  watchers.add(watcher)
  return () => void watchers.delete(watcher)
}
export const useAvailable = () => useSyncExternalStore(watch, () => available)

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.closest('input, textarea, select, [role="combobox"], [role="listbox"], [role="menu"]') !== null)
const isTicking = (target: EventTarget | null) =>
  target instanceof HTMLInputElement && (target.type === 'checkbox' || target.type === 'radio')
const isCovered = () => [...document.querySelectorAll(popups)].some(popup => popup.checkVisibility())

/** How long after the first of two keys the second may come. */
const secondWithinMs = 1500

/**
 * Hears the keys of all commands, in one place. Silent while somebody types, composes a character or has something open
 * on top, and where single keys are switched off (WCAG 2.1.4).
 * @returns the first key of two, while the second is waited for
 */
export const useCommandKeys = (): string | null => {
  const { shortcuts, keys } = useMe().preferences
  const [first, setFirst] = useState<string | null>(null)
  const waiting = useRef<string | null>(null)
  useLayoutEffect(() => {
    if (shortcuts === false) return
    const byKey = new Map(commandNames.map(name => [keyOf(name, keys), name]))
    const begins = new Set([...byKey.keys()].flatMap(key => (key.includes(' ') ? [key.split(' ')[0]] : [])))
    let timer: ReturnType<typeof setTimeout> | undefined
    const wait = (key: string | null) => {
      clearTimeout(timer)
      waiting.current = key
      setFirst(key)
      if (key) timer = setTimeout(() => wait(null), secondWithinMs)
    }
    const press = (event: KeyboardEvent) => {
      const key = pressed(event)
      if (!key || event.defaultPrevented) return
      if ((isTyping(event.target) && !isTicking(event.target)) || isCovered()) return
      const whole = waiting.current ? `${waiting.current} ${key}` : key
      const name = byKey.get(whole)
      const before = waiting.current
      if (before) wait(null)
      if (name && available.includes(name)) {
        event.preventDefault()
        runCommand(name)
      } else if (!before && begins.has(key)) {
        event.preventDefault()
        wait(key)
      }
    }
    window.addEventListener('keydown', press)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('keydown', press)
    }
  }, [shortcuts, keys])
  return first
}
