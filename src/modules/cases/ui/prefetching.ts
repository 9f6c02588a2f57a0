import { noop, type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef } from 'react'
import { call, keyOf, prefetchPages } from '../../../ui/call.ts'
import { type CaseLine, cases } from '../contract.ts'
import { CasePane } from './case-pane-later.ts'

/** A hand that only passes over a row asks for nothing. */
const hoverMs = 80
const idleMs = 400

/** Reads a case ahead, so that it stands there when it is opened. What is fresh already is not read again. */
const ahead = (client: QueryClient, id: number): void => {
  void CasePane.preload()
  client.query({ queryKey: keyOf(cases.get, { id }), queryFn: () => call(cases.get, { id }) }).catch(noop)
  client.query({ queryKey: keyOf(cases.timeline, { id }), queryFn: () => call(cases.timeline, { id }) }).catch(noop)
  prefetchPages(client, cases.messages, { id, limit: 200 })
}

/**
 * Reads ahead the row under the hand or the focus, and the one after the open case. Reading a case notes in the trail
 * that its person's details were read: they have come to this device, opened or not.
 */
export const useAhead = (items: readonly CaseLine[], open: number | null) => {
  const client = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const next = open === null ? null : (items[items.findIndex(item => item.id === open) + 1]?.id ?? null)
  useEffect(() => {
    if (next === null) return
    const idle = setTimeout(() => ahead(client, next), idleMs)
    return () => clearTimeout(idle)
  }, [client, next])
  useEffect(() => () => clearTimeout(timer.current), [])
  return useCallback(
    (id: number | null) => {
      clearTimeout(timer.current)
      if (id !== null) timer.current = setTimeout(() => ahead(client, id), hoverMs)
    },
    [client],
  )
}
