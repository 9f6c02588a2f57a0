import { createElement } from 'react'
import { told, untell } from '../../../ui/kit/toast.tsx'
import { Undo } from '../../../ui/kit/undo.tsx'
import { cases } from '../contract.ts'
import { joining } from '../contract-joining.ts'

/** What is out of date once cases were joined or taken apart. */
export const caseAnswers = [cases.get, cases.list, cases.messages, cases.timeline, cases.counts, joining.joined]

const undoMs = 10_000

/** Says what was done, with a button that takes it back. It replaces an earlier message `about` the same thing. */
export const toldWithUndo = (message: string, undo: () => void, about?: string): void => {
  const id = about ?? `undo-${Date.now()}`
  const run = () => {
    untell(id)
    undo()
  }
  told(createElement(Undo, { message, run }), id, undoMs)
}
