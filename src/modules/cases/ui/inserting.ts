import { useEffect, useRef } from 'react'
import type { Form } from './form.ts'

/** Composers that are on screen, by case: what stands beside a case puts its words there. */
const open = new Map<number, (form: Form) => void>()

/** Puts words behind what is written in a case. @returns whether there is somewhere to put them */
export const insertInto = (caseId: number, form: Form): boolean => {
  open.get(caseId)?.(form)
  return open.has(caseId)
}

/** Takes what is put into a case from beside it. */
export const useInserted = (caseId: number, take: (form: Form) => void): void => {
  const current = useRef(take)
  current.current = take
  useEffect(() => {
    const put = (form: Form) => current.current(form)
    open.set(caseId, put)
    return () => {
      if (open.get(caseId) === put) open.delete(caseId)
    }
  }, [caseId])
}
