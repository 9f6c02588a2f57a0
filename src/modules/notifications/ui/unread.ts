import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef } from 'react'
import { useNavigate } from 'react-router'
import { call, keyOf, useCall } from '../../../ui/call.ts'
import { useSay } from '../../../ui/language/index.ts'
import { type Change, useChanges } from '../../../ui/live.ts'
import { useMe } from '../../../ui/me.ts'
import { notifications } from '../contract.ts'
import { isQuietAt } from '../quiet-hours.ts'

/** How many are unread, as a badge says it; empty for none. */
export const useUnread = (): string => {
  const { data } = useCall(notifications.count, {}, { staleTime: 60_000 })
  if (!data || data.unread === 0) return ''
  return `${data.unread}${data.capped ? '+' : ''}`
}

const allowed = () => typeof Notification !== 'undefined' && Notification.permission === 'granted'

/** Asked only when there is something to show: quiet hours may have been changed on another device. */
const isQuiet = async (zone: string): Promise<boolean> => {
  const { quietFrom, quietTo } = await call(notifications.settings, {})
  const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: zone })
  return isQuietAt(clock.format(new Date()), quietFrom, quietTo)
}

/**
 * Shows the newest on the desktop while the window is in the background, but for quiet hours; a click leads to its case
 * within the page, so that nothing half written is left behind.
 */
const useDesktop = () => {
  const t = useSay()
  const go = useNavigate()
  const { zone } = useMe().organisation
  const shown = useRef(0)
  return useCallback(async () => {
    if (!allowed() || document.visibilityState === 'visible') return
    const { items } = await call(notifications.list, { limit: 1, unread: 'true' })
    const newest = items[0]
    if (!newest || newest.id <= shown.current) return
    shown.current = newest.id
    if (await isQuiet(zone)) return
    const title = newest.case ? newest.case.subject : t(`notified.${newest.reason}`, { by: newest.by })
    const body = newest.case ? t(`notified.${newest.reason}`, { by: newest.by }) : ''
    const message = new Notification(title, { body, tag: String(newest.case?.id ?? newest.id) })
    message.onclick = () => {
      window.focus()
      void go(newest.case ? `/cases/${newest.case.id}` : '/notifications')
    }
  }, [t, go, zone])
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
