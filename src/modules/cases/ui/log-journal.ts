import { useState } from 'react'
import { leave, readLeft } from '../../../ui/left-here.ts'
import { useMe } from '../../../ui/me.ts'
import type { ChosenPerson } from '../../people/ui/index.ts'

type Kept = { text: string; whom: ChosenPerson | null }
const nothing: Kept = { text: '', whom: null }

const read = (staffId: number): Kept => ({ ...nothing, ...(readLeft(staffId) as Partial<Kept> | null) })

/** The first line of what was said, until somebody writes a better one. */
export const subjectOf = (text: string): string => (text.trim().split('\n')[0] ?? '').trim().slice(0, 120)

/**
 * What has been typed into the log survives closing it by accident, a reload, and a browser that crashes.
 * @param given who it is, for a contact of its own that is kept nowhere; undefined for the log that is always the same
 */
export const useLogJournal = (given?: ChosenPerson | null) => {
  const { id } = useMe()
  const [kept, setKept] = useState(() => (given === undefined ? read(id) : { text: '', whom: given }))
  const keep = (next: Kept) => {
    setKept(next)
    if (given === undefined) leave(id, next.text === '' && next.whom === null ? null : next)
  }
  return {
    ...kept,
    setText: (text: string) => keep({ ...kept, text }),
    setWhom: (whom: ChosenPerson | null) => keep({ ...kept, whom }),
    clear: () => keep(nothing),
  }
}
