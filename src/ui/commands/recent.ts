import { useSyncExternalStore } from 'react'

/** Somewhere one has been, or something one has done from the palette. */
export type Recent = { key: string; label: string; path?: string; command?: string }

const place = 'rapport.recent'
const most = 12
const watchers = new Set<() => void>()

const read = (): Recent[] => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? '[]')
    return Array.isArray(kept) ? (kept as Recent[]) : []
  } catch {
    return []
  }
}
let recent = read()

/** The latest first; each thing once. */
export const remember = (one: Recent): void => {
  recent = [one, ...recent.filter(other => other.key !== one.key)].slice(0, most)
  try {
    localStorage.setItem(place, JSON.stringify(recent))
  } catch {
    // Without a store it lasts as long as the page.
  }
  for (const watcher of watchers) watcher()
}

/** Nothing of one person's day is left for the next at the same desk. */
export const forgetRecent = (): void => {
  recent = []
  try {
    localStorage.removeItem(place)
  } catch {
    // See above.
  }
}

const watch = (watcher: () => void) => {
  watchers.add(watcher)
  return () => void watchers.delete(watcher)
}
export const useRecent = () => useSyncExternalStore(watch, () => recent)
