import { useEffect, useMemo, useRef } from 'react'
import { call } from '../../../ui/call.ts'
import { gaps } from '../contract-gaps.ts'

/** Somebody who has stopped typing for so long has looked for it. */
const settledMs = 2500

/**
 * Counts a search that found nothing, once it is plain that somebody meant it: they stopped typing, pressed Enter, or
 * went away. @param q what was looked for and not found; empty where something was, or nothing is looked for
 */
export const useNotedSearch = (q: string) => {
  const noted = useRef(new Set<string>())
  const current = useRef(q)
  current.current = q
  const note = useMemo(() => {
    const flush = () => {
      const words = current.current
      if (words.length < 3 || noted.current.has(words)) return
      noted.current.add(words)
      void call(gaps.noteSearch, { q: words }).catch(() => noted.current.delete(words))
    }
    return { flush }
  }, [])
  useEffect(() => {
    if (q === '') return
    const timer = setTimeout(note.flush, settledMs)
    return () => clearTimeout(timer)
  }, [q, note])
  return note
}
