import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { keyOf, useCall } from '../../../ui/call.ts'
import { type Change, useChanges } from '../../../ui/live.ts'
import { type Call, telephone } from '../contract.ts'

const none: Call[] = []

/** Calls for me, kept up by what the server tells. */
export const useCurrentCalls = (enabled: boolean): Call[] => {
  const client = useQueryClient()
  useChanges(
    useCallback(
      (change: Change) => {
        if (change.kind === 'call') void client.invalidateQueries({ queryKey: keyOf(telephone.current) })
      },
      [client],
    ),
  )
  return useCall(telephone.current, {}, { enabled, staleTime: 60_000 }).data?.items ?? none
}
