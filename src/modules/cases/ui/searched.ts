import { useState } from 'react'
import { useMe } from '../../../ui/me.ts'

const most = 8
const keyOf = (staffId: number | null) => `rapport.searched.${staffId ?? 0}`

const kept = (key: string): string[] => {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(read) ? read.filter(one => typeof one === 'string').slice(0, most) : []
  } catch {
    return []
  }
}

/** What I searched for lately, on this device only. */
export const useSearched = () => {
  const key = keyOf(useMe().id)
  const [list, setList] = useState(() => kept(key))
  const keep = (next: string[]) => {
    setList(next)
    try {
      localStorage.setItem(key, JSON.stringify(next))
    } catch {
      // A full or locked store: then nothing is remembered.
    }
  }
  const remember = (q: string) => {
    const before = kept(key)
    if (q !== '' && before[0] !== q) keep([q, ...before.filter(one => one !== q)].slice(0, most))
  }
  return { list, remember, forget: () => keep([]) }
}
