import { useAct } from '../../../ui/call.ts'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { PromiseView } from '../../promises/contract.ts'
import { cases } from '../contract.ts'
import { promising } from '../contract-promises.ts'

/** What is out of date once a promise was made, kept, moved or taken back. */
export const promiseAnswers = [
  promising.promisesOfCase,
  promising.promises,
  promising.promise,
  cases.get,
  cases.timeline,
]

/** Notes a promise as kept at once; one that is late asks why first. */
export const useKeep = (promise: PromiseView, askWhy: () => void) => {
  const t = useSay()
  const act = useAct(promising.keepPromise, {
    refresh: promiseAnswers,
    done: () => told(t('case.promise.outcome.kept')),
  })
  const late = promise.dueAt !== null && Date.parse(promise.dueAt) < Date.now()
  const keep = () => (late ? askWhy() : act.mutate({ promiseId: promise.id, version: promise.version }))
  return { keep, busy: act.isPending }
}

/** `2026-05-22T16:55` of the clock on the wall here. */
export const asLocal = (moment: Date): string => {
  const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 16)
}
