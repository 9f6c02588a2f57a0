import { useCallback } from 'react'
import { useCall } from '../../../ui/call.ts'
import { atTime } from '../../../ui/kit/time-ago.tsx'
import { type Say, useSay } from '../../../ui/language/index.ts'
import { cover } from '../contract.ts'

export const untilOf = (endsAt: string | null, t: Say): string =>
  endsAt ? t('away.until', { until: atTime(endsAt) }) : t('away.open')

/** Who is away, as it is asked where people are chosen. Old by a minute at most. */
export const useAway = () => {
  const t = useSay()
  const items = useCall(cover.away, {}, { staleTime: 60_000 }).data?.items
  /** The name, with until when they are away. */
  const named = useCallback(
    (id: number, name: string): string => {
      const away = items?.find(one => one.staffId === id)
      return away ? t('cover.awayUntil', { name, until: untilOf(away.endsAt, t) }) : name
    },
    [items, t],
  )
  /** What is to be minded before somebody is chosen; null for those who are here. */
  const warning = useCallback(
    (id: number | null, name: string): string | null => {
      const away = items?.find(one => one.staffId === id)
      if (!away) return null
      const until = untilOf(away.endsAt, t)
      return away.cover
        ? t('away.warningCover', { name, until, cover: away.cover.name })
        : t('away.warning', { name, until })
    },
    [items, t],
  )
  return { named, warning }
}
