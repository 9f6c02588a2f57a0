import { useSyncExternalStore } from 'react'

/** Whether the server has told us that nobody is signed in any more. */
let ended = false
const listeners = new Set<() => void>()
const set = (value: boolean) => {
  if (ended === value) return
  ended = value
  for (const listener of listeners) listener()
}
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export const signedOut = () => set(true)
export const signedIn = () => set(false)
export const useSessionEnded = () => useSyncExternalStore(subscribe, () => ended)
