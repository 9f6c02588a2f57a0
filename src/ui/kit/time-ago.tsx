import { useSyncExternalStore } from 'react'
import { type Say, useSay } from '../language/index.ts'

const locale = () => navigator.languages.find(language => language.startsWith('en-')) ?? 'en-GB'
const exact = new Intl.DateTimeFormat(locale(), { dateStyle: 'full', timeStyle: 'short' })
const short = new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short' })
const withYear = new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short', year: 'numeric' })
const withTime = new Intl.DateTimeFormat(locale(), {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
})
const clock = new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit' })
const weekday = new Intl.DateTimeFormat(locale(), { weekday: 'long', day: 'numeric', month: 'long' })

export const exactly = (moment: string | Date) => exact.format(new Date(moment))
export const onDay = (moment: string | Date) => withYear.format(new Date(moment))
export const atTime = (moment: string | Date) => withTime.format(new Date(moment))
export const onClock = (moment: string | Date) => clock.format(new Date(moment))
export const onWeekday = (moment: string | Date) => weekday.format(new Date(moment))
export const inNumbers = (value: number) => new Intl.NumberFormat(locale()).format(value)

// One clock for every time on screen, so that a list of fifty rows has one timer.
let minute = Date.now()
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined
const tick = () => {
  minute = Date.now()
  for (const listener of listeners) listener()
}
const subscribe = (listener: () => void) => {
  if (listeners.size === 0) {
    minute = Date.now()
    timer = setInterval(tick, 30_000)
  }
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) clearInterval(timer)
  }
}
/** The time on screen, in milliseconds; moves on twice a minute. */
export const useMinute = () => useSyncExternalStore(subscribe, () => minute)

const spanOf = (minutes: number, t: Say): string => {
  if (minutes < 1) return t('time.justNow')
  if (minutes < 60) return t('time.minutes', { n: minutes })
  if (minutes < 60 * 24) return t('time.hours', { n: Math.floor(minutes / 60) })
  return t('time.days', { n: Math.floor(minutes / 60 / 24) })
}

/** "4 h ago" up to a week back, then the date. */
const agoOf = (moment: string, now: number, t: Say): string => {
  const minutes = Math.floor((now - Date.parse(moment)) / 60_000)
  if (minutes < -1) return atTime(moment)
  if (minutes < 1) return t('time.now')
  if (minutes < 60 * 24 * 7) return t('time.ago', { span: spanOf(minutes, t) })
  const sameYear = new Date(moment).getFullYear() === new Date(now).getFullYear()
  return (sameYear ? short : withYear).format(new Date(moment))
}

/** A moment: relative up to a week ago, the exact time as its title. */
export const TimeAgo = ({ at }: { at: string }) => {
  const t = useSay()
  const now = useMinute()
  return (
    <time dateTime={at} title={exactly(at)}>
      {agoOf(at, Math.max(now, Date.parse(at)), t)}
    </time>
  )
}

/** How long something has lasted: "2 d". */
export const TimeSince = ({ at }: { at: string }) => {
  const t = useSay()
  const now = useMinute()
  return (
    <time dateTime={at} title={exactly(at)}>
      {spanOf(Math.max(0, Math.floor((now - Date.parse(at)) / 60_000)), t)}
    </time>
  )
}
