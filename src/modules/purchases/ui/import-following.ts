import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { keyOf, useAct, useCall } from '../../../ui/call.ts'
import { toldProblem } from '../../../ui/kit/toast.tsx'
import { type Problem, upload } from '../../../ui/request.ts'
import { type PurchaseImport, purchaseImports } from '../contract.ts'
import { purchaseAnswers } from './answers.ts'

const importAnswers = [purchaseImports.imports, purchaseImports.getImport, purchaseImports.importRows]

export const isBusy = ({ state }: Pick<PurchaseImport, 'state'>): boolean =>
  state === 'reading' || state === 'writing' || state === 'undoing'

/** Files that this window is sending: the page of their import is open by then, and says how far they are. */
const sending = new Set<number>()
export const isSending = (id: number): boolean => sending.has(id)

/** Says what file is to come and sends it; `begun` leads to where one sees it being read. */
export const useSending = (begun: (id: number) => void) => {
  const client = useQueryClient()
  const file = useRef<File | null>(null)
  const send = (id: number, chosen: File) => {
    sending.add(id)
    void upload(`/api/purchase-imports/${id}/file`, chosen)
      // Of a file that makes no sense the import itself says why.
      .catch((problem: Problem) => problem.status !== 422 && toldProblem(problem))
      .finally(() => {
        sending.delete(id)
        for (const stale of importAnswers) void client.invalidateQueries({ queryKey: keyOf(stale) })
      })
  }
  const act = useAct(purchaseImports.startImport, {
    quiet: true,
    done: ({ id }) => {
      if (file.current) send(id, file.current)
      begun(id)
    },
  })
  return {
    busy: act.isPending,
    problem: act.error,
    start: (chosen: File, about: { source: string; channel: PurchaseImport['channel'] }) => {
      file.current = chosen
      act.mutate({ name: chosen.name.slice(0, 200), ...about })
    },
  }
}

const everyMs = 1000

/** One import, read again each second while something of it is going on. */
export const useFollowed = (id: number | null) => {
  const client = useQueryClient()
  const found = useCall(
    purchaseImports.getImport,
    { id: id ?? 0 },
    {
      enabled: id !== null,
      refetchInterval: ({ state }) => (state.data && isBusy(state.data) ? everyMs : false),
    },
  )
  const state = found.data?.state
  const before = useRef(state)
  useEffect(() => {
    if (before.current === state) return
    const first = before.current === undefined
    before.current = state
    if (first) return
    for (const stale of [purchaseImports.imports, purchaseImports.importRows, ...purchaseAnswers])
      void client.invalidateQueries({ queryKey: keyOf(stale) })
  }, [client, state])
  return found
}
