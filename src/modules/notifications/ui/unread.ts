import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef } from 'react'
import { call, keyOf, useCall } from '../../../ui/call.ts'
import { useSay } from '../../../ui/language/index.ts'
import { type Change, useChanges } from '../../../ui/live.ts'
import { notifications } from '../contract.ts'

/** How many are unread, as a badge says it; empty for none. */
export const useUnread = (): string => {
  const { data } = useCall(notifications.count, {}, { staleTime: 60_000 })
  if (!data || data.unread === 0) return ''
  return `${data.unread}${data.capped ? '+' : ''}`
}

const allowed = () => typeof Notification !== 'undefined' && Notification.permission === 'granted'

/** Shows the newest on the desktop while the window is in the background; a click leads to its case. */
const useDesktop = () => {
  const t = useSay()
  const shown = useRef(0)
  return useCallback(async () => {
    if (!allowed() || document.visibilityState === 'visible') return
    const { items } = await call(notifications.list, { limit: 1, unread: 'true' })
    const newest = items[0]
    if (!newest || newest.id <= shown.current) return
    shown.current = newest.id
    const title = newest.case ? newest.case.subject : t(`notified.${newest.reason}`, { by: newest.by })
    const body = newest.case ? t(`notified.${newest.reason}`, { by: newest.by }) : ''
    const message = new Notification(title, { body, tag: String(newest.case?.id ?? newest.id) })
    message.onclick = () => {
      window.focus()
      if (newest.case) window.location.assign(`/cases/${newest.case.id}`)
    }
  }, [t])
}

/** Hears of new ones; once in the shell. */
export const useNotified = () => {
  const client = useQueryClient()
  const onDesktop = useDesktop()
  const latest = useRef(onDesktop)
  useEffect(() => {
    latest.current = onDesktop
  }, [onDesktop])
  const hear = useCallback(
    (change: Change) => {
      if (change.kind !== 'staff' || change.type !== 'staff.notified') return
      void client.invalidateQueries({ queryKey: keyOf(notifications.count) })
      void client.invalidateQueries({ queryKey: keyOf(notifications.list) })
      void latest.current().catch(() => {})
    },
    [client],
  )
  useChanges(hear)
}
