import { useAct } from '../../../ui/call.ts'
import { told, untell } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { cases } from '../contract.ts'
import { restore } from './draft.ts'

/** Takes a reply back that has not gone out; its text returns to the composer. */
export const useUndo = (caseId: number) => {
  const t = useSay()
  return useAct(cases.undoMessage, {
    refresh: [cases.messages, cases.timeline, cases.get, cases.counts],
    done: draft => {
      restore(caseId, draft.kind, draft.text)
      untell(`sent${caseId}`)
      told(t('send.undone'))
    },
  })
}
