import { useAct } from '../../../ui/call.ts'
import { told, untell } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { cases } from '../contract.ts'
import { restore } from './restoring.ts'

/** Takes a reply back that has not gone out; its text and files return to the composer. */
export const useUndo = (caseId: number) => {
  const t = useSay()
  return useAct(cases.undoMessage, {
    refresh: [cases.messages, cases.timeline, cases.get, cases.counts],
    done: draft => {
      restore({ caseId, kind: draft.kind, text: draft.text, html: draft.html, files: draft.attachments })
      untell(`sent${caseId}`)
      told(t('send.undone'))
    },
  })
}
