import { useEffect, useSyncExternalStore } from 'react'

/** Something that happened on the server: `{"type":"case.replied","kind":"case","id":1001}`. */
export type Change = { type: string; kind: string; id: number }
type Listener = (change: Change) => void
type State = 'connecting' | 'open' | 'broken'

const listeners = new Set<Listener>()
const watchers = new Set<() => void>()
let source: EventSource | null = null
let state: State = 'connecting'
let reconnected: () => void = () => {}
let retry: ReturnType<typeof setTimeout> | undefined

const setState = (next: State) => {
  if (state === next) return
  state = next
  for (const watcher of watchers) watcher()
}

const isChange = (value: unknown): value is Change =>
  typeof value === 'object' && value !== null && 'type' in value && 'kind' in value && 'id' in value

const receive = (event: MessageEvent<string>) => {
  const change: unknown = JSON.parse(event.data)
  if (isChange(change)) for (const listener of listeners) listener(change)
}

const connect = () => {
  source?.close()
  source = new EventSource('/api/live')
  source.addEventListener('change', receive)
  source.onopen = () => {
    // What happened while the line was down is not told again, so everything on screen is read anew.
    if (state === 'broken') reconnected()
    setState('open')
  }
  source.onerror = () => {
    setState('broken')
    // A browser gives up for good when the answer is not a stream (a restart behind a proxy), so we ask again.
    if (source?.readyState !== EventSource.CLOSED) return
    clearTimeout(retry)
    retry = setTimeout(connect, 5000)
  }
}

/** Opens the line; call once somebody is signed in. Answers with how to close it. */
export const goLive = (onReconnect: () => void) => {
  reconnected = onReconnect
  connect()
  return () => {
    clearTimeout(retry)
    source?.close()
    source = null
    setState('connecting')
  }
}

/** Hears every change. The listener must be stable. */
export const useChanges = (listener: Listener) => {
  useEffect(() => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }, [listener])
}

const watch = (watcher: () => void) => {
  watchers.add(watcher)
  return () => void watchers.delete(watcher)
}
export const useLiveState = () => useSyncExternalStore(watch, () => state)

const watchNetwork = (watcher: () => void) => {
  window.addEventListener('online', watcher)
  window.addEventListener('offline', watcher)
  return () => {
    window.removeEventListener('online', watcher)
    window.removeEventListener('offline', watcher)
  }
}
export const useOnline = () => useSyncExternalStore(watchNetwork, () => navigator.onLine)
