import { useMemo, useRef, useState } from 'react'
import type { Input } from '../../../shared/contract.ts'
import { call, type Problem } from '../../../ui/call.ts'
import { toldProblem } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import type { cases } from '../contract.ts'
import { working } from '../contract-working.ts'
import type { WorkingOn } from './working-on.ts'

type Filter = Omit<Input<typeof cases.list>, 'cursor' | 'limit'>

/** Cases are handed out to whoever can take them: mine, or nobody's, unless the view says otherwise. */
const takeable = ({ view, status, waiting, snoozed, assignee = 'available' }: Filter) => ({
  assignee,
  ...(view === undefined ? {} : { view }),
  ...(status === undefined ? {} : { status }),
  ...(waiting === undefined ? {} : { waiting }),
  ...(snoozed === undefined ? {} : { snoozed }),
})

type Playing = WorkingOn & { start: () => void }

/** Hands out the cases of a view one at a time, and keeps count. @param nobody what to do where nobody waits; it is told otherwise */
export const usePlaying = (
  filter: Filter,
  open: number | null,
  show: (id: number) => void,
  nobody?: () => void,
): Playing => {
  const t = useSay()
  const may = useMay()('case.handle')
  const [playing, setPlaying] = useState(false)
  const [done, setDone] = useState(0)
  const finished = useRef(new Set<number>())
  const busy = useRef(false)
  const current = useRef({ filter, open, show, nobody })
  current.current = { filter, open, show, nobody }
  return useMemo(() => {
    const advance = async () => {
      if (busy.current) return
      busy.current = true
      const now = current.current
      if (now.open !== null) finished.current.add(now.open)
      const given = { ...takeable(now.filter), except: [...finished.current].slice(-500) }
      const next = await call(working.next, given).catch((problem: Problem) => {
        toldProblem(problem)
        return undefined
      })
      busy.current = false
      if (!next) return
      if (next.id !== null) return now.show(next.id)
      // Round again: whoever has gone through all may see what came back meanwhile.
      finished.current.clear()
      setPlaying(false)
      if (now.nobody) now.nobody()
      else toldProblem(t('queue.nobody'))
    }
    const goOn = (counts: boolean) => {
      if (counts && current.current.open !== null) setDone(count => count + 1)
      void advance()
    }
    return {
      playing,
      done,
      start: () => {
        if (!playing) setDone(0)
        setPlaying(true)
        goOn(playing)
      },
      next: may ? () => goOn(true) : null,
      pass: may ? () => goOn(false) : null,
      stop: () => setPlaying(false),
    }
  }, [playing, done, may, t])
}
