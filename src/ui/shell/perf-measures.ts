import { useCallback, useEffect, useRef, useState } from 'react'
import { useLocation } from 'react-router'
import { type Change, useChanges } from '../live.ts'

type Call = { path: string; ms: number; endedAt: number }
type Tasks = { count: number; longestMs: number; totalMs: number }

const callsKept = 100
const changesKept = 20
/** Later than this after a call of ours, a change is somebody else's. */
const ownWithinMs = 2000
const longestNavigationMs = 15_000
const shownEveryMs = 500

/** The value below which a share of all lies; null without any. */
export const shareOf = (values: readonly number[], share: number): number | null => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null
}

const isCall = ({ name }: PerformanceEntry) => {
  const { pathname, origin } = new URL(name)
  return origin === location.origin && pathname.startsWith('/api/') && pathname !== '/api/live'
}
const callOf = ({ name, duration, startTime }: PerformanceEntry): Call => ({
  path: new URL(name).pathname,
  ms: duration,
  endedAt: startTime + duration,
})

/** Hears of entries, also of those that were noted before. Without effect where the browser does not know the kind. */
const observe = (type: string, hear: (entries: PerformanceEntryList) => void) => {
  if (!PerformanceObserver.supportedEntryTypes.includes(type)) return () => {}
  const observer = new PerformanceObserver(list => hear(list.getEntries()))
  observer.observe({ type, buffered: true })
  return () => observer.disconnect()
}

const useEntries = () => {
  const calls = useRef<Call[]>([])
  const tasks = useRef<Tasks>({ count: 0, longestMs: 0, totalMs: 0 })
  useEffect(() => {
    const ends = [
      observe('resource', entries => {
        calls.current = [...calls.current, ...entries.filter(isCall).map(callOf)].slice(-callsKept)
      }),
      observe('longtask', entries => {
        for (const { duration } of entries) {
          const { count, longestMs, totalMs } = tasks.current
          tasks.current = { count: count + 1, longestMs: Math.max(longestMs, duration), totalMs: totalMs + duration }
        }
      }),
    ]
    return () => {
      for (const end of ends) end()
    }
  }, [])
  return { calls, tasks }
}

/** From the answer to a call about a case until the live line told of it. Nought where the line was quicker. */
const useLiveDelays = (calls: React.RefObject<Call[]>) => {
  const delays = useRef<number[]>([])
  useChanges(
    useCallback(
      ({ kind, id }: Change) => {
        const now = performance.now()
        if (kind !== 'case') return
        // The call may be noted a moment after its change was told.
        setTimeout(() => {
          const own = calls.current.findLast(
            ({ path, endedAt }) => path.startsWith(`/api/cases/${id}`) && Math.abs(now - endedAt) < ownWithinMs,
          )
          if (own) delays.current = [...delays.current, Math.max(0, now - own.endedAt)].slice(-changesKept)
        }, shownEveryMs)
      },
      [calls],
    ),
  )
  return delays
}

const isLoading = () => document.querySelector('#main[aria-busy=true], .rp-bone') !== null

/** From what was pressed until the next address is drawn with nothing left to read. */
const useNavigations = () => {
  const { pathname, search } = useLocation()
  const path = pathname + search
  const before = useRef(path)
  const input = useRef(0)
  const last = useRef<{ path: string; ms: number } | null>(null)
  useEffect(() => {
    const press = (event: Event) => {
      input.current = event.timeStamp
    }
    const kinds = ['keydown', 'click', 'popstate']
    for (const kind of kinds) window.addEventListener(kind, press, true)
    return () => {
      for (const kind of kinds) window.removeEventListener(kind, press, true)
    }
  }, [])
  useEffect(() => {
    if (before.current === path) return
    before.current = path
    let frame = 0
    const began = input.current
    const look = () => {
      const ms = performance.now() - began
      if (isLoading() && ms < longestNavigationMs) frame = requestAnimationFrame(look)
      else last.current = { path, ms }
    }
    frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(look)
    })
    return () => cancelAnimationFrame(frame)
  }, [path])
  return last
}

const firstDrawnMs = () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null

/** How fast this page has been so far; new twice a second. */
export const usePerf = () => {
  const { calls, tasks } = useEntries()
  const delays = useLiveDelays(calls)
  const navigation = useNavigations()
  const [, again] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => again(count => count + 1), shownEveryMs)
    return () => clearInterval(timer)
  }, [])
  const times = calls.current.map(({ ms }) => ms)
  return {
    firstMs: firstDrawnMs(),
    navigation: navigation.current,
    calls: { count: times.length, p50: shareOf(times, 0.5), p95: shareOf(times, 0.95) },
    slowest: calls.current.reduce<Call | null>((most, one) => (most && most.ms >= one.ms ? most : one), null),
    live: { last: delays.current.at(-1) ?? null, p50: shareOf(delays.current, 0.5) },
    tasks: tasks.current,
  }
}
