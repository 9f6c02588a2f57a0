import { useEffect } from 'react'
import type { Attachment, Draft } from '../contract.ts'

/** A message that was taken back, on its way into the composer again. */
export type Restored = { caseId: number; kind: Draft['kind']; text: string; html: string | null; files: Attachment[] }

const listeners = new Set<(restored: Restored) => void>()

/** Gives text and files back to the composer of a case, wherever that is open. */
export const restore = (restored: Restored) => {
  for (const listener of listeners) listener(restored)
}

/** Hears what is given back to one case. The listener must be stable. */
export const useRestored = (caseId: number, listener: (restored: Restored) => void) => {
  useEffect(() => {
    const hear = (restored: Restored) => {
      if (restored.caseId === caseId) listener(restored)
    }
    listeners.add(hear)
    return () => void listeners.delete(hear)
  }, [caseId, listener])
}
