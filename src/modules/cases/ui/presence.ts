import { useCallback, useEffect, useRef, useState } from 'react'
import type { Output } from '../../../shared/contract.ts'
import { call } from '../../../ui/call.ts'
import { type Change, useChanges } from '../../../ui/live.ts'
import { cases } from '../contract.ts'

export type Others = Output<typeof cases.presence>['others']
const everyMs = 20_000

/** Tells the others that I am here, and hears who else is. */
export const usePresence = (id: number, writing: boolean): Others => {
  const [others, setOthers] = useState<Others>([])
  const doing = writing ? 'writing' : 'viewing'
  const ask = useRef(() => {})
  useChanges(useCallback((change: Change) => void (change.type === 'case.presence' && ask.current()), []))
  useEffect(() => {
    let gone = false
    const tell = () => {
      if (document.visibilityState === 'hidden') return
      call(cases.presence, { id, doing })
        .then(answer => gone || setOthers(answer.others))
        .catch(() => {})
    }
    ask.current = tell
    tell()
    const timer = setInterval(tell, everyMs)
    return () => {
      gone = true
      ask.current = () => {}
      clearInterval(timer)
    }
  }, [id, doing])
  useEffect(() => {
    const leave = () => void call(cases.presence, { id, doing: 'left' }, { keepalive: true }).catch(() => {})
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [id])
  return others
}
