import type { QueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { call, keyOf } from '../../../ui/call.ts'
import { toldProblem } from '../../../ui/kit/toast.tsx'
import { say } from '../../../ui/language/index.ts'
import { cases } from '../contract.ts'
import { macros, type Offered } from '../contract-macros.ts'
import type { Mode } from './composing.ts'
import { textAsHtml } from './form.ts'
import { toldWithUndo } from './joining.ts'
import { useMacroChanges } from './macro-changes.ts'
import { promiseAnswers } from './promising.ts'
import type { Offer, Trigger } from './suggesting.ts'
import { useTakeBack } from './taking-back.ts'

const most = 8
const freshMs = 60_000

const offeredIn = (client: QueryClient, caseId: number): Promise<Offered[]> =>
  client
    .query({
      queryKey: keyOf(macros.macrosFor, { id: caseId }),
      queryFn: () => call(macros.macrosFor, { id: caseId }),
      staleTime: freshMs,
    })
    .then(
      ({ items }) => items,
      () => [],
    )

const changesNothing = (macro: Offered) => Object.keys(macro.change).length === 0 && macro.also.length === 0

type Applied = (macro: Offered, version: number) => void

/** Writes what the macro says and has the server carry out what it changes. */
const use =
  (client: QueryClient, caseId: number, macro: Offered, applied: Applied): Offer['insert'] =>
  (editor, range) => {
    editor.chain().focus().insertContentAt(range, textAsHtml(macro.text)).run()
    call(macros.applyMacro, { id: caseId, macroId: macro.id })
      .then(({ undo }) => {
        if (undo !== null) applied(macro, undo)
        for (const stale of [...promiseAnswers, cases.counts]) void client.invalidateQueries({ queryKey: keyOf(stale) })
      })
      .catch((problem: Error) => toldProblem(problem))
  }

/** `/` offers every macro that fits the case, `::` those that are words alone. */
export const useMacroTriggers = (client: QueryClient, caseId: number, mode: Mode): Trigger[] => {
  const changes = useMacroChanges()
  const takeBack = useTakeBack()
  return useMemo(() => {
    const applied: Applied = (macro, version) =>
      toldWithUndo(
        `${say('macro.applied', { name: macro.name })} ${changes(macro)}`,
        () => void takeBack(caseId, version),
        `changed${caseId}`,
      )
    const find = (only: (macro: Offered) => boolean) => async (query: string) => {
      const wanted = query.trim().toLowerCase()
      const items = await offeredIn(client, caseId)
      return items
        .filter(macro => macro.writes === 'nothing' || macro.writes === mode)
        .filter(macro => only(macro) && macro.name.toLowerCase().includes(wanted))
        .slice(0, most)
        .map(macro => ({
          key: `m${macro.id}`,
          label: macro.name,
          detail: macro.text.slice(0, 80),
          effect: changes(macro),
          insert: use(client, caseId, macro, applied),
        }))
    }
    return [
      { name: 'macro', char: '/', withSpaces: true, find: find(() => true) },
      { name: 'snippet', char: '::', withSpaces: true, find: find(changesNothing) },
    ]
  }, [client, caseId, mode, changes, takeBack])
}
