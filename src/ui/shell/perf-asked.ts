import { useCallback, useEffect, useState } from 'react'
import { useSearchParams } from 'react-router'
import { useMe } from '../me.ts'

/** Whether an administrator has added `?perf` to an address. It stays over other addresses until it is closed. */
export const usePerfAsked = () => {
  const [params, setParams] = useSearchParams()
  const [shown, setShown] = useState(false)
  const asked = useMe().role.key === 'administrator' && params.has('perf')
  useEffect(() => {
    if (asked) setShown(true)
  }, [asked])
  const close = useCallback(() => {
    setShown(false)
    setParams(
      before => {
        before.delete('perf')
        return before
      },
      { replace: true },
    )
  }, [setParams])
  return { shown, close }
}
