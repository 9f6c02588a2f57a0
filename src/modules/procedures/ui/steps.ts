import { useQueryClient } from '@tanstack/react-query'
import type { Input } from '../../../shared/contract.ts'
import { keyOf, useAct, useCall } from '../../../ui/call.ts'
import { useSay } from '../../../ui/language/index.ts'
import { cases } from '../../cases/contract.ts'
import { procedures } from '../contract.ts'
import type { CaseProcedure, CaseStep, Value } from '../contract-shapes.ts'

export type Marking = Omit<Input<typeof procedures.markStep>, 'id' | 'procedureId' | 'step'>

/** The procedures of a case, begun ones first. */
export const useProceduresOf = (caseId: number, enabled = true) =>
  useCall(procedures.proceduresOfCase, { id: caseId }, { enabled })

/** Notes what became of a step; the answer is shown everywhere at once. */
export const useMark = (caseId: number, procedureId: number, step: CaseStep, done?: () => void) => {
  const client = useQueryClient()
  const act = useAct(procedures.markStep, {
    quiet: true,
    refresh: [cases.timeline, cases.messages, cases.get],
    done: answer => {
      client.setQueryData(keyOf(procedures.proceduresOfCase, { id: caseId }), answer)
      // What was promised is read anew by whoever shows it.
      if (step.act?.does === 'promise') void client.invalidateQueries({ queryKey: ['/api/cases/:id/promises'] })
      done?.()
    },
  })
  const mark = (marking: Marking) => act.mutate({ id: caseId, procedureId, step: step.key, ...marking })
  return { mark, busy: act.isPending, problem: act.error }
}

export const isOpen = (step: CaseStep): boolean => step.state === 'open'

/** The step that comes next; null where all are done or left out. */
export const nextStep = ({ steps }: CaseProcedure): CaseStep | null => steps.find(isOpen) ?? null

/** What was found out, in words. */
export const useValue = () => {
  const t = useSay()
  return (value: Value | null): string =>
    value === null ? '' : value === true ? t('words.yes') : value === false ? t('words.no') : String(value)
}

/** An amount of working time, in the largest unit it fills. */
export const useSpan = () => {
  const t = useSay()
  return (minutes: number): string => {
    if (minutes % 480 === 0) return t('steps.days', { count: minutes / 480 })
    return minutes % 60 === 0 ? t('steps.hours', { count: minutes / 60 }) : t('steps.minutes', { count: minutes })
  }
}
