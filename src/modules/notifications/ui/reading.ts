import { useEffect } from 'react'
import { useLocation } from 'react-router'
import { useAct } from '../../../ui/call.ts'
import { notifications } from '../contract.ts'
import { useUnread } from './unread.ts'

/** The case that an address shows, on its own page or beside the queue. */
const caseIn = ({ pathname, search }: { pathname: string; search: string }): number | null =>
  Number(/^\/cases\/(\d+)/.exec(pathname)?.[1] ?? new URLSearchParams(search).get('case')) || null

/** Whoever opens a case has read what was told about it: no mail follows. */
export const useReadOnOpen = () => {
  const caseId = caseIn(useLocation())
  const unread = useUnread() !== ''
  const { mutate } = useAct(notifications.read, { quiet: true, refresh: [notifications.count, notifications.list] })
  useEffect(() => {
    if (unread && caseId !== null) mutate({ caseId })
  }, [caseId, unread, mutate])
}
