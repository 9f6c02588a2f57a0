import { useState } from 'react'
import type { ChosenPerson } from '../../people/ui/index.ts'

const key = 'rapport.log'
type Kept = { text: string; whom: ChosenPerson | null }
const nothing: Kept = { text: '', whom: null }

const read = (): Kept => {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? 'null') as Partial<Kept> | null
    return { text: kept?.text ?? '', whom: kept?.whom ?? null }
  } catch {
    return nothing
  }
}

/** The first line of what was said, until somebody writes a better one. */
export const subjectOf = (text: string): string => (text.trim().split('\n')[0] ?? '').trim().slice(0, 120)

/**
 * What has been typed into the log survives closing it by accident, and a reload.
 * @param given who it is, for a contact of its own that is kept nowhere; undefined for the log that is always the same
 */
export const useLogJournal = (given?: ChosenPerson | null) => {
  const [kept, setKept] = useState(() => (given === undefined ? read() : { text: '', whom: given }))
  const keep = (next: Kept) => {
    setKept(next)
    if (given !== undefined) return
    try {
      sessionStorage.setItem(key, JSON.stringify(next))
    } catch {
      // Then it lives as long as the form is open.
    }
  }
  return {
    ...kept,
    setText: (text: string) => keep({ ...kept, text }),
    setWhom: (whom: ChosenPerson | null) => keep({ ...kept, whom }),
    clear: () => keep(nothing),
  }
}
