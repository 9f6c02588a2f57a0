import type { QueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import type { Input } from '../../../shared/contract.ts'
import { call, keyOf, Problem } from '../../../ui/call.ts'
import { told, toldProblem } from '../../../ui/kit/toast.tsx'
import { say } from '../../../ui/language/index.ts'
import { cases } from '../contract.ts'
import { restore } from './restoring.ts'

/** A reply or note that was sent while there was no network. */
export type Held = {
  /** The server does it once under this key, however often it is asked. */
  key: string
  staffId: number
  caseId: number
  input: Input<typeof cases.write>
  at: string
}

const place = 'rapport.outbox'
const watchers = new Set<() => void>()

const read = (): Held[] => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? '[]')
    return Array.isArray(kept) ? (kept as Held[]) : []
  } catch {
    return []
  }
}
let held = read()

const keep = (next: Held[]) => {
  held = next
  try {
    localStorage.setItem(place, JSON.stringify(next))
  } catch {
    // Without a store it lasts as long as the page.
  }
  for (const watcher of watchers) watcher()
}

const watch = (watcher: () => void) => {
  watchers.add(watcher)
  return () => void watchers.delete(watcher)
}

export const useHeld = () => useSyncExternalStore(watch, () => held)

/** Keeps something that could not be sent until the network is back, over a reload too. */
export const hold = (one: Held) => keep([...held.filter(other => other.key !== one.key), one])

export const takeBack = (one: Held) => {
  keep(held.filter(other => other.key !== one.key))
  const { kind, text = '', html = null } = one.input
  restore({ caseId: one.caseId, kind, text, html, files: [] })
}

const later = (problem: unknown) => problem instanceof Problem && (problem.status === 0 || problem.status >= 500)
let running = false

/** Sends what waits, one after the other. What is refused goes back into the composer, with the reason. */
export const sendHeld = async (client: QueryClient, staffId: number): Promise<void> => {
  if (running) return
  running = true
  for (const one of held.filter(other => other.staffId === staffId)) {
    const outcome = await call(cases.write, one.input, { key: one.key }).catch((problem: Problem) => problem)
    if (outcome instanceof Error && (later(outcome) || outcome.status === 401)) break
    if (outcome instanceof Error) {
      await call(cases.saveDraft, {
        id: one.caseId,
        kind: one.input.kind,
        text: one.input.text ?? '',
        html: one.input.html ?? null,
      }).catch(() => {})
      takeBack(one)
      toldProblem(say('outbox.refused', { number: one.caseId, reason: outcome.message }))
    } else {
      keep(held.filter(other => other.key !== one.key))
      told(say('outbox.sent', { number: one.caseId }))
    }
    for (const path of [cases.messages, cases.timeline, cases.get, cases.counts])
      void client.invalidateQueries({ queryKey: keyOf(path) })
  }
  running = false
}
