import { useCallback, useEffect, useRef, useState } from 'react'
import { call, type Problem, useCall } from '../../../ui/call.ts'
import { useMe } from '../../../ui/me.ts'
import { useSessionEnded } from '../../../ui/session.ts'
import { cases, type Draft } from '../contract.ts'
import { type Restored, useRestored } from './restoring.ts'

type Kind = Draft['kind']
type State = 'saved' | 'saving' | 'here' | null
const saveAfterMs = 600
const retryAfterMs = 4000

const read = (key: string) => {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}
const journal = (key: string, text: string | null) => {
  try {
    if (text === null) localStorage.removeItem(key)
    else localStorage.setItem(key, text)
  } catch {
    // A full or forbidden store: the server still has the draft.
  }
}

type Kept = { text: string; seen: number | null }

/** What is typed goes to the journal of this device at once and to the server a moment later. */
const useSaving = (id: number, kind: Kind, key: string) => {
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
        { id, kind, text: kept.text, seenMessageId: kept.seen },
        { keepalive: keepalive && kept.text.length < 60_000 },
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
    (text: string, seen: number | null) => {
      journal(key, text)
      waiting.current = { text, seen }
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
    const back = () => void flush()
    window.addEventListener('pagehide', leave)
    window.addEventListener('online', back)
    return () => {
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
  return { state, keep, flush, drop }
}

/**
 * What I am writing in a case. Read once when the case opens and never overwritten after the first letter: what is on
 * screen is newer than whatever the server has. A journal left on this device is text the server never got.
 */
export const useDraft = (id: number, kind: Kind) => {
  const key = `rapport.draft.${useMe().id}.${id}.${kind}`
  const [text, setText] = useState(() => read(key) ?? '')
  const [seen, setSeen] = useState<number | null>(null)
  const touched = useRef(text !== '')
  const drafts = useCall(cases.drafts, { id }, { staleTime: 0, gcTime: 0 })
  const mine = drafts.data?.items.find(draft => draft.kind === kind)
  const { state, keep, flush, drop } = useSaving(id, kind, key)
  useEffect(() => {
    if (touched.current || !mine || mine.text === '') return
    touched.current = true
    setText(mine.text)
    setSeen(mine.seenMessageId)
  }, [mine])
  useRestored(
    id,
    useCallback(
      (restored: Restored) => {
        if (restored.kind !== kind) return
        touched.current = true
        setText(before => (before.trim() === '' ? restored.text : `${restored.text}\n\n${before}`))
      },
      [kind],
    ),
  )
  const write = (next: string, lastSeen: number | null) => {
    const first = text === '' || seen === null
    const from = first ? lastSeen : seen
    touched.current = true
    setText(next)
    setSeen(next === '' ? null : from)
    keep(next, from)
  }
  const clear = () => {
    drop()
    setText('')
    setSeen(null)
  }
  return {
    text,
    seen,
    setSeen,
    write,
    clear,
    flush: () => void flush(),
    drop,
    state,
    others: drafts.data?.others ?? [],
  }
}
