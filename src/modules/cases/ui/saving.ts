import { useCallback, useEffect, useRef, useState } from 'react'
import { call, type Problem } from '../../../ui/call.ts'
import { useSessionEnded } from '../../../ui/session.ts'
import { cases, type Draft } from '../contract.ts'
import type { Form } from './form.ts'

type State = 'saved' | 'saving' | 'here' | null
const saveAfterMs = 600
const retryAfterMs = 4000

const isForm = (value: unknown): value is Form => typeof value === 'object' && value !== null && 'text' in value

/** Text that the server never got, left on this device. */
export const leftHere = (key: string): Form | null => {
  try {
    const left: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
    return isForm(left) ? left : null
  } catch {
    return null
  }
}
export const journal = (key: string, form: Form | null) => {
  try {
    if (form === null) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify(form))
  } catch {
    // A full or forbidden store: the server still has the draft.
  }
}

const flushes = new Set<() => Promise<void>>()

/** Everything that is typed but not saved yet goes to the server now, before something there goes by it. */
export const flushDrafts = async (): Promise<void> => {
  await Promise.all([...flushes].map(flush => flush()))
}

type Kept = Form & { seen: number | null }

/** What is typed goes to the journal of this device at once and to the server a moment later. */
export const useSaving = (id: number, kind: Draft['kind'], key: string) => {
  const [state, setState] = useState<State>(null)
  const waiting = useRef<Kept | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const flush = useCallback(
    async (keepalive = false) => {
      clearTimeout(timer.current)
      const kept = waiting.current
      if (!kept) return
      waiting.current = null
      setState('saving')
      await call(
        cases.saveDraft,
        { id, kind, text: kept.text, html: kept.html, seenMessageId: kept.seen },
        { keepalive: keepalive && kept.text.length + (kept.html?.length ?? 0) < 60_000 },
      )
        .then(() => {
          if (waiting.current) return
          journal(key, null)
          setState(kept.text === '' ? null : 'saved')
        })
        .catch((problem: Problem) => {
          waiting.current ??= kept
          setState('here')
          // A server that restarts is back in seconds, and nothing tells the browser so.
          clearTimeout(timer.current)
          if (problem.status === 0 || problem.status >= 500)
            timer.current = setTimeout(() => void flush(), retryAfterMs)
        })
    },
    [id, kind, key],
  )
  const keep = useCallback(
    (form: Form, seen: number | null) => {
      journal(key, form)
      waiting.current = { ...form, seen }
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void flush(), saveAfterMs)
    },
    [key, flush],
  )
  const drop = useCallback(() => {
    clearTimeout(timer.current)
    waiting.current = null
    journal(key, null)
    setState(null)
  }, [key])
  useEffect(() => {
    const leave = () => void flush(true)
    const now = () => flush()
    flushes.add(now)
    const back = () => void flush()
    window.addEventListener('pagehide', leave)
    window.addEventListener('online', back)
    return () => {
      flushes.delete(now)
      window.removeEventListener('pagehide', leave)
      window.removeEventListener('online', back)
      leave()
    }
  }, [flush])
  const ended = useSessionEnded()
  useEffect(() => {
    // What could not be saved while nobody was signed in is saved now.
    if (!ended) void flush()
  }, [ended, flush])
  const unsaved = useCallback(() => waiting.current !== null, [])
  return { state, keep, flush, drop, unsaved }
}
